"""Sentence vectors that cost next to nothing: each wordpiece has a fixed vector, and a text's is the sum of its own.

``training.meaning`` makes the table. All sums are of whole numbers, so a text has the same vector alone and in any
batch, and two vectors have the same score wherever they stand.
"""

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = npt.NDArray[np.int8]
Ints = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float32]

WEIGHTS = Path(__file__).with_name("weights") / "words.npz"
TOKENIZER = Path(__file__).parents[1] / "reader" / "weights" / "tokenizer.json"
UNIT = 127
LONGEST = 20_000
GROUP = 16
ROWS = 1024


class Meaning:
    """Turns texts into vectors of whole numbers. The table and the tokenizer are loaded at the first text and kept."""

    def __init__(self, weights: Path = WEIGHTS, tokenizer: Path = TOKENIZER) -> None:
        """``weights`` is a file that ``training.meaning`` wrote, ``tokenizer`` the file of the wordpieces in it."""
        self._weights, self._wordpieces = weights, tokenizer

    @property
    def width(self) -> int:
        """How many numbers a vector has."""
        return int(self._table[0].shape[1])

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row a text (N, width): a vector of length 127, rounded; zeros for a text without a known word.

        Of a text that is longer than ``LONGEST`` characters the rest is left out. Never raises because of what a text
        holds.
        """
        if isinstance(texts, str):
            raise TypeError("vectors takes a sequence of texts: put the one text into a list")
        out = np.zeros((len(texts), self.width), np.int8)
        for start in range(0, len(texts), GROUP):
            out[start : start + GROUP] = self._group(texts[start : start + GROUP])
        return out

    def _group(self, texts: Sequence[str]) -> Vectors:
        pieces = [self._pieces(text) for text in texts]
        full = [row for row, found in enumerate(pieces) if found]
        sums = np.zeros((len(texts), self.width), np.int64)
        if full:
            words, scales = self._table
            flat = np.array([piece for row in full for piece in pieces[row]])
            starts = np.cumsum([0, *(len(pieces[row]) for row in full[:-1])])
            sums[full] = np.add.reduceat(words[flat] * scales[flat, None], starts, axis=0, dtype=np.int64)
        return _unit(sums)

    def _pieces(self, text: str) -> list[int]:
        plain = text[:LONGEST].encode("utf-8", "replace").decode("utf-8")
        pieces: list[int] = self._tokenizer.encode(plain, add_special_tokens=False).ids
        return pieces

    @cached_property
    def _table(self) -> tuple[Vectors, npt.NDArray[np.int32]]:
        with np.load(self._weights) as stored:
            return stored["words"], stored["scales"].astype(np.int32)

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer = Tokenizer.from_file(str(self._wordpieces))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer


def _unit(sums: Ints) -> Vectors:
    lengths = np.sqrt((sums.astype(np.float64) ** 2).sum(axis=1, keepdims=True))
    rounded: Vectors = np.rint(sums * (UNIT / np.maximum(lengths, 1))).astype(np.int8)
    return rounded


def similar(query: Vectors, matrix: Vectors) -> Scores:
    """The cosine of ``query`` (D) with each row of ``matrix`` (M, D), as (M); 0 where either is zeros.

    A matrix that is mapped from a file is read through once, ``ROWS`` rows at a time.
    """
    if query.shape != matrix.shape[1:]:
        raise ValueError(f"a query of shape {query.shape} doesn't fit rows of {matrix.shape[1:]}: make both anew")
    scores, wanted = np.empty(len(matrix), np.float32), query.astype(np.float32)
    for start, rows in _parts(matrix):
        squares = np.einsum("ij,ij->i", rows, rows) * (wanted @ wanted)
        scores[start : start + len(rows)] = rows @ wanted / np.sqrt(np.maximum(squares, 1))
    return scores


def _parts(matrix: Vectors) -> Iterator[tuple[int, Scores]]:
    """The matrix in single precision, in parts that stay in the processor's cache. Each overwrites the one before."""
    room = np.empty((ROWS, matrix.shape[1]), np.float32)
    for start in range(0, len(matrix), ROWS):
        rows = room[: len(matrix) - start]
        np.copyto(rows, matrix[start : start + ROWS])
        yield start, rows


def top(query: Vectors, matrix: Vectors, k: int) -> tuple[Ints, Scores]:
    """The ``k`` rows of ``matrix`` nearest to ``query``, best first (of equals the earlier), with their scores."""
    scores = similar(query, matrix)
    k = max(min(k, len(scores)), 0)
    if not k:
        return np.zeros(0, np.int64), np.zeros(0, np.float32)
    least = np.partition(scores, -k)[-k]
    near = np.flatnonzero(scores >= least)
    best = near[np.argsort(-scores[near], kind="stable")][:k]
    return best, scores[best]


@lru_cache(maxsize=1)
def default_meaning() -> Meaning:
    """The vectors that are shipped, loaded once."""
    return Meaning()
