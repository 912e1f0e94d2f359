"""Pieces of a page → lines in reading order: across the page, then down each column."""

from collections.abc import Iterator, Sequence
from statistics import median

from sayso.ingest.pdf.pieces import INITIAL, Piece

Gap = tuple[float, float]

NARROW = 0.6
GUTTER = 0.7
FEWEST_LINES = 3
LETTERS_A_LINE = 12
DEEPEST = 8


def blocks(pieces: Sequence[Piece], depth: int = 0) -> list[list[Piece]]:
    """Columns in reading order, each a list of its lines."""
    gutter = _gutter(pieces) if depth < DEEPEST else None
    if gutter is None:
        return [lines(pieces)] if pieces else []
    out: list[list[Piece]] = []
    for band in _bands(pieces, gutter):
        if _crosses(band[0], gutter):
            out.append(lines(band))
            continue
        for side in ([p for p in band if p.right <= gutter[0]], [p for p in band if p.right > gutter[0]]):
            out += blocks(side, depth + 1)
    return out


def lines(pieces: Sequence[Piece]) -> list[Piece]:
    """Pieces that stand side by side made one, from the top down."""
    out: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda p: -(p.top + p.bottom)):
        if out and _beside(out[-1][0], piece):
            out[-1].append(piece)
        else:
            out.append([piece])
    return [_joined(sorted(line, key=lambda p: p.left)) for line in out]


def _beside(first: Piece, second: Piece) -> bool:
    level = min(first.top, second.top) - max(first.bottom, second.bottom)
    return level > 0.5 * min(first.height, second.height)


def _joined(line: list[Piece]) -> Piece:
    if len(line) == 1:
        return line[0]
    longest = max(line, key=lambda p: len(p.text))
    is_initial = len(line[0].text) == 1 and line[0].text.isalpha() and line[0].height > INITIAL * longest.height
    text = line[0].text + ("" if is_initial else " ") + " ".join(piece.text for piece in line[1:])
    left = line[1].left if is_initial else line[0].left
    return Piece(text, left, max(p.right for p in line), longest.bottom, longest.top)


def _bands(pieces: Sequence[Piece], gutter: Gap) -> Iterator[list[Piece]]:
    """Pieces from the top down, parted where those that cross the gutter begin and end."""
    band: list[Piece] = []
    for piece in sorted(pieces, key=lambda p: -(p.top + p.bottom)):
        if band and _crosses(piece, gutter) != _crosses(band[-1], gutter):
            yield band
            band = []
        band.append(piece)
    yield band


def _crosses(piece: Piece, gutter: Gap) -> bool:
    return piece.left < gutter[0] and piece.right > gutter[1]


def _gutter(pieces: Sequence[Piece]) -> Gap | None:
    """The widest gap between columns of running text, None if there is one column."""
    if len(pieces) < 2 * FEWEST_LINES:
        return None
    width = max(p.right for p in pieces) - min(p.left for p in pieces)
    narrow = [p for p in pieces if p.width < NARROW * width]
    least = GUTTER * median(p.height for p in pieces)
    gaps = [gap for gap in _gaps(narrow) if gap[1] - gap[0] >= least]
    fit = [gap for gap in gaps if _parts_columns(narrow, gap)]
    return max(fit, key=lambda gap: gap[1] - gap[0], default=None)


def _gaps(pieces: Sequence[Piece]) -> Iterator[Gap]:
    """Upright strips that no piece stands in."""
    reach = None
    for piece in sorted(pieces, key=lambda p: p.left):
        if reach is not None and piece.left > reach:
            yield reach, piece.left
        reach = piece.right if reach is None else max(reach, piece.right)


def _parts_columns(pieces: Sequence[Piece], gap: Gap) -> bool:
    left = [p for p in pieces if p.right <= gap[0]]
    right = [p for p in pieces if p.left >= gap[1]]
    return _is_column(left) and _is_column(right) and _stand_abreast(left, right)


def _is_column(pieces: Sequence[Piece]) -> bool:
    """Whether these are lines of running text, which a table's cells are not."""
    letters = sum(len(p.text) for p in pieces)
    return len(pieces) >= FEWEST_LINES and letters >= LETTERS_A_LINE * len(pieces)


def _stand_abreast(left: Sequence[Piece], right: Sequence[Piece]) -> bool:
    """Whether most of the shorter column has the other one beside it."""
    reach = [(max(p.top for p in side), min(p.bottom for p in side)) for side in (left, right)]
    beside = min(top for top, _ in reach) - max(bottom for _, bottom in reach)
    return beside > 0.5 * min(top - bottom for top, bottom in reach)
