"""What must not come in, and what hostile reports can't do."""

import json
import re
import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso import weighing
from sayso.adding import Tally, add_reports
from sayso.ingest import reports
from sayso.record.ledger import Ledger
from sayso.web.app import create
from sayso.web.settings import Settings
from tests.web.conftest import HERE
from tests.web.test_pages import PAGES, form_key

SCRIPT = "<script>alert(1)</script>"


@pytest.mark.parametrize("page", [*PAGES, "/nothing", "/api/v1/stories", "/static/sayso.css"])
def test_every_answer_has_its_headers(client: TestClient, page: str) -> None:
    headers = client.get(page).headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("page", PAGES)
def test_pages_name_nothing_elsewhere_and_hold_no_code(client: TestClient, page: str) -> None:
    text = client.get(page).text
    assert not re.findall(r'(?:src|href)="(?:https?:)?//', text)
    assert not re.findall(r"<script(?! src=\"/static/)|\son\w+=|\sstyle=", text)


def test_other_hosts_are_turned_away(client: TestClient) -> None:
    assert client.get("/", headers={"host": "rebound.example"}).status_code == 421
    assert client.get("/", headers={"host": "localhost:8000"}).status_code == 200


def test_forms_of_other_sites_and_unsigned_ones_are_refused(client: TestClient) -> None:
    text = {"text": "Police said nothing."}
    assert client.post("/add", data=text).status_code == 403
    key = form_key(client)
    foreign = {"origin": "http://elsewhere.example"}
    assert client.post("/add", data=text | {"key": key}, headers=foreign).status_code == 403
    assert client.post("/add", data=text | {"key": key}, headers={"origin": HERE}).status_code == 200


def test_a_key_is_good_for_its_browser_alone(client: TestClient, ledger: str) -> None:
    with TestClient(create(Settings(ledger)), base_url=HERE) as other:
        assert other.post("/add", data={"text": "x", "key": form_key(client)}).status_code == 403


def test_a_token_is_asked_for(ledger: str) -> None:
    with TestClient(create(Settings(ledger, token="secret-word")), base_url=HERE) as client:  # noqa: S106
        assert client.get("/").status_code == 401
        assert client.get("/?token=wrong").status_code == 401
        assert client.get("/api/v1/stories", headers={"authorization": "Bearer secret-word"}).status_code == 200
        assert client.get("/stories?offset=0&token=secret-word").url.query == b"offset=0"
        assert client.get("/").status_code == 200


def test_nothing_can_be_changed_in_a_ledger_open_for_looking(ledger: str) -> None:
    with TestClient(create(Settings(ledger, read_only=True)), base_url=HERE) as client:
        assert client.get("/").status_code == 200
        for page in ("/add", "/judge", "/undo"):
            sent = {
                "text": "x",
                "report": "v03",
                "thing": "a3",
                "verdict": "accept",
                "id": "x",
                "key": form_key(client),
            }
            answer = client.post(page, data=sent)
            assert answer.status_code == 403
            assert "looking only" in answer.text


def test_uploads_are_limited(ledger: str) -> None:
    with TestClient(create(Settings(ledger, most_bytes=1000)), base_url=HERE) as client:
        sent = client.post("/add", data={"key": form_key(client)}, files=[("files", ("a.txt", b"x" * 2000))])
        assert sent.status_code == 413


@pytest.fixture
def hostile(tmp_path: Path) -> str:
    place, source = tmp_path / "hostile.db", tmp_path / "hostile.jsonl"
    text = (
        f"Oda Brill {SCRIPT} said on Monday that 40 men {SCRIPT} were held in Lenn.\n\nThe army said “{SCRIPT}” again."
    )
    record = {
        "text": text, "title": f"Title {SCRIPT} \"'", "outlet": f"Outlet {SCRIPT}", "published": "2031-05-04",
        "url": "javascript:alert(1)",
    }  # fmt: skip
    source.write_text("\n".join(json.dumps(record | {"id": f"{SCRIPT}/../{n}"}) for n in range(3)))
    with Ledger(str(place)) as ledger:
        add_reports(ledger, reports([str(source)]), Tally())
        weighing.refresh(ledger)
    return str(place)


def test_hostile_reports_stay_words(hostile: str) -> None:
    with TestClient(create(Settings(hostile)), base_url=HERE) as client:
        seen, waiting = set[str](), ["/", "/figures", "/sources", "/search?q=held"]
        while waiting:
            page = waiting.pop()
            if page in seen:
                continue
            seen.add(page)
            answer = client.get(page)
            assert answer.status_code in {200, 404}, page
            if "html" in answer.headers["content-type"]:
                assert SCRIPT not in answer.text
                assert not re.findall(r"""=["']?\s*javascript:""", answer.text)
                links = re.findall(r'href="(/[^"#]*)', answer.text)
                waiting += [link.replace("&amp;", "&") for link in links if not link.startswith("/static")][:60]
        assert len(seen) > 8


@pytest.mark.parametrize(
    "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/reports/" + "x" * 5000, "/claims/%00"]
)
def test_odd_paths_find_nothing(client: TestClient, path: str) -> None:
    assert client.get(path).status_code in {404, 405, 422}


def test_a_job_that_fails_says_so(client: TestClient) -> None:
    answer = client.post("/add", data={"key": form_key(client), "url": "http://127.0.0.1:1/page"})
    for _ in range(100):
        page = client.get(answer.url.path).text
        if "Adding …" not in page:
            break
        time.sleep(0.1)
    assert "skipped: " in page
