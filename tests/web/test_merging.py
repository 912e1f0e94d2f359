"""Any two claims of a story, and any two speakers, can be said to be one; what was found leads on."""

import csv
import io
import json
import re

import pytest
from fastapi.testclient import TestClient

from sayso.web.correcting.claim import Anchors, address_of
from sayso.web.desk import Desk
from tests.web.test_judging import Fields, forms_of, undo
from tests.web.test_pages import claims_of, form_key, story_of

Two = tuple[str, str]


@pytest.fixture
def two(client: TestClient) -> Two:
    """The ids of two claims that the machine does not take for one another."""
    one, other = claims_of(client)[:2]
    return one["id"], other["id"]


def rivals(client: TestClient, claim: str, asked: str) -> list[Fields]:
    page = client.get(f"/claims/{claim}", params={"find": asked})
    assert page.status_code == 200
    there = page.text[page.text.index('id="merge"') :]
    return forms_of(there[: there.index("</section>")])


def place_of(client: TestClient, claim: str) -> str:
    desk: Desk = client.app.state.desk  # type: ignore[attr-defined]
    found = desk.claim(claim)
    assert found
    return address_of(Anchors(desk.known(said.report for said in found[1].sayings)).of(found[1].sayings[0]))


@pytest.mark.parametrize("way", ["id", "address", "place", "words"])
def test_another_claim_is_found_merged_and_set_apart_again(client: TestClient, two: Two, way: str) -> None:
    one, other = two
    text = client.get(f"/api/v1/claims/{other}").json()["text"]
    ways = {
        "id": other[:10], "address": f"http://127.0.0.1:8000/claims/{other}?saying=x",
        "place": f"http://127.0.0.1:8000{place_of(client, other)}", "words": text.upper(),
    }  # fmt: skip
    form = rivals(client, one, ways[way])[0]
    sayings = [set(map(said, client.get(f"/api/v1/claims/{each}").json()["sayings"])) for each in two]
    answer = client.post("/judge", data=form | {"verdict": "same", "note": "both about it"})
    assert answer.status_code == 200
    merged = client.get(f"/api{answer.url.path.replace('/claims', '/v1/claims')}").json()
    assert set(map(said, merged["sayings"])) >= sayings[0] | sayings[1]
    undone = undo(client, answer)
    assert "Undone" in undone.text
    assert {one, other} <= {claim["id"] for claim in claims_of(client)}


def said(saying: dict[str, object]) -> str:
    return json.dumps([saying["report"], saying["spans"]])


@pytest.mark.parametrize(
    "asked", ["nothing that anybody said", "/claims/at/v01/0-1", "0123456789ab", "/claims/at/x/9-1"]
)
def test_what_is_not_there_is_said_to_be_missing(client: TestClient, two: Two, asked: str) -> None:
    assert not rivals(client, two[0], asked)
    assert "No other claim of" in client.get(f"/claims/{two[0]}", params={"find": asked}).text


def test_many_claims_with_a_word_are_counted_not_listed(client: TestClient, two: Two) -> None:
    assert len(rivals(client, two[0], "the")) == 12
    assert "more claims: give more of the words" in client.get(f"/claims/{two[0]}", params={"find": "the"}).text


@pytest.mark.parametrize("verdict", ["same", "not_same"])
def test_two_speakers_are_said_to_be_one_or_two(client: TestClient, verdict: str) -> None:
    names = [one["name"] for one in client.get("/api/v1/sources").json()["items"][:2]]
    page = f"/sources/speaker/{names[0]}"
    form = next(one for one in forms_of(client.get(page).text) if one.get("target") == "speaker")
    answer = client.post("/judge", data=form | {"other": names[1], "verdict": verdict})
    assert "Kept" in answer.text
    (kept,) = client.get("/api/v1/judgements").json()["items"]
    assert (kept["verdict"], [one["name"] for one in kept["value"]]) == (verdict, names)
    assert "Undone" in undo(client, answer).text


@pytest.mark.parametrize(("other", "why"), [("", "says nothing"), ("Nobody At All", "says nothing"), (None, "twice")])
def test_a_speaker_who_is_not_there_is_refused(client: TestClient, other: str | None, why: str) -> None:
    name = client.get("/api/v1/sources").json()["items"][0]["name"]
    form = {"key": form_key(client), "target": "speaker", "verdict": "same", "one": name}
    answer = client.post("/judge", data=form | {"other": name if other is None else other})
    assert answer.status_code == 422
    assert why in answer.text


def test_a_story_has_tables_of_its_reports_and_of_what_is_contested(client: TestClient) -> None:
    story = story_of(client)
    page = f"/stories/{story['id']}"
    reports = list(csv.DictReader(io.StringIO(client.get(f"{page}/reports?as=csv").text)))
    assert len(reports) == story["reports"] == client.get(f"{page}/reports").text.count('<th scope="row">')
    contested = client.get(f"{page}?rows=disputes&as=json").json()
    assert contested == client.get(f"/api/v1{page}/disputes?limit=500").json()["items"]


def test_a_story_shows_all_claims_a_page_at_a_time(client: TestClient) -> None:
    story = story_of(client)
    found, offset = set[str](), 0
    while page := re.findall(r'<p><a href="/claims/(\w+)"', client.get(f"/stories/{story['id']}?offset={offset}").text):
        found |= set(page)
        offset += 50
    assert len(found) == story["claims"] > 50


def test_the_desk_tells_first_what_is_denied_and_what_was_revised(client: TestClient) -> None:
    page = client.get("/").text
    before, _, stories = page.partition('<div class="stories">')
    assert before.index("New contradictions") < before.index("Revised figures")
    assert re.search(r'<a href="/claims/\w+">', before)
    assert re.search(r'<a href="/figures/\w+/\w+">people, killed, Brenna</a>: <b>38</b>', before)
    assert 'action="/add"' in before
    assert re.search(r"#disputes\">\d+ contested", stories)


def test_a_statement_leads_to_the_claims_that_it_makes_and_to_its_story(client: TestClient) -> None:
    story = story_of(client)["id"]
    page = client.get("/reports/v01?statement=a3").text
    card = page[page.index('id="card"') : page.index('id="citation"')]
    claims = re.findall(r"/claims/(\w+)", card)
    assert claims
    assert all(
        any(one["report"] == "v01" for one in client.get(f"/api/v1/claims/{each}").json()["sayings"]) for each in claims
    )
    assert f'href="/stories/{story}"' in page
