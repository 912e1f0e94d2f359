"""Stories in the ledger: what was found in each, listed and looked up. Each works in the caller's transaction."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from hashlib import blake2b
from typing import Any, Literal

from sqlalchemy import Connection, Select, delete, func, insert, or_, select, update

from sayso.record.schema import claims, pieces, reports, stories, story_reports
from sayso.terms.weighing import Claim, Story

Order = Literal["recent", "size"]
MOST_IN_LIST = 500
COLUMNS = tuple(stories.c[name] for name in ("id", "title", "first", "last", "reports", "outlets", "claims"))


@dataclass(frozen=True, slots=True)
class Listed:
    """A story as lists show it. ``first`` and ``last`` are ISO dates, where known; the rest counts."""

    id: str
    title: str
    first: str | None
    last: str | None
    reports: int
    outlets: int
    claims: int


@dataclass(frozen=True, slots=True)
class Packed:
    """A story as it was kept: ``weighed`` is packed, None if that is still to be done. The title may be newer."""

    id: str
    title: str
    weighed: bytes | None


@dataclass(frozen=True, slots=True)
class ListedClaim:
    """A claim as lists show it: without its sayings. ``low`` and ``high`` count its independent origins."""

    id: str
    story: str
    text: str
    low: int
    high: int
    affirm: int
    deny: int
    doubt: int
    outlets: int
    reports: int

    @classmethod
    def of(cls, claim: Claim) -> "ListedClaim":
        """The claim without its sayings."""
        origins = claim.independent
        return cls(
            claim.id, claim.story, claim.text, origins.low, origins.high, origins.affirm, origins.deny, origins.doubt,
            claim.outlets, claim.reports,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Done:
    """A story that was weighed: ``made_of`` is a hash of what it was weighed from, ``weighed`` is packed."""

    id: str
    made_of: str
    outlets: int
    claims: tuple[ListedClaim, ...]
    weighed: bytes


def listed(connection: Connection, offset: int, limit: int | None, order: Order) -> tuple[Listed, ...]:
    """Stories without their claims, the ones with the latest report or with most reports first."""
    chosen = _sorted(select(*COLUMNS), order).limit(limit).offset(offset)
    return tuple(Listed(*row) for row in connection.execute(chosen))


def _sorted(chosen: Select[Any], order: Order) -> Select[Any]:
    size, last = stories.c.reports.desc(), func.coalesce(stories.c.last, "").desc()
    return chosen.order_by(*((size,) if order == "size" else (last, size)), stories.c.id)


def count(connection: Connection) -> int:
    """How many stories there are."""
    return connection.execute(select(func.count()).select_from(stories)).scalar_one()


def story(connection: Connection, prefix: str) -> Packed | None:
    """The story whose id begins so, the largest of several; None if there is none."""
    chosen = _sorted(select(stories.c.id, stories.c.title, stories.c.weighed), "size")
    row = connection.execute(chosen.where(stories.c.id == prefix)).first()
    if row is None:
        row = connection.execute(chosen.where(stories.c.id.startswith(prefix, autoescape=True)).limit(1)).first()
    return None if row is None else Packed(row.id, row.title, row.weighed)


def states(connection: Connection, some: Sequence[str]) -> dict[str, str]:
    """For stories by their ids, as far as they are there: a hash of what ``story`` would give."""
    found: dict[str, str] = {}
    for ids in chunks(some):
        rows = connection.execute(select(stories.c.id, stories.c.title, stories.c.weighed).where(stories.c.id.in_(ids)))
        found |= {row.id: blake2b(row.title.encode() + (row.weighed or b"")).hexdigest() for row in rows}
    return found


def story_of_claim(connection: Connection, claim: str) -> str | None:
    """The id of the story that has the claim of that very id, the largest of several; None if there is none."""
    joined = select(stories.c.id).join(claims, claims.c.story == stories.c.id).where(claims.c.id == claim)
    return connection.execute(_sorted(joined, "size").limit(1)).scalar()


def with_claim(connection: Connection, prefix: str, story: str = "") -> Packed | None:
    """The story of the claim whose id begins so, the largest of several; None if there is no such claim."""
    joined = select(stories.c.id, stories.c.title, stories.c.weighed).join(claims, claims.c.story == stories.c.id)
    chosen = joined.where(
        claims.c.id.startswith(prefix, autoescape=True), stories.c.id.startswith(story, autoescape=True)
    )
    row = connection.execute(_sorted(chosen, "size").limit(1)).first()
    return None if row is None else Packed(row.id, row.title, row.weighed)


def members(connection: Connection, story: str) -> dict[int, str]:
    """The reports of a story by key, in their order, as weighing calls them."""
    rows = connection.execute(_in_story(story, story_reports.c.report, story_reports.c.called, story_reports.c.place))
    return {row.report: row.called for row in sorted(rows, key=lambda row: row.place)}


def ids_of_reports(connection: Connection, story: str) -> tuple[str, ...]:
    """The ledger's ids of a story's reports."""
    joined = _in_story(story, reports.c.id).join(reports, reports.c.key == story_reports.c.report)
    return tuple(connection.execute(joined.order_by(reports.c.key)).scalars())


def _in_story(story: str, *columns: Any) -> Select[Any]:
    joined = story_reports.join(pieces, pieces.c.id == story_reports.c.piece)
    return select(*columns).select_from(joined).where(pieces.c.story == story)


def whole(connection: Connection) -> list[Story]:
    """All stories with their reports, the largest first; without their claims."""
    joined = select(pieces.c.story, story_reports.c.place, story_reports.c.called).join(
        pieces, pieces.c.id == story_reports.c.piece
    )
    told: defaultdict[str, list[str]] = defaultdict(list)
    for row in sorted(connection.execute(joined), key=lambda row: row.place):
        told[row.story].append(row.called)
    rows = connection.execute(_sorted(select(*COLUMNS), "size"))
    return [Story(row.id, row.title, tuple(told[row.id]), row.first, row.last) for row in rows]


def plain(connection: Connection, id: str) -> Story | None:
    """The story of that id without its reports and claims; None if there is none."""
    row = connection.execute(select(*COLUMNS).where(stories.c.id == id)).first()
    return None if row is None else Story(row.id, row.title, (), row.first, row.last)


def stale(connection: Connection, weigher: str) -> dict[str, int]:
    """The stories that are to be weighed, the latest first, and how many reports each has."""
    old = or_(stories.c.weigher.is_(None), stories.c.weigher != weigher)
    chosen = _sorted(select(stories.c.id, stories.c.reports), "recent").where(old)
    return dict(connection.execute(chosen).all())


def made_of(connection: Connection, story: str) -> list[str]:
    """What a story is to be weighed from: changes with its reports, their readings and all judgements."""
    row = connection.execute(select(stories.c.judged).where(stories.c.id == story)).first()
    rows = connection.execute(
        _in_story(story, *(story_reports.c[n] for n in ("report", "reading", "judged", "called")))
    )
    return [repr(row and tuple(row)), *sorted(repr(tuple(row)) for row in rows)]


def put(connection: Connection, id: str, facts: Mapping[str, Any], *, stale: bool) -> None:
    """A story that is new, or of which something changed; ``stale`` if it is to be weighed.

    What was found in it is kept until it is weighed anew.
    """
    values = dict(facts) | ({"weigher": None} if stale else {})
    if not connection.execute(update(stories).where(stories.c.id == id).values(values)).rowcount:
        connection.execute(insert(stories), values | {"id": id, "outlets": 0, "claims": 0, "judged": ""})


def drop(connection: Connection, gone: Iterable[str]) -> None:
    """Take stories away."""
    for some in chunks(sorted(gone)):
        connection.execute(delete(claims).where(claims.c.story.in_(some)))
        connection.execute(delete(stories).where(stories.c.id.in_(some)))


def set_stale(connection: Connection, some: Iterable[str]) -> None:
    """These stories are to be weighed anew."""
    for ids in chunks(sorted(some)):
        connection.execute(update(stories).where(stories.c.id.in_(ids)).values(weigher=None))


def keep(connection: Connection, done: Done, weigher: str) -> None:
    """Keep what was found in a story in place of what was found before."""
    found = {"weighed": done.weighed, "weigher": weigher, "claims": len(done.claims), "outlets": done.outlets}
    connection.execute(update(stories).where(stories.c.id == done.id).values(found))
    connection.execute(delete(claims).where(claims.c.story == done.id))
    if done.claims:
        rows = [asdict(claim) | {"position": place} for place, claim in enumerate(done.claims)]
        connection.execute(insert(claims), rows)


def listed_claims(
    connection: Connection, story: str, least: int, offset: int, limit: int | None
) -> tuple[ListedClaim, ...]:
    """Claims in so many reports of the stories whose ids begin so, those in most reports first."""
    columns = (claims.c[field.name] for field in fields(ListedClaim))
    chosen = select(*columns).where(claims.c.reports >= least, claims.c.story.startswith(story, autoescape=True))
    ordered = chosen.order_by(claims.c.reports.desc(), claims.c.id, claims.c.story, claims.c.position)
    return tuple(ListedClaim(*row) for row in connection.execute(ordered.limit(limit).offset(offset)))


def chunks(keys: Sequence[Any]) -> Iterable[Sequence[Any]]:
    """Portions that a list in a query takes."""
    return (keys[start : start + MOST_IN_LIST] for start in range(0, len(keys), MOST_IN_LIST))
