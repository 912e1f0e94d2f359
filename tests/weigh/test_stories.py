"""Stories: which reports are about one matter."""

import random
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.terms import Reading
from sayso.weigh.digests import Digest, digest, sentences
from sayso.weigh.stories import Stories, stories

DAM = [
    "The Ossing dam above Kelmar began to leak on Monday, the water authority of Orrin said. Engineers came.",
    "Engineers opened two gates of the Ossing dam after water was seen to leak, the mayor of Kelmar, Ada Moll, said.",
    "Ada Moll told residents of Kelmar to leave their homes below the Ossing dam. The water authority agreed.",
    "Residents of Kelmar spent the night in schools as engineers worked on the leaking Ossing dam, the authority said.",
]
STRIKE = [
    "Pilots of Velar Air will strike from Friday, their union said, after talks on pay in Tarn broke down.",
    "Velar Air cancelled 200 flights from Tarn because of the strike by its pilots. The union wants more pay.",
    "The union of the Velar Air pilots and the airline met in Tarn. The strike goes on, said its leader, Per Holm.",
    "Per Holm, leader of the pilots, said that Velar Air had offered better pay and that the strike was over in Tarn.",
]


def reports(texts: Sequence[str], name: str, month: str = "06", first: int = 1) -> list[Digest]:
    """One report a day."""
    return [Digest(f"{name}{n}", None, text, published=f"2031-{month}-{first + n:02}") for n, text in enumerate(texts)]


BOTH = [d for pair in zip(reports(DAM, "dam"), reports(STRIKE, "strike"), strict=True) for d in pair]
LATER = reports(
    ["A year of repairs at the Ossing dam above Kelmar begins, the water authority of Orrin said."], "late", "11"
)


def members(digests: Sequence[Digest]) -> list[tuple[str, ...]]:
    return [s.reports for s in stories(digests)]


def test_two_stories_at_one_time_are_told_apart() -> None:
    assert members(BOTH) == [("dam0", "dam1", "dam2", "dam3"), ("strike0", "strike1", "strike2", "strike3")]


def test_a_follow_up_months_later_opens_a_story() -> None:
    assert members(BOTH + LATER)[-1] == ("late0",)


def test_the_window_may_be_longer() -> None:
    first, *_ = stories(BOTH + LATER, window=400)
    assert first.reports == ("dam0", "dam1", "dam2", "dam3", "late0")


def test_a_story_lasts_while_reports_keep_coming() -> None:
    weekly = [
        Digest(f"d{n}", None, DAM[n % 4], published=f"2031-{6 + n // 3:02}-{1 + 10 * (n % 3):02}") for n in range(9)
    ]
    (story,) = stories(weekly)
    assert (story.first, story.last) == ("2031-06-01", "2031-08-21")


def test_unknown_dates_join_by_content() -> None:
    undated = [
        Digest("u1", None, DAM[1] + " " + DAM[2]),
        Digest("u2", None, "A museum of clocks opened in Brask.", published="2031"),
    ]
    assert members(BOTH + undated) == [
        ("dam0", "dam1", "dam2", "dam3", "u1"), ("strike0", "strike1", "strike2", "strike3"), ("u2",)
    ]  # fmt: skip


@given(st.permutations(BOTH + LATER), st.integers(0, 9))
@settings(max_examples=30, deadline=None)
def test_any_order_in_any_portions_gives_the_same(shuffled: list[Digest], cut: int) -> None:
    grouping = Stories()
    for portion in (shuffled[:cut], shuffled[cut:], shuffled[:1]):
        grouping.add(portion)
    assert grouping.stories() == stories(BOTH + LATER)


texts = st.lists(st.sampled_from([*DAM, *STRIKE, "", "Ossing Kelmar Velar Tarn", "…!?"]), max_size=3).map(" ".join)
days = st.sampled_from([None, "2031", "2031-06-01", "2031-06-09T10:00:00+00:00", "2031-07-30", "2031-99-99", "soon"])


@given(st.lists(st.tuples(texts, days), max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_adding_one_by_one_gives_what_adding_all_gives(
    rows: list[tuple[str, str | None]], chance: random.Random
) -> None:
    digests = [Digest(f"r{n}", None, text, published=day) for n, (text, day) in enumerate(rows)]
    expected = stories(digests)
    chance.shuffle(digests)
    grouping = Stories()
    for one in digests:
        grouping.add([one])
    assert grouping.stories() == expected
    assert sorted(report for s in expected for report in s.reports) == sorted(d.id for d in digests)


def test_the_id_stays_when_reports_join() -> None:
    (before,) = stories(reports(DAM[:2], "dam"))
    (after,) = stories(reports(DAM, "dam"))
    assert before.id == after.id
    assert before.reports != after.reports


def test_the_title_is_a_headline_or_a_first_sentence() -> None:
    (named,) = stories([Digest("d0", "Kelmar is told to leave", DAM[2])])
    (bare,) = stories([Digest("d0", None, DAM[0])])
    assert named.title == "Kelmar is told to leave"
    assert bare.title == "The Ossing dam above Kelmar began to leak on Monday, the water authority of Orrin said."


def test_nothing_gives_no_story() -> None:
    assert stories([]) == ()


def test_sentences_keep_quotation_marks() -> None:
    assert list(sentences("It leaks. “We saw it,” she said.\nThen… Rain!")) == [
        "It leaks.",
        "“We saw it,” she said.",
        "Then…",
        "Rain!",
    ]


def test_sample_is_one_story(sample: tuple[Reading, ...]) -> None:
    (story,) = stories(map(digest, sample))
    assert len(story.reports) == 14
    assert (story.first, story.last) == ("2031-05-03", "2031-05-08")
    assert "ruce" in story.title or "easefire" in story.title


def test_a_digest_of_a_reading(sample: tuple[Reading, ...]) -> None:
    first = digest(sample[0])
    assert "Teodor Anskar" in first.names
    assert "prisoners" in first.counted
    assert first.day == "2031-05-03"
