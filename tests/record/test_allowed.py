from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given

from sayso.errors import InputError
from sayso.record.allowed import check
from sayso.terms import Judgement, Span
from tests.record.made import TEXT, at, broken, judgements, word

PAIR = Judgement("same", "speaker", "Ann", at(9), value=[{"name": "Ada Kolm"}, {"name": "A. Kolm"}])
ANCHORS = [{"report": "r1", "spans": [[4, 9]]}, {"report": "r2", "spans": [[0, 3], [5, 8]]}]
CLAIMS = Judgement("not_same", "claim", "Ann", at(9), value=ANCHORS)
ECHO = Judgement("echo", "saying", "Ann", at(9), "r1", (Span(4, 9),), value=ANCHORS[1])


@pytest.mark.parametrize(
    ("field", "value", "allowed"),
    [
        ("speaker", "", "a name, a list of two names or more, or null"),
        ("speaker", ["Ada Kolm"], "a list of two names or more"),
        ("naming", "anonymous", "one of named, unnamed, unsourced"),
        ("kind", None, "one of person, organization"),
        ("act", "shout", "one of state, confirm"),
        ("role", 7, "words, or null"),
        ("said_on", "2031-02-30", "a day as YYYY-MM-DD, or null"),
        ("said_on", "20310230", "a day as YYYY-MM-DD, or null"),
        ("relays", "CNN", "a list of names"),
        ("relays", [""], "a list of names"),
        ("content", None, "[[start, end], …]"),
        ("content", [], "[[start, end], …]"),
        ("content", [[4, 4]], "[[start, end], …]"),
        ("content", [[True, 4]], "[[start, end], …]"),
        ("cue", [[5, 9], [8, 12]], "not overlapping"),
        ("source", [[5, 9], [1, 3]], "in the order of the text"),
    ],
)
def test_a_wrong_value_of_an_attribution_is_refused_with_what_is_allowed(field: str, value: Any, allowed: str) -> None:
    with pytest.raises(InputError) as refused:
        check(word("correct", "a1", field, value))
    assert f'no "{field}" can have: give ' in str(refused.value)
    assert allowed in str(refused.value)


@pytest.mark.parametrize(
    ("field", "value"),
    [("value", "40"), ("value", True), ("low", float("nan")), ("high", float("inf")), ("low", -1), ("value", 2**60),
     ("qualifier", "roughly"), ("measure", None), ("counted", ""), ("by", "a2"),
     ("by", {"cue": [[1, 2]]}), ("by", {"content": [[1, 2]], "cue": "told"})],
)  # fmt: skip
def test_a_wrong_value_of_a_figure_is_refused(field: str, value: Any) -> None:
    with pytest.raises(InputError, match=f'no "{field}" can have'):
        check(word("correct", "f1", field, value))


@pytest.mark.parametrize(
    ("one", "why"),
    [
        (word("accept", "a1", target="statement"), "\"target\" 'statement': give one of attribution, figure"),
        (word("approve", "a1"), "\"verdict\" 'approve': give one of accept, reject, correct"),
        (word("same", "a1"), "same of an attribution: give one of accept, reject, correct"),
        (replace(PAIR, verdict="accept"), "accept of a speaker: give one of same, not_same"),
        (word("accept", "a1", who=" "), "say whose judgement"),
        (word("accept", "a1", note=None), '"note" that is no string'),
        (word("accept", "a1", made_at="2031-05-04"), '"made_at" that is no time in UTC'),
        (word("accept", "a1", made_at="2031-05-04T09:00:00+02:00"), '"made_at" that is no time in UTC'),
        (word("accept", "a1", withdrawn_at=at(9)), 'no "withdrawn_by"'),
        (word("accept", "a1", withdrawn_by="Ann"), '"withdrawn_at" that is no time'),
        (word("accept", "a1", report=None), 'no "report"'),
        (word("accept", "a1", spans=()), '"spans" that are none'),
        (word("accept", "a1", cue=(Span(4, 2),)), '"cue" that is none'),
        (word("accept", "f1", spans=(Span(1, 2), Span(3, 4))), "give its one span"),
        (word("accept", "f1", cue=(Span(1, 2),)), 'no "cue"'),
        (word("accept", "a1", value="yes"), 'takes no "field" and no "value"'),
        (word("correct", "a1", "colour", "red"), "an attribution has speaker, naming"),
        (word("correct", "f1", "speaker", "Ann"), "a figure has value, low"),
        (word("correct", target="attribution", value={"cue": [[1, 2]]}), 'without its "content"'),
        (word("correct", target="figure", value={"value": 4}), 'without its "span"'),
        (word("correct", target="figure", value={"span": [4, 9], "colour": 1}), "the field 'colour'"),
        (word("correct", target="figure", value={"span": [4, 9], "low": "1"}), 'no "low" can have'),
        (word("correct", "f1", None, {"span": [4, 9]}), '"spans" and "cue" must be empty'),
        (replace(PAIR, value=["Ada Kolm", "Ada Kolm"]), "two different speakers"),
        (replace(PAIR, value=["Ada Kolm"]), 'no pair of speakers: give a list of two, each {"name": …} or'),
        (replace(PAIR, value=["Ada Kolm", {"name": " "}]), "no pair of speakers"),
        (replace(CLAIMS, value=["c1", "c2"]), 'no pair of claims: give a list of two, each {"report": id, "spans":'),
        (replace(CLAIMS, value=[ANCHORS[0], {"report": "r1", "spans": []}]), "no pair of claims"),
        (replace(CLAIMS, value=[ANCHORS[0], ANCHORS[0]]), "two different claims"),
        (replace(CLAIMS, verdict="echo"), "echo of a claim: give one of same, not_same"),
        (replace(ECHO, verdict="same"), "same of a saying: give one of echo, no_echo"),
        (replace(ECHO, report=None), 'about a saying: give its "report" and its "spans"'),
        (replace(ECHO, spans=()), 'about a saying: give its "report" and its "spans"'),
        (replace(ECHO, cue=(Span(1, 2),)), 'leave "field" and "cue" out'),
        (replace(ECHO, value=None), '"value" that is no saying: give what it repeats as {"report": id'),
        (replace(ECHO, value=ANCHORS[0]), "repeats itself: give another one"),
        (replace(ECHO, verdict="no_echo"), 'no_echo, which takes no "value"'),
        (replace(PAIR, field="speaker"), 'takes no "field"'),
        (replace(PAIR, spans=(Span(1, 2),)), 'leave "spans" and "cue" out'),
        (replace(PAIR, report=""), '"report" that is no id'),
        (word("accept", "a1", note="\x00"), "cannot be stored"),
        (word("correct", "a1", "relays", ["\ud800"]), "cannot be stored"),
    ],
)
def test_what_no_judgement_can_say_is_refused_with_the_way_out(one: Judgement, why: str) -> None:
    with pytest.raises(InputError) as refused:
        check(one)
    assert why in str(refused.value)


def test_spans_must_lie_in_the_report() -> None:
    inside = word("correct", "a1", "content", [[4, len(TEXT)]])
    check(inside, TEXT)
    beyond = word("correct", target="figure", value={"span": [4, len(TEXT) + 1]})
    check(beyond)
    owner = word("correct", "f1", "by", {"content": [[1, 4]], "cue": [[5, 900]]})
    for one in (owner, beyond, replace(inside, value=[[4, 900]]), word("accept", "a1", cue=(Span(1, 900),))):
        with pytest.raises(InputError, match=r"points to character \d+ of a report that has"):
            check(one, TEXT)


def test_two_speakers_or_claims_may_be_the_same() -> None:
    check(PAIR)
    check(replace(PAIR, value=["Ada Kolm", ANCHORS[0]], verdict="not_same", report="r1"))
    check(CLAIMS)


def test_a_saying_may_be_an_echo_or_none() -> None:
    check(ECHO, TEXT)
    check(replace(ECHO, verdict="no_echo", value=None))
    with pytest.raises(InputError, match="points to character 9999"):
        check(replace(ECHO, spans=(Span(4, 9999),)), TEXT)


@given(judgements())
def test_what_can_be_said_passes(one: Judgement) -> None:
    check(one, TEXT)


@given(broken())
def test_whatever_a_judgement_holds_it_is_an_input_error_or_fine(one: Judgement) -> None:
    try:
        check(one, TEXT)
    except InputError as error:
        assert str(error)  # noqa: PT017
