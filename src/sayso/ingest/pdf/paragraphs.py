"""Lines in reading order → paragraphs: lines joined, words that a line's end cut made whole."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import quantiles

from sayso.ingest.pdf.pieces import Piece

LOOSE = 1.25
INDENT = 0.6
SHORT = 0.7
LIKE = 0.15
END = re.compile(r"[.!?:…]['\"”’»)\]]*$")
BULLET = re.compile(r"[•▪■●◦‣·] ?|[-–—*] |\(?\d{1,2}[.)] ")
WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
CUT = re.compile(r"([^\W_]+)-$")
STAYS_BEFORE = frozenset({
    "all", "anti", "co", "cross", "ex", "half", "high", "long", "low", "mid", "multi", "near", "non", "off", "on",
    "one", "post", "pre", "pro", "self", "semi", "short", "then", "two", "three", "four", "five", "six", "seven",
    "eight", "nine", "ten", "vice", "well",
})  # fmt: skip
STAYS_AFTER = frozenset({
    "affiliated", "aligned", "backed", "based", "born", "bound", "built", "century", "controlled", "day", "educated",
    "elect", "funded", "general", "held", "hour", "in", "known", "led", "level", "linked", "long", "made", "minister",
    "minute", "mile", "month", "occupied", "off", "old", "owned", "president", "rank", "ranking", "run", "scale",
    "sponsored", "style", "term", "time", "to", "up", "wide", "wing", "year",
})  # fmt: skip
SERIES = frozenset({"and", "or", "to", "nor"})


@dataclass(frozen=True)
class Line:
    """A line, and the column that it stands in."""

    piece: Piece
    left: float
    right: float
    first: bool  # of its column

    @property
    def short(self) -> bool:
        """Whether it ends well before the column does."""
        return self.piece.right - self.left < SHORT * (self.right - self.left)


def paragraphs(pages: list[list[list[Piece]]]) -> list[str]:
    """The paragraphs of the pages' columns; one that runs over to the next column or page stays whole."""
    all_lines = [line for page in pages for block in page for line in _lines(block)]
    words = {word.lower() for line in all_lines for word in WORD.findall(line.piece.text)}
    usual = _usual_leading(all_lines)
    out: list[str] = []
    for before, line in zip([None, *all_lines], all_lines, strict=False):
        if before is None or _begins(before, line, usual):
            out.append(line.piece.text)
        else:
            out[-1] = joined(out[-1], line.piece.text, words)
    return out


def _lines(block: list[Piece]) -> Iterator[Line]:
    left, right = min(p.left for p in block), max(p.right for p in block)
    for number, piece in enumerate(block):
        yield Line(piece, left, right, number == 0)


def _usual_leading(lines: list[Line]) -> float:
    """How far apart the lines of a paragraph stand, in heights of a line."""
    steps = [
        (a.piece.bottom - b.piece.bottom) / b.piece.height for a, b in pairwise(lines) if not b.first and _alike(a, b)
    ]
    near = [step for step in steps if 0.5 < step < 4]
    return quantiles(near, n=4)[0] if len(near) > 1 else 1.5


def _alike(a: Line, b: Line) -> bool:
    """Whether two lines are set in about the same size."""
    return abs(a.piece.height - b.piece.height) <= LIKE * max(a.piece.height, b.piece.height)


def _begins(before: Line, line: Line, usual: float) -> bool:
    """Whether the line begins a paragraph."""
    if not _alike(before, line) or BULLET.match(line.piece.text):
        return True
    ended = END.search(before.piece.text) is not None
    if line.first:
        return ended or (before.short and not line.piece.text[:1].islower() and not CUT.search(before.piece.text))
    step = (before.piece.bottom - line.piece.bottom) / line.piece.height
    return step > LOOSE * usual or _indented(before, line) or (ended and before.short)


def _indented(before: Line, line: Line) -> bool:
    """Whether the line stands in from its column, and the one before it does not."""
    return (
        line.piece.left - line.left > INDENT * line.piece.height
        and before.piece.left - before.left < 0.5 * INDENT * line.piece.height
        and line.piece.right > line.left + 0.5 * (line.right - line.left)
    )


def joined(text: str, line: str, words: set[str]) -> str:
    """The text with the next line after it; ``words`` are those of the whole document, in small letters."""
    cut = CUT.search(text)
    if cut is None or not line[:1].isalnum():
        glued = text.endswith(("—", "\u00ad")) and not text.endswith(" —")
        return f"{text.rstrip(chr(0xAD))}{'' if glued else ' '}{line}"
    after = re.match(r"[^\W_]+", line)
    return _mended(text, cut[1], after[0] if after else "", line, words)


def _mended(text: str, start: str, rest: str, line: str, words: set[str]) -> str:
    """A word cut by a hyphen made whole, unless the hyphen is its own."""
    if rest.lower() in SERIES:
        return f"{text} {line}"
    whole, parted = (start + rest).lower(), f"{start}-{rest}".lower()
    if parted in words and whole not in words:
        return text + line
    stays = not rest.islower() or not start.isalpha() or start.isupper()
    stays = stays or start.lower() in STAYS_BEFORE or rest in STAYS_AFTER
    return text + line if stays and whole not in words else text[:-1] + line
