import sys
from types import ModuleType
from typing import Any

import pytest

from sayso.ingest.web.fetch import fetched_reports
from sayso.terms import Report, Skipped
from tests.ingest.server import FULL, TEXT, Web, feed, page, redirect


def reports(web: Web, url: str) -> list[Report | Skipped]:
    with web.fetcher() as fetcher:
        return list(fetched_reports(url, fetcher))


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (TEXT.encode(), "text/plain; charset=utf-8"),
        (TEXT.encode(), "text/plain; charset=iso-8859-1"),
        (TEXT.encode("windows-1252"), "text/plain; charset=iso-8859-1"),
        (TEXT.encode("windows-1252"), "text/plain; charset=utf-8"),
        (TEXT.encode("windows-1252"), "text/plain; charset=no-such"),
        (TEXT.encode("mac-roman"), "text/plain; charset=macintosh"),
        (TEXT.encode("utf-16"), "text/plain; charset=iso-8859-1"),
        (TEXT.encode(), "text/plain; charset=zlib"),
        (TEXT.encode(), None),
        (TEXT.encode(), "application/octet-stream"),
        (TEXT.encode(), "nonsense"),
    ],
)
def test_plain_text_is_a_report_in_whatever_encoding(web: Web, body: bytes, kind: str | None) -> None:
    web.pages["/"] = page(body, kind)
    (report,) = reports(web, "http://post.example/")
    assert isinstance(report, Report)
    assert (report.text, report.url, report.extractor) == (TEXT, "http://post.example/", None)
    assert report.raw_sha256 is not None


@pytest.mark.parametrize(
    ("body", "kind", "why"),
    [
        (b"\x89PNG", "image/png", "is image/png: only web pages"),
        (b"{}", "application/json", "is application/json: only"),
        (b"<a/>", "application/xml", "is application/xml: only"),
        (b"\x89PNG", None, "is a PNG picture"),
        (bytes(100), "text/plain", "is binary"),
        (b" \n", "text/plain", "is empty"),
        (b"", None, "is empty"),
    ],
)
def test_what_holds_no_report_is_skipped_by_its_type(web: Web, body: bytes, kind: str | None, why: str) -> None:
    web.pages["/"] = page(body, kind)
    (skipped,) = reports(web, "http://post.example/")
    assert isinstance(skipped, Skipped)
    assert skipped.where == "http://post.example/"
    assert skipped.reason.startswith(why)


def test_what_cannot_be_fetched_is_skipped(web: Web) -> None:
    assert [item for url in ("http://post.example/a", "ftp://post.example/") for item in reports(web, url)] == [
        Skipped("http://post.example/a", "answered 404 Not Found: check the address"),
        Skipped("ftp://post.example/", "is a ftp: address: only http:// and https:// are fetched"),
    ]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<p>x", "text/html; charset=windows-1251"),
        (b"<!doctype html><p>x", "application/xhtml+xml; charset=windows-1251"),
        (b"<?xml version='1.0'?><html>", "text/xml; charset=windows-1251"),
        (b"\n<HTML><p>x", "; charset=windows-1251"),
    ],
)
def test_pages_are_handed_on_with_their_address_and_encoding(
    web: Web, monkeypatch: pytest.MonkeyPatch, body: bytes, kind: str
) -> None:
    pages = ModuleType("sayso.ingest.html.page")
    given: list[tuple[Any, ...]] = []

    def html_report(*args: Any) -> Report:
        given.append(args)
        return Report(TEXT)

    pages.html_report = html_report  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "sayso.ingest.html.page", pages)
    web.pages |= {"/a": redirect("/b"), "/b": page(body, kind)}
    assert reports(web, "http://post.example/a") == [Report(TEXT)]
    assert given == [(body, "http://post.example/a", "http://post.example/b", "cp1251")]


def test_a_feeds_pages_give_their_articles_with_what_the_feed_adds(web: Web) -> None:
    said = "The ferry line between Sarenna and Orrin will reopen on Monday, the harbour master said on Sunday. "
    body = "".join(f"<p>{said}It is the {ordinal} line to do so.</p>" for ordinal in ("first", "second", "third"))
    menu = "<nav><ul><li><a href='/'>Home</a></li><li><a href='/world'>World</a></li></ul></nav>"
    html = f"<html><head><title>Ferry line reopens</title></head><body>{menu}<article>{body}</article></body></html>"
    date = "<pubDate>Sun, 04 May 2031 09:30:00 GMT</pubDate><author>Ilse Maran</author>"
    web.pages |= {"/feed": page(feed(("ferry", date))), "/ferry": page(html, "text/html")}
    (report,) = reports(web, "http://post.example/feed")
    assert isinstance(report, Report)
    assert report.text.count(said.strip()) == 3
    assert "World" not in report.text
    assert (report.url, report.byline) == ("http://post.example/ferry", "Ilse Maran")
    assert report.published == "2031-05-04T09:30:00+00:00"


@pytest.mark.parametrize("kind", ["application/pdf", "application/octet-stream", "text/html", None])
def test_a_pdf_is_told_by_its_first_bytes(web: Web, kind: str | None) -> None:
    web.pages["/"] = page(b"%PDF-1.4 and nothing more", kind)
    (skipped,) = reports(web, "http://post.example/")
    assert isinstance(skipped, Skipped)
    assert "PDF" in skipped.reason


@pytest.mark.parametrize("kind", ["application/rss+xml", "text/xml", "text/html", "text/plain", None])
def test_a_feed_gives_the_reports_that_it_links_to(web: Web, kind: str | None) -> None:
    web.pages["/feed"] = page(feed(("one", ""), ("two", "<pubDate>Sun, 04 May 2031 09:30:00 GMT</pubDate>")), kind)
    web.pages |= {"/one": page("First. " + TEXT), "/two": page("Second. " + TEXT)}
    found = reports(web, "http://post.example/feed")
    assert [(r.text[:5], r.title, r.outlet, r.url, r.published) for r in found if isinstance(r, Report)] == [
        ("First", "one", "Orrin Post", "http://post.example/one", None),
        ("Secon", "two", "Orrin Post", "http://post.example/two", "2031-05-04T09:30:00+00:00"),
    ]
    assert web.paths == ["/feed", "/robots.txt", "/one", "/two"]


def test_the_feeds_own_text_stands_in_for_a_page_that_cannot_be_had(web: Web) -> None:
    short = "<content:encoded>A few words only.</content:encoded>"
    web.pages["/feed"] = page(feed(("gone", FULL), ("short", short), ("picture", FULL), ("loop", "")))
    web.pages |= {"/picture": page(b"GIF8", "image/gif"), "/loop": page(feed())}
    full, short_one, picture, loop = reports(web, "http://post.example/feed")
    assert isinstance(full, Report)
    assert full.text == ("The mayor said so. " * 30).strip()
    assert (full.url, full.title) == ("http://post.example/gone", "gone")
    assert (full.extractor or "").startswith("feedparser ")
    assert short_one == Skipped("http://post.example/short", "answered 404 Not Found: check the address")
    assert isinstance(picture, Report)
    assert isinstance(loop, Skipped)
    assert loop.reason.startswith("is a feed within a feed")


def test_links_that_a_robots_txt_closes_are_not_fetched_but_what_a_person_names_is(web: Web) -> None:
    web.pages["/feed"] = page(feed(("closed", ""), ("open", "")))
    web.pages |= {"/closed": page(TEXT), "/open": page(TEXT)}
    web.pages["/robots.txt"] = page("User-agent: *\nDisallow: /closed\nDisallow: /feed\n")
    skipped, report = reports(web, "http://post.example/feed")
    assert isinstance(report, Report)
    assert isinstance(skipped, Skipped)
    assert skipped.reason.startswith("may not be fetched by programs (robots.txt)")
    assert isinstance(reports(web, "http://post.example/closed")[0], Report)


def test_a_robots_txt_that_cannot_be_had_now_closes_the_site_for_now(web: Web) -> None:
    web.pages["/feed"] = page(feed(("one", ""), ("two", "")))
    web.pages |= {"/one": page(TEXT), "/robots.txt": page("", status=500)}
    assert [item.reason[:60] for item in reports(web, "http://post.example/feed") if isinstance(item, Skipped)] == [
        "is on a site whose robots.txt answered 500 Internal Server E"
    ] * 2
    assert web.paths == ["/feed", "/robots.txt"]


def test_an_empty_or_broken_feed_is_told(web: Web) -> None:
    web.pages |= {"/empty": page(feed()), "/one": page(TEXT), "/broken": page(feed(("one", "<b>")))}
    assert reports(web, "http://post.example/empty") == [
        Skipped("http://post.example/empty", "is a feed without entries: try again later")
    ]
    report, broken = reports(web, "http://post.example/broken")
    assert isinstance(report, Report)
    assert isinstance(broken, Skipped)
    assert broken.reason.startswith("is broken (")
