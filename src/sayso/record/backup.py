"""Copies of a whole ledger, safe while it is in use: into a file, or from one kind of database into the other."""

import os
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, insert, select, text

from sayso.errors import LedgerError
from sayso.record import statements, store
from sayso.record.dialect import URL, explained, is_sqlite
from sayso.record.ledger import Ledger
from sayso.record.schema import about, metadata, readings, reports

PAGES, ROWS = 2_000, 500
Progress = Callable[[int, int], None]


def backup(ledger: Ledger, to: str, progress: Progress = lambda _done, _whole: None) -> None:
    """Copy everything into a new file or an empty database ``to``; it is there whole or not at all.

    ``progress`` is told how much is done of how much. LedgerError if there is something at ``to`` already.
    """
    if URL.match(to):
        _copy(ledger, to, progress)
        return
    path = Path(to)
    if path.exists():
        raise LedgerError(f"{to} exists already: name a new file")
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    try:
        with explained(to):
            path.parent.mkdir(parents=True, exist_ok=True)
            _pages(ledger, part, progress) if is_sqlite(ledger.engine) else _copy(ledger, str(part), progress)
            os.replace(part, path)  # noqa: PTH105
    finally:
        for left in (part, part.with_name(part.name + "-wal"), part.with_name(part.name + "-shm")):
            left.unlink(missing_ok=True)


def _pages(ledger: Ledger, part: Path, progress: Progress) -> None:
    """SQLite's own online backup."""
    try:
        with ledger.looking() as connection:
            source = connection.connection.driver_connection
            assert isinstance(source, sqlite3.Connection)  # noqa: S101
            target = sqlite3.connect(part)
            try:
                source.backup(target, pages=PAGES, progress=lambda _, left, whole: progress(whole - left, whole))
            finally:
                target.close()
    except sqlite3.Error as error:
        raise LedgerError(f"{part} could not be written ({error}): make room, or name another place") from error


def _copy(ledger: Ledger, to: str, progress: Progress) -> None:
    """Row by row, into a ledger of either kind; the indexes are made anew."""
    with Ledger(to) as other, ledger.looking() as source, other.writing() as target:
        if target.execute(select(reports.c.key).limit(1)).first() is not None:
            raise LedgerError(f"{to} holds reports already: name an empty database")
        whole = ledger.count()["reports"]
        for table in metadata.sorted_tables:
            chosen = select(table).where(about.c.name != "schema") if table is about else select(table)
            for page in source.execute(chosen).mappings().partitions(ROWS):
                target.execute(insert(table), [dict(row) for row in page])
        _set_counters(target)
        _index(source, target, whole, progress)


def _set_counters(target: Connection) -> None:
    """Let PostgreSQL's counters go on after the keys that came with the rows."""
    if not is_sqlite(target):
        for name in ("reports", "readings", "speakers"):
            target.execute(
                text(f"SELECT setval(pg_get_serial_sequence('{name}', 'key'), (SELECT max(key) FROM {name}))")
            )


def _index(source: Connection, target: Connection, whole: int, progress: Progress) -> None:
    rows = select(reports.c.key, reports.c.title, reports.c.text).order_by(reports.c.key)
    done = 0
    for page in source.execute(rows).partitions(ROWS):
        for key, title, body in page:
            statements.index_report(target, key, title, body)
        keys = [key for key, _, _ in page]
        chosen = select(readings.c.key, readings.c.report).where(readings.c.current == 1, readings.c.report.in_(keys))
        texts = store.load_reports(source, keys)
        wanted = {key: texts[report] for key, report in source.execute(chosen)}
        for key, reading in store.load_readings(source, wanted).items():
            statements.index(target, statements.entries(key, reading))
        done += len(page)
        progress(done, whole)
