"""Readings for the tests of what weighing keeps: a few matters, on chance days, under names that may be shared."""

from dataclasses import replace

from hypothesis import strategies as st

from sayso.record.ledger import Ledger
from sayso.terms import Reading
from sayso.weighing import Kept, readings_of, stories_of, weighed
from tests.weigh.stories import person, quote

MATTERS = (
    ("Ada Moll", "the Ossing dam above Kelmar leaks and engineers have opened two gates of it"),
    ("Ada Moll", "residents of Kelmar below the leaking Ossing dam must leave their homes at once"),
    ("The water authority of Orrin", "the Ossing dam above Kelmar does not leak and will hold"),
    ("Per Holm", "the pilots of Velar Air will strike for better pay from Friday in Tarn"),
    ("Per Holm", "Velar Air has offered its pilots in Tarn better pay and the strike is over"),
    ("Velar Air", "200 flights from Tarn were cancelled because the pilots strike for pay"),
    ("A keeper", "the museum of clocks in Brask opened again after the fire in its tower"),
)
DAYS = (None, "2031", *(f"2031-05-{day:02}" for day in range(1, 31, 3)), "2031-06-09T10:00:00+00:00", "2031-07-02")


def told(number: int, matter: int = 0, day: str | None = "2031-05-04", name: str | None = None) -> Reading:
    """One report on a matter; every number is another report."""
    who, what = MATTERS[matter]
    content = f"{what}, as {number} people heard"
    found = quote(name or f"report {number}", who, content, person(who), outlet=f"Orrin Post {number % 3}")
    return replace(found, report=replace(found.report, published=day))


@st.composite
def readings(draw: st.DrawFn) -> list[Reading]:
    """Some reports, two or three of which may have one name."""
    names = st.sampled_from([None, None, None, "index.html", "front page"])
    rows = st.tuples(st.integers(0, len(MATTERS) - 1), st.sampled_from(DAYS), names)
    return [told(number, *row) for number, row in enumerate(draw(st.lists(rows, max_size=9)))]


def add(ledger: Ledger, *some: Reading) -> None:
    """Add readings as ``sayso add`` does."""
    for reading in some:
        ledger.add(reading.report, reading, "r1")


def assert_whole(ledger: Ledger) -> None:
    """What is kept is what weighing all readings at once gives."""
    found = readings_of(ledger)
    stories = stories_of(found.values())
    kept = Kept(ledger)
    assert kept.whole_stories() == stories
    assert {one.id for one in kept.stories()} == {story.id for story in stories}
    for one in weighed(found, stories):
        assert kept.story(one.story.id) == one
        assert all(kept.claim(claim.id, story=one.story.id) == (one, claim) for claim in one.story.claims)
