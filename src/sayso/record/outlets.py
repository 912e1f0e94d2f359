"""How outlets source what they publish: named, unnamed, through others; and whom they repeat."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from sayso.record.named import COLUMNS, Known
from sayso.record.schema import attributions, near_copies, readings, reports, speakers
from sayso.record.speaking import COUNTS, Who

NAMINGS = ("named", "unnamed", "unsourced")


@dataclass(slots=True)
class Sourcing:
    """How an outlet's statements are sourced.

    ``namings`` counts statements that are named, unnamed or unsourced; ``second_hand`` those that come through another
    outlet or somebody else; ``relays`` counts whom they come through.
    """

    outlet: str
    reports: int = 0
    first: str | None = None
    last: str | None = None
    statements: int = 0
    second_hand: int = 0
    namings: Counter[str] = field(default_factory=Counter)
    relays: Counter[str] = field(default_factory=Counter)

    def share(self, count: int) -> float:
        """The part of all statements that ``count`` is, from 0 to 1."""
        return count / self.statements if self.statements else 0.0


@dataclass(slots=True)
class Copies:
    """An outlet's reports that nearly copy others', or are copied.

    ``first`` counts those published before every near-copy that other outlets have, ``tied`` those with one of the same
    day and none before, ``later`` the rest. ``earlier`` and ``copied_by`` count the other outlets' reports.
    """

    first: int = 0
    tied: int = 0
    later: int = 0
    earlier: Counter[str] = field(default_factory=Counter)
    copied_by: Counter[str] = field(default_factory=Counter)

    @property
    def reports(self) -> int:
        """How many of the outlet's reports have near-copies elsewhere."""
        return self.first + self.tied + self.later


def outlets(connection: Connection) -> list[Sourcing]:
    """All outlets, the one with most reports first, without how their statements are sourced."""
    columns = func.count(), func.min(reports.c.published), func.max(reports.c.published)
    chosen = select(reports.c.outlet, *columns).where(reports.c.outlet.is_not(None)).group_by(reports.c.outlet)
    found = [Sourcing(*row) for row in connection.execute(chosen)]
    return sorted(found, key=lambda one: (-one.reports, one.outlet))


def sourced(connection: Connection, outlet: str | None = None) -> dict[str, Sourcing]:
    """All outlets, or one, with how their statements are sourced."""
    found = {one.outlet: one for one in outlets(connection) if outlet in {None, one.outlet}}
    of = attributions.join(speakers, speakers.c.key == attributions.c.speaker)
    columns = attributions.c.reading, speakers.c.naming, attributions.c.relays
    inner = select(*columns, func.count().label("n")).select_from(of).where(COUNTS).group_by(*columns)
    if outlet is not None:
        own = select(readings.c.key).join(reports, reports.c.key == readings.c.report).where(reports.c.outlet == outlet)
        inner = inner.where(attributions.c.reading.in_(own))
    some = inner.subquery()
    joined = some.join(readings, readings.c.key == some.c.reading).join(reports, reports.c.key == readings.c.report)
    whole = select(reports.c.outlet, some.c.naming, some.c.relays, func.sum(some.c.n)).select_from(joined)
    for name, naming, relays, count in connection.execute(
        whole.where(reports.c.outlet.is_not(None)).group_by(reports.c.outlet, some.c.naming, some.c.relays)
    ):
        _take(found[name], naming, json.loads(relays or "[]"), int(count))
    return found


def _take(one: Sourcing, naming: str, relays: Iterable[str], count: int) -> None:
    others = [relay for relay in relays if relay != one.outlet]
    one.statements += count
    one.namings[naming] += count
    one.second_hand += count if others else 0
    for relay in others:
        one.relays[relay] += count


def speakers_in(connection: Connection, outlet: str, limit: int) -> list[tuple[Who, int]]:
    """Who speaks most in an outlet's reports, and how many statements: so many named ones, then so many unnamed."""
    columns = speakers.c.name, speakers.c.naming, speakers.c.affiliation
    own = (
        select(readings.c.key)
        .join(reports, reports.c.key == readings.c.report)
        .where(reports.c.outlet == outlet, readings.c.current == 1)
    )
    counted = select(attributions.c.speaker, func.count().label("n")).where(attributions.c.reading.in_(own))
    some = counted.group_by(attributions.c.speaker).subquery()
    found: Counter[Who] = Counter()
    for name, naming, affiliation, count in connection.execute(
        select(*columns, some.c.n).join(some, some.c.speaker == speakers.c.key)
    ):
        found[Who(name, "named") if name else Who(None, naming, affiliation or None)] += count
    ordered = sorted(found.items(), key=lambda pair: (-pair[1], str(pair[0])))
    named = [pair for pair in ordered if pair[0].name is not None][:limit]
    return named + [pair for pair in ordered if pair[0].name is None and pair[0].naming == "unnamed"][:limit]


def relayed_by(connection: Connection, outlet: str) -> Counter[str]:
    """Which other outlets have statements through this one, and how many."""
    like = attributions.c.relays.contains(json.dumps(outlet, ensure_ascii=False), autoescape=True)
    some = select(attributions.c.reading, func.count().label("n")).where(like, COUNTS).group_by(attributions.c.reading)
    inner = some.subquery()
    joined = inner.join(readings, readings.c.key == inner.c.reading).join(reports, reports.c.key == readings.c.report)
    chosen = select(func.coalesce(reports.c.outlet, ""), func.sum(inner.c.n)).select_from(joined)
    rows = connection.execute(chosen.where(reports.c.outlet.is_distinct_from(outlet)).group_by(reports.c.outlet))
    return Counter({name: int(count) for name, count in rows})


def copies(connection: Connection, outlet: str) -> Copies:
    """How often an outlet is the first of near-copies, and whose reports it repeats."""
    own, other = reports.alias("own"), reports.alias("other")
    found: defaultdict[int, list[tuple[int, str]]] = defaultdict(list)
    pair = near_copies.c
    for mine, theirs in ((pair.report, pair.earlier), (pair.earlier, pair.report)):
        joined = near_copies.join(own, own.c.key == mine).join(other, other.c.key == theirs)
        chosen = select(own.c.key, own.c.published, other.c.published, func.coalesce(other.c.outlet, ""))
        apart = own.c.outlet == outlet, other.c.outlet.is_distinct_from(outlet)
        for key, before, after, name in connection.execute(chosen.select_from(joined).where(*apart)):
            found[key].append((_order(before, after), name))
    return _copies(found.values())


def _order(one: str | None, other: str | None) -> int:
    """-1 if the first date is the earlier one, 1 if it is the later one, 0 if they don't tell."""
    length = min(len(one or ""), len(other or ""))
    mine, theirs = (one or "")[:length], (other or "")[:length]
    return (mine > theirs) - (mine < theirs)


def _copies(found: Iterable[list[tuple[int, str]]]) -> Copies:
    made = Copies()
    for others in found:
        last = max(order for order, _ in others)
        made.later += last > 0
        made.tied += last == 0
        made.first += last < 0
        made.earlier.update(name for order, name in others if order > 0)
        made.copied_by.update(name for order, name in others if order < 0)
    return made


def reports_of(connection: Connection, outlet: str, offset: int, limit: int) -> list[Known]:
    """An outlet's reports, the newest first."""
    ordered = (
        select(*COLUMNS)
        .where(reports.c.outlet == outlet)
        .order_by(reports.c.published.desc().nulls_last(), reports.c.key.desc())
    )
    return [Known(**row) for row in connection.execute(ordered.limit(limit).offset(offset)).mappings()]
