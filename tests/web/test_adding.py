"""Adding: pasted texts, files and addresses, in the background, with what became of each."""

import json
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from hypothesis import given
from hypothesis import strategies as st

from sayso.adding import add_reports
from sayso.record.ledger import Ledger
from sayso.web import jobs
from sayso.web.app import create
from sayso.web.pages.adding import plain_name
from sayso.web.settings import Settings
from tests.web.conftest import HERE
from tests.web.test_pages import form_key

TEXT = "The mayor of Tarsin, Oda Brill, said on Friday that the bridge would be closed.\n\nNobody was hurt, she said."
Files = list[tuple[str, tuple[str, bytes]]]


def over(client: TestClient, answer: Any) -> str:
    """The page of a job that is over."""
    assert answer.status_code == 200, answer.text
    for _ in range(200):
        page = client.get(answer.url.path).text
        if "data-waiting" not in page:
            return page
        time.sleep(0.05)
    raise AssertionError(page)


def send(client: TestClient, files: Files | None = None, /, **fields: str) -> Any:
    return client.post("/add", data={"key": form_key(client)} | fields, files=files or [])


def report_of(client: TestClient, page: str) -> Any:
    link = re.search(r'href="/reports/(\w+)"', page)
    assert link
    return client.get(f"/api/v1/reports/{link[1]}").json()


def test_what_is_said_of_a_pasted_text_is_kept(client: TestClient) -> None:
    said = {"title": "Bridge to close", "outlet": "Tarsin Mail", "published": "2031-05-09"}
    page = over(client, send(client, None, text=TEXT, url="https://tarsin.example/bridge", **said))
    kept = report_of(client, page)
    assert {name: kept["report"][name] for name in said} == said
    assert kept["report"]["url"] == "https://tarsin.example/bridge"
    assert kept["text"] == TEXT


def test_what_is_there_already_is_said_to_be(client: TestClient) -> None:
    over(client, send(client, text=TEXT))
    page = over(client, send(client, text=TEXT.replace("\n", "\r\n")))
    assert "there already ·" in page
    assert "0 reports added, 1 there already" in page


def test_several_files_are_added_and_bad_ones_named(client: TestClient) -> None:
    lines = "\n".join(json.dumps({"text": f"Police in Lenn said {n} men were held.", "id": f"l{n}"}) for n in range(3))
    files = [
        ("files", ("../../lenn.jsonl", lines.encode())), ("files", ("bad.pdf", b"%PDF-1.7 nothing")),
        ("files", ("same.txt", TEXT.encode())), ("files", ("same.txt", TEXT.replace("Oda", "Ida").encode())),
    ]  # fmt: skip
    page = over(client, send(client, files, outlet="Lenn News"))
    assert "5 reports added" in page
    assert "bad.pdf" in page
    assert "sayso-" not in page
    assert page.count("Lenn News") == 5


def test_an_empty_file_is_no_mystery(client: TestClient) -> None:
    page = over(client, send(client, [("files", ("empty.txt", b""))]))
    assert "empty.txt" in page


@pytest.mark.parametrize(
    ("fields", "files", "why"),
    [
        ({}, [], "Paste a text"),
        ({"text": "  \n"}, [], "Paste a text"),
        ({"url": "javascript:alert(1)"}, [], "must begin with http"),
        ({"url": "file:///etc/passwd"}, [], "must begin with http"),
        ({"text": "Police said so.", "url": "data:text/html,x"}, [], "must begin with http"),
        ({"text": "Police said so.", "published": "yesterday"}, [], "is no date"),
        ({"text": "Police said so.", "title": "t" * 3000}, [], "shorten it"),
        ({"text": "Police said so."}, [("files", ("a.txt", b"x"))], "not both"),
    ],
)
def test_what_cannot_be_added_is_said_and_stays_in_the_form(
    client: TestClient, fields: dict[str, str], files: Files, why: str
) -> None:
    answer = send(client, files, outlet="Tarsin <Mail>", **fields)
    assert answer.status_code == 422
    assert why in answer.text
    assert 'value="Tarsin &lt;Mail&gt;"' in answer.text


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:8000/", "http://localhost/", "http://[::1]/", "http://10.0.0.1/", "http://192.168.1.1/router",
        "http://169.254.169.254/latest/meta-data/", "http://0.0.0.0/", "http://0x7f000001/", "http://[::ffff:127.0.0.1]/",
    ],
)  # fmt: skip
def test_addresses_of_this_machine_and_its_network_are_never_fetched(client: TestClient, address: str) -> None:
    page = over(client, send(client, url=address))
    assert "0 reports added, 0 there already, 1 skipped" in page


def test_jobs_are_forgotten_and_unknown_ones_say_so(client: TestClient) -> None:
    answer = client.get("/add/nothing")
    assert answer.status_code == 404
    assert "no such job" in answer.text


@pytest.fixture
def held(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    """A server whose worker holds on."""
    go_on = threading.Event()

    def slowly(*args: Any, **kwargs: Any) -> None:
        go_on.wait(20)
        add_reports(*args, **kwargs)

    monkeypatch.setattr("sayso.web.jobs.add_reports", slowly)
    yield client
    go_on.set()


def test_those_who_wait_are_told_and_a_full_queue_refuses(held: TestClient) -> None:
    waiting = [send(held, text=f"{TEXT} {n}") for n in range(3)]
    assert "Waiting for 2 other jobs" in held.get(waiting[2].url.path).text
    page = held.get(waiting[0].url.path).text
    assert "data-waiting" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    answers = [send(held, text=f"{TEXT} again {n}") for n in range(jobs.WAITING)]
    assert answers[-1].status_code == 503
    assert "try again in a minute" in answers[-1].text


def test_closing_the_server_drops_what_waits(ledger: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slowly(*args: Any, **kwargs: Any) -> None:
        begun.set()
        go_on.wait(20)
        add_reports(*args, **kwargs)

    monkeypatch.setattr("sayso.web.jobs.add_reports", slowly)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with Ledger(ledger) as opened:
        before = opened.count()["reports"]
    with TestClient(create(Settings(ledger)), base_url=HERE) as client:
        for number in range(3):
            send(client, [("files", ("a.txt", f"{TEXT} {number}".encode()))])
        assert begun.wait(5)
        threading.Timer(0.2, go_on.set).start()
    with Ledger(ledger) as opened:
        assert opened.count()["reports"] == before
    assert not list(tmp_path.glob("sayso-*"))


@pytest.mark.parametrize("error", [MemoryError(), ValueError("secret of the house")])
def test_a_job_that_dies_says_so_and_the_next_one_goes_on(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def dies(*_: Any, **__: Any) -> None:
        raise error

    with monkeypatch.context() as patched:
        patched.setattr("sayso.web.jobs.add_reports", dies)
        page = over(client, send(client, text=TEXT))
    assert "This did not work" in page
    assert "secret" not in page
    assert "1 report added" in over(client, send(client, text=TEXT))


@given(st.text(max_size=300))
def test_names_of_files_lead_out_of_no_folder(given: str) -> None:
    name = plain_name(given)
    assert Path("here", name).parent == Path("here")
    assert name not in {"", ".", ".."}
    assert len(name.encode()) <= 120


def header_of(client: TestClient) -> dict[str, str]:
    return {"X-Sayso-Form": client.get("/api/v1/form").json()["key"]}


def job_of(client: TestClient, answer: Any) -> Any:
    assert answer.status_code == 202, answer.text
    job = answer.json()
    for _ in range(200):
        if job["state"] in {"done", "failed"}:
            return job
        time.sleep(0.05)
        job = client.get(f"/api/v1/jobs/{job['id']}").json()
    raise AssertionError(job)


def test_the_api_adds_reports(client: TestClient) -> None:
    sent = {"reports": [{"text": TEXT, "id": "t1", "published": "2031-05"}, {"text": TEXT, "id": "t1"}, {"text": "1"}]}
    job = job_of(client, client.post("/api/v1/reports", json=sent, headers=header_of(client)))
    assert job["state"] == "done"
    assert job["added"] + job["there"] + job["skipped"] == 3
    kept = client.get(f"/api/v1/reports/{job['outcomes'][0]['id']}").json()
    assert (kept["text"], kept["report"]["published"]) == (TEXT, "2031-05")


@pytest.mark.parametrize(
    ("sent", "why"),
    [
        ({"reports": []}, "reports"),
        ({"reports": [{"text": ""}]}, "text"),
        ({"reports": [{"text": " "}]}, "text is empty"),
        ({"reports": [{"text": "x", "published": "soon"}]}, "is no date"),
        ({"reports": [{"text": "x", "url": "javascript:1"}]}, "http://"),
        ({"reports": [{"text": "x", "nonsense": 1}]}, "nonsense"),
        ({"reports": [{"text": "x"}] * 501}, "500"),
    ],
)
def test_the_api_says_what_it_does_not_take(client: TestClient, sent: Any, why: str) -> None:
    answer = client.post("/api/v1/reports", json=sent, headers=header_of(client))
    assert answer.status_code == 422
    assert why in answer.json()["error"]["message"]


def test_the_api_adds_nothing_without_the_key_or_for_lookers(client: TestClient, ledger: str) -> None:
    sent = {"reports": [{"text": TEXT}]}
    assert client.post("/api/v1/reports", json=sent).status_code == 403
    assert client.get("/api/v1/jobs/nothing").status_code == 404
    with TestClient(create(Settings(ledger, read_only=True)), base_url=HERE) as looker:
        assert looker.post("/api/v1/reports", json=sent, headers=header_of(looker)).status_code == 403
    with TestClient(create(Settings(ledger, token="secret-word")), base_url=HERE) as other:  # noqa: S106
        bearer = {"authorization": "Bearer secret-word"}
        assert other.post("/api/v1/reports", json=sent, headers=bearer).status_code == 202


def test_texts_are_not_kept_once_they_are_added(client: TestClient) -> None:
    page = send(client, text=TEXT)
    assert "1 report added" in over(client, page)
    job = client.app.state.jobs.get(page.url.path.removeprefix("/add/"))  # type: ignore[attr-defined]
    assert (job.state, job.reports) == ("done", ())
