"""Sayings of one story → groups that make the same claim, whatever their stance and their number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sayso.terms.weighing import Reason, Saying
from sayso.weigh.candidates import HEAVIEST, candidates
from sayso.weigh.clauses import stands_alone, without_lead
from sayso.weigh.comparing import Passages, Weighting, Wording, joined, passages, reasons
from sayso.weigh.grouping import Groups, Held, held_together

READABLE, LONGEST = 6, 240
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
    own: Wording,
    around: Wording | None = None,
    weighting: Weighting = Weighting(),  # noqa: B008 - it is frozen
    held: Held[str] = Held(),  # noqa: B008 - it is frozen
) -> tuple[Group, ...]:
    """Group the ``sayings`` (N) of one story by the claim that they make, the largest group first.

    They are compared by their ``own`` words (N) and those of the sentences ``around`` them (N). A saying that matches
    nothing is a group of its own. ``held`` is what people have judged, by the ids of sayings. The order of the sayings
    doesn't matter, if their ids differ. ValueError if the lengths do.
    """
    if any(len(sayings) != len(words) for words in (own, own.vectors, around) if words is not None):
        raise ValueError(f"{len(sayings)} sayings, {len(own)} texts and {len(own.vectors)} vectors: give one of each")
    if not sayings:
        return ()
    order = sorted(range(len(sayings)), key=lambda number: sayings[number].id)
    story = passages([sayings[n] for n in order], own.of(order), around.of(order) if around else None)
    rows = joined(story, weighting)
    pairs = candidates(rows, _heaviest(story))
    known = _rows(held, {saying.id: row for row, saying in enumerate(story.sayings)})
    groups = held_together(rows, pairs, weighting.join, weighting.gather, known)
    central = {row for pair in known.same | known.moved for row in pair}
    return _described(story, rows, groups, weighting, _unsure(groups, pairs, weighting), central)


def _rows(held: Held[str], row: dict[str, int]) -> Held[int]:
    """What people have judged by row, without what is of other sayings."""
    kinds = (held.same, held.apart, held.moved)
    return Held(*(frozenset((row[a], row[b]) for a, b in pairs if a in row and b in row) for pairs in kinds))


def _heaviest(story: Passages) -> list[tuple[str, ...]]:
    """The words that put each passage into blocks; a word of one passage alone makes no block."""
    weights = story.weights
    return [tuple(sorted(found, key=lambda word: (-weights[word], word))[:HEAVIEST]) for found in story.told]


def _unsure(groups: Groups, pairs: Pairs, weighting: Weighting) -> set[tuple[int, int]]:
    """The pairs of groups whose mean score lies in the band that is for a person to judge."""
    apart = {(min(a, b), max(a, b)) for a, b in ((groups.of(i), groups.of(j)) for i, j in pairs) if a != b}
    return {pair for pair in apart if groups.score(*pair) >= weighting.unsure}


def _described(
    story: Passages,
    rows: Floats,
    groups: Groups,
    weighting: Weighting,
    unsure: set[tuple[int, int]],
    central: set[int],
) -> tuple[Group, ...]:
    members = groups.members()
    middles = {groups.of(of[0]): _middle(rows, of, _telling_most(story, of)) for of in members}
    near: dict[int, list[int]] = {name: [] for name in middles}
    for first, second in sorted(unsure):
        near[first].append(middles[second])
        near[second].append(middles[first])
    sure = _sure(rows, members, set(middles.values()) | central, weighting.sure)
    found = (
        _group(story, rows, middles[name], of, near[name], sure) for name, of in zip(middles, members, strict=True)
    )
    return tuple(sorted(found, key=lambda group: (-len(group.sayings), group.middle)))


def _telling_most(story: Passages, members: list[int]) -> list[int]:
    """The members that can stand for a claim: long enough, and best a whole statement; all, if none is."""
    long = [row for row in members if len(story.sayings[row].text.split()) >= READABLE]
    return [row for row in long if stands_alone(story.sayings[row].text)] or long or members


def _middle(rows: Floats, members: list[int], fit: list[int]) -> int:
    """Which of the ``fit`` members is most like all members."""
    scores = rows[fit].astype(np.float64) @ rows[members].sum(axis=0, dtype=np.float64)
    return fit[int(np.argmax(scores.round(6)))]


def _sure(rows: Floats, groups: list[list[int]], central: set[int], least: float) -> set[int]:
    """The passages that surely make their group's claim: they are like one that stands for it."""
    found = set(central)
    for members in groups:
        standing = [row for row in members if row in central]
        found.update(row for row in members if any(_score(rows, one, row) >= least for one in standing))
    return found


def _group(story: Passages, rows: Floats, middle: int, members: list[int], near: list[int], sure: set[int]) -> Group:
    central = story.sayings[middle]
    return Group(
        central.id,
        _text(central.text, story.sentences[middle]),
        tuple(replace(story.sayings[row], sure=row in sure) for row in members),
        tuple(_match(story, rows, middle, row) for row in members if row != middle),
        tuple(_match(story, rows, middle, row) for row in sorted(near)),
    )


def _text(passage: str, sentence: str) -> str:
    """The passage as a claim, or its sentence where it can't be understood by itself and that is not too long."""
    own = without_lead(passage.replace(" … ", " "))
    return own if stands_alone(passage) or len(sentence) > LONGEST else without_lead(" ".join(sentence.split()))


def _match(story: Passages, rows: Floats, first: int, second: int) -> Match:
    score = _score(rows, first, second)
    return Match(story.sayings[first].id, story.sayings[second].id, score, reasons(story, first, second))


def _score(rows: Floats, first: int, second: int) -> float:
    return round(float(rows[first] @ rows[second]), 4)
