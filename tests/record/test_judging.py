from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.record.attach import place_of
from sayso.record.judging import Judged, judge
from sayso.terms import Attribution, Figure, Judgement, Phrase, Reading, Span, Speaker
from sayso.terms.spans import join_text
from tests.record.made import (
    FLED,
    READING,
    TEXT,
    TOLL,
    at,
    broken,
    item,
    judgements,
    pairs,
    readings,
    said,
    spans,
    word,
)


def attribution(judged: Judged, key: str) -> Attribution:
    found = judged.reading.attribution(key)
    assert found is not None
    return found


def figure(judged: Judged, key: str) -> Figure:
    return next(f for f in judged.reading.figures if f.id == key)


def speaker(*said: Judgement, key: str = "a3") -> Speaker:
    return attribution(judge(READING, said), key).speaker


def problems(judged: Judged) -> list[str]:
    return [one.problem for one in judged.review]


def without(*keys: str) -> Reading:
    """The reading as if the machine had missed some."""
    kept = [a for a in READING.attributions if a.id not in keys]
    left = tuple(replace(a, within=None if a.within in keys else a.within) for a in kept)
    own = [replace(f, by=None if f.by in keys else f.by) for f in READING.figures if f.id not in keys]
    return replace(READING, attributions=left, figures=tuple(own))


def test_without_judgements_it_is_the_reading_itself() -> None:
    judged = judge(READING, [])
    assert judged.reading is READING
    assert (judged.attached, judged.review) == ({}, ())


def test_what_is_accepted_is_sure() -> None:
    judged = judge(READING, [word("accept", "a3")])
    assert attribution(judged, "a3") == replace(READING.attributions[2], confidence=1.0)
    assert judged.attached == {"a3": (word("accept", "a3"),)}
    assert [a for a in judged.reading.attributions if a.id != "a3"] == [a for a in READING.attributions if a.id != "a3"]


def test_what_lay_within_the_rejected_moves_up() -> None:
    judged = judge(READING, [word("reject", "a3")])
    assert judged.reading.attribution("a3") is None
    assert attribution(judged, "a4").within is None
    assert figure(judged, "f2").by == "a4"
    assert judged.attached["a3"] == (word("reject", "a3"),)


def test_figures_of_the_rejected_belong_to_what_lies_around() -> None:
    nested = judge(READING, [word("reject", "a2")])
    assert (figure(nested, "f1").by, figure(nested, "f1").as_of) == ("a1", None)
    both = judge(READING, [word("reject", "a2"), word("reject", "a1")])
    assert figure(both, "f1").by is None


def test_only_the_cue_tells_a_nested_statement_from_the_one_around_it() -> None:
    judged = judge(READING, [word("reject", "a2"), word("accept", "a1")])
    assert judged.attached == {"a1": (word("accept", "a1"),), "a2": (word("reject", "a2"),)}
    unclear = judge(READING, [word("reject", "a2", cue=())])
    assert unclear.reading == READING
    assert (problems(unclear), "two equally well" in unclear.review[0].reason) == (["lost"], True)


def test_a_rejected_figure_goes_and_is_no_part() -> None:
    part = replace(READING.figures[1], part_of="f1")
    reading = replace(READING, figures=(READING.figures[0], part, READING.figures[2]))
    judged = judge(reading, [word("reject", "f1")])
    assert [(f.id, f.part_of) for f in judged.reading.figures] == [("f2", None), ("f3", None)]


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
    nowhere = judge(READING, [word("correct", "f3", "by", pairs(spans("Some 7 bridges")))])
    assert (figure(nowhere, "f3").by, problems(nowhere)) == ("a5", ["ownerless"])


def test_a_figure_given_to_a_corrected_or_rejected_statement() -> None:
    wider = pairs(spans("Governor Ivo Reth told her that 300 families had fled. “We saw 12 trucks,” a resident added"))
    moved = word("correct", "a4", "content", wider, made_at=at(8))
    given_then = word("correct", "f1", "by", pairs(spans(FLED)))
    assert figure(judge(READING, [moved, given_then]), "f1").by == "a4"
    assert figure(judge(READING, [word("reject", "a4"), given_then]), "f1").by == "a3"


def missing(key: str, **more: Any) -> Judgement:
    """A judgement that adds an attribution of the reading."""
    found = item(key)
    assert isinstance(found, Attribution)
    roles = {role: getattr(found, role) for role in ("source", "cue", "content")}
    value = {role: pairs(phrase.spans) for role, phrase in roles.items()} | more.pop("fields", {})
    return word("correct", value=value, target="attribution", **more)


def test_a_missing_statement_is_added_in_its_place() -> None:
    judged = judge(without("a4"), [missing("a4", fields={"speaker": "Ivo Reth", "act": "warn"})])
    assert [a.id for a in judged.reading.attributions] == ["a1", "a2", "a3", "h1", "a5"]
    found = attribution(judged, "h1")
    assert (found.within, found.act, found.confidence) == ("a3", "warn", 1.0)
    assert found.speaker == Speaker("Ivo Reth", "named", "person", why="added by Ann on 2031-05-04")
    assert (found.source, found.cue, found.content) == (
        READING.attributions[3].source, READING.attributions[3].cue, READING.attributions[3].content,
    )  # fmt: skip
    assert figure(judged, "f2").by == "h1"


def test_what_an_added_statement_encloses_moves_into_it() -> None:
    judged = judge(without("a3"), [missing("a3")])
    assert [(a.id, a.within) for a in judged.reading.attributions][2:] == [("h1", None), ("a4", "h1"), ("a5", None)]
    assert figure(judged, "f2").by == "a4"


def test_of_two_with_the_same_content_the_one_introduced_first_is_around() -> None:
    outer = judge(without("a1"), [missing("a1")])
    assert [(a.id, a.within) for a in outer.reading.attributions][:2] == [("h1", None), ("a2", "h1")]
    inner = judge(without("a2"), [missing("a2")])
    assert [(a.id, a.within) for a in inner.reading.attributions][:2] == [("a1", None), ("h1", "a1")]
    assert figure(inner, "f1").by == "h1"


def test_several_are_added_and_a_withdrawal_moves_no_id() -> None:
    first, second = missing("a3", made_at=at(8)), missing("a4", made_at=at(9))
    judged = judge(without("a3", "a4"), [second, first])
    assert [(a.id, a.within) for a in judged.reading.attributions][2:4] == [("h1", None), ("h2", "h1")]
    gone = replace(first, withdrawn_at=at(10), withdrawn_by="Ann")
    left = judge(without("a3", "a4"), [gone, second])
    assert [(a.id, a.within) for a in left.reading.attributions][2:3] == [("h2", None)]


def test_a_speaker_that_nobody_named_is_left_open() -> None:
    assert attribution(judge(without("a4"), [missing("a4")]), "h1").speaker.naming == "unnamed"
    bare = missing("a4", fields={"source": None})
    assert attribution(judge(without("a4"), [bare]), "h1").speaker.naming == "unsourced"


def test_what_is_added_is_judged_like_anything_else() -> None:
    added = missing("a4", made_at=at(8))
    first = judge(without("a4"), [added])
    place = first.place("h1")
    assert place == place_of(item("a4"))
    later = word("correct", "a4", "speaker", "Lena Voss", who="Ben")
    judged = judge(without("a4"), [added, later])
    assert attribution(judged, "h1").speaker.name == "Lena Voss"
    assert judged.attached["h1"] == (added, later)
    rejected = judge(without("a4"), [added, word("reject", "a4", who="Ben")])
    assert rejected.reading == without("a4")
    assert "Ann adds it, Ben rejects it: it counts as rejected" in rejected.review[0].reason


def test_what_two_people_add_alike_is_added_once() -> None:
    value = {"content": pairs(spans("300 families had fled")), "cue": pairs(spans("told"))}
    other = word("correct", value=value, target="attribution", who="Ben", made_at=at(10))
    judged = judge(without("a4"), [missing("a4"), other])
    assert [a.id for a in judged.reading.attributions] == ["a1", "a2", "a3", "h1", "a5"]
    assert attribution(judged, "h1").content.text == "300 families had fled"
    assert '"content" differs' in judged.review[0].reason


def test_what_was_added_is_not_doubled_when_a_reread_finds_it() -> None:
    added = missing("a4", fields={"speaker": "Lena Voss"})
    judged = judge(READING, [added])
    assert [a.id for a in judged.reading.attributions] == ["a1", "a2", "a3", "a4", "a5"]
    assert attribution(judged, "a4").speaker.name == "Lena Voss"
    nested = judge(without("a2"), [missing("a2")])
    assert nested.attached.keys() == {"h1"}


def test_a_missing_figure_is_added() -> None:
    value = {"span": list(spans("Some 7")[0]), "value": 7, "qualifier": "about", "counted": "bridges"}
    judged = judge(READING, [word("correct", value=value, target="figure")])
    assert [f.id for f in judged.reading.figures] == ["f1", "f2", "f3", "h1"]
    found = figure(judged, "h1")
    assert (found.text, found.value, found.low, found.qualifier, found.by) == ("Some 7", 7, None, "about", None)
    inside = word("correct", value={"span": list(spans("300")[0]), "value": 300}, target="figure")
    found = figure(judge(without("f2"), [inside]), "h1")
    assert (found.low, found.high, found.qualifier, found.measure, found.by) == (300, 300, "exact", "other", "a4")
    given = replace(inside, value=inside.value | {"by": pairs(spans("“We saw 12 trucks,”"))})
    assert figure(judge(without("f2"), [given]), "h1").by == "a5"


def test_the_last_word_counts_and_both_stay() -> None:
    ann, ben = word("correct", "a5", "act", "warn", made_at=at(9)), word("correct", "a5", "act", "deny", who="Ben",
                                                                         made_at=at(10))  # fmt: skip
    judged = judge(READING, [ben, ann])
    assert attribution(judged, "a5").act == "deny"
    assert judged.attached["a5"] == (ann, ben)
    assert [(one.problem, one.id, one.judgements) for one in judged.review] == [("disputed", "a5", (ann, ben))]
    assert judged.review[0].reason == '"act" differs: Ann "warn", Ben "deny"; the last counts'


def test_times_are_compared_as_times() -> None:
    early = word("correct", "a5", "act", "warn", made_at="2031-05-04T09:00:00.900000Z")
    late = word("correct", "a5", "act", "deny", made_at="2031-05-04T09:00:01+00:00")
    assert attribution(judge(READING, [late, early]), "a5").act == "deny"


def test_acceptance_and_rejection_win_over_one_another() -> None:
    accept, reject = word("accept", "a5", made_at=at(9)), word("reject", "a5", who="Ben", made_at=at(10))
    judged = judge(READING, [accept, reject])
    assert judged.reading.attribution("a5") is None
    assert judged.review[0].reason == "Ann accepts it, Ben rejects it: it counts as rejected"
    again = judge(READING, [reject, replace(accept, made_at=at(11))])
    assert attribution(again, "a5").confidence == 1.0
    assert problems(again) == ["disputed"]


def test_who_changes_their_mind_contradicts_nobody() -> None:
    judged = judge(READING, [word("accept", "a5"), word("reject", "a5", made_at=at(10))])
    assert judged.review == ()
    assert judged.reading.attribution("a5") is None
    agreed = [word("correct", "a5", "act", "warn"), word("correct", "a5", "act", "warn", who="Ben")]
    assert judge(READING, agreed).review == ()


def test_a_correction_does_not_bring_back_what_another_rejects() -> None:
    judged = judge(READING, [word("reject", "a5"), word("correct", "a5", "act", "warn", who="Ben", made_at=at(10))])
    assert judged.reading.attribution("a5") is None
    assert "Ann rejects it, Ben corrects it" in judged.review[0].reason


def test_withdrawn_judgements_do_not_count() -> None:
    withdrawn = word("reject", "a5", withdrawn_at=at(11), withdrawn_by="Ann")
    judged = judge(READING, [withdrawn, replace(withdrawn, withdrawn_at=None, withdrawn_by=None)])
    assert judged == Judged(READING)


def test_a_withdrawn_correction_still_tells_what_later_ones_are_about() -> None:
    moved = pairs(spans("Some 7 bridges are down"))
    correction = word("correct", "a5", "content", moved, withdrawn_at=at(11), withdrawn_by="Ann")
    later = word("correct", "a5", "act", "warn", spans=spans("Some 7 bridges are down"), made_at=at(10))
    judged = judge(READING, [correction, later])
    assert attribution(judged, "a5").content.text == "“We saw 12 trucks,”"
    assert attribution(judged, "a5").act == "warn"


def test_other_reports_speakers_and_claims_are_passed_over() -> None:
    same = Judgement("same", "speaker", "Ann", at(9), value=["Ada Kolm", "A. Kolm"], report="r1")
    assert judge(READING, [same, word("reject", "a5", report="r2")]) == Judged(READING)
    assert judge(READING, [word("reject", "a5", report="0f3a")], report="0f3a").reading.attribution("a5") is None


def test_what_cannot_be_applied_is_told() -> None:
    beyond = word("accept", "a5", spans=(Span(0, 9999),))
    judged = judge(READING, [beyond, word("correct", "a5", "act", "shout")])
    assert judged.reading is READING
    assert problems(judged) == ["unusable", "unusable"]
    assert any("give one of state, confirm" in one.reason for one in judged.review)
    assert any("points to character 9999" in one.reason for one in judged.review)


def reread(key: str, **changes: Any) -> Reading:
    """The reading of a reader that finds one of the statements otherwise."""
    found = tuple(replace(a, **changes) if a.id == key else a for a in READING.attributions)
    return replace(READING, attributions=found)


def test_judgements_come_back_after_a_reread() -> None:
    longer = Phrase.of(TEXT, spans("We saw 12 trucks"))
    said = word("correct", "a5", "speaker", "Lena Voss")
    found = reread("a5", content=longer, cue=Phrase.of(TEXT, spans("a resident added")))
    judged = judge(found, [said])
    assert attribution(judged, "a5").speaker.name == "Lena Voss"
    assert attribution(judged, "a5").content == longer
    assert judged.place("a5") == place_of(item("a5"))


def test_what_people_corrected_finds_a_reread_that_agrees_with_them() -> None:
    right = spans("Some 7 bridges are down")
    said = [word("correct", "a5", "content", pairs(right)), word("correct", "a5", "act", "warn")]
    judged = judge(reread("a5", content=Phrase.of(TEXT, right)), said)
    assert attribution(judged, "a5").act == "warn"
    assert judged.review == ()


def test_too_little_overlap_is_none() -> None:
    shorter = reread("a5", content=Phrase.of(TEXT, spans("12")))
    assert problems(judge(shorter, [word("accept", "a5")])) == ["lost"]


def test_a_figure_comes_back_with_any_overlap() -> None:
    number = replace(READING.figures[0], span=spans("40")[0], text="40", qualifier="exact")
    judged = judge(
        replace(READING, figures=(number, *READING.figures[1:])), [word("correct", "f1", "measure", "wounded")]
    )
    assert figure(judged, "f1").measure == "wounded"


def test_what_a_reread_lost_is_told() -> None:
    judged = judge(without("a5", "f3"), [word("accept", "a5"), word("reject", "f3")])
    assert judged.reading == without("a5", "f3")
    assert problems(judged) == ["lost", "settled"]
    assert judged.review[0].reason.startswith("Ann accepts [“We saw 12 trucks,”], but this reading no longer has it")
    assert judged.review[1].reason.endswith("nothing needs to be done")


def test_a_judgement_never_slides_to_the_statement_around() -> None:
    judged = judge(without("a2"), [word("reject", "a2")])
    assert judged.reading == without("a2")
    assert problems(judged) == ["settled"]


def test_two_statements_judged_apart_do_not_become_one() -> None:
    twin = said("a6", "a resident", "added", "We saw 12 trucks")
    both = (word("accept", "a5"), word("reject", "a5", spans=place_of(twin).spans, who="Ben"))
    one_left = judge(READING, both)
    assert one_left.attached == {"a5": (both[0],)}
    assert problems(one_left) == ["lost"]
    assert "belongs to other judgements" in one_left.review[0].reason


def test_with_and_without_its_cue_it_is_one() -> None:
    said = (word("accept", "a5"), word("correct", "a5", "act", "warn", cue=(), who="Ben", made_at=at(10)))
    assert judge(READING, said).attached == {"a5": said}


def test_a_place_is_where_it_was_first_judged() -> None:
    moved = word("correct", "a5", "content", pairs(spans("Some 7 bridges are down")))
    judged = judge(READING, [moved])
    assert judged.place("a5") == place_of(item("a5"))
    assert judged.place("a1") == place_of(item("a1"))
    assert judged.place("f2") == place_of(item("f2"))
    assert judged.place("a9") is None


@st.composite
def cases(draw: st.DrawFn) -> tuple[Reading, list[Judgement]]:
    reading = draw(readings())
    return reading, draw(st.lists(judgements(reading) | judgements(reading) | broken(), max_size=12))


@given(cases())
def test_whatever_judgements_come_the_reading_holds_together(case: tuple[Reading, list[Judgement]]) -> None:
    reading, some = case
    judged = judge(reading, some)
    text, found, figures = reading.report.text, judged.reading.attributions, judged.reading.figures
    keys = [a.id for a in found] + [f.id for f in figures]
    assert len(keys) == len(set(keys))
    for number, a in enumerate(found):
        assert a.within is None or a.within in {b.id for b in found[:number]}
        assert all(p.spans and p.text == join_text(text, p.spans) for p in (a.source, a.cue, a.content) if p)
        assert a.speaker.naming == "named" or a.speaker.name is None
    for f in figures:
        assert f.by is None or judged.reading.attribution(f.by)
        assert f.part_of is None or f.part_of in {other.id for other in figures if other is not f}
        assert f.text == text[f.span.start : f.span.end]
        assert f.low is None or f.high is None or f.low <= f.high


@given(cases(), st.randoms())
def test_the_order_in_which_judgements_come_changes_nothing(case: tuple[Reading, list[Judgement]], by: Any) -> None:
    reading, some = case
    other = [*some, *some[:2]]
    by.shuffle(other)
    assert judge(reading, other) == judge(reading, some)


@given(cases())
def test_every_judgement_that_counts_is_attached_once_or_told(case: tuple[Reading, list[Judgement]]) -> None:
    reading, some = case
    judged = judge(reading, some)
    told = [j for one in judged.review if one.problem in {"lost", "settled", "unusable"} for j in one.judgements]
    attached = [j for all_of in judged.attached.values() for j in all_of]
    withdrawn = [replace(j, withdrawn_at=None, withdrawn_by=None) for j in some if j.withdrawn_at is not None]
    counting = [j for j in some if j.withdrawn_at is None and j not in withdrawn]
    assert all((j in attached) != (j in told) for j in counting)
    assert all(j in counting for j in attached)


@given(readings())
def test_each_statement_keeps_its_own_judgement(reading: Reading) -> None:
    places = {a.id: place_of(a) for a in reading.attributions}
    if len(set(places.values())) < len(places):
        return
    said = {
        key: Judgement("accept", "attribution", "Ann", at(9), "r1", place.spans, place.cue)
        for key, place in places.items()
    }
    assert judge(reading, said.values()).attached == {key: (one,) for key, one in said.items()}
