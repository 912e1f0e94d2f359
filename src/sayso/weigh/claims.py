"""Sayings of one story → groups that make the same claim, whatever their stance and their number."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sayso.terms.weighing import Saying
from sayso.weigh.candidates import HEAVIEST, candidates
from sayso.weigh.comparing import Passages, Reason, Weighting, joined, passages, reasons
from sayso.weigh.grouping import Groups, grouped

READABLE = 6
Pairs = dict[tuple[int, int], float]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Match:
    """Two sayings, by their ids, their score from 0 to 1, and what each comparator found."""

    first: str
    second: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Sayings that make the same claim. ``text`` is that of ``middle``, the one most like all of them.

    ``matches`` say for every other saying how it is like the middle one; ``unsure`` are matches between this group's
    middle and those of groups that may make the same claim: a person is to judge.
    """

    middle: str
    text: str
    sayings: tuple[Saying, ...]
    matches: tuple[Match, ...] = ()
    unsure: tuple[Match, ...] = ()


def claims(
    sayings: Sequence[Saying],
    vectors: npt.NDArray[np.int8],
    texts: Sequence[str] | None = None,
    weighting: Weighting = Weighting(),  # noqa: B008 - it is frozen
) -> tuple[Group, ...]:
    """Group the ``sayings`` (N) of one story by the claim that they make, the largest group first.

    ``vectors`` (N, D) are those of the ``texts`` (N) by which the sayings are compared (``sayings.wording``; their own
    texts, if left out). A saying that matches nothing is a group of its own. The order of the sayings doesn't matter,
    if their ids differ. ValueError if the lengths do.
    """
    texts = [saying.text for saying in sayings] if texts is None else texts
    if not len(sayings) == len(vectors) == len(texts):
        raise ValueError(f"{len(sayings)} sayings, {len(vectors)} vectors and {len(texts)} texts: give one of each")
    if not sayings:
        return ()
    order = sorted(range(len(sayings)), key=lambda number: sayings[number].id)
    story = passages([sayings[n] for n in order], vectors[order], [texts[n] for n in order])
    rows = joined(story, weighting)
    pairs = candidates(rows, _heaviest(story))
    groups = grouped(rows, pairs, weighting.join)
    return _described(story, rows, groups, _unsure(groups, pairs, weighting))


def _heaviest(story: Passages) -> list[tuple[str, ...]]:
    """The words that put each passage into blocks; a word of one passage alone makes no block."""
    weights = story.weights
    return [tuple(sorted(found, key=lambda word: (-weights[word], word))[:HEAVIEST]) for found in story.told]


def _unsure(groups: Groups, pairs: Pairs, weighting: Weighting) -> set[tuple[int, int]]:
    """The pairs of groups whose mean score lies in the band that is for a person to judge."""
    apart = {(min(a, b), max(a, b)) for a, b in ((groups.of(i), groups.of(j)) for i, j in pairs) if a != b}
    return {pair for pair in apart if groups.score(*pair) >= weighting.unsure}


def _described(story: Passages, rows: Floats, groups: Groups, unsure: set[tuple[int, int]]) -> tuple[Group, ...]:
    members = groups.members()
    middles = {groups.of(of[0]): _middle(rows, of, _telling_most(story, of)) for of in members}
    near: dict[int, list[int]] = {name: [] for name in middles}
    for first, second in sorted(unsure):
        near[first].append(middles[second])
        near[second].append(middles[first])
    found = (_group(story, rows, middles[name], of, near[name]) for name, of in zip(middles, members, strict=True))
    return tuple(sorted(found, key=lambda group: (-len(group.sayings), group.middle)))


def _telling_most(story: Passages, members: list[int]) -> list[int]:
    """The members that are long enough to stand for a claim; all, if none is."""
    return [row for row in members if len(story.sayings[row].text.split()) >= READABLE] or members


def _middle(rows: Floats, members: list[int], fit: list[int]) -> int:
    """Which of the ``fit`` members is most like all members."""
    scores = rows[fit].astype(np.float64) @ rows[members].sum(axis=0, dtype=np.float64)
    return fit[int(np.argmax(scores.round(6)))]


def _group(story: Passages, rows: Floats, middle: int, members: list[int], near: list[int]) -> Group:
    central = story.sayings[middle]
    return Group(
        central.id,
        central.text,
        tuple(story.sayings[row] for row in members),
        tuple(_match(story, rows, middle, row) for row in members if row != middle),
        tuple(_match(story, rows, middle, row) for row in sorted(near)),
    )


def _match(story: Passages, rows: Floats, first: int, second: int) -> Match:
    score = round(float(rows[first] @ rows[second]), 4)
    return Match(story.sayings[first].id, story.sayings[second].id, score, reasons(story, first, second))
