from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from sayso.record.attach import place_of
from sayso.record.judging import Judged, judge
from sayso.terms import Judgement, Reading, Span
from sayso.terms.spans import join_text
from tests.record.made import (
    READING,
    at,
    attribution,
    broken,
    figure,
    judgements,
    problems,
    readings,
    word,
)


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


def test_the_last_word_counts_and_both_stay() -> None:
    ann, ben = word("correct", "a5", "act", "warn", made_at=at(9)), word("correct", "a5", "act", "deny", who="Ben",
                                                                         made_at=at(10))  # fmt: skip
    judged = judge(READING, [ben, ann])
    assert attribution(judged, "a5").act == "deny"
    assert judged.attached["a5"] == (ann, ben)
    assert [(one.problem, one.id, one.judgements) for one in judged.review] == [("disputed", "a5", (ann, ben))]
    assert judged.review[0].reason == '"act" differs: Ann "warn", Ben "deny"; the last counts'


def test_times_are_compared_as_times() -> None:
    early = word("correct", "a5", "act", "warn", made_at="2031-05-04T09:00:00Z")
    late = word("correct", "a5", "act", "deny", made_at="2031-05-04T09:00:00.500000Z")
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
