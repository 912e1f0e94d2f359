"""Stories: the reports of each part of time into pieces, and which piece goes on from which."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from sayso.batch.weighing.keys import Named
from sayso.batch.weighing.pile import piled, unpiled
from sayso.batch.weighing.tasks import Done
from sayso.record.packing import pack, unpack
from sayso.weigh.pieces import Link, Piece, Pieces
from sayso.weigh.stories import WINDOW, Part

TAKEN = np.dtype([("report", "<i8"), ("piece", "<i4"), ("rank", "<i4")])
LINK = np.dtype([("piece", "<i4"), ("earlier", "<i4"), ("unlike", "<f8")])


@dataclass(frozen=True, slots=True)
class Facts:
    """What a story's facts are made from: a piece's id, title, days, and how many reports it has."""

    id: str
    title: str
    first: str | None
    last: str | None
    reports: int


@dataclass(frozen=True, slots=True)
class Week:
    """The reports of one part of time: the number of each, what it is called by if not by its name, and its gist."""

    where: str
    part: str
    reports: Sequence[tuple[int, str | None, bytes]]
    tables: ClassVar[tuple[str, ...]] = ()

    def do(self) -> Done:
        """Files: piles ``pieces`` and ``facts``, and ``taken``: each report with its piece and its place by date."""
        numbers, part = dict[str, int](), Part(self.part)
        gists = [(number, unpack(Named, data).called(other)) for number, other, data in self.reports]
        numbers = {gist.order: number for number, gist in gists}
        part.add(gist for _, gist in gists)
        pieces = part.pieces()
        of = {order: at for at, piece in enumerate(pieces) for order in piece.orders}
        taken = [(numbers[order], of[order], rank) for rank, order in enumerate(sorted(of))]
        files = {"pieces": piled([*map(pack, pieces)]), "facts": piled([_facts(piece) for piece in pieces])}
        return Done({"taken": np.array(taken, TAKEN).tobytes(), **files})

    def undone(self) -> Done:
        """No pieces."""
        return Done({"taken": b"", "pieces": piled(()), "facts": piled(())})


def _facts(piece: Piece) -> bytes:
    return json.dumps([piece.id, piece.title, piece.first, piece.last, len(piece.orders)]).encode()


def facts_of(data: bytes) -> Facts:
    """The facts of a piece back."""
    return Facts(*json.loads(data))


@dataclass(frozen=True, slots=True)
class Near:
    """Some pieces of one part of time, from number ``start`` on, and a pile of all those that they may go on from."""

    where: str
    start: int
    pieces: Sequence[bytes]
    others: bytes
    tables: ClassVar[tuple[str, ...]] = ()

    def do(self) -> Done:
        """File: ``links``, the best for each piece that has one, with how unlike the two are."""
        others = [unpack(Piece, data) for data in unpiled(self.others)]
        place, shelf = {piece.id: at for at, piece in enumerate(others)}, Pieces(others, WINDOW)
        found: list[tuple[int, Link | None]] = [
            (at, shelf.best(unpack(Piece, data))) for at, data in enumerate(self.pieces, self.start)
        ]
        links = [(at, place[link.piece], link.unlike) for at, link in found if link]
        return Done({"links": np.array(links, LINK).tobytes()})

    def undone(self) -> Done:
        """No links."""
        return Done({"links": b""})
