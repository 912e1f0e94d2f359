"""Columns: of the ledger's tables and views, of the exports, and of a batch's own tables."""

import sqlite3
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Column, Table

from docs.building.fields import meaning
from sayso.batch.tables import OWN
from sayso.record.ledger import Ledger
from sayso.record.schema import metadata
from sayso.record.views import NAMES
from sayso.show.export.rows import COLUMNS, explained
from sayso.show.export.rows import KINDS as TYPES
from sayso.web.app import ROUTERS

TERMS = {
    "reports": "Report", "attributions": "Attribution", "figures": "Figure", "speakers": "Speaker",
    "judgements": "Judgement", "stories": "Story", "claims": "Claim", "statements": "Attribution", "counted": "Figure",
}  # fmt: skip
SQL = {"TEXT": "text", "BIGINT": "whole number", "INTEGER": "whole number", "BLOB": "bytes"}
BESIDE = {
    "key": "number within this ledger",
    "name": "of what is kept",
    "value": "what is kept of it",
    "hash": "hash of the other columns: each speaker is kept once",
    "words": "how many words the text has",
    "added_at": "ISO 8601 time, UTC",
    "made_at": "ISO 8601 time, UTC",
    "report": "the report",
    "reading": "the reading",
    "start": "first character, in code points",
    "end": "one past the last character",
    "url": "its address",
    "etag": "as the feed gave it",
    "last_modified": "as the feed gave it",
    "feed": "the feed",
    "claims": "how many claims it has",
    "reports": "how many reports",
    "outlets": "how many outlets",
    "title": "headline of its most central report",
    "part": "the part of time that it lies in",
    "story": "the story that it belongs to",
    "earlier_part": "the part of time of that one",
    "affirm": "origins that affirm it",
    "deny": "origins that deny it",
    "doubt": "origins that doubt it",
    "id": "its id",
    "text": "the text, to which all offsets point",
    "byline": "its authors, as printed",
    "dateline": "its place and day, as printed",
    "raw_sha256": "hash of the bytes that it was taken from",
    "extractor": "what took the text from these bytes",
    "speaker": "name, or for an unnamed source the words of its first mention",
    "figure": "the figure as printed",
    "statements": "how many statements",
    "first": "first day of publication",
    "last": "last day of publication",
    "outlet": "who published it",
    "published": "ISO 8601, no finer than known",
}


def ledger() -> str:
    """All tables of the ledger, in Markdown."""
    return "\n".join(line for table in metadata.sorted_tables for line in _table(table))


def views() -> str:
    """The views, from an empty ledger."""
    with TemporaryDirectory() as folder:
        place = str(Path(folder) / "ledger.db")
        with Ledger(place):
            pass
        connection = sqlite3.connect(place)
        try:
            known = {view: [row[1] for row in connection.execute(f"PRAGMA table_info({view})")] for view in NAMES}
        finally:
            connection.close()
    return "\n".join(line for view, columns in known.items() for line in _view(view, columns))


def exports() -> str:
    """The three tables of ``sayso export`` and ``sayso batch``."""
    return "\n".join(f"### {table}\n\n{explained(table)}" for table in COLUMNS)


def batch() -> str:
    """The tables that only ``sayso batch`` writes."""
    return "\n".join(
        "\n".join(
            (f"### {name}", "", *_head("column"), *(f"| `{c.name}` | {TYPES[c.type]} | {c.what} |" for c in own), "")
        )
        for name, own in OWN.items()
    )


def api() -> str:
    """The addresses of the API, from the application's own routers."""
    routes = [route for name in ROUTERS if name.startswith("api.")
              for route in import_module(f"sayso.web.{name}").router.routes]  # fmt: skip
    rows = [
        f"| `{' '.join(route.methods)}` | `{route.path}` | {(route.endpoint.__doc__ or '').splitlines()[0]} |"
        for route in routes
    ]
    return "\n".join(("| method | address | what it gives |", "|---|---|---|", *rows)) + "\n"


KINDS: dict[str, Callable[[], str]] = {
    "ledger": ledger, "views": views, "exports": exports, "batch": batch, "api": api,
}  # fmt: skip


def _head(first: str) -> tuple[str, str]:
    return f"| {first} | type | what it is |", "|---|---|---|"


def _table(table: Table) -> Iterator[str]:
    yield from (f"### {table.name}", "", *_head("column"))
    yield from (f"| `{column.name}` | {_type(column)} | {_what(table.name, column)} |" for column in table.columns)
    yield ""


def _type(column: Column[object]) -> str:
    kind = SQL.get(str(column.type), "number" if "DOUBLE" in str(column.type) else str(column.type).lower())
    return kind + (", key" if column.primary_key else ", or null" if column.nullable else "")


def _what(table: str, column: Column[object]) -> str:
    leads = "; ".join(f"→ `{key.target_fullname}`" for key in column.foreign_keys)
    told = column.comment or meaning(TERMS.get(table, ""), column.name) or BESIDE[column.name]
    return f"{told} {leads}".strip().replace("None", "null")


def _view(view: str, columns: list[str]) -> Iterator[str]:
    yield from (f"### {view}", "", "| column | what it is |", "|---|---|")
    for name in columns:
        terms = () if name in {"speaker", "report"} else (TERMS.get(view, "Judgement"), "Speaker")
        told = (found for term in terms if (found := meaning(term, name)))
        yield f"| `{name}` | {next(told, None) or BESIDE[name]} |"
    yield ""
