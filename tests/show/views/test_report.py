"""A report's text in stretches, paragraphs and parts: nothing is lost, and what belongs together stays so."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from sayso.show.views.report import paragraphs, parts
from sayso.terms import Attribution, Phrase, Reading, Report, Span

TEXTS = st.text(st.sampled_from("ab é\n"), min_size=1, max_size=60)


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    text = draw(TEXTS)
    made = []
    for number in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text) - 1))
        span = Span(start, draw(st.integers(start + 1, len(text))))
        if content := Phrase.of(text, (span,)):
            made.append(Attribution(f"a{number}", None, None, None, content, 0.9))
    return Reading(Report(text, "r1"), tuple(made), ())


@given(readings())
def test_paragraphs_are_the_whole_text_but_for_its_line_breaks(reading: Reading) -> None:
    text = reading.report.text
    found = paragraphs(reading)
    assert [one.text for paragraph in found for one in paragraph] == [
        text[one.start : one.end] for paragraph in found for one in paragraph
    ]
    assert ["".join(one.text for one in paragraph) for paragraph in found] == [
        line for line in text.split("\n") if line
    ]


@given(readings(), st.integers(1, 30))
def test_parts_hold_every_stretch_once_in_its_order(reading: Reading, most: int) -> None:
    whole = paragraphs(reading)
    found = parts(whole, most)
    again = [one for part in found for paragraph in part for one in paragraph]
    assert again == list(chain.from_iterable(whole))
    assert all(part and all(part) for part in found)


def test_a_short_text_is_one_part() -> None:
    reading = Reading(Report("It rained.\n\nThe bridge fell.", "r1"), (), ())
    assert parts(paragraphs(reading)) == (paragraphs(reading),)
    assert parts(paragraphs(Reading(Report("\n", "r1"), (), ()))) == ()
