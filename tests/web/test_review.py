"""What people should look at: every kind of question, answered in place."""

import csv
import io
import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from sayso.record import doubtful
from sayso.record.ledger import Ledger
from sayso.web.app import create
from sayso.web.correcting.reviewing import TITLES
from sayso.web.settings import Settings
from tests.web.conftest import HERE
from tests.web.test_judging import correction, forms_of

KINDS = list(TITLES)


def questions(page: str) -> int:
    return page.count("data-step")


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_page(client: TestClient, kind: str) -> None:
    page = client.get(f"/review?what={kind}")
    assert page.status_code == 200
    assert bool(questions(page.text)) == (kind != "judgements")


def test_the_first_page_has_some_of_every_kind(client: TestClient) -> None:
    page = client.get("/review").text
    found = [kind for kind in KINDS if f"/review?what={kind}" in page]
    assert found == KINDS
    assert questions(page) > 3


def test_statements_come_worst_first(made: Path) -> None:
    with Ledger(str(made), readonly=True) as ledger, ledger.looking() as connection:
        found = doubtful.unsure(connection, 0, 100)
        assert found == [*doubtful.unsure(connection, 0, 2), *doubtful.unsure(connection, 2, 100)]
    sure = [one.confidence for one in found]
    assert sure == sorted(sure)
    assert 0 < sure[-1] < 1


@pytest.mark.parametrize(("kind", "verdict"), [
    ("statements", "accept"), ("statements", "reject"), ("claims", "same"), ("claims", "not_same"),
    ("sources", "same"), ("sources", "not_same"), ("speakers", "accept"), ("speakers", "correct"),
])  # fmt: skip
def test_a_question_that_was_answered_is_gone_until_that_is_undone(client: TestClient, kind: str, verdict: str) -> None:
    address = f"/review?what={kind}"
    before = client.get(address).text
    forms = forms_of(before)
    form = next((one for one in forms if one.get("verdict") == verdict), forms[0]) | {"verdict": verdict}
    answer = client.post("/judge", data=form)
    assert answer.status_code == 200
    assert answer.url.path == "/review"
    assert answer.url.fragment == "item-1"
    assert "Kept:" in answer.text
    first = re.findall(r'<li id="item-1".*?</blockquote>', before, re.S)
    assert re.findall(r'<li id="item-1".*?</blockquote>', answer.text, re.S) != first
    client.post("/undo", data=forms_of(answer.text, "/undo")[0])
    assert re.findall(r'<li id="item-1".*?</blockquote>', client.get(address).text, re.S) == first


def test_disputes_are_shown_and_can_be_undone(client: TestClient, ledger: str) -> None:
    client.post("/judge", data=correction(client, "/reports/v03?statement=a3") | {"f.role": "envoy"})
    with TestClient(create(Settings(ledger, who="Bo")), base_url=HERE) as other:
        other.post("/judge", data=correction(other, "/reports/v03?statement=a3") | {"f.role": "clerk"})
    page = client.get("/review?what=judgements").text
    assert questions(page) == 1
    assert "the last counts" in page
    client.post("/undo", data=forms_of(page, "/undo")[0])
    assert not questions(client.get("/review?what=judgements").text)


def test_pages_lead_on_without_a_gap(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = client.get("/review?what=claims&as=json").json()
    monkeypatch.setattr("sayso.web.pages.review.PAGE", 4)
    found, address = [], "/review?what=claims"
    while address:
        found += client.get(f"{address}&as=json").json()
        more = re.search(r'href="([^"]+)" rel="next"', client.get(address).text)
        address = more[1].replace("&amp;", "&") if more else ""
    assert found == whole
    assert len(found) > 4


def test_judgements_are_listed_and_taken_home(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for role in ("envoy", "clerk", "guard"):
        client.post("/judge", data=correction(client, "/reports/v03?statement=a3") | {"f.role": role})
    rows = list(csv.DictReader(io.StringIO(client.get("/judgements?as=csv").text)))
    assert [row["value"] for row in rows] == ["guard", "clerk", "envoy"]
    assert [row["id"] for row in client.get("/judgements?as=json").json()] == [row["id"] for row in rows]
    monkeypatch.setattr("sayso.web.pages.review.JUDGED", 2)
    assert 'rel="next"' in client.get("/judgements").text
    last = client.get("/judgements?offset=2").text
    assert "role: envoy" in last
    client.post("/undo", data=forms_of(last, "/undo")[0])
    assert "withdrawn by Ada" in client.get("/judgements?offset=2").text


def test_a_ledger_open_for_looking_shows_questions_without_answers(ledger: str) -> None:
    with TestClient(create(Settings(ledger, read_only=True)), base_url=HERE) as client:
        page = client.get("/review").text
        assert questions(page)
        assert 'action="/judge"' not in page
