"""How alike two passages are: four comparators, each a cosine of one kind of feature, and their declared weights.

As every comparator is a cosine, so (but for a factor) is their weighted sum, and the mean score between two groups of
passages is the product of their mean vectors: grouping never has to look at all pairs.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.terms.weighing import Reason, Saying
from sayso.weigh.wordforms import names, telling

Floats = npt.NDArray[np.float32]
WIDEST = 512
AROUND = 0.3
SAME_COUNTED = 0.7


@dataclass(frozen=True, slots=True)
class Weighting:
    """How much each comparator counts (together 1), and from what score on passages are the same claim. Set by hand.

    Passages are joined while the mean score between their groups is at least ``join``; groups of several while the
    cosine between them is at least ``gather``. ``sure`` is the least score with a claim's middle of a saying that
    surely makes the claim. Scores from ``unsure`` to ``join`` are for a person to judge.
    """

    meaning: float = 0.43
    words: float = 0.43
    names: float = 0.05
    numbers: float = 0.09
    join: float = 0.33
    gather: float = 0.62
    sure: float = 0.55
    unsure: float = 0.29


@dataclass(frozen=True)
class Wording:
    """Words for each of N passages, and their vectors (N, D): the passages' own, or those of the sentences around."""

    texts: Sequence[str]
    vectors: npt.NDArray[np.int8]

    def __len__(self) -> int:
        """How many passages."""
        return len(self.texts)

    def of(self, order: Sequence[int]) -> "Wording":
        """Those of some passages, in that order."""
        return Wording([self.texts[n] for n in order], self.vectors[list(order)])


@dataclass(frozen=True)
class Passages:
    """The passages of one story, with a row each in every feature: ``meaning``, ``words``, ``names``, ``numbers``.

    Rows have length 1, or less where a passage has no such feature; the sentence around a passage has a share of
    ``AROUND`` in all but the numbers. ``told`` are each passage's telling words, ``named`` its names, ``weights`` the
    weight of every word, ``sentences`` those around, or the passages' own words.
    """

    sayings: tuple[Saying, ...]
    told: tuple[tuple[str, ...], ...]
    named: tuple[tuple[str, ...], ...]
    weights: dict[str, float]
    meaning: Floats
    words: Floats
    names: Floats
    numbers: Floats
    sentences: tuple[str, ...] = ()


Comparator = Callable[[Passages, int, int], Reason]


def passages(sayings: Sequence[Saying], own: Wording, around: Wording | None = None) -> Passages:
    """The features of ``sayings`` (N) by their ``own`` words (N) and those of the sentences ``around`` them (N)."""
    reports = [saying.report for saying in sayings]
    told, named = tuple(map(telling, own.texts)), tuple(map(names, own.texts))
    features, weights = _features(reports, own)
    counting = _counting(sayings)
    if around:
        wider, _ = _features(reports, around)
        shares = np.float32((1 - AROUND) ** 0.5), np.float32(AROUND**0.5)
        features = [np.hstack([one * shares[0], other * shares[1]]) for one, other in zip(features, wider, strict=True)]
    meaning, words, name_rows = features
    sentences = tuple((around or own).texts)
    return Passages(tuple(sayings), told, named, weights, meaning, words, name_rows, counting, sentences)


def _features(reports: Sequence[str], wording: Wording) -> tuple[list[Floats], dict[str, float]]:
    """Rows for meaning, words and names of the words, and the weight of every word."""
    told, named = tuple(map(telling, wording.texts)), tuple(map(names, wording.texts))
    weights = word_weights(reports, told)
    return [_unit(wording.vectors.astype(np.float32)), _rows(told, weights), _rows(named, weights)], weights


def _counting(sayings: Sequence[Saying]) -> Floats:
    """Rows for what is counted: what happened to whom; one column is for passages that count nothing."""
    kinds = [(saying.measure or "", saying.counted or "") for saying in sayings]
    columns = {kind: number for number, kind in enumerate(sorted({*kinds, *((measure, "*") for measure, _ in kinds)}))}
    out = np.zeros((len(sayings), len(columns)), np.float32)
    for row, (measure, head) in enumerate(kinds):
        out[row, columns[measure, "*"]] += np.float32((1 - SAME_COUNTED) ** 0.5)
        out[row, columns[measure, head]] += np.float32(SAME_COUNTED**0.5)
    return out


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
    """Whether both begin with a number of the same: 1, of what happened to others alike, or neither does.

    Another number of the same thing is no less alike.
    """
    one, other = (story.sayings[row] for row in (first, second))
    if not one.measure and not other.measure:
        detail = "neither counts anything"
    elif one.measure and other.measure:
        detail = f"one counts {_what(one)}, the other {_what(other)}"
    else:
        detail = f"only one counts {_what(one if one.measure else other)}"
    return Reason("numbers", _cosine(story.numbers, first, second), detail)


def _what(saying: Saying) -> str:
    return f"{saying.counted or 'people'} ({saying.measure})"


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
