"""What is new in a story: the newest of each claim and each counted thing, with its day."""

from sayso.show.views.news import news, reports_in
from sayso.terms import Span
from sayso.terms.weighing import Count, CountSeries, Dispute, Estimate, Passage, Relation, Story

STORY = Story("s1", "Bridge falls at Lenn", ("r1", "r2", "r3"))
DAYS = {"r1": "2031-05-01", "r2": "2031-05-02T08:00:00Z", "r3": None}


def passage(report: str, text: str = "it fell") -> Passage:
    return Passage(report, (Span(0, 7),), text)


def count(id: str, value: float, source: str = "police") -> Count:
    return Count(id, "r1", "f1", "a1", None, source, passage("r1"), value, value, value)


def denial(id: str, claim: str, one: str, other: str) -> Dispute:
    return Dispute(id, "denial", claim, passage(one), "Pia Orr", passage(other, "it stood"), "Oda Brill", "so")


COUNTS = (count("c1", 12), count("c2", 15), count("c3", 19, "hospital"))
SERIES = CountSeries(
    "n1", "killed", None, "Lenn", COUNTS, (Estimate("police", 15, 15, 15, None, ("c1", "c2")),),
    (
        Relation("revision", "c1", "c2", "", (passage("r1"), passage("r2"))),
        Relation("contradiction", "c2", "c3", "", (passage("r3"), passage("r1"))),
        Relation("agreement", "c2", "c3", "", (passage("r1"), passage("r1"))),
        Relation("contradiction", "c2", "of another thing", "", (passage("r1"), passage("r1"))),
    ),
)  # fmt: skip


def test_the_newest_of_each_claim_comes_first_with_its_later_day() -> None:
    disputes = [denial("d1", "k1", "r1", "r1"), denial("d2", "k1", "r1", "r2"), denial("d3", "k2", "r3", "r3")]
    found = news(STORY, disputes, (), DAYS)
    assert [(one.claim, one.day) for one in found] == [("k1", "2031-05-02"), ("k2", None)]
    assert (found[0].one.source, found[0].other.words) == ("Pia Orr", "it stood")


def test_revised_and_contested_numbers_are_told_by_their_sources() -> None:
    revised, contested = news(STORY, (), (SERIES,), DAYS)
    assert (revised.kind, revised.one.words, revised.other.words) == ("revision", "12", "15")
    assert (contested.kind, contested.other.source, contested.day) == ("contradiction", "hospital", "2031-05-01")
    assert revised.about == "people, killed, Lenn"


def test_only_dates_that_are_needed_are_asked_for() -> None:
    figures = Dispute("d4", "figures", "n1", passage("r9"), "a", passage("r9"), "b", "so")
    assert reports_in([denial("d1", "k1", "r1", "r2"), figures], ()) == {"r1", "r2"}
    assert reports_in((), (SERIES,)) == {"r1", "r2", "r3"}
