"""Who speaks, for pages: quick counts of everybody, and what only a few of them need to have looked up.

Everybody's statements are counted from the index by speaker alone. In how many reports somebody speaks, and through
whom, is looked up for those that a page shows.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from sayso.record import latest
from sayso.record.schema import attributions, readings, reports, speakers
from sayso.record.statements import row_of

Stamp = tuple[int, ...]
OLD = select(readings.c.key).where(readings.c.current == 0)
COUNTS = attributions.c.reading.not_in(OLD)
OF = case((speakers.c.name.is_(None), speakers.c.affiliation))
NEWEST = (func.coalesce(reports.c.published, "").desc(), attributions.c.reading.desc(), attributions.c.position)


@dataclass(frozen=True, slots=True)
class Who:
    """A source: a ``name``, or of those without one the ``naming`` and the ``affiliation``, None where not said."""

    name: str | None
    naming: str
    affiliation: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many statements are a source's."""

    who: Who
    statements: int


@dataclass(slots=True)
class Reach:
    """In how many ``reports`` a source speaks, a text that one outlet has twice counting once, and through whom."""

    reports: int = 0
    through: Counter[str] = field(default_factory=Counter)


def stamp(connection: Connection) -> Stamp:
    """Changes with every report, reading and judgement that comes, and with every reading and judgement that goes.

    Keys alone would not do: SQLite gives that of a reading that is gone to the next one.
    """
    newest = (select(func.coalesce(func.max(of.c.key), 0)).scalar_subquery() for of in (reports, readings))
    many = select(func.count()).select_from(readings).scalar_subquery()
    return (*connection.execute(select(*newest, many)).one(), *latest.stamp(connection))


def everybody(connection: Connection) -> list[Tally]:
    """Every source, the one that says most first."""
    of = (
        select(attributions.c.speaker, func.count().label("n"))
        .where(COUNTS)
        .group_by(attributions.c.speaker)
        .subquery()
    )
    columns = speakers.c.name, speakers.c.naming, OF.label("affiliation")
    joined = select(*columns, func.sum(of.c.n)).join(of, of.c.speaker == speakers.c.key).group_by(*columns)
    found: Counter[Who] = Counter()
    for name, naming, affiliation, count in connection.execute(joined):
        found[Who(name or None, "named" if name else naming, affiliation or None)] += int(count)
    tallies = [Tally(who, count) for who, count in found.items()]
    return sorted(
        tallies, key=lambda one: (-one.statements, one.who.name or "", one.who.naming, one.who.affiliation or "")
    )


def reach(connection: Connection, some: Sequence[Who]) -> dict[Who, Reach]:
    """In how many reports each of these speaks, and through whom."""
    found: defaultdict[Who, Reach] = defaultdict(Reach)
    key = case((func.coalesce(speakers.c.name, "") == "", speakers.c.naming), else_="named")
    columns = speakers.c.name, key.label("naming"), OF.label("affiliation")
    joined = select(*columns, attributions.c.relays, func.count()).join_from(
        speakers, attributions, attributions.c.speaker == speakers.c.key
    )
    among = or_(*(is_who(one) for one in some))
    for *who, relays, count in connection.execute(
        joined.where(among, COUNTS, attributions.c.relays.is_not(None)).group_by(*columns, attributions.c.relays)
    ):
        for relay in json.loads(relays):
            found[_who(who)].through[relay] += count
    distinct = select(*columns, func.count(attributions.c.reading.distinct())).join_from(
        speakers, attributions, attributions.c.speaker == speakers.c.key
    )
    chosen = distinct.where(among, COUNTS, attributions.c.reading.not_in(repeated())).group_by(*columns)
    for *who, count in connection.execute(chosen):
        found[_who(who)].reports += count
    return found


def _who(row: Sequence[Any]) -> Who:
    name, naming, affiliation = row
    return Who(name or None, naming, affiliation or None)


def is_who(one: Who) -> ColumnElement[bool]:
    """The condition on ``speakers`` that it is this source."""
    if one.name is not None:
        return speakers.c.name == one.name
    empty = or_(speakers.c.name.is_(None), speakers.c.name == "")
    of = speakers.c.affiliation
    same = of == one.affiliation if one.affiliation else or_(of.is_(None), of == "")
    return and_(empty, speakers.c.naming == one.naming, same)


def repeated() -> Any:
    """The readings of reports whose very text the same outlet had before."""
    first = select(func.min(reports.c.key)).group_by(reports.c.text_sha256, reports.c.outlet)
    return select(readings.c.key).where(readings.c.report.not_in(first))


def newest(
    connection: Connection, keys: Sequence[int], offset: int, limit: int, outlet: str | None = None
) -> list[int]:
    """The rows in the index of statements of what these speakers say, the newest published first."""
    chosen = (
        select(attributions.c.reading, attributions.c.position)
        .join(readings, readings.c.key == attributions.c.reading)
        .join(reports, reports.c.key == readings.c.report)
        .where(attributions.c.speaker.in_(keys), readings.c.current == 1)
    )
    if outlet is not None:
        chosen = chosen.where(reports.c.outlet == outlet)
    return [row_of(*row) for row in connection.execute(chosen.order_by(*NEWEST).limit(limit).offset(offset))]


def keys_of(connection: Connection, who: Who) -> list[int]:
    """The keys of all speakers that are this source; with a name also those who speak together with others."""
    wanted = is_who(who)
    if who.name is not None:
        together = speakers.c.names.contains(json.dumps(who.name, ensure_ascii=False), autoescape=True)
        wanted = or_(wanted, and_(speakers.c.names.is_not(None), together))
    return list(connection.execute(select(speakers.c.key).where(wanted)).scalars())
