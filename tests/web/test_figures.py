"""The pages of counted things: lists, the picture, the table with the very words, and how the numbers go together."""

import csv
import io
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sayso.web.pages import figures


@pytest.fixture
def toll(client: TestClient) -> Any:
    """The dead of Brenna: the figure with most counts."""
    story = client.get("/api/v1/stories").json()["items"][0]["id"]
    series = client.get(f"/api/v1/stories/{story}/figures").json()["items"]
    return {"story": story} | max(series, key=lambda one: len(one["counts"]))


def page_of(toll: Any) -> str:
    return f"/figures/{toll['story']}/{toll['id']}"


def test_the_list_has_the_latest_numbers_and_what_is_contested(client: TestClient, toll: Any) -> None:
    first = client.get("/figures?as=json").json()[0]
    assert (first["id"], first["counts"]) == (toll["id"], len(toll["counts"]))
    kinds = [one["kind"] for one in toll["relations"]]
    assert first["contradictions"] == kinds.count("contradiction") > 0
    assert first["revisions"] == kinds.count("revision") > 0
    assert {one["source"]: one["best"] for one in first["latest"]}["United Nations"] == 47
    assert re.search(r"<b>47</b>\s*United Nations", client.get("/figures").text)


def test_the_list_is_filtered_by_measure_story_and_number(client: TestClient, toll: Any) -> None:
    killed = client.get("/figures?measure=killed&least=1&as=json").json()
    assert {one["measure"] for one in killed} == {"killed"}
    assert len(client.get(f"/figures?story={toll['story']}&least=1&as=json").json()) > len(killed)
    assert all(one["counts"] >= 5 for one in client.get("/figures?least=5&as=json").json())
    assert client.get("/figures?measure=flooded&as=json").json() == []
    assert "Nothing was counted so" in client.get("/figures?measure=flooded").text
    assert client.get("/figures?story=nothing").status_code == 404


def test_every_count_has_its_words_and_leads_to_its_passage(client: TestClient, toll: Any) -> None:
    page = client.get(page_of(toll)).text
    table = page[page.index('class="every') :]
    for count in toll["counts"]:
        row = table[table.index(f'id="{count["id"]}"') :].split("</tr>")[0]
        assert f'href="/reports/{count["report"]}?statement={count["attribution"]}#card"' in row
        assert count["source"] in row
    assert client.get(f"/reports/{toll['counts'][0]['report']}?statement={toll['counts'][0]['attribution']}").is_success


def test_the_picture_has_a_mark_for_every_count_and_needs_no_script(client: TestClient, toll: Any) -> None:
    page = client.get(page_of(toll)).text
    picture = page[page.index('<svg viewBox="0 0 9') : page.index('id="told"')]
    marks = re.findall(r'<a href="#([^"]+)" class="point', picture)
    assert set(marks) <= {count["id"] for count in toll["counts"]}
    folded = sum(int(times) - 1 for times in re.findall(r"×(\d+)", picture))
    assert len(marks) + folded == len(toll["counts"])
    assert picture.count("≠") == picture.count("disputed")
    assert 'class="step"' in picture
    assert len(page) < 500_000


def test_many_counts_are_told_a_page_at_a_time(client: TestClient, toll: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(figures, "COUNTS", 6)
    addresses = [f"{page_of(toll)}?offset={offset}" for offset in (0, 6, 12)]
    pages = [client.get(address).text for address in addresses]
    rows = [re.findall(r'<tr id="([^"]+)"', page) for page in pages]
    assert [one for some in rows for one in some] == [count["id"] for count in toll["counts"]]
    for own, page in zip(rows, pages, strict=True):
        for offset, count in re.findall(r'<a href="(?:\?offset=(\d+))?#([^"]+)" class="(?:point|mark doubt)', page):
            assert count in (rows[int(offset) // 6] if offset else own)


def test_relations_are_told_with_both_passages(client: TestClient, toll: Any) -> None:
    page = client.get(page_of(toll)).text
    after = page[page.index('id="relations"') :]
    for relation in toll["relations"]:
        assert relation["why"].replace("'", "&#39;") in after
    assert after.count("<blockquote>") == 2 * len(toll["relations"])


@pytest.mark.parametrize("rows", ["counts", "relations"])
def test_both_tables_can_be_taken_home(client: TestClient, toll: Any, rows: str) -> None:
    found = client.get(f"{page_of(toll)}?rows={rows}&as=json").json()
    again = list(csv.DictReader(io.StringIO(client.get(f"{page_of(toll)}?rows={rows}&as=csv").text)))
    assert len(found) == len(again) == len(toll[rows])


def test_the_words_of_a_count_are_those_of_the_text(client: TestClient, toll: Any) -> None:
    for row in client.get(f"{page_of(toll)}?as=json").json():
        text = client.get(f"/api/v1/reports/{row['report']}").json()["text"]
        assert " … ".join(text[start:end] for start, end in row["spans"]) == row["words"]


def test_what_is_not_there_is_said_so(client: TestClient, toll: Any) -> None:
    assert client.get(f"/figures/{toll['story']}/nothing").status_code == 404
    assert client.get(f"/figures/nothing/{toll['id']}").status_code == 404
    assert client.get(f"{page_of(toll)}?rows=columns").status_code == 422
