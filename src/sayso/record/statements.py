"""The index of statements: the words of each one's content, and marks to filter by, for the readings that count.

A mark is a made-up word, such as ``nunnamed`` for an unnamed source: with marks in the index, a filter costs one more
list of rows to meet, however many statements there are. On SQLite it is an FTS5 table without a text of its own, on
PostgreSQL a table of ``tsvector``.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, TextClause, text

from sayso.record.dialect import is_sqlite
from sayso.record.rows import storable
from sayso.terms import Attribution, Reading

SPREAD = 1 << 20
SQLITE = (
    "CREATE VIRTUAL TABLE statement_words USING fts5(words, marks, content='', tokenize='porter unicode61')",
    "CREATE VIRTUAL TABLE report_words USING fts5(title, text, content='reports', content_rowid='key', "
    "tokenize='porter unicode61')",
)
POSTGRES = (
    "CREATE TABLE statement_words (rowid bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX statement_words_found ON statement_words USING gin (words)",
    "CREATE TABLE report_words (rowid bigint PRIMARY KEY REFERENCES reports(key), words tsvector NOT NULL)",
    "CREATE INDEX report_words_found ON report_words USING gin (words)",
)
LONGEST = 250_000
INSERT = {
    True: text("INSERT INTO statement_words (rowid, words, marks) VALUES (:row, :words, :marks)"),
    False: text(
        "INSERT INTO statement_words VALUES (:row, to_tsvector('english', :words) || array_to_tsvector(:list))"
    ),
}
DELETE = {
    True: text(
        "INSERT INTO statement_words (statement_words, rowid, words, marks) VALUES ('delete', :row, :words, :marks)"
    ),
    False: text("DELETE FROM statement_words WHERE rowid = :row"),
}
INSERT_REPORT = {
    True: text("INSERT INTO report_words (rowid, title, text) VALUES (:row, :title, :text)"),
    False: text(
        "INSERT INTO report_words VALUES "
        "(:row, setweight(to_tsvector('english', :title), 'A') || to_tsvector('english', :text))"
    ),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One statement as it is indexed: its row, the words of its content, its marks."""

    row: int
    words: str
    marks: tuple[str, ...]


def create(connection: Connection) -> None:
    """Make both indexes: of statements, and of whole reports."""
    for statement in SQLITE if is_sqlite(connection) else POSTGRES:
        connection.execute(text(statement))


def row_of(reading: int, position: int) -> int:
    """The row of a reading's attribution in the index."""
    return reading * SPREAD + position


def entries(key: int, reading: Reading) -> list[Entry]:
    """What of a reading goes into the index."""
    measures: dict[str | None, set[str]] = {}
    for figure in reading.figures:
        measures.setdefault(figure.by, set()).add(figure.measure)
    return [
        Entry(row_of(key, position), storable(a.content.text)[:LONGEST], marks(reading, a, measures.get(a.id, ())))
        for position, a in enumerate(reading.attributions[:SPREAD])
    ]


def marks(reading: Reading, a: Attribution, measures: Iterable[str]) -> tuple[str, ...]:
    """The marks of one statement."""
    names = {a.speaker.name, *a.speaker.names} - {None}
    found = [mark("naming", a.speaker.naming), mark("act", a.act), mark("stance", a.stance)]
    found += [mark("speaker", str(name)) for name in sorted(map(str, names))]
    found += [mark("measure", measure) for measure in sorted(measures)]
    if reading.report.outlet:
        found.append(mark("outlet", reading.report.outlet))
    return (*found, *(mark("month", reading.report.published[:7]),)) if reading.report.published else tuple(found)


def mark(kind: str, value: str) -> str:
    """The made-up word for a value: short, and no word of any language."""
    digest = hashlib.blake2b(f"{kind}={value.casefold()}".encode(), digest_size=6).hexdigest()
    return f"{kind[0]}q{digest}"


def index(connection: Connection, found: Sequence[Entry]) -> None:
    """Put statements into the index."""
    _each(connection, INSERT, found)


def unindex(connection: Connection, found: Sequence[Entry]) -> None:
    """Take statements out of the index. They must be as they were put in."""
    _each(connection, DELETE, found)


def _each(connection: Connection, statement: dict[bool, TextClause], found: Sequence[Entry]) -> None:
    if found:
        rows = [{"row": e.row, "words": e.words, "marks": " ".join(e.marks), "list": list(e.marks)} for e in found]
        connection.execute(statement[is_sqlite(connection)], rows)


def index_report(connection: Connection, key: int, title: str | None, body: str) -> None:
    """Put a whole report into the index of reports."""
    longest = len(body) if is_sqlite(connection) else LONGEST
    connection.execute(INSERT_REPORT[is_sqlite(connection)], {"row": key, "title": title or "", "text": body[:longest]})
