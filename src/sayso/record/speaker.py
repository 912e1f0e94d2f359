"""What is known of one source: how often it speaks, where, when, through whom, and the figures that it gives."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from sayso.record.rows import figure_of
from sayso.record.schema import attributions, figures, readings, reports, speakers
from sayso.record.search import Hit, hits
from sayso.record.speaking import NEWEST, Who, keys_of, newest
from sayso.terms import Figure

MOST_FIGURES = 30


@dataclass(slots=True)
class Month:
    """A month, or a year for reports dated no finer; empty for reports without a date. ``stances`` are the authors'."""

    month: str
    statements: int = 0
    stances: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Spoken:
    """All that one source says, counted.

    ``reports`` are those that it speaks in, ``direct`` the statements without a relay. ``through`` counts relays,
    ``outlets`` and ``acts`` statements, ``kinds``, ``roles`` and ``affiliations`` how it was described.
    """

    who: Who
    statements: int = 0
    reports: int = 0
    direct: int = 0
    through: Counter[str] = field(default_factory=Counter)
    outlets: Counter[str] = field(default_factory=Counter)
    stances: Counter[str] = field(default_factory=Counter)
    acts: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    affiliations: Counter[str] = field(default_factory=Counter)
    months: dict[str, Month] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Given:
    """A figure that a source gives; ``report`` is the ledger's id."""

    report: str
    outlet: str | None
    published: str | None
    figure: Figure


def spoken(connection: Connection, who: Who) -> Spoken | None:
    """What a source says, counted; None if it says nothing."""
    keys = keys_of(connection, who)
    found = Spoken(who)
    if keys:
        _count(connection, keys, found)
        _describe(connection, keys, found)
    return found if found.statements else None


def _count(connection: Connection, keys: Sequence[int], found: Spoken) -> None:
    month = func.substr(reports.c.published, 1, 7)
    columns = reports.c.outlet, month, attributions.c.stance, attributions.c.act, attributions.c.relays
    joined = attributions.join(readings, readings.c.key == attributions.c.reading).join(
        reports, reports.c.key == readings.c.report
    )
    mine = attributions.c.speaker.in_(keys), readings.c.current == 1
    counted = select(*columns, func.count()).select_from(joined).where(*mine).group_by(*columns)
    for outlet, day, stance, act, relays, count in connection.execute(counted):
        found.statements += count
        found.outlets[outlet or ""] += count
        found.stances[stance] += count
        found.acts[act] += count
        one = found.months.setdefault(day or "", Month(day or ""))
        one.statements += count
        one.stances[stance] += count
        found.direct += 0 if relays else count
        for relay in json.loads(relays or "[]"):
            found.through[relay] += count
    once = select(reports.c.text_sha256, reports.c.outlet).select_from(joined).where(*mine).distinct().subquery()
    found.reports = connection.execute(select(func.count()).select_from(once)).scalar_one()


def _describe(connection: Connection, keys: Sequence[int], found: Spoken) -> None:
    named = select(speakers.c.kind, speakers.c.role, speakers.c.affiliation).where(
        speakers.c.key.in_(keys), speakers.c.names.is_(None)
    )
    for kind, role, affiliation in connection.execute(named):
        for words, counts in ((kind, found.kinds), (role, found.roles), (affiliation, found.affiliations)):
            if words and words != "none":
                counts[words] += 1


def said(connection: Connection, who: Who, offset: int, limit: int, outlet: str | None = None) -> list[Hit]:
    """A source's statements, the newest published first; all, or those in one outlet."""
    return hits(connection, newest(connection, keys_of(connection, who), offset, limit, outlet))


def given(connection: Connection, who: Who, limit: int = MOST_FIGURES) -> list[Given]:
    """The figures that a source gives, the newest published first."""
    a = attributions.c
    chosen = (
        select(figures, reports.c.id.label("own"), reports.c.outlet, reports.c.published, reports.c.text)
        .join_from(attributions, figures, (figures.c.reading == a.reading) & (figures.c.by == a.id))
        .join(readings, readings.c.key == a.reading)
        .join(reports, reports.c.key == readings.c.report)
        .where(a.speaker.in_(keys_of(connection, who)), readings.c.current == 1)
        .order_by(*NEWEST, figures.c.position)
        .limit(limit)
    )
    return [Given(row.own, row.outlet, row.published, figure_of(row, row.text)) for row in connection.execute(chosen)]
