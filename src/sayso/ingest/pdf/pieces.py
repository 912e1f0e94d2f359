"""A PDF page → pieces: runs of letters that stand side by side, with their places."""

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfTextPage

Box = tuple[float, float, float, float]

MOST_LETTERS = 200_000
HYPHENS = {2: "-", 0xFFFE: "-", 0x2010: "-"}
LIGATURES = {0xFB00: "ff", 0xFB01: "fi", 0xFB02: "fl", 0xFB03: "ffi", 0xFB04: "ffl", 0xFB05: "st", 0xFB06: "st"}
LETTERS = HYPHENS | LIGATURES | {0: "\ufffd", 0xA0: " ", 9: " "}
WIDE = 1.0
SKEW = 0.2
INITIAL = 1.6


@dataclass(frozen=True)
class Piece:
    """Letters on one line; y grows upwards, in points."""

    text: str
    left: float
    right: float
    bottom: float
    top: float

    @property
    def height(self) -> float:
        """From the line's bottom to its top, which is a bit more than the size of its font, and never nothing."""
        return max(self.top - self.bottom, 0.1)

    @property
    def width(self) -> float:
        """From its first letter to its last."""
        return self.right - self.left


@dataclass(frozen=True)
class Page:
    """A page's pieces in the order of the file, and how far the page reaches."""

    pieces: list[Piece]
    bottom: float
    top: float


@dataclass
class Run:
    """Letters gathered so far for one piece."""

    letters: list[str] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def takes(self, box: Box) -> bool:
        """Whether a letter there goes on this line."""
        if not self.boxes:
            return True
        left, right, bottom, top = self.boxes[-1]
        height = max(min(top - bottom, box[3] - box[2]), 0.1)
        level = min(top, box[3]) - max(bottom, box[2])
        return level > 0.5 * height and box[0] > left - 0.5 * height and box[0] - right < WIDE * height

    def piece(self) -> Piece | None:
        """The run as a piece, None if it is blank; a large initial does not make the line a taller one."""
        text = re.sub(" +", " ", "".join(self.letters)).strip()
        if not text or not self.boxes:
            return None
        most = INITIAL * _middle([top - bottom for _, _, bottom, top in self.boxes])
        lefts, rights, bottoms, tops = zip(*(box for box in self.boxes if box[3] - box[2] <= most), strict=True)
        return Piece(text, min(lefts), max(rights), _middle(bottoms), _middle(tops))


def _middle(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]


def page_of(document: "PdfDocument", number: int) -> Page:
    """The page of that number; PdfiumError if it is damaged."""
    with closing(document[number]) as page, closing(page.get_textpage()) as letters:
        turn = page.get_rotation() // 90
        first, second = page.get_bbox()[:2], page.get_bbox()[2:]
        frame = turned((first[0], second[0], first[1], second[1]), turn)
        found = [piece for piece in pieces(letters, turn) if _inside(piece, frame)]
        return Page(found, frame[2], frame[3])


def _inside(piece: Piece, frame: Box) -> bool:
    """Whether the piece is on the visible part of the page."""
    x, y = (piece.left + piece.right) / 2, (piece.bottom + piece.top) / 2
    return frame[0] <= x <= frame[1] and frame[2] <= y <= frame[3]


def turned(box: Box, turn: int) -> Box:
    """The box (left, right, bottom, top) as it is seen once the page is turned right by quarters."""
    for _ in range(turn % 4):
        left, right, bottom, top = box
        box = bottom, top, -right, -left
    return box


def pieces(page: "PdfTextPage", turn: int) -> Iterator[Piece]:
    """The pieces of a page in the order of the file, without letters that stand upright or upside down."""
    run = Run()
    for letter, box in _letters(page, turn):
        if (box is not None and not run.takes(box)) or letter == "\n":
            yield from _done(run)
            run = Run()
        run.letters.append(letter)
        if box is not None:
            run.boxes.append(box)
    yield from _done(run)


def _done(run: Run) -> Iterator[Piece]:
    if (piece := run.piece()) is not None:
        yield piece


def _letters(page: "PdfTextPage", turn: int) -> Iterator[tuple[str, Box | None]]:
    """Each letter and its box, None for a blank."""
    from pypdfium2 import raw

    rectangle = raw.FS_RECTF()
    for index in range(min(page.count_chars(), MOST_LETTERS)):
        letter = _letter(raw.FPDFText_GetUnicode(page.raw, index))
        if letter.isspace() or not letter:
            yield letter, None
        elif _level(raw.FPDFText_GetCharAngle(page.raw, index), turn):
            raw.FPDFText_GetLooseCharBox(page.raw, index, ctypes.byref(rectangle))
            box = rectangle.left, rectangle.right, rectangle.bottom, rectangle.top
            yield letter, turned(box, turn) if turn else box


def _letter(code: int) -> str:
    if code in LETTERS:
        return LETTERS[code]
    return "\n" if code in (10, 13) else chr(code) if code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


def _level(angle: float, turn: int) -> bool:
    """Whether a letter at that angle stands upright on the turned page."""
    return angle < 0 or abs(math.remainder(angle + turn * math.pi / 2, 2 * math.pi)) < SKEW
