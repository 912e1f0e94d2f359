"""The ledger: reports, their readings and people's judgements, in one file or on a server, for years."""

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, func, select

from sayso.errors import LedgerError
from sayso.record import copies, judged, migrations, store
from sayso.record.dialect import engine_for, explained, is_sqlite, named, of_one_moment, prepare
from sayso.record.judging import Judged, Review, check
from sayso.record.rows import report_row, storable_report
from sayso.record.schema import VERSION, readings, reports
from sayso.terms import Judgement, Reading, Report

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
        self._speakers, self._writer = store.Speakers(), threading.RLock()
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
            of_one_moment(connection)
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes; whole or not at all. Threads wait for one another: they share known speakers."""
        if self.readonly:
            raise LedgerError(f"ledger {named(self.where)} was opened to look only")
        with self._writer, explained(self.where), self.engine.connect().execution_options(writes=True) as connection:
            try:
                with connection.begin():
                    yield connection
            except BaseException:
                self._speakers.keys.clear()
                raise

    def find(self, report: Report) -> Added | None:
        """This very report, if it is there already."""
        with self.looking() as connection:
            there = store.find_report(connection, report_row(storable_report(report)))
            return None if there is None else Added(there[0], new=False)

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

    def outdated(self, reader: str) -> Iterator[Report]:
        """The reports that ``reader`` has not read, in the order of adding."""
        after = 0
        while True:
            with self.looking() as connection:
                page = store.unread_by(connection, reader, after, PAGE)
            yield from page.values()
            if len(page) < PAGE:
                return
            after = max(page)

    def add_new_reading(self, reading: Reading, reader: str) -> None:
        """Keep a newer reading of a report beside the one that counts, until ``switch_to`` lets it count."""
        vectors = self._vectors(reading)
        with self.writing() as connection:
            if (there := store.find_report(connection, report_row(storable_report(reading.report)))) is not None:
                values = {"reader": reader, "judged": 0, "current": 0, "vectors": vectors}
                store.add_reading(connection, there[1], reading, values, self._speakers)

    def switch_to(self, reader: str) -> int:
        """Let the readings by ``reader`` count, with all judgements; drop the older ones. How many were switched."""
        switched = 0
        while True:
            with self.writing() as connection:
                keys = judged.waiting(connection, reader, PAGE)
                for key in keys:
                    judged.switch(connection, key, reader, self._speakers, self._vectors)
            switched += len(keys)
            if len(keys) < PAGE:
                return switched

    def judge(self, judgement: Judgement) -> bool:
        """Keep a judgement and apply it; False if all of it is known already. InputError if it says what cannot be.

        A judgement that was withdrawn elsewhere withdraws the same one here.
        """
        return self.judge_all([judgement])[0]

    def judge_all(self, some: Sequence[Judgement]) -> list[bool]:
        """The same for several, all or none: for each whether it is new."""
        with self.writing() as connection:
            for one in some:
                check(one, judged.text_of(connection, one))
            new = [judged.keep(connection, one) for one in some]
            self._settle(connection, (one for one, is_new in zip(some, new, strict=True) if is_new))
        return new

    def withdraw(self, id: str, who: str) -> Judgement:
        """Let a judgement no longer count. It stays, with who withdrew it and when. InputError if there is none."""
        return self.withdraw_all([id], who)[0]

    def withdraw_all(self, ids: Sequence[str], who: str) -> list[Judgement]:
        """The same for several, all or none."""
        with self.writing() as connection:
            done = [judged.withdraw(connection, one, who) for one in ids]
            self._settle(connection, done)
        return done

    def _settle(self, connection: Connection, some: Iterable[Judgement]) -> None:
        for report in sorted({one.report for one in some if one.report}):
            if (key := store.key_of(connection, report)) is not None:
                judged.alone(connection, key)
                judged.settle(connection, key, self._speakers, self._vectors)

    def judgements(self, report: str | None = None) -> list[Judgement]:
        """Every judgement, or those of a report, withdrawn ones too, in the order of making."""
        with self.looking() as connection:
            return judged.judgements_of(connection, report)

    def judged(self, report: str) -> Judged | None:
        """What judgements make of the machine's reading of a report, by its id or name; None without a reading."""
        with self.looking() as connection:
            key = store.key_of(connection, report)
            return None if key is None else judged.outcome(connection, key)

    def judged_reports(self) -> dict[str, Judged]:
        """The same for every report that has judgements, by its id."""
        with self.looking() as connection:
            keys = judged.judged_reports(connection)
            ids = store.ids_of(connection, keys)
            found = {ids[key]: judged.outcome(connection, key) for key in keys}
        return {report: outcome for report, outcome in found.items() if outcome is not None}

    def review(self) -> Iterator[Review]:
        """Judgements that found nothing to attach to, or that contradict one another, with the reason."""
        for outcome in self.judged_reports().values():
            yield from outcome.review

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
        return [(row.key, row.report) for row in connection.execute(chosen)]

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
