"""Is a ledger whole? Hashes, offsets, references, the index of statements, and what the database says of itself."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, text

from sayso.record import store
from sayso.record.dialect import is_sqlite
from sayso.record.ledger import Ledger
from sayso.record.rows import report_id, report_of
from sayso.record.schema import attributions, readings, reports
from sayso.terms import Phrase, Reading, Report, Span

PAGE = 200
MOST_SAID = 20


@dataclass(frozen=True, slots=True)
class Problem:
    """Something in the ledger that is not as it should be. ``where`` names it for a person."""

    where: str
    what: str


def check(ledger: Ledger) -> Iterator[Problem | int]:
    """Every problem, and now and then the number of reports checked so far."""
    with ledger.looking() as connection:
        yield from _database(connection)
        yield from _index(connection)
        done = after = 0
        while True:
            page = select(reports).where(reports.c.key > after).order_by(reports.c.key).limit(PAGE)
            rows = {row["key"]: row for row in connection.execute(page).mappings()}
            yield from _reports(rows)
            yield from _readings(connection, rows)
            done += len(rows)
            yield done
            if len(rows) < PAGE:
                return
            after = max(rows)


def _database(connection: Connection) -> Iterator[Problem]:
    """What SQLite says of itself. PostgreSQL keeps its own checksums, and its references always hold."""
    if not is_sqlite(connection):
        return
    for (said,) in connection.execute(text(f"PRAGMA integrity_check({MOST_SAID})")):
        if said != "ok":
            yield Problem("database", said)
    for table, row, other, _ in connection.execute(text("PRAGMA foreign_key_check")):
        yield Problem(f"table {table}, row {row}", f"points at a row of {other} that is not there")


def _index(connection: Connection) -> Iterator[Problem]:
    indexed = connection.execute(text("SELECT count(*) FROM statement_words")).scalar_one()
    joined = attributions.join(readings, readings.c.key == attributions.c.reading)
    owed = connection.execute(select(func.count()).select_from(joined).where(readings.c.current == 1)).scalar_one()
    if indexed != owed:
        yield Problem("index of statements", f"holds {indexed} statements, where the readings that count hold {owed}")
    both = select(readings.c.report).where(readings.c.current == 1).group_by(readings.c.report)
    for (key,) in connection.execute(both.having(func.count() > 1)):
        yield Problem(f"report {store.ids_of(connection, [key])[key]}", "has more than one reading that counts")


def _reports(rows: Mapping[int, Any]) -> Iterator[Problem]:
    for row in rows.values():
        report = report_of(row)
        if report.text_sha256 != row["text_sha256"]:
            yield Problem(f"report {row['id']}", "has a text that does not fit its hash")
        elif report_id(report) != row["id"]:
            yield Problem(f"report {row['id']}", "has an id that does not fit what it holds")


def _readings(connection: Connection, rows: Mapping[int, Any]) -> Iterator[Problem]:
    chosen = select(readings.c.key, readings.c.report).where(readings.c.report.in_(list(rows)))
    owners: dict[int, Report] = {key: report_of(rows[report]) for key, report in connection.execute(chosen)}
    for key, reading in store.load_readings(connection, owners).items():
        yield from _reading(f"reading {key} of report {report_id(reading.report)}", reading)


def _reading(where: str, reading: Reading) -> Iterator[Problem]:
    ids = {a.id for a in reading.attributions}
    if len(ids) < len(reading.attributions):
        yield Problem(where, "has two attributions of one id")
    for a in reading.attributions:
        if a.within is not None and a.within not in ids:
            yield Problem(f"{where}, attribution {a.id}", f"lies within {a.within}, which is not there")
        if not all(_fit(phrase, len(reading.report.text)) for phrase in (a.source, a.cue, a.content)):
            yield Problem(f"{where}, attribution {a.id}", "has offsets beyond its text, or out of order")
    for figure in reading.figures:
        if figure.by is not None and figure.by not in ids:
            yield Problem(f"{where}, figure {figure.id}", f"belongs to {figure.by}, which is not there")
        if not _spans_fit((figure.span,), len(reading.report.text)):
            yield Problem(f"{where}, figure {figure.id}", "has offsets beyond its text")


def _fit(phrase: Phrase | None, length: int) -> bool:
    return phrase is None or (bool(phrase.spans) and _spans_fit(phrase.spans, length))


def _spans_fit(spans: tuple[Span, ...], length: int) -> bool:
    ends = [end for span in spans for end in span]
    return ends[0] >= 0 and ends[-1] <= length and ends == sorted(ends)
