"""Every page: it opens, leads on, and can be taken home as a table."""

import csv
import io
import json
import re
import time
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient

from sayso.record.ledger import Ledger
from sayso.show.views.report import parts
from sayso.web.pages import reports

PAGES = ("/", "/stories", "/figures", "/sources", "/search", "/search?q=truce", "/add", "/judgements")


def story_of(client: TestClient) -> Any:
    return client.get("/api/v1/stories").json()["items"][0]


def claims_of(client: TestClient) -> Any:
    return client.get(f"/api/v1/stories/{story_of(client)['id']}/claims?limit=500").json()["items"]


def form_key(client: TestClient, page: str = "/add") -> str:
    found = re.search(r'name="key" value="(\w+)"', client.get(page).text)
    assert found
    return found[1]


@pytest.mark.parametrize("page", PAGES)
def test_pages_open(client: TestClient, page: str) -> None:
    answer = client.get(page)
    assert answer.status_code == 200
    assert "<h1>" in answer.text


def test_every_link_on_the_way_from_the_desk_leads_somewhere(client: TestClient) -> None:
    seen, waiting = set[str](), ["/"]
    while waiting and len(seen) < 150:
        page = waiting.pop(0)
        if page in seen:
            continue
        seen.add(page)
        answer = client.get(page)
        assert answer.status_code == 200, page
        if "html" in answer.headers["content-type"]:
            found = re.findall(r'href="(/[^"#]*)', answer.text)
            waiting += [link.replace("&amp;", "&") for link in found if not link.startswith("/static")]
    assert {kind for kind in ("/claims/", "/figures/", "/reports/", "/sources/") if any(kind in p for p in seen)} == {
        "/claims/", "/figures/", "/reports/", "/sources/",
    }  # fmt: skip


def test_a_claim_shows_its_origins_and_its_lineage(client: TestClient) -> None:
    claim = next(one for one in claims_of(client) if one["independent"]["deny"])
    page = client.get(f"/claims/{claim['id']}").text
    assert "Who denies or doubts it" in page
    assert '<path d="M' in page
    assert all(one["origin"]["name"] in page for one in claim["sayings"] if one["origin"] and one["origin"]["name"])


def test_a_chosen_statement_has_a_card_with_a_citation(client: TestClient) -> None:
    report = client.get("/api/v1/reports/v03").json()
    page = client.get("/reports/v03?statement=a2").text
    assert report["report"]["text_sha256"] in page
    assert 'id="card"' in page


def test_the_text_of_a_report_is_whole(client: TestClient) -> None:
    report = client.get("/api/v1/reports/v01").json()
    page = client.get("/reports/v01").text
    article = re.sub(r'<a id="a\d+".*?</a>', "", page[page.index('<article class="text"') : page.index("</article>")])
    shown = re.sub(r"<[^>]+>", "", article.replace("&#39;", "'").replace("&#34;", '"').replace("&amp;", "&"))
    assert " ".join(report["text"].split()) == " ".join(shown.split())


@pytest.mark.parametrize("page", ["/stories", "/figures", "/sources", "/search?q=truce"])
def test_tables_can_be_taken_home(client: TestClient, page: str) -> None:
    joint = "&" if "?" in page else "?"
    rows = client.get(f"{page}{joint}as=json").json()
    again = list(csv.DictReader(io.StringIO(client.get(f"{page}{joint}as=csv").text)))
    assert len(rows) == len(again) > 0


def test_a_query_that_cannot_be_read_says_why(client: TestClient) -> None:
    answer = client.get("/search", params={"q": '"'})
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_a_pasted_report_is_added_read_and_weighed(client: TestClient) -> None:
    text = (
        "The mayor of Tarsin, Oda Brill, said on Friday that the bridge would be closed.\n\nNobody was hurt, she said."
    )
    sent = {"key": form_key(client), "text": text, "title": "Bridge to close", "outlet": "Tarsin Mail"}
    answer = client.post("/add", data=sent)
    job = answer.url.path
    for _ in range(100):
        if "<h1>Added" in (page := client.get(job).text):
            break
        time.sleep(0.1)
    assert "Bridge to close" in page
    link = re.search(r'href="(/reports/\w+)"', page)
    assert link
    assert "Oda Brill" in client.get(link[1]).text


def test_files_are_added_and_bad_ones_named(client: TestClient) -> None:
    good = json.dumps({"id": "x1", "text": "Police in Lenn said two men were held on Monday.", "outlet": "Lenn News"})
    files = [("files", ("two.jsonl", good.encode())), ("files", ("bad.pdf", b"%PDF-1.7 nothing"))]
    answer = client.post("/add", data={"key": form_key(client)}, files=files)
    for _ in range(100):
        if "<h1>Added" in (page := client.get(answer.url.path).text):
            break
        time.sleep(0.1)
    assert "Lenn News" in page
    assert "bad.pdf" in page


def test_a_correction_wins_and_can_be_undone(client: TestClient) -> None:
    key = form_key(client)
    sent = {"report": "v03", "thing": "a3", "verdict": "correct", "field": "speaker", "value": "Mara Quill", "key": key}
    assert client.post("/judge", data=sent).status_code == 200
    assert "Mara Quill" in client.get("/reports/v03?statement=a3").text
    assert client.get("/api/v1/reports/v03").json()["attributions"][2]["speaker"]["name"] == "Mara Quill"
    (undo,) = re.findall(r'name="id" value="(\w+)"', client.get("/judgements").text)
    client.post("/undo", data={"id": undo, "key": key})
    assert client.get("/api/v1/reports/v03").json()["attributions"][2]["speaker"]["name"] != "Mara Quill"


def test_a_rejected_statement_is_gone_until_that_is_undone(client: TestClient) -> None:
    key, before = form_key(client), client.get("/api/v1/reports/v03").json()["attributions"]
    client.post("/judge", data={"report": "v03", "thing": "a3", "verdict": "reject", "key": key})
    assert len(client.get("/api/v1/reports/v03").json()["attributions"]) < len(before)


def test_the_theme_is_remembered(client: TestClient) -> None:
    answer = client.post("/theme", data={"theme": "dark", "back": "/stories"})
    assert answer.url.path == "/stories"
    assert 'data-theme="dark"' in answer.text
    assert client.post("/theme", data={"theme": "light", "back": "//elsewhere.example"}).url.path == "/"


def test_lists_of_the_api_lead_on(client: TestClient) -> None:
    address, found = f"/api/v1/stories/{story_of(client)['id']}/claims?limit=10", list[str]()
    while address:
        page = client.get(address).json()
        found += [one["id"] for one in page["items"]]
        address = page["next"]
    assert found == [one["id"] for one in claims_of(client)]
    assert client.get("/api/v1/claims/nothing").json()["error"]["status"] == 404
    assert client.get("/api/v1/stories?limit=0").json()["error"]["status"] == 422


def test_a_very_long_report_is_shown_in_parts(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "parts", lambda some: parts(some, 300))
    first = client.get("/reports/v01").text
    (count,) = re.findall(r"part 1 of (\d+)", first)
    pages = [client.get(f"/reports/v01?part={number}").text for number in range(1, int(count) + 1)]
    pins = [re.findall(r'<a id="(a\d+)"', page) for page in pages]
    assert re.findall(r"<article.*</article>", pages[0], re.S) == re.findall(r"<article.*</article>", first, re.S)
    assert [pin for some in pins for pin in some] == re.findall(r'<a id="(a\d+)"', whole_report(client, monkeypatch))
    assert all(f'href="?statement={pin}#card"' in page for some, page in zip(pins, pages, strict=True) for pin in some)
    last = client.get(f"/reports/v01?statement={pins[-1][-1]}").text
    assert f'id="{pins[-1][-1]}"' in last
    assert f"part {count} of {count}" in last


def whole_report(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> str:
    with monkeypatch.context() as patch:
        patch.setattr(reports, "parts", parts)
        return client.get("/reports/v01").text


def test_the_theme_leads_back_to_the_very_page(client: TestClient) -> None:
    (back,) = re.findall(r'name="back" value="(/search[^"]*)"', client.get("/search?q=truce&by=reports").text)
    assert back == "/search?q=truce&amp;by=reports"
    refused = client.post("/add", data={"key": form_key(client)})
    assert refused.status_code == 422
    assert 'name="back" value="/"' in refused.text


def test_reports_of_one_name_are_told_apart(client: TestClient, ledger: str) -> None:
    with Ledger(ledger) as opened:
        first = opened.report("v03")
        assert first
        opened.add(replace(first, text=f"{first.text} So much for now.", outlet="Lenn <News>"), None, "r1", "not read")
    answer = client.get("/reports/v03?statement=a3")
    assert answer.status_code == 300
    links = re.findall(r'href="(/reports/[0-9a-f]{16}\?statement=a3)"', answer.text)
    assert len(links) == 2
    assert "Lenn &lt;News&gt;" in answer.text
    assert [client.get(link).status_code for link in links] == [200, 200]
    assert 'id="card"' in client.get(links[0]).text


def test_figures_are_shown_of_a_story_by_the_beginning_of_its_id(client: TestClient) -> None:
    whole = story_of(client)["id"]
    pages = [client.get(f"/figures?least=1&story={story}").text for story in (whole, whole[:8])]
    assert [page.count("<tr>") for page in pages] == [pages[0].count("<tr>")] * 2
    assert f"/figures/{whole}/" in pages[0]
    assert client.get("/figures?story=nothing").status_code == 404
