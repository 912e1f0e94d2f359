"""Search: in words, by meaning, in whole reports, with filters; as pages, tables and JSON."""

import csv
import io
import re
import threading
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sayso import finding
from sayso.adding import Tally, add_reports, embed
from sayso.record.ledger import Ledger
from sayso.record.vectors import Loaded
from sayso.terms import Report
from sayso.web.nearness import Nearness
from tests.web.test_pages import story_of


def found(client: TestClient, **asked: Any) -> Any:
    return client.get("/api/v1/search", params=asked).json()["items"]


def test_what_was_looked_for_is_marked_and_leads_to_its_passage(client: TestClient) -> None:
    page = client.get("/search?q=truces").text
    assert "<mark>truce</mark>" in page
    report, statement = re.search(r'href="/reports/(\w+)\?statement=(a\d+)#card"', page).groups()  # type: ignore[union-attr]
    card = client.get(f"/reports/{report}?statement={statement}").text
    assert "truce" in card[card.index('id="card"') :]


@pytest.mark.parametrize(
    ("filters", "holds"),
    [
        ({"naming": "unnamed"}, lambda one: one["naming"] == "unnamed"),
        ({"act": "deny"}, lambda one: one["act"] == "deny"),
        ({"stance": "neutral"}, lambda one: one["stance"] == "neutral"),
        ({"outlet": "ostrin herald"}, lambda one: one["outlet"] == "Ostrin Herald"),
        ({"speaker": "highland"}, lambda one: one["speaker"] in {"Highland Front", "Velmara's government"}),
        ({"measure": "killed"}, lambda one: one["report"]),
        ({"q": "truce", "by": "meaning", "naming": "unnamed"}, lambda one: one["naming"] == "unnamed"),
    ],
)
def test_filters_hold(client: TestClient, filters: dict[str, str], holds: Any) -> None:
    hits = found(client, **filters)
    assert hits
    assert all(holds(one) for one in hits)


def test_days_hold_at_both_ends(client: TestClient) -> None:
    days = sorted({one["published"][:10] for one in found(client, after="1900-01-01", limit=500)})
    assert len(days) > 1
    hits = found(client, after=days[0], before=days[0], limit=500)
    assert {one["published"][:10] for one in hits} == {days[0]}


def test_a_story_can_be_searched_alone(client: TestClient) -> None:
    story = story_of(client)
    assert found(client, q="truce", story=story["id"])
    page = client.get("/search", params={"q": "truce", "story": story["id"]})
    assert f'<a href="/stories/{story["id"]}">' in page.text
    assert client.get("/search?q=truce&story=ffffffff").status_code == 422


def test_by_meaning_other_words_are_found(client: TestClient) -> None:
    asked = "the fighting has stopped"
    assert not found(client, q=asked)
    assert found(client, q=asked, by="meaning")
    page = client.get("/search", params={"q": asked}).text
    assert "Nothing found" in page
    assert "by=meaning" in page


def test_whole_reports_are_found_by_words_outside_statements(client: TestClient) -> None:
    hits = found(client, q="truce", by="reports")
    assert hits
    page = client.get("/search?q=truce&by=reports").text
    assert all(f'href="/reports/{one["report"]}"' in page for one in hits)
    assert "<mark>truce</mark>" in page


def test_pages_follow_one_another(client: TestClient) -> None:
    first, second = (client.get(f"/search?after=1900-01-01&offset={offset}").text for offset in (0, 30))
    assert 'rel="next"' in first
    assert 'rel="prev"' in second
    one, other = (set(re.findall(r"/reports/\w+\?statement=\w+", page)) for page in (first, second))
    assert len(one) == 30
    assert not one & other


def test_the_api_leads_through_all_hits(client: TestClient) -> None:
    address, hits = "/api/v1/search?after=1900-01-01&limit=20", list[Any]()
    while address:
        answer = client.get(address).json()
        hits += answer["items"]
        address = answer["next"]
    assert len(hits) == len({(one["report"], one["attribution"]) for one in hits}) > 40
    text = client.get(f"/api/v1/reports/{hits[0]['report']}").json()["text"]
    assert " … ".join(text[start:end] for start, end in hits[0]["spans"])[:20] == hits[0]["content"][:20]


def test_tables_hold_more_than_a_page(client: TestClient) -> None:
    rows = client.get("/search?after=1900-01-01&as=json").json()
    again = list(csv.DictReader(io.StringIO(client.get("/search?after=1900-01-01&as=csv").text)))
    assert len(rows) == len(again) > 30


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        ({"q": '"'}, "no word to look for"),
        ({"q": "-truce"}, "no word to look for"),
        ({"by": "meaning", "naming": "named"}, "Say in words"),
        ({"by": "reports", "outlet": "Ostrin Herald"}, "Say in words"),
        ({"q": "truce", "after": "May", "before": "June"}, "is no day"),
        ({"q": "truce", "before": "20310504"}, "is no day"),
        ({"q": "truce", "naming": "famous"}, "naming"),
    ],
)
def test_what_cannot_be_understood_is_answered_with_a_way_out(
    client: TestClient, asked: dict[str, str], why: str
) -> None:
    page, api = client.get("/search", params=asked), client.get("/api/v1/search", params=asked)
    assert (page.status_code, api.status_code) == (422, 422)
    assert why in page.text
    assert why in api.json()["error"]["message"]


@pytest.mark.parametrize("q", ["a\0b", "NEAR/3", "OR", "* *", "(", "') --", "{words} : x", "é" * 300, "[", "<b>"])
@pytest.mark.parametrize("by", ["words", "meaning", "reports"])
def test_no_words_break_the_search(client: TestClient, q: str, by: str) -> None:
    answer = client.get("/search", params={"q": q, "by": by})
    assert answer.status_code in {200, 422}
    assert "<b>" not in re.sub(r"<b>[^<]+</b>", "", answer.text)


def test_vectors_follow_the_ledger(ledger: str) -> None:
    text = "The ferry company of Lenn, run by Pia Orr, said on Sunday that all sailings were cancelled."
    with Ledger(ledger, embed=embed) as opened:
        near = Nearness(opened)
        first = near.get(30)
        assert first is not None
        assert near.get(0) is first
        add_reports(opened, [Report(text, "ferry")], Tally())
        opened.judge(judged(opened))
        second = near.get(30)
        assert second is not None
        assert same(second, finding.load_statements(opened))
        opened.judge(judged(opened, "correct", field="content", value=[[10, 60]]))  # by the key of the last
        opened.judge(judged(opened, "reject", 1))
        third = near.get(30)
        near.close()
        assert third is not None
        assert same(third, finding.load_statements(opened))
    assert set(second.rows.tolist()) - set(first.rows.tolist())
    assert set(first.rows.tolist()) - set(second.rows.tolist())


def same(one: Loaded, other: Loaded) -> bool:
    first, second = (sorted(zip(each.rows.tolist(), map(bytes, each.matrix), strict=True)) for each in (one, other))
    return first == second


def judged(ledger: Ledger, verdict: Any = "reject", number: int = 0, **more: Any) -> Any:
    from sayso.terms import Judgement

    reading = ledger.reading("v03")
    assert reading
    own = ledger.find(reading.report)
    assert own
    return Judgement(
        verdict, "attribution", "Ada", "2031-05-06T10:00:00+00:00", report=own.id,
        spans=reading.attributions[number].content.spans, **more,
    )  # fmt: skip


def test_while_vectors_are_loaded_it_says_so(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()

    def slowly(ledger: Ledger, before: Loaded | None) -> Loaded:
        go_on.wait(10)
        return finding.load_statements(ledger, before)

    monkeypatch.setattr("sayso.web.nearness.load_statements", slowly)
    monkeypatch.setattr("sayso.web.nearness.PATIENCE", 0.05)
    page = client.get("/search?q=truce&by=meaning")
    assert "being loaded" in page.text
    assert 'http-equiv="refresh"' in page.text
    assert client.get("/api/v1/search?q=truce&by=meaning").status_code == 503
    go_on.set()
    client.app.state.nearness.get(10)  # type: ignore[attr-defined]
    assert "being loaded" not in client.get("/search?q=truce&by=meaning").text
