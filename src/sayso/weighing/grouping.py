"""Reports into pieces, in the ledger: only the parts of time in which something changed are grouped anew."""

from bisect import bisect_left
from operator import attrgetter

from sqlalchemy import Connection

from sayso.record import grouped, pieces
from sayso.record.dialect import keep_out
from sayso.record.grouped import Grouped
from sayso.record.ledger import Ledger
from sayso.record.packing import pack, unpack
from sayso.record.pieces import Facts
from sayso.weigh.digests import Gist, id_in
from sayso.weigh.pieces import Piece
from sayso.weigh.stories import Part, Step
from sayso.weighing.linking import relink, tell


def regroup(ledger: Ledger) -> None:
    """Group every part of time that is to be grouped, each in a transaction of its own."""
    while _regroup_one(ledger):
        pass


def _regroup_one(ledger: Ledger) -> bool:
    with ledger.writing() as connection:
        keep_out(connection)
        stale = grouped.stale_part(connection)
        if stale is None:
            return False
        name, since = stale
        rows = grouped.in_part(connection, name)
        _replace(connection, name, _grouped(connection, name, rows, since), rows)
        grouped.set_grouped(connection, name, empty=not rows)
        return True


def _grouped(connection: Connection, name: str, rows: list[Grouped], since: str) -> list[Piece]:
    """The pieces of a part: what was taken before ``since`` is as it was, the rest is taken anew."""
    part, cut = Part(name), bisect_left(rows, since, key=attrgetter("place"))
    part.resume((unpack(Gist, row.gist), unpack(Step, row.step)) for row in rows[:cut] if row.step)
    part.add(unpack(Gist, row.gist) for row in rows[cut:])
    keys = {id_in(row.place): row.report for row in rows}
    grouped.keep_steps(connection, {keys[report]: pack(step) for report, step in part.steps(cut)})
    return part.pieces()


def _replace(connection: Connection, name: str, found: list[Piece], rows: list[Grouped]) -> None:
    """Keep the pieces of a part in place of those that it had, and what follows from that for the stories."""
    before, old = pieces.linked(connection), pieces.words(connection, name)
    packed = {piece.id: pack(piece) for piece in found}
    new = [piece for piece in found if old.get(piece.id) != packed[piece.id]]
    gone = old.keys() - packed.keys()
    facts = {piece.id: _facts(piece) for piece in new}
    pieces.drop(connection, gone)
    pieces.put(connection, [(facts[piece], packed[piece]) for piece in facts])
    of = {order: piece.id for piece in found for order in piece.orders}
    grouped.keep_pieces(connection, {row.report: of[row.place] for row in rows if row.piece != of[row.place]})
    changed = gone | facts.keys()
    if changed:
        left = {key: piece for key, piece in before.items() if key not in gone}
        there = left | {key: one.linked_as(before.get(key)) for key, one in facts.items()}
        others = {p.id for p in new if p.id not in old or unpack(Piece, old[p.id]).orders != p.orders}
        tell(connection, before, relink(connection, name, changed, there), changed, gone | others)


def _facts(piece: Piece) -> Facts:
    return Facts(piece.id, piece.part, piece.title, len(piece.orders), piece.first, piece.last)
