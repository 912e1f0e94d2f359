"""Pieces into stories: what each goes on from, found anew only where something changed."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import Any

from sqlalchemy import Connection

from sayso.record import pieces
from sayso.record import stories as kept
from sayso.record.packing import unpack
from sayso.record.pieces import Linked
from sayso.weigh.digests import id_in
from sayso.weigh.pieces import Link, Piece, Pieces, is_near, roots, title_of
from sayso.weigh.stories import WINDOW, best_link, story_id


def relink(connection: Connection, name: str, changed: Set[str], there: Mapping[str, Linked]) -> dict[str, Linked]:
    """All pieces as they are now that some of the part ``name`` have changed; ``there`` is how they were linked.

    A piece that is as it was, and did not go on from one that has changed, is set against these alone.
    """
    names = sorted({piece.part for piece in there.values()})
    shelves = _Shelves(connection)
    fresh = Pieces((piece for piece in shelves.pieces(name) if piece.id in changed), WINDOW)
    found: dict[str, Link | None] = {}
    for part in names:
        if part != name and not is_near(part, name, WINDOW):
            continue
        for piece in shelves.pieces(part):
            before = there[piece.id].link
            if piece.id in changed or (before and before[1] in changed):
                near = (other for other in names if is_near(part, other, WINDOW))
                found[piece.id] = best_link(piece, {other: shelves.of(other) for other in near})
            elif part != name:
                found[piece.id] = _best(fresh.best(piece), before and Link(*before))
    rows = {key: (link.unlike, link.piece, link.part) if link else None for key, link in found.items()}
    other = {key: row for key, row in rows.items() if row != there[key].link}
    pieces.link(connection, other)
    return {**there, **{key: there[key].linked(row, there[key].story) for key, row in other.items()}}


def _best(*links: Link | None) -> Link | None:
    return min(filter(None, links), default=None)


class _Shelves:
    """The pieces of parts, unpacked once each."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._pieces: dict[str, list[Piece]] = {}
        self._shelves: dict[str, Pieces] = {}

    def pieces(self, part: str) -> list[Piece]:
        """The pieces of a part."""
        if part not in self._pieces:
            self._pieces[part] = [unpack(Piece, data) for data in pieces.words(self._connection, part).values()]
        return self._pieces[part]

    def of(self, part: str) -> Pieces:
        """The same, found by their words."""
        if part not in self._shelves:
            self._shelves[part] = Pieces(self.pieces(part), WINDOW)
        return self._shelves[part]


def tell(
    connection: Connection, before: Mapping[str, Linked], now: Mapping[str, Linked], changed: Set[str], others: Set[str]
) -> None:
    """Bring the stories up to date with their pieces: ``changed`` are these, ``others`` those with other reports."""
    found = roots({key: piece.earlier for key, piece in now.items()})
    ids = {root: story_id(id_in(root)) for root in set(found.values())}
    stories = {key: ids[root] for key, root in found.items()}
    moved = {key for key, piece in now.items() if piece.story != stories[key]}
    pieces.set_stories(connection, {key: stories[key] for key in moved})
    stale = _stories_of(moved | others, before, stories)
    touched = stale | _stories_of(changed, before, stories)
    members: defaultdict[str, list[Linked]] = defaultdict(list)
    for key, story in stories.items():
        if story in touched:
            members[story].append(now[key])
    kept.drop(connection, touched - members.keys())
    for story in sorted(members):
        kept.put(connection, story, _facts(members[story]), stale=story in stale)


def _stories_of(some: Iterable[str], before: Mapping[str, Linked], now: Mapping[str, str]) -> set[str]:
    """The stories that these pieces are of, and were of."""
    were = {before[key].story for key in some if key in before}
    return {now[key] for key in some if key in now} | {story for story in were if story}


def _facts(some: list[Linked]) -> dict[str, Any]:
    days = [day for piece in some for day in (piece.first, piece.last) if day]
    return {
        "title": title_of([(piece.reports, piece.id, piece.title) for piece in some]),
        "first": min(days, default=None), "last": max(days, default=None),
        "reports": sum(piece.reports for piece in some),
    }  # fmt: skip
