"""What must not come in, and how much of it may."""

import re
import socket
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sayso.errors import LedgerError
from sayso.web import rendering
from sayso.web.app import create
from sayso.web.listening import listening
from sayso.web.settings import Settings
from tests.web.conftest import HERE
from tests.web.test_pages import PAGES, claims_of, form_key, story_of

ERRORS = ("/nothing", "/stories/nothing", "/stories?offset=x", "/api/v1/stories/nothing", "/api/v1/stories?limit=0")
OTHERS = ("/api/v1/stories", "/api/openapi.json", "/static/sayso.css", "/stories?as=csv", "/review", "/reports/v03")
NAMES = {
    "content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy",
    "cross-origin-opener-policy", "cross-origin-resource-policy", "permissions-policy",
}  # fmt: skip


def must_be_guarded(answer: Any) -> None:
    assert set(answer.headers) >= NAMES
    policy = dict(part.strip().split(" ", 1) for part in answer.headers["content-security-policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert {policy[name] for name in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}
    assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("page", [*PAGES, *OTHERS, *ERRORS])
def test_every_answer_has_its_headers(client: TestClient, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code < 500
    must_be_guarded(answer)


@pytest.mark.parametrize("page", ["/stories", "/api/v1/stories"])
def test_what_goes_wrong_is_answered_soundly(client: TestClient, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    def breaks(*_: Any) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("sayso.web.desk.Desk.stories", breaks)
    client_of_a_browser = TestClient(client.app, base_url=HERE, raise_server_exceptions=False)
    answer = client_of_a_browser.get(page)
    assert answer.status_code == 500
    must_be_guarded(answer)
    assert "secret" not in answer.text
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("page", [*PAGES, "/review", "/reports/v03?statement=a3", "/sources/outlet/Ostrin%20Herald"])
def test_pages_name_nothing_elsewhere_and_hold_no_code(client: TestClient, page: str) -> None:
    text = client.get(page).text
    assert not re.findall(r'(?:src|action)="(?:https?:)?//|<link[^>]*="(?:https?:)?//', text)
    assert all('rel="noreferrer"' in link for link in re.findall(r'<a [^>]*href="(?:https?:)?//[^>]*>', text))
    assert not re.findall(r"<script(?! src=\"/static/)|<style|\son\w+=|\sstyle=", text)


def test_only_forms_change_anything(client: TestClient) -> None:
    for page in ("/judge", "/undo", "/who", "/theme"):
        assert client.get(page).status_code == 405


@pytest.mark.parametrize(
    "host",
    ["rebound.example", "rebound.example:8000", "127.0.0.1.rebound.example", "[", "", "localhost@rebound.example"],
)
def test_other_hosts_are_turned_away(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"host": host})
    if host == "localhost@rebound.example":
        assert answer.status_code in {400, 421}
    assert answer.status_code == 421
    must_be_guarded(answer)


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:8000"])
def test_this_machine_has_these_names(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


FOREIGN = [
    {"origin": "http://elsewhere.example"}, {"origin": "null"}, {"origin": "http://127.0.0.1:9999"}, {"origin": "http://["},
    {"origin": "http://127.0.0.1:8000.elsewhere.example"}, {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
]  # fmt: skip


@pytest.mark.parametrize("headers", FOREIGN)
@pytest.mark.parametrize("page", ["/add", "/judge", "/undo", "/theme", "/who", "/api/v1/judgements", "/api/v1/reports"])
def test_what_other_sites_send_is_refused(client: TestClient, page: str, headers: dict[str, str]) -> None:
    answer = client.post(page, data={"text": "Police said nothing."}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text
    must_be_guarded(answer)


@pytest.mark.parametrize("page", ["/add", "/judge", "/undo", "/who"])
@pytest.mark.parametrize("key", [{}, {"key": ""}, {"key": "0" * 64}, {"key": "ü"}])
def test_unsigned_forms_are_refused(client: TestClient, page: str, key: dict[str, str]) -> None:
    answer = client.post(page, data={"text": "Police said nothing."} | key)
    assert answer.status_code == 403
    assert "load the page again" in answer.text


def test_a_key_is_good_for_its_browser_alone(client: TestClient, ledger: str) -> None:
    key = form_key(client)
    assert client.post("/who", data={"who": "Ada", "key": key}, headers={"origin": HERE}).status_code == 200
    assert TestClient(client.app, base_url=HERE).post("/who", data={"who": "Ada", "key": key}).status_code == 403
    with TestClient(create(Settings(ledger)), base_url=HERE) as other:
        assert other.post("/who", data={"who": "Ada", "key": key}).status_code == 403


def test_a_token_is_asked_for(ledger: str) -> None:
    with TestClient(create(Settings(ledger, token="secret-word")), base_url=HERE) as client:  # noqa: S106
        for page in ("/", "/static/sayso.css", "/api/openapi.json", "/?token=wrong", "/?token=", "/nothing"):
            answer = client.get(page)
            assert answer.status_code == 401
            must_be_guarded(answer)
        assert client.get("/api/v1/stories").json()["error"]["status"] == 401
        for given in ("Bearer wrong", "Bearer ", "secret-wor", "Basic secret-word"):
            assert client.get("/", headers={"authorization": given}).status_code == 401
        assert client.get("/", headers={"cookie": "sayso_token=wrong"}).status_code == 401
        assert client.get("/api/v1/stories", headers={"authorization": "Bearer secret-word"}).status_code == 200
        assert client.get("/").status_code == 401
        first = client.get("/stories?offset=0&token=secret-word", follow_redirects=False)
        assert first.headers["location"] == "/stories?offset=0"
        assert re.search(r"sayso_token=secret-word;.*HttpOnly;.*SameSite=lax", first.headers["set-cookie"])
        assert client.get("/").status_code == 200


def test_a_server_for_others_answers_to_any_name_that_knows_the_token(ledger: str) -> None:
    settings = Settings(ledger, host="0.0.0.0", token="secret-word")  # noqa: S104, S106
    with TestClient(create(settings), base_url="http://desk.example") as client:
        assert client.get("/").status_code == 401
        assert client.get("/?token=secret-word").status_code == 200
        assert client.post("/theme", data={"theme": "dark"}, headers={"origin": HERE}).status_code == 403


def test_nothing_can_be_changed_in_a_ledger_open_for_looking(ledger: str) -> None:
    with TestClient(create(Settings(ledger, read_only=True)), base_url=HERE) as client:
        sent = {
            "text": "x",
            "report": "v03",
            "thing": "a3",
            "verdict": "accept",
            "id": "x",
            "key": form_key(client, "/"),
        }
        for page in ("/add", "/judge", "/undo", "/who"):
            answer = client.post(page, data=sent)
            assert answer.status_code == 403
            assert "looking only" in answer.text
        assert client.get("/add").status_code == 403
        pages = [client.get(page).text for page in ("/", "/stories", "/review", "/reports/v03?statement=a3")]
        assert not [page for page in pages if "/add" in page or 'action="/judge"' in page]


@pytest.mark.parametrize(("size", "status"), [(900, 200), (1001, 413), (17_000, 413)])
def test_uploads_are_limited(ledger: str, size: int, status: int) -> None:
    with TestClient(create(Settings(ledger, most_bytes=1000)), base_url=HERE) as client:
        sent = client.post(
            "/add",
            data={"key": form_key(client)},
            files=[("files", ("a.txt", b"x " * (size // 2) + b"y" * (size % 2)))],
        )
        assert sent.status_code == status
        if status == 413:
            assert "sayso add" in sent.text


def test_pasted_texts_and_other_forms_are_limited(ledger: str) -> None:
    with TestClient(create(Settings(ledger, most_bytes=1000)), base_url=HERE) as client:
        key = form_key(client)
        assert client.post("/add", data={"key": key, "text": "x" * 17_000}).status_code == 413
        assert client.post("/judge", data={"key": key, "note": "x" * (2 << 20)}).status_code == 413
        assert client.post("/api/v1/judgements", json={"note": "x" * (2 << 20)}).status_code == 413


def test_a_stream_without_an_end_is_cut_off(ledger: str) -> None:
    def endless() -> Any:
        while True:
            yield b"x" * 65_536

    with TestClient(create(Settings(ledger)), base_url=HERE) as client:
        form = {"content-type": "application/x-www-form-urlencoded"}
        assert client.post("/judge", content=(next(endless()) for _ in range(100)), headers=form).status_code == 413


def test_too_many_files_or_fields_are_refused(client: TestClient) -> None:
    key = form_key(client)
    many = [("files", (f"{n}.txt", b"x")) for n in range(201)]
    assert client.post("/add", data={"key": key}, files=many).status_code == 400
    fields = {f"f{n}": "x" for n in range(300)}
    assert client.post("/judge", data=fields | {"key": key}).status_code == 400


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py", "/static/%2e%2e/app.py", "/static/..%2fapp.py", "/static/%2fetc%2fpasswd", "/static/",
        "/static/%00", "/reports/" + "x" * 5000, "/reports/%00", "/reports/..%2f..%2fapp.py", "/claims/%00",
        "/claims/" + "x" * 5000, "/claims/at/%00/0-1", "/claims/at/x/" + "9" * 40 + "-1", "/stories/%00",
        "/stories/'%20OR%201=1--", "/stories/%25", "/figures/%00/%00", "/figures/" + "x" * 5000, "/sources/speaker/%00",
        "/sources/speaker/" + "x" * 5000, "/sources/outlet/%00", "/add/%00", "/add/" + "x" * 5000, "/%F0%9F%98%80",
        "/api/v1/reports/%00", "/api/v1/stories/%00", "/api/v1/claims/%00", "/api/v1/judgements/%00",
        "/api/v1/jobs/%00", "/reports/%ED%A0%80", "/stories/%FF", "/sources/speaker/%ED%A0%80",
    ],
)  # fmt: skip
def test_odd_paths_find_nothing(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code in {404, 405, 422}
    must_be_guarded(answer)


@pytest.mark.parametrize(
    "query",
    [
        "offset=-1", "offset=99999999999999999999", "offset=1e9", "as=xml", "as=csv&as=json", "statement=%00",
        "figure=%00", "saying=%00", "what=%00", "q=%00", "sort=%00", "who=%00", "least=0", "least=99999999999999999999",
        "within=-1", "theme=%00", "offset=9223372036854775807", "done=%00", "undone=%00", "q=%ED%A0%80",
    ],
)  # fmt: skip
def test_odd_questions_break_nothing(client: TestClient, query: str) -> None:
    story, claim = story_of(client)["id"], claims_of(client)[0]["id"]
    pages = [
        "/", "/stories", f"/stories/{story}", f"/claims/{claim}", "/figures", "/sources", "/sources?who=outlets",
        "/search", "/review", "/judgements", "/reports/v03", "/add", "/api/v1/stories", "/api/v1/judgements",
        "/api/v1/sources", f"/api/v1/stories/{story}/claims",
    ]  # fmt: skip
    for page in pages:
        answer = client.get(f"{page}{'&' if '?' in page else '?'}{query}")
        assert answer.status_code < 500, page


@pytest.mark.parametrize("name", ['a"b', "a\r\nset-cookie: x=1", "../../a", "ä" * 300])
def test_names_of_downloads_are_plain(name: str) -> None:
    header = rendering.table([], "csv", name).headers["content-disposition"]
    assert re.fullmatch(r'attachment; filename="[\w.-]{1,100}\.csv"', header, re.ASCII)


@pytest.mark.parametrize(
    "back", ["//elsewhere.example", "http://elsewhere.example", "/\\elsewhere.example", "/\t/x", "/\r\nx: y"]
)
def test_nobody_is_sent_elsewhere(client: TestClient, back: str) -> None:
    answer = client.post("/theme", data={"theme": "dark", "back": back}, follow_redirects=False)
    assert answer.headers["location"] == "/"


def test_cells_are_no_formulas() -> None:
    rows: list[dict[str, Any]] = [
        {"words": "=HYPERLINK(1)"},
        {"words": "@SUM(1)"},
        {"words": "-2+3"},
        {"words": " =1"},
        {"words": -5},
    ]
    assert bytes(rendering.table(rows, "csv", "x").body).decode().split() == [
        "words", "'=HYPERLINK(1)", "'@SUM(1)", "'-2+3", "=1", "-5",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("//elsewhere.example/?token=secret-word", "/elsewhere.example/"),
        ("///elsewhere.example/a?token=secret-word", "/elsewhere.example/a"),
        ("/sources/speaker/Who%3F%20Me?offset=0&token=secret-word", "/sources/speaker/Who%3F%20Me?offset=0"),
    ],
)
def test_the_token_leads_nowhere_else(ledger: str, asked: str, there: str) -> None:
    with TestClient(create(Settings(ledger, host="0.0.0.0", token="secret-word")), base_url=HERE) as client:  # noqa: S104, S106
        answer = client.get(f"{HERE}{asked}", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"]) == (303, there)


@pytest.mark.parametrize(("host", "status"), [("127.0.0.2:8000", 200), ("127.9.9.9", 200), ("128.0.0.1", 421)])
def test_every_loopback_address_is_this_machine(ledger: str, host: str, status: int) -> None:
    with TestClient(create(Settings(ledger, host="127.0.0.2")), base_url=HERE) as client:
        assert client.get("/", headers={"host": host}).status_code == status


def test_what_fails_is_told_without_where_the_ledger_lies(
    client: TestClient, ledger: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> None:
        raise LedgerError(f"ledger {ledger} is locked: another program has been writing for too long; try again later")

    key = form_key(client)
    monkeypatch.setattr("sayso.web.jobs.add_reports", fails)
    job = client.post("/add", data={"key": key, "text": "Police said nothing."}).url.path
    monkeypatch.setattr("sayso.web.desk.Desk.refresh", fails)
    monkeypatch.setattr("sayso.web.desk.Desk.stories", fails)
    desk = client.app.state.desk  # type: ignore[attr-defined]
    desk.changed()
    assert desk.wait(5)
    pages = {page: client.get(page) for page in ("/stories", "/api/v1/stories", "/judgements", job)}
    assert [answer.status_code for answer in pages.values()] == [503, 503, 200, 200]
    for page, answer in pages.items():
        assert "The ledger is locked" in answer.text, page
        assert ledger not in answer.text, page


def writes_of(client: TestClient) -> list[tuple[str, str]]:
    """Every method and address by which something may be changed, but for light and dark."""
    paths = client.get("/api/openapi.json").json()["paths"]
    found = [(method, path) for path, methods in paths.items() for method in methods]
    found += [("post", path) for path in ("/add", "/judge", "/undo", "/who")]
    return [(method, path.replace("{id}", "0" * 16)) for method, path in found if method != "get"]


def test_every_write_of_every_kind_is_refused_unsigned_and_in_a_ledger_open_for_looking(ledger: str) -> None:
    bodies: dict[str, Any] = {
        "/api/v1/judgements": {"json": {"verdict": "accept", "target": "attribution"}},
        "/api/v1/reports": {"json": {"reports": [{"text": "Police said nothing."}]}},
    }
    with TestClient(create(Settings(ledger)), base_url=HERE) as client:
        found = writes_of(client)
        assert len(found) == 7
        for method, path in found:
            assert client.request(method, path, **bodies.get(path, {})).status_code == 403, path
    with TestClient(create(Settings(ledger, read_only=True, token="secret-word")), base_url=HERE) as client:  # noqa: S106
        client.headers["authorization"] = "Bearer secret-word"
        key = form_key(client, "/")
        for method, path in found:
            sent = bodies.get(path) or ({"data": {"key": key, "text": "x"}} if method == "post" else {})
            answer = client.request(method, path, headers={"X-Sayso-Form": key}, **sent)
            assert (answer.status_code, "looking only" in answer.text) == (403, True), path


def test_a_server_that_listens_everywhere_is_told_by_a_name_that_others_can_open() -> None:
    with listening("0.0.0.0", 0) as (found, address):  # noqa: S104
        assert address == f"{socket.gethostname()}:{found.getsockname()[1]}"
