"""Where the words of a query stand in texts that were found: by SQLite's rules, which PostgreSQL's come near."""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing

from sayso.record.words import parse, to_fts5

BEGIN, END = "\ue000", "\ue001"
TABLE = "CREATE VIRTUAL TABLE found USING fts5(words, tokenize='porter unicode61')"
Pieces = tuple[tuple[str, bool], ...]
"""A text in pieces, each with whether it is what was looked for."""


def marked(texts: Sequence[str], query: str) -> list[Pieces]:
    """Each text in pieces; together they are the text. QueryError if ``query`` has no word to look for."""
    with closing(sqlite3.connect(":memory:")) as base:
        base.execute(TABLE)
        base.executemany("INSERT INTO found (rowid, words) VALUES (?, ?)", enumerate(map(_sendable, texts)))
        sql = "SELECT rowid, highlight(found, 0, ?, ?) FROM found WHERE found MATCH ?"
        found = dict(base.execute(sql, (BEGIN, END, to_fts5(parse(query), "words"))))
    return [tuple(_pieces(text, found.get(number))) for number, text in enumerate(texts)]


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")


def _pieces(text: str, highlighted: str | None) -> Iterator[tuple[str, bool]]:
    """A text that has signs of ours in it stays whole."""
    if highlighted is None or highlighted.replace(BEGIN, "").replace(END, "") != text:
        yield text, False
        return
    for part in highlighted.split(BEGIN):
        inside, end, after = part.partition(END)
        if end:
            yield inside, True
        rest = after if end else inside
        if rest:
            yield rest, False
