"""Which pairs of passages are worth comparing: those that share a block. The cost grows with their number, not square.

A passage lies in the blocks of its heaviest words and in one block for each set of planes that cut the space of its
vector. A block that is too large is cut into runs along a fixed direction.
"""

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
HEAVIEST = 3
CUTS = 2
ROOM = 512
NEAREST = 12
SEED = 20310504


def candidates(rows: Floats, heaviest: list[tuple[str, ...]]) -> dict[tuple[int, int], float]:
    """The pairs (lower row first) worth comparing, with their scores: each row's nearest in every block it lies in.

    ``rows`` (N, D) give scores as products; ``heaviest`` are the words that put each row into blocks.
    """
    found: dict[tuple[int, int], float] = {}
    for block in _blocks(rows, heaviest):
        first, second, scores = _nearest(rows, block)
        found.update(zip(zip(first.tolist(), second.tolist(), strict=True), scores.tolist(), strict=True))
    return found


def _nearest(rows: Floats, block: Ints) -> tuple[Ints, Ints, Floats]:
    """The lower and the higher row of every pair of a row and one of its nearest in the block, and their scores."""
    inside = rows[block]
    scores = inside @ inside.T
    np.fill_diagonal(scores, -1)
    near = np.argsort(-scores, axis=1, kind="stable")[:, :NEAREST]
    best = np.take_along_axis(scores, near, axis=1)
    places, kept = np.repeat(np.arange(len(block)), near.shape[1]), (best > 0).ravel()
    one, other = block[places[kept]], block[near.ravel()[kept]]
    return np.minimum(one, other), np.maximum(one, other), best.ravel()[kept]


def _blocks(rows: Floats, heaviest: list[tuple[str, ...]]) -> Iterator[Ints]:
    chance = np.random.default_rng(SEED)
    along: Floats = rows @ chance.standard_normal((rows.shape[1], 1)).astype(np.float32)[:, 0]
    by_key: dict[tuple[str, str], list[int]] = defaultdict(list)
    for row, words in enumerate(heaviest):
        for word in words:
            by_key["word", word].append(row)
    for cut in range(CUTS):
        for row, cell in enumerate(_cells(rows, chance)):
            by_key[f"cut {cut}", cell].append(row)
    for _, block in sorted(by_key.items()):
        ordered = sorted(block, key=lambda row: (along[row], row))
        yield from (np.array(ordered[i : i + ROOM]) for i in range(0, len(ordered), ROOM) if len(ordered) > i + 1)


def _cells(rows: Floats, chance: np.random.Generator) -> list[str]:
    """For each row the sides of as many planes as it takes that a cell holds about ``ROOM`` rows."""
    planes = (len(rows) // ROOM).bit_length()
    centred = rows - rows.mean(axis=0)
    sides = centred @ chance.standard_normal((rows.shape[1], planes)).astype(np.float32) > 0
    return ["".join("01"[int(side)] for side in row) for row in sides]
