"""Which readings weighing has taken in, and which it has not yet. Each works in the caller's transaction."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, or_, select, update

from sayso.record import store
from sayso.record.dialect import insert_new
from sayso.record.schema import about, claims, judgements, parts, pieces, readings, reports, stories, story_reports
from sayso.record.stories import chunks, set_stale
from sayso.terms import Reading

OF_READINGS = ("attribution", "figure")


@dataclass(frozen=True, slots=True)
class Taken:
    """A reading as weighing takes it in, by the columns of ``story_reports``; ``gist`` is packed."""

    report: int
    reading: int
    judged: str
    called: str
    part: str
    place: str
    gist: bytes


@dataclass(frozen=True, slots=True)
class Grouped:
    """A report of a part; ``gist`` and ``step`` are packed, ``step`` and ``piece`` None until it is grouped."""

    report: int
    place: str
    piece: str | None
    gist: bytes
    step: bytes | None


def waiting(connection: Connection) -> list[int]:
    """Keys of reports whose reading weighing has not taken in as it is now, in the order of adding."""
    said = judged(connection)
    joined = _current(readings.c.report).outerjoin(story_reports, story_reports.c.report == readings.c.report)
    new = or_(story_reports.c.report.is_(None), story_reports.c.reading != readings.c.key)
    found = set(connection.execute(joined.where(new)).scalars())
    held = dict(
        connection.execute(select(story_reports.c.report, story_reports.c.judged).where(story_reports.c.judged != ""))
        .all()
    )  # fmt: skip
    apart = {key for key in said.keys() | held.keys() if said.get(key, "") != held.get(key, "")}
    for some in chunks(sorted(apart)):
        found.update(connection.execute(_current(readings.c.report).where(readings.c.report.in_(some))).scalars())
    return sorted(found)


def is_of(connection: Connection, version: str) -> bool:
    """Whether what was taken in was grouped by this version."""
    known = connection.execute(select(about.c.value).where(about.c.name == "grouping")).scalar()
    return known == version


def is_empty(connection: Connection) -> bool:
    """Whether nothing was taken in yet."""
    return connection.execute(select(story_reports.c.report).limit(1)).first() is None


def begin_anew(connection: Connection, version: str) -> None:
    """Forget all that another version grouped; from now on it is this one."""
    for table in (claims, stories, pieces, parts, story_reports):
        connection.execute(delete(table))
    connection.execute(delete(about).where(about.c.name == "grouping"))
    connection.execute(insert(about), {"name": "grouping", "value": version})


def gone(connection: Connection) -> list[int]:
    """Keys of reports that were taken in and have no reading that counts any more."""
    there = select(readings.c.report).where(readings.c.current == 1)
    return list(
        connection.execute(select(story_reports.c.report).where(story_reports.c.report.not_in(there))).scalars()
    )


def current(connection: Connection, some: Sequence[int]) -> dict[int, tuple[int, Reading]]:
    """For reports by key: the key of the reading that counts, and the reading."""
    keys: dict[int, int] = {}
    for part in chunks(some):
        chosen = _current(readings.c.report, readings.c.key).where(readings.c.report.in_(part))
        keys.update(connection.execute(chosen).all())
    texts = store.load_reports(connection, list(keys))
    loaded = store.load_readings(connection, {key: texts[report] for report, key in keys.items()})
    return {report: (key, loaded[key]) for report, key in keys.items()}


def _current(*columns: Any) -> Select[Any]:
    return select(*columns).select_from(readings).where(readings.c.current == 1)


def judged(connection: Connection) -> dict[int, str]:
    """For each report with judgements of its reading: a hash of these."""
    chosen = (
        select(reports.c.key, judgements.c.id, judgements.c.withdrawn_at)
        .join(judgements, judgements.c.report == reports.c.id)
        .where(judgements.c.target.in_(OF_READINGS))
        .order_by(judgements.c.id)
    )
    found: defaultdict[int, list[str]] = defaultdict(list)
    for key, judgement, withdrawn in connection.execute(chosen):
        found[key].append(f"{judgement} {withdrawn or ''}")
    return {key: digest_of(lines) for key, lines in found.items()}


def digest_of(lines: Iterable[str]) -> str:
    """The first 16 digits of a hash of the lines; empty for none."""
    found = list(lines)
    return hashlib.sha256("\n".join(found).encode()).hexdigest()[:16] if found else ""


def names(connection: Connection, some: Sequence[int]) -> dict[int, str]:
    """What weighing calls the reports: by name, or by id where several with a reading share the name."""
    found: dict[int, str] = {}
    for part in chunks(some):
        mine = select(reports.c.key, reports.c.id, reports.c.name).where(reports.c.key.in_(part))
        rows = connection.execute(mine).all()
        shared = _shared(connection, {row.name for row in rows})
        found.update((row.key, row.id if row.name in shared else row.name) for row in rows)
    return found


def _shared(connection: Connection, wanted: set[str]) -> set[str]:
    joined = _current(reports.c.name).join(reports, reports.c.key == readings.c.report)
    chosen = joined.where(reports.c.name.in_(wanted)).group_by(reports.c.name).having(func.count() > 1)
    return set(connection.execute(chosen).scalars())


def namesakes(connection: Connection, some: Sequence[int]) -> list[int]:
    """Keys of other reports that were taken in and have the name of one of these."""
    found: set[int] = set()
    for part in chunks(some):
        named = select(reports.c.name).where(reports.c.key.in_(part))
        joined = select(story_reports.c.report).join(reports, reports.c.key == story_reports.c.report)
        found.update(connection.execute(joined.where(reports.c.name.in_(named))).scalars())
    return sorted(found - set(some))


def called(connection: Connection, some: Sequence[int]) -> dict[int, str]:
    """What reports that were taken in were called then."""
    found: dict[int, str] = {}
    for part in chunks(some):
        chosen = select(story_reports.c.report, story_reports.c.called).where(story_reports.c.report.in_(part))
        found.update(connection.execute(chosen).all())
    return found


def take(connection: Connection, taken: Sequence[Taken]) -> None:
    """Take readings in. The parts that they are in are to be grouped anew, and the stories to be weighed anew."""
    remove(connection, [one.report for one in taken])
    if taken:
        connection.execute(insert(story_reports), [asdict(one) for one in taken])
        _set_stale(connection, [(one.part, one.place) for one in taken])


def remove(connection: Connection, some: Sequence[int]) -> None:
    """Forget reports. The parts that they were in are to be grouped anew, and the stories to be weighed anew."""
    for keys in chunks(some):
        mine = story_reports.c.report.in_(keys)
        chosen = select(story_reports.c.part, story_reports.c.place, pieces.c.story).where(mine)
        rows = connection.execute(chosen.outerjoin(pieces, pieces.c.id == story_reports.c.piece)).all()
        set_stale(connection, {row.story for row in rows if row.story})
        _set_stale(connection, [(row.part, row.place) for row in rows])
        connection.execute(delete(story_reports).where(mine))


def _set_stale(connection: Connection, places: Sequence[tuple[str, str]]) -> None:
    """From the first of these places on each part is to be grouped anew."""
    first: dict[str, str] = {}
    for part, place in places:
        first[part] = min(first.get(part, place), place)
    for part, place in sorted(first.items()):
        new = connection.execute(insert_new(connection, parts, parts.c.part), {"part": part, "since": place}).first()
        before = None if new else connection.execute(select(parts.c.since).where(parts.c.part == part)).scalar()
        since = place if before is None else min(before, place)
        connection.execute(update(parts).where(parts.c.part == part).values(since=since))


def stale_part(connection: Connection) -> tuple[str, str] | None:
    """The first part that is to be grouped anew, and from which place on; None if all is grouped."""
    chosen = select(parts.c.part, parts.c.since).where(parts.c.since.is_not(None)).order_by(parts.c.part).limit(1)
    row = connection.execute(chosen).first()
    return None if row is None else (row.part, row.since)


def in_part(connection: Connection, part: str) -> list[Grouped]:
    """The reports of a part in their order."""
    columns = (story_reports.c[field.name] for field in fields(Grouped))
    rows = connection.execute(select(*columns).where(story_reports.c.part == part))
    return sorted((Grouped(*row) for row in rows), key=lambda one: one.place)


def keep_steps(connection: Connection, steps: Mapping[int, bytes]) -> None:
    """Keep how reports were grouped."""
    if steps:
        changed = update(story_reports).where(story_reports.c.report == bindparam("key")).values(step=bindparam("made"))
        connection.execute(changed, [{"key": key, "made": step} for key, step in steps.items()])


def keep_pieces(connection: Connection, found: Mapping[int, str]) -> None:
    """Keep which pieces reports belong to."""
    if found:
        changed = update(story_reports).where(story_reports.c.report == bindparam("key"))
        connection.execute(
            changed.values(piece=bindparam("of")), [{"key": key, "of": piece} for key, piece in found.items()]
        )


def set_grouped(connection: Connection, part: str, *, empty: bool) -> None:
    """The part is grouped; if it has no report left, it is forgotten."""
    mine = parts.c.part == part
    connection.execute(delete(parts).where(mine) if empty else update(parts).where(mine).values(since=None))
