"""Judgements, the latest first: a page at a time."""

from collections.abc import Iterable

from sqlalchemy import Connection, func, select

from sayso.record.rows import judgement_of
from sayso.record.schema import judgements
from sayso.terms import Judgement


def latest(
    connection: Connection, offset: int = 0, limit: int | None = None, report: str | None = None
) -> list[Judgement]:
    """Judgements by the time of making, the latest first, withdrawn ones too; all, or those of a report by its id."""
    chosen = select(judgements).order_by(judgements.c.made_at.desc(), judgements.c.id)
    if report is not None:
        chosen = chosen.where(judgements.c.report == report)
    return [judgement_of(row) for row in connection.execute(chosen.limit(limit).offset(offset))]


def of_ids(connection: Connection, ids: Iterable[str]) -> dict[str, Judgement]:
    """Judgements by their ids; those that aren't there are left out."""
    chosen = select(judgements).where(judgements.c.id.in_(list(ids)))
    return {row.id: judgement_of(row) for row in connection.execute(chosen)}


def count(connection: Connection) -> int:
    """How many judgements there are, withdrawn ones too."""
    return connection.execute(select(func.count()).select_from(judgements)).scalar_one()


def stamp(connection: Connection) -> tuple[int, int]:
    """Changes with every judgement and every withdrawal: how many there are of both."""
    row = connection.execute(select(func.count(), func.count(judgements.c.withdrawn_at))).one()
    return row[0], row[1]


def judged_lately(connection: Connection, offset: int, limit: int) -> list[str]:
    """The ids of the reports that have judgements, the one that was judged last first."""
    last = func.max(judgements.c.made_at)
    chosen = select(judgements.c.report).where(judgements.c.report.is_not(None)).group_by(judgements.c.report)
    ordered = chosen.order_by(last.desc(), judgements.c.report)
    return list(connection.execute(ordered.limit(limit).offset(offset)).scalars())
