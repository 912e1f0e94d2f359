from hypothesis import given
from hypothesis import strategies as st

from sayso.show.marks import BRACKETS, bracketed
from sayso.terms import Attribution, Phrase, Reading, Report, Span
from tests.marked import attributions_of
from training.markup import parse_passage

LETTERS = st.text("abc d“”\r\n", min_size=1, max_size=30)


def phrases(text: str) -> st.SearchStrategy[Phrase]:
    places = st.integers(0, len(text))
    spans = st.lists(st.tuples(places, places).map(lambda p: Span(min(p), max(p))), min_size=1, max_size=3)
    return spans.map(lambda found: Phrase.of(text, tuple(sorted(found))))


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(LETTERS)
    made = st.builds(Attribution, st.just("a"), st.none(), *[st.none() | phrases(text)] * 2, phrases(text))
    return Reading(Report(text), tuple(draw(st.lists(made, max_size=3))))


@given(readings())
def test_without_its_brackets_the_text_is_what_it_was(reading: Reading) -> None:
    shown = bracketed(reading)
    kept = shown.translate({ord(bracket): None for pair in BRACKETS.values() for bracket in pair})
    assert kept == reading.report.text
    for pair in BRACKETS.values():
        assert shown.count(pair[0]) == shown.count(pair[1])


def test_enclosing_spans_stand_outside() -> None:
    passage = parse_passage("[s1 Kolm] [k1 said] [c1 [s2 Roth] [k2 denies] [c2 it]].")
    reading = Reading(Report(passage.text), tuple(attributions_of(passage)))
    assert bracketed(reading) == "[Kolm] <said> {[Roth] <denies> {it}}."
