"""Reports that mean harm stay words, on every page that shows them."""

import json
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser

from sayso import weighing
from sayso.adding import Tally, add_reports, embed
from sayso.ingest import reports
from sayso.record.ledger import Ledger
from sayso.terms import Judgement
from sayso.web.app import create
from sayso.web.settings import Settings
from tests.web.conftest import HERE, serving, watched
from tests.web.test_pages import form_key

SCRIPT = "<script>alert(1)</script>"
BREAK = "\"'><img src=x onerror=alert(1)>"
MOST = 250
ADDRESSES = ("javascript:alert(1)", "data:text/html,<script>alert(1)</script>", 'http://a.example/"onclick="alert(1)')
TEXT = (
    "Oda Brill {0} said on Monday that 40 men {0} are held in Lenn.\n\nThe army said “{0} the camp was empty” again.\n"
    "\nThe {0} Post, citing two officials of {0}, reported that 60 men were held in Lenn. Brill denied it."
)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("hostile")
    place, source = folder / "hostile.db", folder / "hostile.jsonl"
    records = [
        {"id": f"{bad}/../{n}", "text": TEXT.format(bad), "title": f"Title {bad}", "outlet": f"Outlet {bad}",
         "byline": bad, "published": f"2031-05-0{n + 1}", "url": url}
        for n, (bad, url) in enumerate(zip((SCRIPT, BREAK, SCRIPT), ADDRESSES, strict=True))
    ]  # fmt: skip
    source.write_text("\n".join(map(json.dumps, records)))
    with Ledger(str(place), embed=embed) as ledger:
        add_reports(ledger, reports([str(source)]), Tally())
        for reading in list(ledger.readings()):
            own = ledger.find(reading.report)
            assert own
            first = reading.attributions[0].content.spans
            for field in ("speaker", "role"):
                ledger.judge(
                    Judgement(
                        "correct", "attribution", f"Judge {BREAK}", "2031-05-06T10:00:00+00:00", report=own.id,
                        spans=first, field=field, value=f"{field} {BREAK}", note=f"Note {SCRIPT}",
                    )
                )  # fmt: skip
        weighing.refresh(ledger)
    return str(place)


class Parsed(HTMLParser):
    """What a browser would make of a page: whatever could run, and its links."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.bad, self.links = list[str](), list[str]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "script" and not (given.get("src") or "").startswith("/static/"):
            self.bad.append(self.get_starttag_text() or tag)
        if tag in {"iframe", "object", "embed", "base", "style", "img"}:
            self.bad.append(self.get_starttag_text() or tag)
        for name, value in attrs:
            place = name in {"href", "src", "action", "formaction", "xlink:href"}
            if (
                name.startswith("on")
                or name == "style"
                or (place and not re.match(r"/(?!/)|\?|#|https?://", value or ""))
            ):
                self.bad.append(self.get_starttag_text() or tag)
            if name == "href" and (value or "").startswith("/") and not (value or "").startswith("/static"):
                self.links.append((value or "").partition("#")[0])


@pytest.fixture(scope="module")
def client(hostile: str) -> Iterator[TestClient]:
    with TestClient(create(Settings(hostile, who=f"Ada {BREAK}")), base_url=HERE) as client:
        yield client


def test_nothing_of_a_hostile_report_runs_on_any_page(client: TestClient) -> None:
    seen, kinds = set[str](), set[str]()
    waiting = ["/", "/figures", "/sources", "/search?q=held", "/search?q=script&by=reports", "/judgements", "/review"]
    waiting += [f"/sources?who={who}" for who in ("unnamed", "outlets")]
    while waiting and len(seen) < MOST:
        page = waiting.pop(0)
        if page in seen:
            continue
        seen.add(page)
        answer = client.get(page)
        assert answer.status_code == 200, page
        if "html" in answer.headers["content-type"]:
            found = Parsed(answer.text)
            assert not found.bad, page
            waiting += found.links
            kinds |= {page.split("/")[1].partition("?")[0]} & {"claims", "figures", "reports", "stories"}
            kinds |= {kind for kind in ("sources/speaker", "sources/outlet") if kind in page}
    assert kinds == {"claims", "figures", "reports", "stories", "sources/speaker", "sources/outlet"}


def test_what_they_say_is_shown_as_words(client: TestClient) -> None:
    report = client.get("/api/v1/search?q=held").json()["items"][0]["report"]
    page = client.get(f"/reports/{report}").text
    assert "&lt;script&gt;" in page or "&lt;img" in page
    assert "original" not in page or "a.example" in page


def test_names_of_hostile_files_are_words_and_lead_nowhere(client: TestClient, tmp_path: Path) -> None:
    for name in (f"{SCRIPT}.txt", "../../../tmp/escaped.txt", '"; filename="x.txt', "a\u202etxt.exe", "." * 300):
        answer = client.post("/add", data={"key": form_key(client)}, files=[("files", (name, b"\x00\x01\x02"))])
        for _ in range(100):
            page = client.get(answer.url.path).text
            if "data-waiting" not in page:
                break
            time.sleep(0.05)
        assert not Parsed(page).bad
        assert "skipped: " in page
    assert not list(tmp_path.parent.glob("**/escaped.txt"))


def test_what_a_form_is_sent_comes_back_as_words(client: TestClient) -> None:
    key = form_key(client)
    bad = {"title": BREAK, "outlet": SCRIPT, "published": BREAK, "url": BREAK, "text": f"</textarea>{SCRIPT}"}
    assert not Parsed(client.post("/add", data=bad | {"key": key}).text).bad
    assert not Parsed(client.get("/search", params={"q": f'"{SCRIPT}', "speaker": BREAK, "after": BREAK}).text).bad
    assert not Parsed(client.get("/search", params={"q": BREAK, "story": SCRIPT}).text).bad
    assert not Parsed(client.get(f"/nothing/{SCRIPT}").text).bad
    wrong = {"key": key, "verdict": BREAK, "target": SCRIPT, "note": SCRIPT, "back": "javascript:alert(1)"}
    assert not Parsed(client.post("/judge", data=wrong).text).bad


@pytest.fixture(scope="module")
def address(hostile: str) -> Iterator[str]:
    with serving(Settings(hostile)) as address:
        yield address


def test_a_browser_runs_nothing_of_it(browser: Browser, address: str) -> None:
    with watched(browser, base_url=address) as context:
        page = context.new_page()
        for start in ("/", "/stories", "/figures", "/sources", "/search?q=held", "/review"):
            page.goto(start)
            for link in page.locator("main a[href^='/']").evaluate_all("all => all.slice(0, 4).map(a => a.href)"):
                if "as=" not in link:
                    page.goto(link)
                    assert page.locator("h1").count()
