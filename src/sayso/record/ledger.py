"""The ledger: reports, their readings and people's judgements, in one file or on a server, for years."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, func, select

from sayso.errors import LedgerError
from sayso.record import copies, migrations, store
from sayso.record.dialect import engine_for, explained, is_sqlite, named, prepare
from sayso.record.rows import report_row, storable_report
from sayso.record.schema import VERSION, readings, reports
from sayso.terms import Reading, Report

Embed = Callable[[Sequence[str]], bytes]
PAGE = 200


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a report: its id, whether it is new, and the ids of those that it nearly copies."""

    id: str
    new: bool
    copies: tuple[str, ...] = ()


class Ledger:
    """A ledger that is open. Close it, or use it in a ``with``. Several programs may have it open at once.

    Every method raises LedgerError where the store fails, with the way out.
    """

    def __init__(self, where: str, *, readonly: bool = False, create: bool = True, embed: Embed | None = None) -> None:
        """Open the file or URL ``where``; make it if need be. ``embed`` gives statements' vectors, if searched so."""
        self.where, self.readonly = where, readonly
        self._embed = embed
        self._speakers = store.Speakers()
        with explained(where):
            self.engine = engine_for(where, readonly=readonly)
            self._open(create=create and not readonly)

    def _open(self, *, create: bool) -> None:
        if is_sqlite(self.engine):
            path = Path(self.where)
            if not create and not path.exists():
                raise LedgerError(f"there is no ledger at {self.where}: make one with `sayso add`")
            if create:
                path.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._check_version(create=create)
        except LedgerError as error:
            self.close()
            raise LedgerError(f"ledger {named(self.where)} {error}") from error

    def _check_version(self, *, create: bool) -> None:
        with self.engine.connect() as connection:
            new = migrations.is_new(connection)
            if not new and migrations.version(connection) == VERSION:
                return
        if not create:
            raise LedgerError("is empty, or of an older version: open it once for writing, as `sayso add` does")
        if new:
            with self.engine.connect() as connection:
                prepare(connection)
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            migrations.create(connection) if new else migrations.bring_forward(connection)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    @contextmanager
    def looking(self) -> Iterator[Connection]:
        """A transaction that only looks; all that it sees is of one moment."""
        with explained(self.where), self.engine.connect() as connection, connection.begin():
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; whole or not at all."""
        if self.readonly:
            raise LedgerError(f"ledger {named(self.where)} was opened to look only")
        with explained(self.where), self.engine.connect().execution_options(writes=True) as connection:
            try:
                with connection.begin():
                    yield connection
            except BaseException:
                self._speakers.keys.clear()
                raise

    def has(self, report: Report) -> bool:
        """Whether this very report is there already."""
        with self.looking() as connection:
            return store.find_report(connection, report_row(storable_report(report))) is not None

    def add(self, report: Report, reading: Reading | None, reader: str, unread: str | None = None) -> Added:
        """Keep a report with its reading by ``reader``, or with the reason for having none. Twice changes nothing."""
        kept = storable_report(report)
        vectors = self._vectors(reading)
        with self.writing() as connection:
            own, key, new = store.add_report(connection, kept, unread)
            linked = copies.link(connection, key, kept.text) if new else copies.copies_of(connection, key)
            if reading is not None and (new or store.reading_of(connection, key) is None):
                whole = Reading(kept, reading.attributions, reading.figures)
                values = {"reader": reader, "judged": 0, "current": 1, "vectors": vectors}
                store.add_reading(connection, key, whole, values, self._speakers)
            others = [other for other, _ in linked]
            ids = store.ids_of(connection, others)
        return Added(own, new, tuple(ids[other] for other in others))

    def _vectors(self, reading: Reading | None) -> bytes | None:
        if self._embed is None or reading is None or not reading.attributions:
            return None
        return self._embed([a.content.text for a in reading.attributions])

    def report(self, id: str) -> Report | None:
        """The report of that id, or of that name where only one has it; None if there is none."""
        with self.looking() as connection:
            key = store.key_of(connection, id)
            return None if key is None else store.load_reports(connection, [key])[key]

    def reading(self, id: str) -> Reading | None:
        """The reading that counts of the report of that id or name; None if there is none."""
        with self.looking() as connection:
            key = store.key_of(connection, id)
            row = None if key is None else store.reading_of(connection, key, readings.c.current == 1)
            if key is None or row is None:
                return None
            return store.load_reading(connection, row["key"], store.load_reports(connection, [key])[key])

    def readings(self, *conditions: Any) -> Iterator[Reading]:
        """Every reading that counts, in the order of adding; ``conditions`` are on the columns of ``reports``."""
        after = 0
        while True:
            with self.looking() as connection:
                page = self._page(connection, after, conditions)
                texts = store.load_reports(connection, [report for _, report in page])
                found = store.load_readings(connection, {key: texts[report] for key, report in page})
            yield from (found[key] for key, _ in page)
            if len(page) < PAGE:
                return
            after = page[-1][1]

    def _page(self, connection: Connection, after: int, conditions: Sequence[Any]) -> list[tuple[int, int]]:
        chosen = (
            select(readings.c.key, readings.c.report)
            .join(reports, reports.c.key == readings.c.report)
            .where(readings.c.current == 1, readings.c.report > after, *conditions)
            .order_by(readings.c.report)
            .limit(PAGE)
        )
        return list(connection.execute(chosen).tuples())

    def copies(self, id: str) -> list[tuple[str, float]]:
        """The near-copies of a report: their ids and the share of runs of words that both have."""
        with self.looking() as connection:
            key = store.key_of(connection, id)
            found = [] if key is None else copies.copies_of(connection, key)
            keys = [other for other, _ in found]
            ids = store.ids_of(connection, keys)
        return [(ids[other], share) for other, share in found]

    def count(self) -> dict[str, int]:
        """How many reports, and of these how many have a reading."""
        with self.looking() as connection:
            whole = connection.execute(select(func.count()).select_from(reports)).scalar_one()
            read = connection.execute(
                select(func.count()).select_from(readings).where(readings.c.current == 1)
            ).scalar_one()
        return {"reports": whole, "read": read}
