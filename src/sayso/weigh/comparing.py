"""How alike two passages are: four comparators, each a cosine of one kind of feature, and their declared weights.

As every comparator is a cosine, so (but for a factor) is their weighted sum, and the mean score between two groups of
passages is the product of their mean vectors: grouping never has to look at all pairs.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.terms.weighing import Saying
from sayso.weigh.wordforms import names, telling

Floats = npt.NDArray[np.float32]
WIDEST = 512


@dataclass(frozen=True, slots=True)
class Weighting:
    """How much each comparator counts (together 1), and from what score on passages are the same claim.

    Scores from ``unsure`` to ``join`` are for a person to judge. Set by hand.
    """

    meaning: float = 0.3
    words: float = 0.6
    names: float = 0.05
    numbers: float = 0.05
    join: float = 0.18
    unsure: float = 0.15


@dataclass(frozen=True, slots=True)
class Reason:
    """What one comparator finds about two passages: 0 (nothing in common) to 1, and the detail in words."""

    name: str
    score: float
    detail: str


@dataclass(frozen=True)
class Passages:
    """The passages of one story, with a row each in every feature: ``meaning``, ``words``, ``names``, ``numbers``.

    Rows have length 1, or 0 where a passage has no such feature. ``told`` are each passage's telling words,
    ``named`` its names, ``weights`` the weight of every word.
    """

    sayings: tuple[Saying, ...]
    told: tuple[tuple[str, ...], ...]
    named: tuple[tuple[str, ...], ...]
    weights: dict[str, float]
    meaning: Floats
    words: Floats
    names: Floats
    numbers: Floats


Comparator = Callable[[Passages, int, int], Reason]


def passages(sayings: Sequence[Saying], vectors: npt.NDArray[np.int8], texts: Sequence[str]) -> Passages:
    """The features of ``sayings`` (N); ``vectors`` (N, D) and ``texts`` (N) have a row or an item for each."""
    told, named = tuple(map(telling, texts)), tuple(map(names, texts))
    weights = word_weights([saying.report for saying in sayings], told)
    word_rows = _rows(told, weights)
    counts = np.array([saying.low is not None or saying.high is not None for saying in sayings], np.float32)
    return Passages(
        tuple(sayings), told, named, weights, meaning=_unit(vectors.astype(np.float32)), words=word_rows,
        names=_rows(named, weights), numbers=word_rows * counts[:, None],
    )  # fmt: skip


def word_weights(reports: Sequence[str], told: Sequence[Iterable[str]]) -> dict[str, float]:
    """The weight of every word of a story: high for one that many reports use, but few of their passages.

    A word of one report alone can't join it to another, and one of every passage is the story's, not a claim's.
    """
    passages_of = Counter(word for found in told for word in found)
    reports_of = Counter(word for word, _ in {(w, r) for r, found in zip(reports, told, strict=True) for w in found})
    return {
        word: float(np.log1p(len(told) / count) * np.log1p(reports_of[word]) ** 2)
        for word, count in sorted(passages_of.items())
    }


def joined(story: Passages, weighting: Weighting) -> Floats:
    """One row a passage (N, D), such that the product of two rows is the score of the two passages."""
    shares = (weighting.meaning, weighting.words, weighting.names, weighting.numbers)
    blocks = (story.meaning, story.words, story.names, story.numbers)
    return np.hstack([block * np.float32(share**0.5) for block, share in zip(blocks, shares, strict=True)])


def meaning(story: Passages, first: int, second: int) -> Reason:
    """Cosine of the two passages' vectors of meaning: the same thing in other words."""
    score = _cosine(story.meaning, first, second)
    return Reason("meaning", score, f"the meaning of the words is {score:.0%} alike")


def words(story: Passages, first: int, second: int) -> Reason:
    """Cosine of the words that they share, weighted: those count that many reports, but few passages use."""
    shared = _heaviest(story, set(story.told[first]) & set(story.told[second]))
    detail = f"both have “{'”, “'.join(shared)}”" if shared else "no telling word in common"
    return Reason("words", _cosine(story.words, first, second), detail)


def named(story: Passages, first: int, second: int) -> Reason:
    """Cosine of the names (people, bodies, places) that they share, weighted as words are."""
    shared = _heaviest(story, set(story.named[first]) & set(story.named[second]))
    detail = f"both name “{'”, “'.join(shared)}”" if shared else "no name in common"
    return Reason("names", _cosine(story.names, first, second), detail)


def numbers(story: Passages, first: int, second: int) -> Reason:
    """Whether both give a number, and how alike what they count is. Another number of the same thing is no less alike.

    A passage with a number and one without have nothing in common here.
    """
    score = _cosine(story.numbers, first, second)
    detail = "both give a number, of what is alike" if score > 0 else "not two numbers of one thing"
    return Reason("numbers", score, detail)


COMPARATORS: tuple[Comparator, ...] = (meaning, words, named, numbers)


def reasons(story: Passages, first: int, second: int) -> tuple[Reason, ...]:
    """What every comparator finds about two passages, given by their rows."""
    return tuple(compare(story, first, second) for compare in COMPARATORS)


def _heaviest(story: Passages, shared: set[str], most: int = 4) -> list[str]:
    return sorted(shared, key=lambda word: (-story.weights.get(word, 0.0), word))[:most]


def _cosine(rows: Floats, first: int, second: int) -> float:
    return round(float(rows[first] @ rows[second]), 4)


def _rows(found: Sequence[tuple[str, ...]], weights: dict[str, float]) -> Floats:
    """A row for each passage, a column for each of the ``WIDEST`` words that weigh most over all passages."""
    total = Counter(word for one in found for word in one)
    order = sorted(total, key=lambda word: (-total[word] * weights.get(word, 0.0), word))[:WIDEST]
    column = {word: number for number, word in enumerate(order)}
    out = np.zeros((len(found), len(order)), np.float32)
    for row, one in enumerate(found):
        for word in one:
            if word in column:
                out[row, column[word]] = weights.get(word, 0.0)
    return _unit(out)


def _unit(rows: Floats) -> Floats:
    lengths = np.sqrt(np.einsum("ij,ij->i", rows, rows))[:, None]
    out: Floats = (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
    return out
