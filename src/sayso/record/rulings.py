"""Judgements about claims, speakers and echoes, and the stories that they bear on.

Each function works in the caller's transaction.
"""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from sayso.record.grouped import OF_READINGS, digest_of
from sayso.record.rows import judgement_of
from sayso.record.schema import judgements, pieces, reports, stories, story_reports
from sayso.record.stories import chunks
from sayso.terms import Judgement


def of(connection: Connection, story: str) -> tuple[Judgement, ...]:
    """The judgements that count and bear on a story, in the order of making: they name reports of it, or none."""
    found = _rulings(connection)
    where = stories_of(connection, {report for one in found for report in _reports_in(one)})
    return tuple(one for one in found if one.withdrawn_at is None and _bears(one, story, where))


def mark(connection: Connection) -> None:
    """Let every story be weighed anew on which other judgements bear than those that it was weighed with."""
    changed = _changed(connection)
    if changed:
        named = update(stories).where(stories.c.id == bindparam("key"))
        rows = [{"key": story, "hash": found} for story, found in changed.items()]
        connection.execute(named.values(judged=bindparam("hash"), weigher=None), rows)


def differ(connection: Connection) -> bool:
    """Whether ``mark`` would find any."""
    return bool(_changed(connection))


def _changed(connection: Connection) -> dict[str, str]:
    found = [one for one in _rulings(connection) if one.withdrawn_at is None]
    where = stories_of(connection, {report for one in found for report in _reports_in(one)})
    everywhere = [one.id for one in found if not any(_reports_in(one))]
    here: defaultdict[str, list[str]] = defaultdict(list)
    for one in found:
        for story in {where[report] for report in _reports_in(one) if report in where}:
            here[story].append(one.id)
    old = dict(connection.execute(select(stories.c.id, stories.c.judged)).all())
    new = {story: digest_of(sorted([*everywhere, *here.get(story, ())])) for story in old}
    return {story: new[story] for story in old if new[story] != old[story]}


def _rulings(connection: Connection) -> list[Judgement]:
    chosen = select(judgements).where(judgements.c.target.not_in(OF_READINGS))
    return [judgement_of(row) for row in connection.execute(chosen.order_by(judgements.c.made_at, judgements.c.id))]


def _bears(judgement: Judgement, story: str, where: dict[str, str]) -> bool:
    named = list(_reports_in(judgement))
    return not named or any(where.get(report) == story for report in named)


def _reports_in(judgement: Judgement) -> Iterator[str]:
    """The reports that a judgement names, by the ledger's id: the one it is about, and those of what it compares."""
    if judgement.report is not None:
        yield judgement.report
    yield from _anchored(judgement.value)


def _anchored(value: Any) -> Iterator[str]:
    if isinstance(value, dict) and isinstance(value.get("report"), str):
        yield value["report"]
    if isinstance(value, list):
        for one in value:
            yield from _anchored(one)


def stories_of(connection: Connection, some: set[str]) -> dict[str, str]:
    """The stories of reports, both by id."""
    found: dict[str, str] = {}
    joined = (
        select(reports.c.id, pieces.c.story)
        .join(story_reports, story_reports.c.report == reports.c.key)
        .join(pieces, pieces.c.id == story_reports.c.piece)
    )
    for ids in chunks(sorted(some)):
        found.update((row.id, row.story) for row in connection.execute(joined.where(reports.c.id.in_(ids))))
    return found
