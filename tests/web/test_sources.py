"""The pages of those who speak: lists, a speaker, an outlet, sources without a name; and the same as JSON."""

import json
import re
import threading
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import Connection

from sayso.adding import Tally, add_reports
from sayso.ingest import reports
from sayso.record.ledger import Ledger
from sayso.terms import Report
from sayso.web.app import create
from sayso.web.remembering import Remembered
from sayso.web.settings import Settings
from tests.web.conftest import HERE
from tests.web.test_judging import correction
from tests.web.test_pages import form_key

FRONT = "/sources/speaker/Highland%20Front"


def rows(client: TestClient, query: str = "") -> Any:
    return client.get(f"/api/v1/sources?limit=500&{query}").json()["items"]


def by_reading(client: TestClient) -> Counter[str]:
    """Statements of every named speaker, counted from the readings themselves."""
    found: Counter[str] = Counter()
    for number in range(1, 15):
        reading = client.get(f"/api/v1/reports/v{number:02}").json()
        found.update(one["speaker"]["name"] for one in reading["attributions"] if one["speaker"]["name"])
    return found


def test_speakers_are_counted_as_the_readings_have_them(client: TestClient) -> None:
    found = rows(client)
    assert {one["name"]: one["statements"] for one in found} == by_reading(client)
    assert [one["statements"] for one in found] == sorted((one["statements"] for one in found), reverse=True)


def test_the_list_on_a_page_and_the_table_say_the_same(client: TestClient) -> None:
    table = {one["source"]: one for one in client.get("/sources?as=json").json()}
    for one in rows(client):
        assert one["statements"] == table[one["name"]]["statements"]
        assert one["reports"] == table[one["name"]]["reports"]
        assert one["through"] == table[one["name"]]["through"]


def test_lists_are_searched_and_sorted(client: TestClient) -> None:
    assert {one["name"] for one in rows(client, "q=ministry")} >= {"interior ministry", "justice ministry"}
    names = [one["name"].casefold() for one in rows(client, "sort=name")]
    assert names == sorted(names)
    outlets = rows(client, "who=outlets&sort=unnamed")
    shares = [one["unnamed"] / one["statements"] for one in outlets]
    assert shares == sorted(shares, reverse=True)
    assert client.get("/sources?sort=colour").status_code == 422


@pytest.mark.parametrize("who", ["speakers", "outlets", "unnamed"])
def test_every_list_opens_and_each_of_its_links(client: TestClient, who: str) -> None:
    page = client.get(f"/sources?who={who}").text
    links = [link.replace("&amp;", "&") for link in re.findall(r'<th scope="row"><a href="([^"]+)', page)]
    assert links
    for link in links:
        answer = client.get(link)
        assert answer.status_code == 200, link
        assert not answer.history, link


def test_api_lists_lead_on(client: TestClient) -> None:
    address, found = "/api/v1/sources?limit=7", list[str]()
    while address:
        page = client.get(address).json()
        found += [one["name"] for one in page["items"]]
        address = page["next"]
    assert found == [one["name"] for one in rows(client)]


def test_a_speaker_has_all_that_it_says_the_newest_first(client: TestClient) -> None:
    found = client.get(f"/api/v1{FRONT}?limit=500").json()
    items = found["said"]["items"]
    assert len(items) == found["statements"] > 0
    days = [one["published"] for one in items]
    assert days == sorted(days, reverse=True)
    assert sum(found["outlets"].values()) == len(items) == sum(one["statements"] for one in found["months"])
    assert sum(found["stances"].values()) == len(items)
    assert {one["figure"]["value"] for one in found["figures"]} >= {54, 46}


def test_a_speaker_who_speaks_with_others_has_that_too(client: TestClient) -> None:
    alone = {one["name"]: one["statements"] for one in rows(client)}["Highland Front"]
    together = client.get(f"/api/v1{FRONT}?limit=500").json()["said"]["items"]
    assert len(together) > alone
    assert any(one["speaker"] == "Velmara's government" for one in together)


def test_a_page_of_a_speaker_tells_through_whom_and_what_is_denied(client: TestClient) -> None:
    page = client.get(FRONT).text
    for words in ("Through whom", "Over time", "Figures given", 'class="mark deny">denies', "Northern Voice"):
        assert words in page
    assert client.get(f"{FRONT}?offset=1000").status_code == 200
    assert len(client.get(f"{FRONT}?as=json").json()) == len(
        client.get(f"/api/v1{FRONT}?limit=500").json()["said"]["items"]
    )


def test_a_part_of_a_name_leads_to_the_list(client: TestClient) -> None:
    answer = client.get("/sources/speaker/Highland")
    assert answer.url.query == b"q=Highland"
    assert "Highland Front" in answer.text
    assert client.get("/sources/speaker/Nobody%20At%20All").status_code == 404
    assert client.get("/api/v1/sources/speaker/Highland").json()["error"]["status"] == 404


def test_an_outlet_tells_how_it_sources(client: TestClient) -> None:
    found = client.get("/api/v1/sources/outlet/Ostrin%20Herald").json()
    assert found["named"] + found["unnamed"] + found["unsourced"] == found["statements"]
    assert 0 < found["second_hand"] <= found["statements"]
    assert "Ostrin Herald" not in found["relays"]
    assert found["copies"]["reports"] == 1
    assert len(found["published"]["items"]) == found["reports"] == 2
    assert "First, or after others" in client.get("/sources/outlet/Ostrin%20Herald").text
    assert client.get("/sources/outlet/Nowhere%20News").status_code == 404


def test_who_relays_an_outlet_is_told(client: TestClient) -> None:
    found = client.get("/api/v1/sources/outlet/Meridian%20News%20Agency").json()
    whole = {one["outlet"]: one["relays"] for one in rows(client, "who=outlets")}
    expected = {
        outlet: there["Meridian News Agency"] for outlet, there in whole.items() if "Meridian News Agency" in there
    }
    assert set(found["relayed_by"]) == set(expected)


def test_sources_without_a_name_are_found_by_whom_they_belong_to(client: TestClient) -> None:
    counts = {one["affiliation"]: one for one in rows(client, "who=unnamed") if one["naming"] == "unnamed"}
    for affiliation, one in counts.items():
        found = client.get("/sources/unnamed", params={"affiliation": affiliation or "", "as": "json"}).json()
        assert len(found) == one["statements"]
        assert {hit["naming"] for hit in found} == {"unnamed"}
    one_outlet = client.get("/sources/unnamed?affiliation=&outlet=Dolvan%20Daily&as=json").json()
    assert {hit["outlet"] for hit in one_outlet} <= {"Dolvan Daily"}
    assert client.get("/sources/unnamed").url.query == b"who=unnamed"


def test_a_correction_is_counted_at_once(client: TestClient) -> None:
    before = {one["name"]: one["statements"] for one in rows(client)}
    sent = {"report": "v03", "thing": "a3", "verdict": "correct", "field": "speaker", "value": "Mara Quill"}
    client.post("/judge", data=sent | {"key": form_key(client)})
    after = {one["name"]: one["statements"] for one in rows(client)}
    assert "Mara Quill" not in before
    assert after["Mara Quill"] == 1
    assert client.get("/sources/speaker/Mara%20Quill").status_code == 200


def test_an_outlet_that_was_first_is_told_from_those_after_it(tmp_path: Path) -> None:
    body = (
        "Police in Lenn said on Monday that two men were held over the fire at the mill, and that a third was sought. "
        * 3
    )
    source, place = tmp_path / "copies.jsonl", tmp_path / "copies.db"
    days = {"Lenn News": "2031-05-04", "Vell Times": "2031-05-05", "Orrin Post": "2031-05-05"}
    lines = [
        {"id": outlet, "text": f"{body}{outlet}.", "outlet": outlet, "published": day} for outlet, day in days.items()
    ]
    source.write_text("\n".join(map(json.dumps, lines)))
    with Ledger(str(place)) as ledger:
        add_reports(ledger, reports([str(source)]), Tally())
    with TestClient(create(Settings(str(place), read_only=True)), base_url=HERE) as client:
        first, later, tied = (client.get(f"/api/v1/sources/outlet/{name}").json()["copies"] for name in days)
    assert (first["first"], first["later"], first["copied_by"]) == (1, 0, {"Vell Times": 1, "Orrin Post": 1})
    assert (later["first"], later["later"], later["earlier"]) == (0, 1, {"Lenn News": 1})
    assert tied["earlier"] == {"Lenn News": 1}


def test_an_empty_ledger_has_nobody(tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "empty.db")):
        pass
    with TestClient(create(Settings(str(tmp_path / "empty.db"))), base_url=HERE) as client:
        for who, words in (("speakers", "Nobody."), ("outlets", "No outlet."), ("unnamed", "Nobody.")):
            assert words in client.get(f"/sources?who={who}").text
        assert client.get("/figures").status_code == 200


def test_what_was_counted_is_kept_until_the_ledger_changes(ledger: str) -> None:
    counted: list[int] = []

    def count(_: Connection) -> int:
        counted.append(1)
        return len(counted)

    with Ledger(ledger) as opened:
        memory = Remembered(opened)
        threads = [threading.Thread(target=memory.get, args=("a", count)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert memory.get("a", count) == 1
        assert memory.get("b", count) == 2
        opened.add(Report("Police in Lenn said nothing.", "one more"), None, "r1", "it was not read")
        assert memory.get("a", count) == 3
        memory.close()


def test_an_outlet_that_others_cite_and_that_says_nothing_itself_has_its_page(client: TestClient) -> None:
    answer = client.get("/sources/speaker/Al%20Qasira%20TV")
    assert (answer.status_code, answer.url.path) == (200, "/sources/outlet/Al Qasira TV")
    assert client.get("/sources/speaker/Nobody%20at%20All").status_code == 404


def test_downloads_are_whole_and_not_kept_in_memory(client: TestClient) -> None:
    outlet = "/sources/outlet/Ostrin%20Herald"
    wholes = {page: client.get(f"/api/v1{page}?limit=500").json() for page in (FRONT, outlet)}
    memory = client.app.state.remembered  # type: ignore[attr-defined]
    before = set(memory._known)
    said, published = (client.get(f"{page}?as=json").json() for page in (FRONT, outlet))
    assert len(said) == wholes[FRONT]["statements"]
    assert [one["id"] for one in published] == [one["id"] for one in wholes[outlet]["published"]["items"]]
    assert set(memory._known) == before
    for page in (FRONT, outlet):
        assert "(up to 10,000 rows)" in client.get(page).text


def test_the_list_follows_every_correction(client: TestClient) -> None:
    for name in ("Mara Quill", "Ilka Voss", "Zed Orr"):
        form = correction(client, "/reports/v03?statement=a3")
        assert client.post("/judge", data=form | {"f.speaker": name}).status_code == 200
        assert [one["name"] for one in rows(client, f"q={name}")] == [name]
        assert name in client.get("/sources", params={"q": name}).text
