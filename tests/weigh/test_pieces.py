"""Pieces: what belongs together within one part of time, and how pieces of several parts make stories."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.weigh.digests import Digest, gist, id_in
from sayso.weigh.pieces import UNDATED, Link, Piece, Pieces, is_near, part_of, roots, title_of
from sayso.weigh.stories import WINDOW, Part
from tests.weigh.test_stories import BOTH, DAM, STRIKE, days, texts

DAYS = st.dates(date(2030, 1, 1), date(2032, 1, 1))


def piece(words: dict[str, int], part: str = "2031-05-05", first: str | None = "2031-05-05", size: int = 1) -> Piece:
    """A piece with these words; its reports are named after the first of them."""
    name = next(iter(words))
    orders = tuple(f"{first or UNDATED}\t{name}{n}" for n in range(size))
    squares = sum(weight * weight for weight in words.values())
    return Piece(part, name, orders, first, first, tuple(words), tuple(words.values()), squares)


@given(DAYS, st.integers(1, 40))
def test_a_part_begins_at_most_half_a_window_before_its_days(day: date, window: int) -> None:
    part = date.fromisoformat(part_of(day.isoformat(), window))
    assert timedelta(0) <= day - part < timedelta(days=max(window // 2, 1))
    assert part_of(part.isoformat(), window) == part.isoformat()


def test_reports_without_a_day_have_a_part_of_their_own() -> None:
    assert part_of(None, WINDOW) == UNDATED


@given(DAYS, DAYS, st.integers(1, 40))
def test_parts_within_the_window_are_near(one: date, other: date, window: int) -> None:
    earlier, later = sorted((one, other))
    parts = part_of(earlier.isoformat(), window), part_of(later.isoformat(), window)
    if later - earlier <= timedelta(days=window) and parts[0] != parts[1]:
        assert is_near(parts[1], parts[0], window)
    assert not is_near(parts[0], parts[1], window)


def test_undated_pieces_may_go_on_from_any_with_a_day() -> None:
    assert is_near(UNDATED, "2031-05-05", WINDOW)
    assert not is_near("2031-05-05", UNDATED, WINDOW)
    assert not is_near(UNDATED, UNDATED, WINDOW)


def test_a_piece_goes_on_from_the_one_most_like_it() -> None:
    dam, gate = piece({"dam": 900, "leak": 400}), piece({"gate": 700, "dam": 700})
    later = piece({"leaks": 100, "dam": 800, "leak": 500}, "2031-05-12", "2031-05-14")
    link = Pieces([dam, gate], WINDOW).best(later)
    assert link == Link(link.unlike if link else 0, dam.id, dam.part)
    assert link is not None
    assert 0 < link.unlike < 0.1


@pytest.mark.parametrize(
    "later",
    [
        piece({"museum": 1000}, "2031-05-12", "2031-05-12"),
        piece({"dam": 1000}, "2031-05-19", "2031-05-20"),
    ],
)
def test_nothing_alike_and_nothing_too_late_goes_on(later: Piece) -> None:
    assert Pieces([piece({"dam": 1000})], WINDOW).best(later) is None


def test_a_lone_report_is_taken_in_more_readily() -> None:
    words = {"dam": 370, "x": 929}
    later = piece({"dam": 1000}, "2031-05-12", "2031-05-12", size=3)
    assert Pieces([piece(words, size=1)], WINDOW).best(later)
    assert not Pieces([piece(words, size=3)], WINDOW).best(later)


def test_roots_are_the_first_of_each_chain() -> None:
    links = {"e": "d", "a": None, "b": "a", "c": "b", "d": "b", "f": None}
    assert roots(links) == {"a": "a", "b": "a", "c": "a", "d": "a", "e": "a", "f": "f"}


def test_the_title_is_that_of_the_largest_piece() -> None:
    assert title_of([(2, "b", "late"), (3, "c", "large"), (3, "a", "first")]) == "first"


@given(st.lists(st.tuples(texts, days), max_size=10), st.integers(0, 10))
@settings(max_examples=60, deadline=None)
def test_a_part_that_is_resumed_goes_on_as_if_it_had_never_stopped(
    rows: list[tuple[str, str | None]], cut: int
) -> None:
    gists = sorted((gist(Digest(f"r{n}", None, text, published=day)) for n, (text, day) in enumerate(rows)),
                   key=lambda one: one.order)  # fmt: skip
    whole, begun, resumed = Part("part"), Part("part"), Part("part")
    whole.add(gists)
    begun.add(gists[:cut])
    resumed.resume(zip(gists[:cut], (step for _, step in begun.steps()), strict=True))
    resumed.add(gists[cut:])
    assert resumed.pieces() == whole.pieces()
    assert list(resumed.steps()) == list(whole.steps())
    assert list(whole.steps(cut)) == list(whole.steps())[cut:]


def test_a_gist_has_its_report_in_its_order() -> None:
    one = gist(replace(BOTH[0], id="a\tname"))
    assert id_in(one.order) == "a\tname"
    assert one.words == tuple(sorted(one.words))
    assert "ossing" in one.words
    assert one.headline == DAM[0].split(".")[0] + "."
    assert gist(Digest("x", None, STRIKE[0], published="soon")).order == "~\tx"
