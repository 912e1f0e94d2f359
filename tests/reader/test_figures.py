import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.figures import find_figures
from sayso.reader.numbers import value_of
from sayso.terms import Attribution, Figure, Phrase, Report, Span


def only(text: str) -> Figure:
    (figure,) = find_figures(Report(text), ())
    return figure


@pytest.mark.parametrize(
    ("text", "words", "bounds", "qualifier", "measure"),
    [
        ("The blast killed 12 people.", "12", (12, 12, 12), "exact", "killed"),
        ("More than 200 girls were kidnapped in April.", "More than 200", (200, 200, None), "more_than", "held"),
        ("At least 31 soldiers were wounded.", "At least 31", (31, 31, None), "at_least", "wounded"),
        ("Nearly 8,000 villagers have been displaced.", "Nearly 8,000", (8000, None, 8000), "nearly", "displaced"),
        ("As many as 40 students are missing.", "As many as 40", (40, None, 40), "at_most", "missing"),
        ("About two dozen miners were rescued.", "About two dozen", (24, None, None), "about", "released"),
        ("Between 50 and 60 protesters marched.", "Between 50 and 60", (None, 50, 60), "between", "participants"),
        ("Dozens of families fled.", "Dozens", (None, 24, None), "indefinite", "displaced"),
        ("The city has a population of 2.2 million.", "2.2 million", (2.2e6,) * 3, "exact", "population"),
        ("The ransom was $3 million.", "$3 million", (3e6,) * 3, "exact", "money"),
        ("Another 10,000-13,000 refugees crossed.", "10,000-13,000", (None, 10_000, 13_000), "between", "displaced"),
        ("Several fighters were captured.", "Several", (None, None, None), "indefinite", "held"),
        ("About 2,000 U.S. troops are there.", "About 2,000", (2000, None, None), "about", "other"),
        ("More than 200 realtors came.", "More than 200", (200, 200, None), "more_than", "other"),
        ("Twenty-five prisoners remain in jail.", "Twenty-five", (25,) * 3, "exact", "held"),
    ],
)  # fmt: skip
def test_figures(text: str, words: str, bounds: tuple[float | None, ...], qualifier: str, measure: str) -> None:
    figure = only(text)
    assert (figure.text, (figure.value, figure.low, figure.high)) == (words, bounds)
    assert (figure.qualifier, figure.measure) == (qualifier, measure)


def test_each_number_has_its_own_fate() -> None:
    text = "Six people were killed, 25 wounded and dozens of students rounded up by police."
    assert [f.measure for f in find_figures(Report(text), ())] == ["killed", "wounded", "held"]


@pytest.mark.parametrize(
    "text",
    [
        "It happened on March 14, 2031.", "The woman, 34, was alone.", "The vote is at 6 p.m. today.",
        "Call 555-0134 for help.", "An F-16 crashed.", "They won 3-1.", "Resolution 2254 was adopted.",
        "He is 31 years old.", "The 29-year-old fled.", "Turnout was 61 percent.", "She drove 40 miles.",
        "In 1998 the mine closed.", "Channel 4 showed it.", "He waited three weeks.",
    ],
)  # fmt: skip
def test_not_figures(text: str) -> None:
    assert find_figures(Report(text), ()) == ()


def test_a_figure_belongs_to_the_innermost_content_that_holds_it() -> None:
    text = "A said that B said 12 people were killed. Another 3 people died."
    outer = Attribution("a1", None, None, None, Phrase.of(text, (Span(7, 40),)))
    inner = Attribution("a2", "a1", None, None, Phrase.of(text, (Span(19, 40),)))
    assert [f.by for f in find_figures(Report(text), (outer, inner))] == ["a2", None]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The blast killed 12 people in the port of Orrin.", "Orrin"),
        ("Some 200 families fled from North Velm on Friday.", "North Velm"),
        ("At least 31 soldiers died in March.", None),
        ("At least 31 soldiers died.", None),
    ],
)
def test_where(text: str, place: str | None) -> None:
    assert only(text).place == place


def test_as_of_the_day_on_which_it_was_said() -> None:
    text = "The army said 12 people were killed."
    said = Attribution("a1", None, None, None, Phrase.of(text, (Span(14, 35),)), said_on="2031-05-02")
    assert find_figures(Report(text), (said,))[0].as_of == "2031-05-02"


@pytest.mark.parametrize(
    ("words", "value"), [("1.4 million", 1.4e6), ("two dozen", 24), ("forty-three", 43), ("a hundred thousand", 1e5)]
)
def test_values(words: str, value: float) -> None:
    assert value_of(words) == value


@given(st.text(max_size=200))
def test_spans_slice_back_and_bounds_are_in_order(text: str) -> None:
    for figure in find_figures(Report(text), ()):
        assert text[figure.span.start : figure.span.end] == figure.text
        known = [x for x in (figure.low, figure.value, figure.high) if x is not None]
        assert known == sorted(known)


def test_joined_numbers_share_a_fate_and_parts_have_their_own() -> None:
    text = "It killed two British hostages and three American hostages."
    assert [f.measure for f in find_figures(Report(text), ())] == ["killed", "killed"]
    text = "They took 30 hostages, three of whom have been executed."
    assert [f.measure for f in find_figures(Report(text), ())] == ["held", "killed"]


@pytest.mark.parametrize(
    "text", ["He was abducted on October 17 in Orrin.", "The army fired on April 14, killing nobody."]
)
def test_days_of_a_month_are_no_figures(text: str) -> None:
    assert not find_figures(Report(text), ())


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("Shelling killed 12 people overnight.", "daily"),
        ("Shelling has killed 12 people since October 7.", "cumulative"),
        ("The death toll rose to 412.", "cumulative"),
        ("A shell killed 12 people.", None),
        ("A shell killed 12 people a day after the truce.", None),
    ],
)
def test_daily_and_cumulative_tolls(text: str, period: str | None) -> None:
    assert only(text).period == period


def test_both_and_none_count_where_something_happened_to_them() -> None:
    both = find_figures(Report("Two guards were hit and both were killed."), ())[-1]
    assert (both.text, both.value, both.measure) == ("both", 2, "killed")
    none = find_figures(Report("There were 30 passengers; none of them was injured."), ())[-1]
    assert (none.text, none.value, none.measure) == ("none", 0, "wounded")
    assert not find_figures(Report("Both of these parties like tea."), ())
