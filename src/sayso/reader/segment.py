"""Text → windows of wordpieces: what the network is shown.

A window is a run of whole paragraphs of at most ``limit`` wordpieces, each followed by a separator. A paragraph
that is too long is cut at the end of a sentence, or, failing that, at a word. Windows depend on their own report
alone, so that a reading does not depend on its neighbours.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from sayso.reader.quotes import quotations

Ints = npt.NDArray[np.int64]

LIMIT = 256
CHUNK = 200_000
PARAGRAPH = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")
SENTENCE_END = frozenset({".", "!", "?"})
SHAPES = 6
QUOTED = 3


@dataclass(frozen=True)
class Window:
    """One input of the network and the way back to the text.

    ``pieces``, ``shapes`` and ``quoted`` have one entry a wordpiece. ``first`` gives, for each word, its first
    wordpiece; ``starts`` and ``ends`` its characters in the report's text; ``sentence`` counts sentence ends before it.
    """

    pieces: Ints
    shapes: Ints
    quoted: Ints
    first: Ints
    starts: Ints
    ends: Ints
    sentence: Ints

    @property
    def words(self) -> int:
        """How many words the window holds."""
        return len(self.first)


@dataclass
class Piece:
    """The wordpieces of one stretch of a paragraph, before packing."""

    ids: Ints
    shapes: Ints
    quoted: Ints
    first: Ints
    starts: Ints
    ends: Ints
    sentence: Ints


class Segmenter:
    """Cuts texts into windows, by the tokenizer file that belongs to the network."""

    def __init__(self, tokenizer: Path, limit: int = LIMIT) -> None:
        """Load ``tokenizer`` (a tokenizers JSON file); windows hold at most ``limit`` wordpieces."""
        self.tokenizer = Tokenizer.from_file(str(tokenizer))
        self.tokenizer.no_truncation()
        self.tokenizer.no_padding()
        self.limit = limit

    @cached_property
    def marks(self) -> tuple[int, int]:
        """The ids of the first mark of a window and of the separator."""
        return self.tokenizer.token_to_id("[CLS]") or 0, self.tokenizer.token_to_id("[SEP]") or 0

    def windows(self, text: str, first_limit: int | None = None) -> Iterator[Window]:
        """The windows of ``text``, in order. ``first_limit`` makes the first one shorter (to vary training)."""
        limit, waiting, size = first_limit or self.limit, list[Piece](), 1
        for piece in self._stretches(text):
            if waiting and size + len(piece.ids) + 1 > limit:
                yield self._pack(waiting)
                limit, waiting, size = self.limit, [], 1
            waiting.append(piece)
            size += len(piece.ids) + 1
        if waiting:
            yield self._pack(waiting)

    def _stretches(self, text: str) -> Iterator[Piece]:
        for match in PARAGRAPH.finditer(text):
            for start in range(match.start(), match.end(), CHUNK):
                piece = self._encode(text, start, min(start + CHUNK, match.end()))
                yield from cut(piece, self.limit - 2) if len(piece.ids) else ()

    def _encode(self, text: str, start: int, end: int) -> Piece:
        part = text[start:end].encode("utf-8", "replace").decode("utf-8")
        encoding = self.tokenizer.encode(part, add_special_tokens=False)
        offsets = np.array(encoding.offsets, dtype=np.int64).reshape(-1, 2)
        words = np.array(encoding.word_ids, dtype=np.int64)
        changes = np.flatnonzero(np.concatenate(([True], words[1:] != words[:-1]))) if len(words) else words
        last = np.append(changes[1:], len(words)) - 1 if len(words) else words
        starts, ends = offsets[changes, 0], offsets[last, 1]
        tokens = [part[s:e] for s, e in zip(starts.tolist(), ends.tolist(), strict=True)]
        repeat = np.diff(np.append(changes, len(words)))
        shapes = np.array([shape(token) for token in tokens], dtype=np.int64)
        sentence = np.cumsum([0, *(token in SENTENCE_END for token in tokens)])[:-1]
        quoted = quote_states(text, start, end, starts + start, ends + start)
        return Piece(
            np.array(encoding.ids, dtype=np.int64), np.repeat(shapes, repeat), np.repeat(quoted, repeat),
            changes, starts + start, ends + start, sentence.astype(np.int64),
        )  # fmt: skip

    def _pack(self, parts: list[Piece]) -> Window:
        cls, sep = self.marks
        ids, shapes, quoted, first, sentence = [np.array([cls])], [np.zeros(1, int)], [np.zeros(1, int)], [], []
        size, sentences = 1, 0
        for part in parts:
            ids += [part.ids, np.array([sep])]
            shapes += [part.shapes, np.zeros(1, int)]
            quoted += [part.quoted, np.zeros(1, int)]
            first.append(part.first + size)
            sentence.append(part.sentence + sentences)
            size += len(part.ids) + 1
            sentences = int(sentence[-1][-1]) + 2
        return Window(
            np.concatenate(ids), np.concatenate(shapes), np.concatenate(quoted), np.concatenate(first),
            np.concatenate([p.starts for p in parts]), np.concatenate([p.ends for p in parts]),
            np.concatenate(sentence),
        )  # fmt: skip


def cut(piece: Piece, limit: int) -> Iterator[Piece]:
    """The piece in parts of at most ``limit`` wordpieces, cut after sentence ends where there are any."""
    bounds, words, total = np.append(piece.first, len(piece.ids)), len(piece.first), len(piece.ids)
    at = 0
    while at < words:
        if total - bounds[at] <= limit:
            stop = words
        else:
            stop = max(int(np.searchsorted(bounds, bounds[at] + limit, side="right")) - 1, at + 1)
            ends = np.flatnonzero(np.diff(piece.sentence[at : stop + 1])) if stop < words else np.zeros(0, int)
            stop = at + int(ends[-1]) + 1 if len(ends) and ends[-1] * 2 > stop - at else stop
        low, high = int(bounds[at]), int(min(bounds[stop], bounds[at] + limit))
        yield Piece(
            piece.ids[low:high], piece.shapes[low:high], piece.quoted[low:high], piece.first[at:stop] - low,
            piece.starts[at:stop], piece.ends[at:stop], piece.sentence[at:stop] - piece.sentence[at],
        )  # fmt: skip
        at = stop


@lru_cache(maxsize=1 << 14)
def shape(token: str) -> int:
    """A word's case shape: 0 no letter or digit, 1 lower, 2 capitalised, 3 upper, 4 mixed, 5 with a digit."""
    if token.islower():
        return 1 if token.isalpha() else 5 if any(c.isdigit() for c in token) else 1
    if not any(c.isalnum() for c in token):
        return 0
    if not token.isalpha():
        return 5
    if token[0].isupper():
        return 2 if len(token) == 1 or token[1:].islower() else 3 if token.isupper() else 4
    return 4


def quote_states(text: str, start: int, end: int, starts: Ints, ends: Ints) -> Ints:
    """For each word: 0 outside quotation marks, 1 inside, 2 itself at the edge of a quotation."""
    states = np.zeros(len(starts), dtype=np.int64)
    for span in quotations(text, start, end):
        low, high = np.searchsorted(starts, span.start), np.searchsorted(starts, span.end)
        states[low:high] = 1
        states[low : low + 1] = 2
        if high > low and not text[int(starts[high - 1]) : int(ends[high - 1])].isalnum():
            states[high - 1] = 2
    return states
