"""Reports and readings: into the tables and out again. Each function works within the caller's transaction."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Select, delete, insert, select, update

from sayso.record import statements
from sayso.record.dialect import insert_new
from sayso.record.rows import (
    SPEAKER,
    Values,
    attribution_of,
    attribution_row,
    figure_of,
    figure_row,
    report_of,
    report_row,
    speaker_row,
)
from sayso.record.schema import attributions, figures, readings, reports, speakers
from sayso.terms import Attribution, Reading, Report, Speaker

MOST_IN_LIST = 500
MOST_SPEAKERS = 50_000


@dataclass(slots=True)
class Speakers:
    """Keys of speakers already known to be in the table; forgotten when there are too many."""

    keys: dict[Speaker, int] = field(default_factory=dict)

    def of(self, connection: Connection, wanted: Iterable[Speaker]) -> dict[Speaker, int]:
        """The key of each speaker, who is put into the table if need be."""
        new = {speaker for speaker in wanted if speaker not in self.keys}
        if new:
            rows = {speaker: speaker_row(speaker) for speaker in sorted(new, key=repr)}
            hashes = {row["hash"]: row for row in rows.values()}
            connection.execute(insert_new(connection, speakers), [hashes[digest] for digest in sorted(hashes)])
            found = select(speakers.c.hash, speakers.c.key).where(speakers.c.hash.in_(list(hashes)))
            keys = dict(connection.execute(found).all())
            if len(self.keys) > MOST_SPEAKERS:
                self.keys.clear()
            self.keys |= {speaker: keys[row["hash"]] for speaker, row in rows.items()}
        return self.keys


def now() -> str:
    """This moment, ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def add_report(connection: Connection, report: Report, unread: str | None) -> tuple[str, int, bool]:
    """The report's id and key, and whether it is new. A report that is there already is left as it is."""
    row = report_row(report)
    if (there := find_report(connection, row)) is not None:
        return there[0], there[1], False
    new = insert_new(connection, reports, reports.c.key)
    key = connection.execute(new, row | {"unread": unread, "added_at": now()}).scalar()
    if key is None:
        return row["id"], key_of(connection, row["id"]) or 0, False
    statements.index_report(connection, key, report.title, report.text)
    return row["id"], key, True


def find_report(connection: Connection, row: Values) -> tuple[str, int] | None:
    """The id and key of this very report, or of what an older extractor made of the same bytes."""
    columns = reports.c.id, reports.c.key
    found = connection.execute(select(*columns).where(reports.c.id == row["id"])).first()
    if found is None and row["raw_sha256"] and row["extractor"]:
        same = [reports.c[name].is_not_distinct_from(row[name]) for name in ("raw_sha256", "name", "outlet", "url")]
        found = connection.execute(select(*columns).where(*same)).first()
    return None if found is None else (found.id, found.key)


def key_of(connection: Connection, report: str) -> int | None:
    """The key of the report of that id, or of the only one of that name."""
    key: int | None = connection.execute(select(reports.c.key).where(reports.c.id == report)).scalar()
    if key is None:
        named = connection.execute(select(reports.c.key).where(reports.c.name == report).limit(2)).scalars().all()
        return named[0] if len(named) == 1 else None
    return key


def ids_of(connection: Connection, keys: Sequence[int]) -> dict[int, str]:
    """The ids of reports by key."""
    return dict(connection.execute(select(reports.c.key, reports.c.id).where(reports.c.key.in_(keys))).all())


def load_reports(connection: Connection, keys: Sequence[int]) -> dict[int, Report]:
    """Reports by key."""
    out = {}
    for some in _chunks(keys):
        for row in connection.execute(select(reports).where(reports.c.key.in_(some))):
            out[row.key] = report_of(row)
    return out


def add_reading(connection: Connection, report: int, reading: Reading, values: Values, known: Speakers) -> int | None:
    """The key of the reading, once stored with its attributions and figures; None if its like is there already."""
    row = {"report": report, "made_at": now()} | values
    key: int | None = connection.execute(insert_new(connection, readings, readings.c.key), row).scalar()
    if key is None:
        return None
    if reading.attributions:
        keys = known.of(connection, [a.speaker for a in reading.attributions])
        rows = [attribution_row(a, key, n, keys[a.speaker]) for n, a in enumerate(reading.attributions)]
        connection.execute(insert(attributions), rows)
    if reading.figures:
        connection.execute(insert(figures), [figure_row(f, key, n) for n, f in enumerate(reading.figures)])
    if values["current"]:
        statements.index(connection, statements.entries(key, reading))
    return key


def make_current(connection: Connection, report: int, key: int) -> None:
    """Let this reading of the report count, and no other."""
    old = (
        connection.execute(select(readings.c.key).where(readings.c.report == report, readings.c.current == 1))
        .scalars()
        .all()
    )
    if list(old) == [key]:
        return
    text = load_reports(connection, [report])[report]
    for other in old:
        statements.unindex(connection, statements.entries(other, load_reading(connection, other, text)))
    connection.execute(update(readings).where(readings.c.report == report).values(current=0))
    connection.execute(update(readings).where(readings.c.key == key).values(current=1))
    statements.index(connection, statements.entries(key, load_reading(connection, key, text)))


def drop_reading(connection: Connection, key: int) -> None:
    """Take a reading that does not count out of the tables."""
    for table in (attributions, figures):
        connection.execute(delete(table).where(table.c.reading == key))
    connection.execute(delete(readings).where(readings.c.key == key))


def load_reading(connection: Connection, key: int, report: Report) -> Reading:
    """The reading of that key, of a report already loaded."""
    return load_readings(connection, {key: report})[key]


def load_readings(connection: Connection, wanted: dict[int, Report]) -> dict[int, Reading]:
    """Readings by key; ``wanted`` gives the report of each."""
    found: dict[int, list[Attribution]] = {key: [] for key in wanted}
    counted: dict[int, list[Any]] = {key: [] for key in wanted}
    for some in _chunks(list(wanted)):
        for row in connection.execute(attribution_rows().where(attributions.c.reading.in_(some))):
            found[row.reading].append(attribution_of(row, wanted[row.reading].text))
        chosen = select(figures).where(figures.c.reading.in_(some))
        for row in connection.execute(chosen.order_by(figures.c.reading, figures.c.position)):
            counted[row.reading].append(figure_of(row, wanted[row.reading].text))
    return {key: Reading(wanted[key], tuple(found[key]), tuple(counted[key])) for key in wanted}


def unread_by(connection: Connection, reader: str, after: int, limit: int) -> dict[int, Report]:
    """Reports with a key beyond ``after`` that have no reading by ``reader``, by key."""
    there = select(readings.c.report).where(readings.c.reader == reader, readings.c.judged == 0)
    chosen = select(reports).where(reports.c.key > after, reports.c.key.not_in(there))
    return {row.key: report_of(row) for row in connection.execute(chosen.order_by(reports.c.key).limit(limit))}


def attribution_rows() -> Select[Any]:
    """Attributions with their speakers' columns, in the order of the text."""
    of_speaker = [speakers.c[name].label(f"speaker_{name}") for name in SPEAKER]
    return (
        select(attributions, *of_speaker)
        .join(speakers, attributions.c.speaker == speakers.c.key)
        .order_by(attributions.c.reading, attributions.c.position)
    )


def reading_of(connection: Connection, report: int, *conditions: Any) -> RowMapping | None:
    """The row of the report's reading that meets the conditions, the latest if there are several."""
    chosen = select(readings).where(readings.c.report == report, *conditions).order_by(readings.c.key.desc()).limit(1)
    return connection.execute(chosen).mappings().first()


def _chunks(keys: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(keys), MOST_IN_LIST):
        yield keys[start : start + MOST_IN_LIST]
