"""Tables: which column holds what, and a row of it → a report."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sayso.errors import InputError
from sayso.ingest.dates import iso_date
from sayso.ingest.records import BLANK, hash_of, identity, refuse_large
from sayso.terms import Report

ALIASES: dict[str, tuple[str, ...]] = {
    "text": ("body", "content", "article", "full_text", "fulltext", "body_text", "article_text", "article_body",
             "maintext", "story"),
    "id": ("report_id", "article_id", "doc_id", "uuid", "guid", "uri"),
    "outlet": ("source", "publisher", "publication", "newspaper", "source_name", "media", "site", "sitename"),
    "title": ("headline", "headlines", "head"),
    "url": ("link", "permalink", "source_url", "article_url", "web_url"),
    "published": ("date", "published_at", "publish_date", "published_date", "publication_date", "date_published",
                  "date_publish", "pub_date", "pubdate", "datetime", "timestamp"),
    "language": ("lang",),
    "byline": ("author", "authors", "by"),
    "dateline": (),
    "credit": ("credits", "agency", "agencies"),
}  # fmt: skip
MOST_NAMED = 20
PLAIN = ("outlet", "title", "url", "language", "byline", "dateline")


def columns_of(names: Iterable[str]) -> dict[str, str]:
    """Field → the column's name as the table has it; InputError if none holds the text."""
    given = list(names)
    known = {_plain(name): name for name in reversed(given)}
    found: dict[str, str] = {}
    for field, aliases in ALIASES.items():
        name = next((known[alias] for alias in (field, *aliases) if alias in known), None)
        if name is not None:
            found[field] = name
    if "text" not in found:
        raise InputError(f'has no column with the text, only {_listed(given)}: name one of them "text"')
    return found


def has_text(names: Iterable[str]) -> bool:
    """Whether one of the columns holds the text."""
    return not {"text", *ALIASES["text"]}.isdisjoint(map(_plain, names))


def _plain(name: str) -> str:
    return "_".join(name.strip(BLANK).casefold().replace("-", " ").replace("_", " ").split())


def _listed(names: Sequence[str]) -> str:
    shown = [f'"{name[:40]}"' for name in names[:MOST_NAMED] if name.strip(BLANK)]
    more = len(names) - MOST_NAMED
    return (", ".join(shown) or "columns without names") + (f" and {more} more" if more > 0 else "")


def row_report(row: Mapping[str, Any], raw_sha256: str | None = None) -> Report:
    """The report of a row, by field; InputError if it has no text. A date that cannot be made out is left open."""
    text = row.get("text")
    if isinstance(text, bytes):
        raise InputError("has a text in bytes: store the column as strings")
    if not isinstance(text, str) or not text.strip(BLANK):
        raise InputError("has no text")
    refuse_large(text)
    return Report(
        text,
        identity(row.get("id")).strip(),
        published=iso_date(row.get("published")),
        credit=_credit(row.get("credit")),
        raw_sha256=raw_sha256 or hash_of(json.dumps(row, ensure_ascii=False, sort_keys=True, default=str)),
        **{name: _words(row.get(name)) for name in PLAIN},
    )


def _words(value: Any) -> str | None:
    """A cell as one string; a list's items with commas between."""
    if isinstance(value, list | tuple):
        value = ", ".join(item.strip() for item in value if isinstance(item, str) and item.strip())
    return (value.strip() or None) if isinstance(value, str) else None


def _credit(value: Any) -> tuple[str, ...]:
    given = value.split(";") if isinstance(value, str) else value if isinstance(value, list) else []
    return tuple(agency.strip() for agency in given if isinstance(agency, str) and agency.strip())
