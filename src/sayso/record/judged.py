"""Judgements in the ledger: kept, withdrawn, and applied to the readings that count.

The machine's own reading of a report is never edited. Where people have judged, a second reading, made of the first by
``judging.judge``, is kept beside it and counts instead; it is made anew whenever a judgement comes or is withdrawn.
"""

from collections.abc import Callable

from sqlalchemy import Connection, select, update

from sayso.errors import InputError
from sayso.record import store
from sayso.record.dialect import insert_new
from sayso.record.judging import Judged, judge
from sayso.record.rows import judgement_of, judgement_row
from sayso.record.schema import judgements, readings, reports
from sayso.record.store import Speakers
from sayso.terms import Judgement, Reading

Vectors = Callable[[Reading], bytes | None]


def text_of(connection: Connection, judgement: Judgement) -> str | None:
    """The text of the report that is judged; None if none is. InputError if it is not in the ledger."""
    if judgement.report is None:
        return None
    found = connection.execute(select(reports.c.text).where(reports.c.id == judgement.report)).scalar()
    if found is None:
        raise InputError(f"judges report {judgement.report}, which is not in this ledger: add the report first")
    return str(found)


def keep(connection: Connection, judgement: Judgement) -> bool:
    """Store a judgement, or its withdrawal if it is there already; False if all of it is known."""
    new = insert_new(connection, judgements, judgements.c.id)
    if connection.execute(new, judgement_row(judgement)).first() is not None:
        return True
    if judgement.withdrawn_at is None:
        return False
    chosen = update(judgements).where(judgements.c.id == judgement.id, judgements.c.withdrawn_at.is_(None))
    withdrawn = chosen.values(withdrawn_at=judgement.withdrawn_at, withdrawn_by=judgement.withdrawn_by)
    return connection.execute(withdrawn).rowcount > 0


def withdraw(connection: Connection, id: str, who: str) -> Judgement:
    """Mark a judgement as withdrawn, if it is not yet; the judgement. InputError if there is none."""
    chosen = update(judgements).where(judgements.c.id == id, judgements.c.withdrawn_at.is_(None))
    connection.execute(chosen.values(withdrawn_at=store.now(), withdrawn_by=who))
    row = connection.execute(select(judgements).where(judgements.c.id == id)).first()
    if row is None:
        raise InputError(f"there is no judgement {id}: `sayso judgements` lists them")
    return judgement_of(row)


def alone(connection: Connection, report: int) -> None:
    """Until this transaction ends, no other one settles what judgements make of the report of that key."""
    connection.execute(select(reports.c.key).where(reports.c.key == report).with_for_update(key_share=True))


def judgements_of(connection: Connection, report: str | None = None) -> list[Judgement]:
    """Every judgement, or those of a report by its id, in the order of making."""
    chosen = select(judgements).order_by(judgements.c.made_at, judgements.c.id)
    if report is not None:
        chosen = chosen.where(judgements.c.report == report)
    return [judgement_of(row) for row in connection.execute(chosen)]


def judged_reports(connection: Connection) -> list[int]:
    """Keys of the reports that have judgements."""
    joined = select(reports.c.key).join(judgements, judgements.c.report == reports.c.id).distinct()
    return list(connection.execute(joined.order_by(reports.c.key)).scalars())


def outcome(connection: Connection, key: int, reader: str | None = None) -> Judged | None:
    """The machine's reading of a report, by ``reader`` or the one that counts, with all judgements; None without."""
    version = reader or _current_reader(connection, key)
    row = store.reading_of(connection, key, readings.c.reader == version, readings.c.judged == 0)
    if row is None:
        return None
    report = store.load_reports(connection, [key])[key]
    own = store.ids_of(connection, [key])[key]
    return judge(store.load_reading(connection, row["key"], report), judgements_of(connection, own), report=own)


def _current_reader(connection: Connection, key: int) -> str | None:
    row = store.reading_of(connection, key, readings.c.current == 1)
    return None if row is None else row["reader"]


def settle(connection: Connection, key: int, known: Speakers, vectors: Vectors, reader: str | None = None) -> None:
    """Let the reading count that the machine's own, by ``reader``, and all judgements make together."""
    version = reader or _current_reader(connection, key)
    own = store.reading_of(connection, key, readings.c.reader == version, readings.c.judged == 0)
    done = outcome(connection, key, version)
    if own is None or done is None:
        return
    store.make_current(connection, key, own["key"])
    old = store.reading_of(connection, key, readings.c.reader == version, readings.c.judged == 1)
    if old is not None:
        store.drop_reading(connection, old["key"])
    if done.reading != store.load_reading(connection, own["key"], done.reading.report):
        values = {"reader": version, "judged": 1, "current": 0, "vectors": vectors(done.reading)}
        if (new := store.add_reading(connection, key, done.reading, values, known)) is not None:
            store.make_current(connection, key, new)


def waiting(connection: Connection, reader: str, limit: int) -> list[int]:
    """Keys of reports with a reading by ``reader`` that does not count yet."""
    counts = select(readings.c.report).where(readings.c.current == 1, readings.c.reader == reader)
    chosen = select(readings.c.report).where(
        readings.c.reader == reader, readings.c.judged == 0, readings.c.report.not_in(counts)
    )
    return list(connection.execute(chosen.order_by(readings.c.report).limit(limit)).scalars())


def switch(connection: Connection, key: int, reader: str, known: Speakers, vectors: Vectors) -> None:
    """Let the reading by ``reader`` count, with all judgements, and drop those by others."""
    settle(connection, key, known, vectors, reader)
    others = select(readings.c.key).where(readings.c.report == key, readings.c.reader != reader)
    for old in connection.execute(others).scalars().all():
        store.drop_reading(connection, old)
