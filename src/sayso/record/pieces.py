"""Pieces of stories in the ledger. Each function works in the caller's transaction."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from sayso.record.schema import pieces
from sayso.record.stories import chunks

Link = tuple[float, str, str]
"""How unlike the piece is that another goes on from, 0 to 1, the id of that one, and its part."""


@dataclass(frozen=True, slots=True)
class Facts:
    """How large a piece is, and when."""

    id: str
    part: str
    title: str
    reports: int
    first: str | None
    last: str | None

    def linked_as(self, before: "Linked | None") -> "Linked":
        """These facts, with what the piece went on from before, and of which story it was."""
        plain = Linked(self.id, self.part, self.title, self.reports, self.first, self.last)
        return plain.linked(before.link, before.story) if before else plain


@dataclass(frozen=True, slots=True)
class Linked(Facts):
    """A piece with what it goes on from, and of which story it is."""

    earlier: str | None = None
    earlier_part: str | None = None
    unlike: float | None = None
    story: str | None = None

    @property
    def link(self) -> Link | None:
        """What it goes on from, None if nothing."""
        if self.unlike is None or self.earlier is None or self.earlier_part is None:
            return None
        return self.unlike, self.earlier, self.earlier_part

    def linked(self, link: Link | None, story: str | None) -> "Linked":
        """The piece, going on from that one, of that story."""
        unlike, earlier, part = link or (None, None, None)
        return replace(self, unlike=unlike, earlier=earlier, earlier_part=part, story=story)


def linked(connection: Connection) -> dict[str, Linked]:
    """All pieces by id."""
    columns = (pieces.c[field.name] for field in fields(Linked))
    return {row.id: Linked(*row) for row in connection.execute(select(*columns))}


def words(connection: Connection, part: str) -> dict[str, bytes]:
    """The pieces of a part by id, packed."""
    return dict(connection.execute(select(pieces.c.id, pieces.c.words).where(pieces.c.part == part)).all())


def put(connection: Connection, found: Iterable[tuple[Facts, bytes]]) -> None:
    """Pieces that are new or others now, each with its facts and packed; what they go on from is still to be found."""
    for facts, packed in found:
        row = asdict(facts) | {"words": packed}
        if not connection.execute(update(pieces).where(pieces.c.id == row["id"]).values(row)).rowcount:
            connection.execute(insert(pieces), row)


def drop(connection: Connection, gone: Iterable[str]) -> None:
    """Take pieces away."""
    for some in chunks(sorted(gone)):
        connection.execute(delete(pieces).where(pieces.c.id.in_(some)))


def link(connection: Connection, links: Mapping[str, Link | None]) -> None:
    """Keep what pieces go on from."""
    if links:
        changed = update(pieces).where(pieces.c.id == bindparam("key"))
        values: dict[str, Any] = {name: bindparam(f"its_{name}") for name in ("unlike", "earlier", "earlier_part")}
        rows = []
        for key, found in links.items():
            unlike, earlier, part = found or (None, None, None)
            rows.append({"key": key, "its_unlike": unlike, "its_earlier": earlier, "its_earlier_part": part})
        connection.execute(changed.values(values), rows)


def set_stories(connection: Connection, found: Mapping[str, str]) -> None:
    """Keep of which stories pieces are."""
    if found:
        changed = update(pieces).where(pieces.c.id == bindparam("key")).values(story=bindparam("of"))
        connection.execute(changed, [{"key": key, "of": story} for key, story in found.items()])
