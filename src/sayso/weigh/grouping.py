"""Joins passages into groups by the mean score between them (average link), best first."""

import heapq
from collections import defaultdict

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
SLACK = 0.01


class Groups:
    """Passages, each at first a group of its own. The mean score between two groups is kept as a product of sums."""

    def __init__(self, rows: Floats) -> None:
        """``rows`` (N, D) give the score of two passages as their product."""
        self._sums = rows.astype(np.float64)
        self._sizes = np.ones(len(rows), np.int64)
        self._above = list(range(len(rows)))

    def of(self, row: int) -> int:
        """The group of a passage: the row of one of its members."""
        while self._above[row] != row:
            self._above[row] = self._above[self._above[row]]
            row = self._above[row]
        return row

    def score(self, first: int, second: int) -> float:
        """The mean score between the passages of two groups."""
        sizes = self._sizes[first] * self._sizes[second]
        return float(self._sums[first] @ self._sums[second] / sizes)

    def join(self, first: int, second: int) -> None:
        """Make the two groups one, named by the lower row."""
        kept, gone = sorted((first, second))
        self._above[gone] = kept
        self._sums[kept] += self._sums[gone]
        self._sizes[kept] += self._sizes[gone]

    def members(self) -> list[list[int]]:
        """The rows of every group, in order."""
        found: dict[int, list[int]] = defaultdict(list)
        for row in range(len(self._above)):
            found[self.of(row)].append(row)
        return sorted(found.values())


def grouped(rows: Floats, pairs: dict[tuple[int, int], float], join: float) -> Groups:
    """Join the groups of the best pair, again and again, as long as the mean score between them is at least ``join``.

    A pair whose groups have moved apart since it was ranked is ranked again. Scores are rounded, so that equal ones
    are told apart by their rows alone.
    """
    groups = Groups(rows)
    queue = [(-round(score, 6), *pair) for pair, score in pairs.items() if score >= join]
    heapq.heapify(queue)
    while queue:
        rank, *pair = heapq.heappop(queue)
        first, second = map(groups.of, pair)
        score = round(groups.score(first, second), 6) if first != second else 0.0
        if first == second or score < join:
            continue
        if score < -rank - SLACK:
            heapq.heappush(queue, (-score, pair[0], pair[1]))
        else:
            groups.join(first, second)
    return groups
