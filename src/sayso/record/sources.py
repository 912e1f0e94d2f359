"""Who speaks in the ledger, how often, in how many reports, and through whom."""

import json
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Text, func, literal_column, select

from sayso.record.schema import attributions, readings, reports, speakers

NAME: ColumnElement[str] = literal_column(
    "coalesce(nullif(speakers.name, ''), 'unnamed, ' || nullif(speakers.affiliation, ''), 'no name')", Text
)


@dataclass(slots=True)
class Source:
    """One who speaks. ``reports`` counts texts once for each outlet; ``through`` counts who passed statements on."""

    source: str
    naming: str
    statements: int = 0
    reports: int = 0
    through: Counter[str] = field(default_factory=Counter)


def sources(connection: Connection, *conditions: ColumnElement[bool]) -> list[Source]:
    """Every source, the one that says most first; ``conditions`` are on the columns of ``reports``."""
    own = reports.c.text_sha256 + func.coalesce(reports.c.outlet, "")
    found = {
        (row.source, row.naming): Source(row.source, row.naming, row.statements, row.reports)
        for row in connection.execute(
            _said(conditions, func.count().label("statements"), func.count(own.distinct()).label("reports"))
        )
    }
    relayed = _said(conditions, attributions.c.relays, func.count().label("statements"))
    for row in connection.execute(relayed.where(attributions.c.relays.is_not(None)).group_by(attributions.c.relays)):
        for relay in json.loads(row.relays):
            found[row.source, row.naming].through[relay] += row.statements
    return sorted(found.values(), key=lambda one: (-one.statements, one.source, one.naming))


def _said(conditions: tuple[ColumnElement[bool], ...], *columns: Any) -> Select[Any]:
    joined = (
        attributions.join(readings, (readings.c.key == attributions.c.reading) & (readings.c.current == 1))
        .join(reports, reports.c.key == readings.c.report)
        .join(speakers, speakers.c.key == attributions.c.speaker)
    )
    chosen = select(NAME.label("source"), speakers.c.naming, *columns).select_from(joined).where(*conditions)
    return chosen.group_by(NAME, speakers.c.naming)
