import json

from hypothesis import given
from hypothesis import strategies as st

from sayso.show.json import reading_from_json, reading_to_json
from sayso.terms import Attribution, Figure, Phrase, Reading, Report, Span, Speaker, When

names = st.none() | st.text(max_size=8)
spans = st.tuples(st.integers(0, 50), st.integers(51, 99)).map(lambda pair: (Span(*pair),))
phrases = st.builds(Phrase, spans, st.text(max_size=9))
speakers = st.builds(Speaker, name=names, affiliation=names, role=names, names=st.tuples(st.text(max_size=4)))
attributions = st.builds(
    Attribution, st.text(max_size=3), names, st.none() | phrases, st.none() | phrases, phrases,
    speaker=speakers, relays=st.tuples(st.text(max_size=5)), medium=names,
    said=st.none() | st.just(When("2031-05-01", "2031-05-04", "week")),
)  # fmt: skip
figures = st.builds(
    Figure, st.text(max_size=3), st.just(Span(1, 2)), st.text(max_size=5), st.none() | st.floats(0, 1e9),
    st.none(), st.none(), st.just("exact"), st.just("killed"),
)  # fmt: skip
readings = st.builds(
    Reading, st.builds(Report, st.text(max_size=20), st.text(min_size=1, max_size=5), outlet=names),
    st.tuples(attributions), st.tuples(figures),
)  # fmt: skip


@given(readings)
def test_a_reading_comes_back_from_json(reading: Reading) -> None:
    line = json.dumps(reading_to_json(reading))
    assert reading_from_json(json.loads(line), reading.report.text) == reading


def test_the_contract() -> None:
    content = Phrase((Span(0, 4),), "It's")
    reading = Reading(Report("It's so", "r1"), (Attribution("a1", None, None, None, content),))
    record = reading_to_json(reading)
    assert record["schema"] == 1
    assert set(record["report"]) >= {"id", "outlet", "title", "url", "published", "language", "text_sha256"}
    assert record["attributions"][0]["content"] == {"spans": [[0, 4]], "text": "It's"}
    assert record["attributions"][0]["source"] is None
    assert set(record["attributions"][0]) >= {
        "id", "within", "source", "cue", "content", "form", "act", "stance", "speaker", "relays", "medium",
        "said_on", "confidence",
    }  # fmt: skip


def test_there_is_no_infinity_in_json() -> None:
    figure = Figure("f1", Span(0, 1), "9", float("inf"), float("inf"), None, "exact", "killed")
    record = reading_to_json(Reading(Report("9"), (), (figure,)))
    assert record["figures"][0]["value"] is None
    json.dumps(record, allow_nan=False)
