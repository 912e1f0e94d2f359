import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.reader import Reader, default_reader
from sayso.samples import sample_reports
from sayso.terms import Phrase, Reading, Report

MARKS = "“”\"'‘’«»„ .,:;!?\n\t\u200b\u202e\ufeff\xa0"
WORDS = st.sampled_from(
    ["said", "told", "Reuters", "he", "that", "according to", "“We", "will go”", "3,000", "הוא אמר"]
)
MESSY = st.lists(st.one_of(st.text(max_size=12), WORDS, st.text(MARKS, max_size=3)), max_size=40).map(" ".join)


def phrases(reading: Reading) -> list[Phrase]:
    return [p for a in reading.attributions for p in (a.source, a.cue, a.content) if p is not None]


def check(reading: Reading) -> None:
    text, ids = reading.report.text, set[str]()
    for attribution in reading.attributions:
        assert attribution.within is None or attribution.within in ids
        ids.add(attribution.id)
        assert 0 <= attribution.confidence <= 1
    for phrase in phrases(reading):
        assert phrase.spans
        assert phrase.text == " … ".join(text[s.start : s.end] for s in phrase.spans)
        assert all(0 <= s.start < s.end <= len(text) for s in phrase.spans)
        assert list(phrase.spans) == sorted(phrase.spans)
    for figure in reading.figures:
        assert figure.text == text[figure.span.start : figure.span.end]


@given(MESSY)
def test_any_string_gives_a_reading_whose_spans_slice_back(text: str) -> None:
    check(default_reader().read(Report(text)))


@given(st.text(st.characters(), max_size=200))
def test_any_characters_give_a_reading(text: str) -> None:
    check(default_reader().read(Report(text)))


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "\n\n",
        ".",
        "“",
        "\ud800 said it",
        "word " * 10_000,
        "a" * 30_000,
        "He said “" * 400,
        "¡¿" * 2000,
        "\x00 said",
    ],
)
def test_odd_texts_give_a_reading(reader: Reader, text: str) -> None:
    check(reader.read(Report(text)))


def test_a_plain_statement_is_read(reader: Reader) -> None:
    text = "The mayor of Orrin, Petra Lund, said on Friday that the old bridge would be rebuilt by spring."
    (found,) = reader.read(Report(text)).attributions
    assert found.source is not None
    assert found.source.text == "The mayor of Orrin, Petra Lund"
    assert found.cue is not None
    assert found.cue.text == "said"
    assert found.content.text == "that the old bridge would be rebuilt by spring"


def test_a_nested_statement_lies_within_its_carrier(reader: Reader) -> None:
    text = "Foreign Minister Odile Krantz said that the ambassador had told her that the border would open in June."
    outer, inner = reader.read(Report(text)).attributions
    assert inner.within == outer.id
    assert inner.content.text == "that the border would open in June"


def test_a_reading_does_not_depend_on_its_neighbours(reader: Reader) -> None:
    reports = list(sample_reports())[:6]
    together = [reader.read(report) for report in reports]
    backwards = [Reader().read(report) for report in reversed(reports)]
    assert together == backwards[::-1]


def test_quotation_marks_are_kept_and_the_final_full_stop_is_not(reader: Reader) -> None:
    text = "“The roof came down first,” said Ilse Marant. The ministry said nobody was hurt."
    quoted, plain = reader.read(Report(text)).attributions
    assert quoted.content.text == "“The roof came down first,”"
    assert plain.content.text == "nobody was hurt"
