"""The picture of counts: where marks stand, how they are told apart, and what it says in words."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.show.views.intervals import LEAST_GAP, RIGHT, Intervals, in_words, intervals
from sayso.show.views.scale import PLOT, TOP
from sayso.terms import Span
from sayso.terms.weighing import Count, CountSeries, Origin, Passage, Relation

NAMED, UNNAMED = Origin("Ada Kolm", "named"), Origin(None, "unnamed")


def count(number: int, source: str, low: float | None, high: float | None, on: str | None, **more: object) -> Count:
    passage = Passage(f"r{number}", (Span(0, 5),), f"words {number}")
    best = low if low is not None else high
    origin: Origin | None = more.get("origin", NAMED)  # type: ignore[assignment]
    return Count(f"r{number}:f1", f"r{number}", "f1", "a1", origin, source, passage, low, best, high, on)


def series(*counts: Count, relations: tuple[Relation, ...] = ()) -> CountSeries:
    return CountSeries("s1", "killed", None, "Orrin", counts, (), relations)


def related(kind: str, one: Count, other: Count) -> Relation:
    return Relation(kind, one.id, other.id, "why", (one.passage, other.passage))  # type: ignore[arg-type]


def drawn(*counts: Count, relations: tuple[Relation, ...] = ()) -> Intervals:
    found = intervals(series(*counts, relations=relations))
    assert found
    return found


def test_without_a_number_there_is_no_picture() -> None:
    assert intervals(series(count(1, "police", None, None, "2031-05-03"))) is None


def test_later_counts_stand_further_right_and_higher_numbers_higher() -> None:
    low, high = drawn(count(1, "police", 3, 3, "2031-05-03"), count(2, "police", 9, 12, "2031-05-09")).marks
    assert low.x < high.x
    assert low.best > high.best > high.high
    assert high.low == high.best


def test_days_that_are_further_apart_have_more_room() -> None:
    days = ["2031-05-03", "2031-05-04", "2031-06-04"]
    one, two, three = drawn(*(count(n, f"s{n}", 5, 5, day) for n, day in enumerate(days))).marks
    assert three.x - two.x > 3 * (two.x - one.x)


def test_the_same_number_of_a_source_on_a_day_is_one_mark() -> None:
    same = [count(n, "police", 5, 5, "2031-05-03") for n in range(3)]
    mark, other = drawn(*same, count(9, "police", 5, 5, "2031-05-04")).marks
    assert mark.counts == tuple(one.id for one in same)
    assert "(in 3 reports)" in mark.words
    assert len(other.counts) == 1


def test_open_ends_are_told() -> None:
    least, most, both = drawn(
        count(1, "a", 5, None, "2031-05-03"), count(2, "b", None, 9, "2031-05-03"), count(3, "c", 5, 9, "2031-05-03")
    ).marks
    assert (least.open_high, least.open_low, least.number) == (True, False, "5 or more")
    assert (most.open_high, most.open_low, most.number) == (False, True, "up to 9")
    assert (both.open_high, both.open_low, both.number) == (False, False, "5–9")


def test_sources_are_told_apart_without_colour() -> None:
    marks = drawn(
        count(1, "a", 5, 5, "2031-05-03"), count(2, "b", 5, 5, "2031-05-03", origin=UNNAMED),
        count(3, "c", 5, 5, "2031-05-03", origin=None),
    ).marks  # fmt: skip
    assert [mark.kind for mark in marks] == ["named", "unnamed", "report"]


def test_revisions_are_joined_and_contradictions_marked() -> None:
    first, later = count(1, "army", 5, 5, "2031-05-03"), count(2, "army", 8, 8, "2031-05-04")
    other = count(3, "front", 30, 30, "2031-05-04")
    relations = (
        related("revision", first, later),
        related("contradiction", later, other),
        related("scope", first, other),
    )
    found = drawn(first, later, other, relations=relations)
    assert len(found.steps) == 1
    assert [mark.disputed for mark in found.marks] == [False, True, True]
    assert [line.source for line in found.lines] == ["army"]


def test_numbers_far_apart_stand_on_a_scale_of_powers() -> None:
    near, far = (drawn(count(1, "a", 2, 2, None), count(2, "b", most, most, None)) for most in (50, 5000))
    assert not near.powers
    assert far.powers
    assert {"10", "100", "1,000"} <= {tick.text for tick in far.values}


numbers = st.floats(0, 1e9) | st.integers(0, 10**7).map(float)
bounds = st.tuples(numbers | st.none(), numbers | st.none()).map(
    lambda pair: (min(pair), max(pair)) if None not in pair else pair  # type: ignore[type-var]
)
days = st.none() | st.dates().map(str) | st.sampled_from(["2031", "2031-05"])
counts = st.lists(st.tuples(st.sampled_from("abcdefghijklmnopqrstuvwxyz"), bounds, days), max_size=40)


@given(counts)
def test_any_counts_can_be_drawn_within_the_picture(
    some: list[tuple[str, tuple[float | None, float | None], str | None]],
) -> None:
    made = [count(n, source, *ends, on) for n, (source, ends, on) in enumerate(some)]
    found = intervals(series(*made))
    kept = [one for one in made if (one.low, one.high) != (None, None)]
    if found is None:
        assert not kept
        return
    assert sorted(own for mark in found.marks for own in mark.counts) == sorted(one.id for one in kept)
    assert all(0 < one.x < found.width - RIGHT for one in found.marks)
    assert all(other.x - one.x >= LEAST_GAP - 0.2 for one, other in pairwise(found.marks))
    assert all(TOP <= at <= TOP + PLOT for mark in found.marks for at in (mark.low, mark.best, mark.high))
    assert all(0 <= name.at <= found.base for name in found.names)
    assert all(other.at - one.at > 15 for one, other in pairwise(found.names))
    assert 1 <= len(found.values) <= 40
    assert len(found.names) + found.unnamed == len({mark.source for mark in found.marks})


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (5, 5, 5, "5"), (1200, 1200, None, "1,200 or more"), (None, None, 9, "up to 9"), (5, 6, 9, "5–9, best 6"),
        (None, 4, None, "about 4"), (None, None, None, "no number"), (2.5, 2.5, 2.5, "2.5"), (0, 0, 0, "0"),
    ],
)  # fmt: skip
def test_numbers_in_words(low: float | None, best: float | None, high: float | None, words: str) -> None:
    assert in_words(low, best, high) == words
