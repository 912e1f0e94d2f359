"""The workflow of a search: words by the ledger's index, meaning by vectors over all of its statements."""

import numpy as np

from sayso.meaning import default_meaning, top
from sayso.record import search, vectors
from sayso.record.ledger import Ledger
from sayso.record.search import Filters, Found, ReportHit
from sayso.record.vectors import Loaded


def find_statements(ledger: Ledger, query: str, filters: Filters, limit: int = 20, offset: int = 0) -> Found:
    """The statements whose content has the words of ``query``. QueryError if it has none to look for."""
    with ledger.looking() as connection:
        return search.statements(connection, query, filters, limit, offset)


def find_alike(
    ledger: Ledger, words: str, filters: Filters, limit: int = 20, offset: int = 0, among: Loaded | None = None
) -> Found:
    """The statements nearest in meaning to ``words``, the nearest first; an exact search over all of them.

    ``among`` are their vectors, where they are loaded already.
    """
    space = default_meaning()
    with ledger.looking() as connection:
        among = among or vectors.load(connection, space.width)
        rows, matrix = among.rows, among.matrix
        if filters != Filters():
            kept = np.isin(rows, np.array(search.matching(connection, filters), dtype=np.int64))
            rows, matrix = rows[kept], matrix[kept]
        best, _ = top(space.vectors([words])[0], matrix, limit + offset)
        return Found(tuple(search.hits(connection, rows[best][offset:].tolist())), ranked=True)


def find_reports(ledger: Ledger, query: str, filters: Filters, limit: int = 20, offset: int = 0) -> list[ReportHit]:
    """The reports that have the words of ``query`` anywhere. QueryError if it has none to look for."""
    with ledger.looking() as connection:
        return search.whole_reports(connection, query, filters, limit, offset)


def load_statements(ledger: Ledger, before: Loaded | None = None) -> Loaded:
    """The vectors of all statements that count; quicker with what there was ``before``."""
    width = default_meaning().width
    with ledger.looking() as connection:
        if before is None:
            return vectors.load(connection, width)
        return vectors.load_again(connection, width, before)
