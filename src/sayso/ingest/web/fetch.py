"""URLs → reports. Imported only when something is to be fetched: ``connections`` opens the network."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from sayso.errors import FetchError, InputError
from sayso.ingest.markup import plain
from sayso.ingest.records import BLANK
from sayso.ingest.web.charsets import text_of
from sayso.ingest.web.feeds import HEAD, Entry, Feed, feed_entries, looks_like_feed
from sayso.ingest.web.fetcher import Fetched, Fetcher, Limits
from sayso.ingest.web.robots import Robots
from sayso.terms import Report, Skipped

__all__ = ["Fetched", "Fetcher", "Limits", "entry_report", "fetched_reports"]

Kind = Literal["feed", "page", "pdf", "text"]
KINDS: dict[str, Kind] = {
    "text/html": "page", "application/xhtml+xml": "page", "application/pdf": "pdf", "application/x-pdf": "pdf",
    "text/plain": "text", "text/markdown": "text", "application/rss+xml": "feed", "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
}  # fmt: skip
VAGUE = frozenset({"", "application/octet-stream", "binary/octet-stream", "application/x-download"})
XML = frozenset({"application/xml", "text/xml"})
MAY_HOLD_FEEDS = VAGUE | XML | {"text/html", "text/plain", "application/xhtml+xml"}
PAGE = re.compile(rb"(?i)<(?:html|!doctype html|head|body)\b")
FULL_TEXT = 100


def fetched_reports(url: str, fetcher: Fetcher) -> Iterator[Report | Skipped]:
    """The report at ``url``, or the reports that a feed there links to, in its order; Skipped says why there is none.

    An address that a person names is fetched whatever the site's robots.txt says; what a feed links to, which nobody
    named, is fetched only if that allows it.
    """
    try:
        found = fetcher.get(url)
        if _kind(found) == "feed":
            yield from _entries(feed_entries(found.body, found.final_url), url, fetcher)
        else:
            yield _report(found)
    except InputError as error:
        yield Skipped(url, str(error))


def entry_report(entry: Entry, feed: Feed, fetcher: Fetcher, robots: Robots) -> Report:
    """The report that a feed's entry links to, or else the full text that the feed carries; InputError if neither.

    What the page does not say of itself is taken from the feed.
    """
    try:
        report = _linked(entry, fetcher, robots)
    except InputError:
        own = _own_text(entry)
        if own is None:
            raise
        report = own
    return replace(
        report,
        outlet=report.outlet or feed.title,
        title=report.title or entry.title,
        byline=report.byline or entry.author,
        published=_finer(report.published, entry.published),
        url=report.url or entry.link,
    )


def _entries(feed: Feed, url: str, fetcher: Fetcher) -> Iterator[Report | Skipped]:
    robots = Robots(fetcher)
    for entry in feed.entries:
        try:
            yield entry_report(entry, feed, fetcher, robots)
        except InputError as error:
            yield Skipped(entry.link or url, str(error))
    if not feed.entries:
        yield Skipped(url, "is a feed without entries: try again later")
    elif feed.note:
        yield Skipped(url, feed.note)


def _linked(entry: Entry, fetcher: Fetcher, robots: Robots) -> Report:
    if entry.link is None:
        raise InputError("has an entry without a link and without its full text: nothing can be read from it")
    robots.refuse(entry.link)
    found = fetcher.get(entry.link)
    if _kind(found) == "feed":
        raise InputError("is a feed within a feed: give its address by itself")
    report = _report(found)
    if isinstance(report, Skipped):
        raise InputError(report.reason)
    return report


def _own_text(entry: Entry) -> Report | None:
    """The report in the feed itself, if it carries more than a summary."""
    from feedparser import __version__ as version  # type: ignore[import-untyped, unused-ignore]

    text = plain(entry.content or "")
    if entry.content is None or len(text.split()) <= FULL_TEXT:
        return None
    raw = entry.content.encode("utf-8", "surrogatepass")
    return Report(text, url=entry.link, raw_sha256=hashlib.sha256(raw).hexdigest(), extractor=f"feedparser {version}")


def _finer(page: str | None, feed: str | None) -> str | None:
    """When it was published: as the page says, unless the feed says the same more finely."""
    return feed if page is None or (feed is not None and feed.startswith(page)) else page


def _kind(found: Fetched) -> Kind | None:
    """What was fetched: as its type says, or as it looks where that says little; None if it holds no report."""
    if found.body.startswith(b"%PDF-"):
        return "pdf"
    if found.media_type in MAY_HOLD_FEEDS and looks_like_feed(found.body):
        return "feed"
    if found.media_type in VAGUE | XML and PAGE.search(found.body[:HEAD]):
        return "page"
    return "text" if found.media_type in VAGUE else KINDS.get(found.media_type)


def _report(found: Fetched) -> Report | Skipped:
    kind = _kind(found)
    if kind == "page":
        from sayso.ingest.html.page import html_report

        return html_report(found.body, found.url, found.final_url, found.charset)
    if kind == "pdf":
        from sayso.ingest.pdf.document import pdf_report

        report = pdf_report(found.body, found.url)
        return replace(report, url=found.final_url) if isinstance(report, Report) else report
    if kind == "text":
        return _text(found)
    raise FetchError(f"is {found.media_type}: only web pages, feeds, PDF and plain text are fetched")


def _text(found: Fetched) -> Report:
    text = text_of(found.body, found.charset)
    if not text.strip(BLANK):
        raise InputError("is empty: open it in a browser and add what you see as a file")
    return Report(text, url=found.final_url, raw_sha256=hashlib.sha256(found.body).hexdigest())
