"""RSS and Atom → entries. The parser is given text; it never opens the network."""

import hashlib
import html
import io
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin
from xml.sax import SAXException

from sayso.errors import InputError
from sayso.ingest.content_types import known_charset
from sayso.ingest.dates import iso_date
from sayso.ingest.markup import plain
from sayso.ingest.web.charsets import text_of

LARGEST_FEED = 8 * 1024 * 1024
HEAD = 4096
LONGEST_HEAD = 65_536
LONGEST_ID = 500
ROOT = re.compile(rb"<(rss|rdf:rdf|(?:\w+:)?feed|html|!doctype html)\b", re.IGNORECASE)
FEED_ROOT = re.compile(rb"(?i)rss|rdf|.*feed")
DECLARED = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]+)""")
DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
ELEMENT = re.compile(r"<\w")
UNSEEN = {code: None for code in [*range(32), 0xFFFE, 0xFFFF] if code not in (9, 10, 13)}
MARKUP = frozenset({"text/html", "application/xhtml+xml"})
DATES = ("published", "updated", "created")
NO_FEED = "is no feed: give the address of its RSS or Atom feed"


@dataclass(frozen=True)
class Entry:
    """One entry. ``published`` is ISO 8601, no finer than given; ``summary`` and ``content`` are HTML as published.

    The HTML is not made safe for a browser. ``link`` is absolute, http(s).
    """

    id: str
    link: str | None = None
    title: str | None = None
    author: str | None = None
    published: str | None = None
    summary: str | None = field(default=None, repr=False)
    content: str | None = field(default=None, repr=False)


@dataclass(frozen=True)
class Feed:
    """A feed. ``note`` says what is wrong with it, where it could be read all the same."""

    title: str | None
    entries: tuple[Entry, ...]
    note: str | None = None


def looks_like_feed(data: bytes) -> bool:
    """Whether the first element is a feed's."""
    found = ROOT.search(data[:HEAD].replace(b"\0", b""))
    return found is not None and FEED_ROOT.match(found[1]) is not None


def feed_entries(data: bytes, url: str) -> Feed:
    """The entries of the feed that ``url`` gave; a broken feed gives what can be read; InputError if it is none."""
    parsed = _parsed(_cleaned(data))
    if not parsed.get("version") and not parsed["entries"]:
        raise InputError(NO_FEED)
    found = (_entry(entry, url) for entry in parsed["entries"])
    entries = {entry.id: entry for entry in found if entry is not None}
    return Feed(_title(parsed["feed"]), tuple(entries.values()), _note(parsed, len(entries)))


def _cleaned(data: bytes) -> bytes:
    """The feed in UTF-8, without what no XML may hold; InputError if it is no text, or too large."""
    if len(data) > LARGEST_FEED:
        raise InputError(f"is a feed of more than {LARGEST_FEED // 2**20} MiB: give a shorter one")
    declared = DECLARED.search(data[:HEAD])
    try:
        text = text_of(data, known_charset(declared[1].decode("ascii", "replace")) if declared else None)
    except InputError as error:
        raise InputError(NO_FEED) from error
    text = DECLARATION.sub("", text.translate(UNSEEN).lstrip("\ufeff"), count=1).lstrip()
    first = ELEMENT.search(text)
    if first is None or first.start() > LONGEST_HEAD:  # the parser takes very long over long heads
        raise InputError(NO_FEED)
    return (re.sub(r"\s+", " ", text[: first.start()]) + text[first.start() :]).encode("utf-8", "replace")


def _parsed(data: bytes) -> Any:
    """What the parser makes of it; it is not told the address, which it would make part of the entries' ids."""
    import feedparser  # type: ignore[import-untyped, unused-ignore]

    headers = {"content-type": "application/xml; charset=utf-8"}
    try:
        return feedparser.parse(
            io.BytesIO(data), response_headers=headers, resolve_relative_uris=False, sanitize_html=False
        )
    except Exception as error:  # the parser has no error of its own for what it stumbles over
        raise InputError("is a feed that cannot be read: tell whoever publishes it") from error


def _note(parsed: Any, entries: int) -> str | None:
    error = parsed.get("bozo_exception")
    if not isinstance(error, SAXException) or "undefined entity" in str(error):
        return None
    return f"is broken ({error.getMessage()}): the {entries} entries that could be read were taken"


def _entry(given: Any, url: str) -> Entry | None:
    """The entry; None if nothing tells it from others."""
    link = _link(_string(given, "link"), url)
    title, summary, content = _title(given), _string(given, "summary"), _content(given)
    own = _string(given, "id") or _string(given, "link")
    told = "\n".join(filter(None, (title, summary, content)))
    if not own and not told:
        return None
    return Entry(
        _identity(own or told, known=own is not None),
        link, title, _author(given), _published(given), summary, content,
    )  # fmt: skip


def _identity(value: str, *, known: bool) -> str:
    if known and len(value) <= LONGEST_ID:
        return value
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()


def _string(given: Any, key: str) -> str | None:
    """A field that is really there: the parser makes up some from others."""
    value = dict.get(given, key)
    return value.strip() or None if isinstance(value, str) else None


def _link(value: str | None, url: str) -> str | None:
    try:
        link = urljoin(url, value) if value else ""
    except ValueError:
        return None
    return link if link.lower().startswith(("http://", "https://")) else None


def _title(given: Any) -> str | None:
    value = _string(given, "title")
    detail = dict.get(given, "title_detail") or {}
    if value and detail.get("type") in MARKUP:
        value = plain(value)
    return " ".join(value.split()) or None if value else None


def _author(given: Any) -> str | None:
    names = [author.get("name") for author in dict.get(given, "authors") or () if author]
    found = ", ".join(dict.fromkeys(" ".join(name.split()) for name in names if name))
    return found or _string(given, "author")


def _published(given: Any) -> str | None:
    for key in DATES:
        if written := _string(given, key):
            return iso_date(written) or _reckoned(written, dict.get(given, f"{key}_parsed"))
    return None


def _reckoned(written: str, parts: Any) -> str | None:
    """The parser's own idea of a date, without the midnight that it adds to a bare one."""
    try:
        year, month, day, hour, minute, second = parts[:6]
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (TypeError, ValueError):
        return None
    return iso_date(moment if ":" in written else moment.date())


def _content(given: Any) -> str | None:
    """The longest of the texts that the entry carries in full."""
    found = [_as_html(part) for part in dict.get(given, "content") or ()]
    return max(filter(None, found), key=len, default=None)


def _as_html(part: Any) -> str | None:
    value, kind = part.get("value"), part.get("type") or "text/html"
    if not isinstance(value, str) or not value.strip():
        return None
    if kind in MARKUP:
        return value
    if kind != "text/plain":
        return None
    return "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in re.split(r"\n\s*\n", value))
