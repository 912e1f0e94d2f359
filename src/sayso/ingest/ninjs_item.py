"""One item of IPTC ninjs → a report."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from sayso import __version__
from sayso.errors import InputError
from sayso.ingest.dates import iso_date
from sayso.ingest.markup import plain
from sayso.ingest.records import BLANK, identity, refuse_large
from sayso.terms import Report

Item = Mapping[str, Any]

MARKS = frozenset({"bodies", "contentcreated", "headlines", "pubstatus", "representationtype", "versioncreated"})
OUTLETS = ("copyrightholder", "provider", "source", "infosource", "infosources")
CREDITS = ("infosource", "infosources", "creditline", "credit")
DATES = ("versioncreated", "firstcreated", "contentcreated")
WITHDRAWN = frozenset({"canceled", "cancelled", "withheld"})
WEB = frozenset({"web", "url", "link", "permalink", "canonical"})
IS_MARKUP = re.compile(r"\s*<(?:[a-zA-Z]|!doctype|!--|\?xml)", re.I)
BY = re.compile(r"(?i)by\s+")


def looks_like_ninjs(record: Item) -> bool:
    """Whether the record has a name that only ninjs has."""
    return any((name := key.lower()) in MARKS or name.startswith("body_") for key in record)


def item_report(record: Item, raw_sha256: str) -> Report:
    """The report of an item; InputError if it was withdrawn or has no text."""
    item = _small(record)
    if (status := str(item.get("pubstatus", "")).lower()) in WITHDRAWN:
        raise InputError(f"was taken back by who published it ({status}): leave it out")
    text, is_markup = _body(item)
    refuse_large(text)
    outlet = next(iter(_names(item, OUTLETS)), None)
    return Report(
        text,
        _id(item),
        outlet=outlet,
        title=_headline(item),
        url=_url(item),
        published=next(filter(None, (iso_date(item.get(name)) for name in DATES)), None),
        language=_string(item.get("language")),
        byline=_byline(item),
        dateline=_string(item.get("located")),
        credit=tuple(dict.fromkeys(name for name in _names(item, CREDITS) if name != outlet)),
        raw_sha256=raw_sha256,
        extractor=f"sayso {__version__}" if is_markup else None,
    )


def _small(value: Any) -> dict[str, Any]:
    """A record with its names in small letters; nothing for what is no record."""
    return {name.lower(): inner for name, inner in value.items()} if isinstance(value, Mapping) else {}


def _string(value: Any) -> str | None:
    """A string without blanks around it, or the name or value of a record."""
    if isinstance(value, Mapping):
        small = _small(value)
        value = small.get("name") or small.get("value") or small.get("literal")
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _body(item: Item) -> tuple[str, bool]:
    """The text, and whether it was made from HTML: plain text as it is, unless only the HTML has paragraphs."""
    found = [(value, _is_markup(value, kind)) for value, kind in _bodies(item) if value.strip(BLANK)]
    texts = [value for value, is_markup in found if not is_markup]
    pages = [text for text in (plain(value) for value, is_markup in found if is_markup) if text]
    if texts and ("\n" in texts[0].strip() or not pages or "\n" not in pages[0]):
        return texts[0], False
    if pages:
        return pages[0], True
    raise InputError(f"has no body with text{_what(item)}: only items of text are read")


def _what(item: Item) -> str:
    kind = _string(item.get("type"))
    return f", it is a {kind[:20]}" if kind in {"picture", "graphic", "video", "audio"} else ""


def _bodies(item: Item) -> Iterator[tuple[str, str]]:
    """Each body and what is said of its kind, the main one first."""
    listed = [_small(body) for body in _listed(item.get("bodies"))]
    for body in sorted(listed, key=lambda body: body.get("role") not in {"main", None}):
        if isinstance(body.get("value"), str):
            yield body["value"], f"{body.get('contenttype')} {body.get('role')}"
    for name, value in item.items():
        if name.startswith("body_") and isinstance(value, str):
            yield value, name


def _is_markup(value: str, kind: str) -> bool:
    return "text/plain" not in kind and ("html" in kind.lower() or IS_MARKUP.match(value) is not None)


def _headline(item: Item) -> str | None:
    """The main headline, the first if none is called so, the title if there is none."""
    listed = [_small(given) for given in _listed(item.get("headlines"))]
    ranked = sorted(listed, key=lambda given: given.get("role") != "main")
    given = (_string(value) for value in (*ranked, item.get("headline"), item.get("title")))
    found = next(filter(None, given), None)
    return plain(found) or None if found and IS_MARKUP.search(found) else found


def _byline(item: Item) -> str | None:
    given = next(filter(None, (_string(item.get(name)) for name in ("byline", "by"))), None)
    return BY.sub("", given, count=1) if given and BY.match(given) else given


def _names(item: Item, fields: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        yield from filter(None, map(_string, _listed(item.get(field))))


def _altids(item: Item) -> Iterator[tuple[str, str]]:
    """Role and value of each other identifier; 1.x has a record of them, later ones a list."""
    given = item.get("altids")
    pairs = given.items() if isinstance(given, Mapping) else ((_small(one).get("role"), one) for one in _listed(given))
    for role, value in pairs:
        if found := _string(value):
            yield str(role or "").lower(), found


def _id(item: Item) -> str:
    given = next((item[name] for name in ("uri", "guid") if isinstance(item.get(name), str)), None)
    return identity(given or next((value for _, value in _altids(item)), None))


def _url(item: Item) -> str | None:
    """Where the item is on the web: an identifier that says so, else its own if that is an address."""
    web = [value for role, value in _altids(item) if role in WEB]
    given = (value for value in (*web, _string(item.get("url")), _string(item.get("uri"))) if value)
    return next((value for value in given if value.startswith(("http://", "https://"))), None)
