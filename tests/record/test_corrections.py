from dataclasses import replace

import pytest

from sayso.record.judging import judge
from sayso.terms import Figure, Phrase, Speaker
from tests.record.made import (
    FLED,
    READING,
    TEXT,
    TOLL,
    at,
    attribution,
    figure,
    pairs,
    problems,
    spans,
    speaker,
    without,
    word,
)


@pytest.mark.parametrize(
    ("field", "value"),
    [("act", "warn"), ("stance", "distanced"), ("form", "mixed"), ("medium", "radio"), ("medium", None)],
)
def test_a_plain_field_is_corrected(field: str, value: str | None) -> None:
    assert getattr(attribution(judge(READING, [word("correct", "a5", field, value)]), "a5"), field) == value


def test_relays_and_days_are_corrected() -> None:
    said = [word("correct", "a2", "relays", ["Orrin Post"]), word("correct", "a2", "said_on", "2031-05-03")]
    judged = judge(READING, said)
    found = attribution(judged, "a2")
    assert (found.relays, found.said_on) == (("Orrin Post",), "2031-05-03")
    assert found.said is not None
    assert (found.said.earliest, found.said.latest, found.said.grain) == ("2031-05-03", "2031-05-03", "day")
    assert figure(judged, "f1").as_of == "2031-05-03"
    undated = attribution(judge(READING, [word("correct", "a2", "said_on", None)]), "a2")
    assert (undated.said_on, undated.said) == (None, None)


def test_a_name_makes_the_speaker_named() -> None:
    found = speaker(word("correct", "a2", "speaker", "Lena Voss"), key="a2")
    why = "corrected by Ann on 2031-05-04"
    assert found == Speaker("Lena Voss", "named", "person", role="source", why=why)
    assert speaker(word("correct", "a1", "speaker", "Orrin Post"), key="a1").kind == "outlet"


def test_several_names_make_several_speakers() -> None:
    found = speaker(word("correct", "a3", "speaker", ["Ada Kolm", "Ivo Reth"]))
    assert (found.name, found.names) == ("Ada Kolm", ("Ada Kolm", "Ivo Reth"))


def test_no_name_makes_the_speaker_unnamed() -> None:
    found = speaker(word("correct", "a3", "speaker", None))
    assert (found.name, found.naming, found.role) == (None, "unnamed", "mayor")
    unsourced = word("correct", "a3", "naming", "unsourced", made_at=at(8))
    assert speaker(word("correct", "a3", "speaker", None), unsourced).naming == "unsourced"


def test_name_and_naming_fit_together() -> None:
    unnamed = word("correct", "a3", "naming", "unnamed", made_at=at(8))
    named = word("correct", "a3", "speaker", "Lena Voss", made_at=at(9))
    assert (speaker(unnamed, named).name, speaker(unnamed, named).naming) == ("Lena Voss", "named")
    later = replace(unnamed, made_at=at(10))
    assert (speaker(later, named).name, speaker(later, named).naming) == (None, "unnamed")
    assert speaker(unnamed, named, later).name is None


def test_other_fields_of_the_speaker_are_corrected_alone() -> None:
    said = [word("correct", "a3", "role", None), word("correct", "a3", "affiliation", "Orrin"),
            word("correct", "a3", "kind", "organization")]  # fmt: skip
    assert speaker(*said) == replace(READING.attributions[2].speaker, role=None, affiliation="Orrin",
                                     kind="organization")  # fmt: skip


def test_corrected_spans_are_cut_from_the_text() -> None:
    new = spans("Ivo Reth")
    judged = judge(READING, [word("correct", "a4", "source", pairs(new))])
    assert attribution(judged, "a4").source == Phrase(new, "Ivo Reth")
    assert attribution(judge(READING, [word("correct", "a5", "source", None)]), "a5").source is None


def test_figures_follow_a_corrected_content() -> None:
    wider = pairs(spans("“We saw 12 trucks,” a resident added. Some 7 bridges are down"))
    reading = replace(READING, figures=(*READING.figures, Figure("f4", spans("7")[0], "7", 7, 7, 7, "exact", "other")))
    judged = judge(reading, [word("correct", "a5", "content", wider)])
    assert (figure(judged, "f4").by, figure(judged, "f3").by) == ("a5", "a5")
    narrower = judge(READING, [word("correct", "a4", "content", pairs(spans("families had fled")))])
    assert figure(narrower, "f2").by == "a3"


def test_nesting_follows_a_corrected_content() -> None:
    narrower = judge(READING, [word("correct", "a3", "content", pairs(spans("that Governor Ivo Reth")))])
    assert attribution(narrower, "a4").within is None
    wider = pairs(spans("Mayor Ada Kolm said that Governor Ivo Reth told her that 300 families had fled"))
    short = replace(READING.attributions[2], content=Phrase.of(TEXT, spans("that Governor Ivo Reth")))
    apart = replace(without("a3"), attributions=(short, *without("a3").attributions))
    said = word("correct", "a3", "content", wider, spans=short.content.spans)
    assert attribution(judge(apart, [said]), "a4").within == "a3"
    beside = replace(READING, attributions=tuple(replace(a, within=None) for a in READING.attributions))
    unmoved = judge(beside, [word("correct", "a3", "content", wider)])
    assert attribution(unmoved, "a4").within is None, "the reader saw it there and did not nest it"


@pytest.mark.parametrize(
    ("qualifier", "low", "high"),
    [("exact", 44, 44), ("at_least", 44, None), ("more_than", 44, None), ("nearly", None, 44), ("at_most", None, 44),
     ("about", None, None)],
)  # fmt: skip
def test_bounds_follow_value_and_qualifier(qualifier: str, low: float | None, high: float | None) -> None:
    said = [word("correct", "f1", "value", 44), word("correct", "f1", "qualifier", qualifier)]
    found = figure(judge(READING, said), "f1")
    assert (found.value, found.low, found.high, found.qualifier) == (44, low, high, qualifier)


def test_the_words_own_qualifier_stays_where_it_fits_the_value() -> None:
    value = word("correct", "f1", "value", 44)
    found = figure(judge(READING, [value]), "f1")
    assert (found.low, found.high, found.qualifier) == (44, None, "at_least")
    vague = replace(READING, figures=(replace(READING.figures[0], qualifier="indefinite", value=None),))
    found = figure(judge(vague, [value]), "f1")
    assert (found.low, found.high, found.qualifier) == (44, 44, "exact")
    none = figure(judge(READING, [word("correct", "f1", "value", None)]), "f1")
    assert (none.value, none.low, none.high, none.qualifier) == (None, None, None, "indefinite")


def test_bounds_that_are_corrected_too_stay() -> None:
    said = [word("correct", "f1", "low", 30, made_at=at(8)), word("correct", "f1", "high", 50, made_at=at(8)),
            word("correct", "f1", "value", None)]  # fmt: skip
    found = figure(judge(READING, said), "f1")
    assert (found.value, found.low, found.high, found.qualifier) == (None, 30, 50, "between")
    vague = figure(judge(READING, [word("correct", "f1", "qualifier", "indefinite")]), "f1")
    assert (vague.value, vague.low, vague.high) == (None, 40, None)


def test_of_bounds_that_cross_the_later_stands() -> None:
    said = [word("correct", "f1", "low", 50, made_at=at(8)), word("correct", "f1", "high", 30, who="Ben")]
    judged = judge(READING, said)
    assert (figure(judged, "f1").low, figure(judged, "f1").high) == (None, 30)
    assert [one.problem for one in judged.review] == ["disputed"]
    assert judged.review[0].judgements == tuple(said)
    assert "Ann has 50 for the low bound, above Ben's high one, 30" in judged.review[0].reason


def test_a_figure_gets_the_owner_that_its_content_names() -> None:
    judged = judge(READING, [word("correct", "f3", "by", pairs(spans(FLED)))])
    assert figure(judged, "f3").by == "a4"
    assert figure(judge(READING, [word("correct", "f3", "by", pairs(spans(TOLL)))]), "f3").by == "a2"
    assert figure(judge(READING, [word("correct", "f3", "by", None)]), "f3").by is None
    outer = {"content": pairs(spans(TOLL)), "cue": pairs(spans("reported"))}
    assert figure(judge(READING, [word("correct", "f3", "by", outer)]), "f3").by == "a1"
    nowhere = judge(READING, [word("correct", "f3", "by", pairs(spans("Some 7 bridges")))])
    assert (figure(nowhere, "f3").by, problems(nowhere)) == ("a5", ["ownerless"])


def test_a_figure_given_to_a_corrected_or_rejected_statement() -> None:
    wider = pairs(spans("Governor Ivo Reth told her that 300 families had fled. “We saw 12 trucks,” a resident added"))
    moved = word("correct", "a4", "content", wider, made_at=at(8))
    given_then = word("correct", "f1", "by", pairs(spans(FLED)))
    assert figure(judge(READING, [moved, given_then]), "f1").by == "a4"
    assert figure(judge(READING, [word("reject", "a4"), given_then]), "f1").by == "a3"
