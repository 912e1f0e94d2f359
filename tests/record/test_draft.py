from dataclasses import replace

from sayso.record.attach import place_of
from sayso.record.judging import judge
from sayso.terms import Speaker
from tests.record.made import (
    FLED,
    READING,
    at,
    attribution,
    figure,
    item,
    missing,
    pairs,
    spans,
    without,
    word,
)


def test_a_missing_statement_is_added_in_its_place() -> None:
    of_kolm = replace(READING.figures[1], by="a3")
    reading = replace(without("a4"), figures=(READING.figures[0], of_kolm, READING.figures[2]))
    judged = judge(reading, [missing("a4", fields={"speaker": "Ivo Reth", "act": "warn"})])
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


def test_what_is_added_lies_within_the_innermost() -> None:
    value = {"content": pairs(spans("people were killed")), "cue": pairs(spans("killed"))}
    judged = judge(READING, [word("correct", value=value, target="attribution")])
    assert [(a.id, a.within) for a in judged.reading.attributions][:3] == [("a1", None), ("a2", "a1"), ("h1", "a2")]


def test_a_statement_whose_cue_stands_outside_is_not_taken_in() -> None:
    value = {"content": pairs(spans(FLED + ". “We saw 12 trucks,”")), "cue": pairs(spans("bridges"))}
    judged = judge(READING, [word("correct", value=value, target="attribution")])
    assert attribution(judged, "a5").within is None


def test_what_begins_where_another_does_comes_after_it() -> None:
    value = {
        "source": pairs(spans("Mayor Ada Kolm")),
        "content": pairs(spans("7 bridges")),
        "cue": pairs(spans("said")),
    }
    judged = judge(READING, [word("correct", value=value, target="attribution")])
    assert [a.id for a in judged.reading.attributions] == ["a1", "a2", "a3", "h1", "a4", "a5"]


def test_larger_statements_are_added_before_those_within_them() -> None:
    inner = {"content": pairs(spans(FLED)), "cue": pairs(spans("added"))}
    outer = {"content": pairs(spans("Ivo Reth told her " + FLED)), "cue": pairs(spans("said"))}
    some = [word("correct", value=value, target="attribution", made_at=at(hour))
            for hour, value in enumerate([inner, outer])]  # fmt: skip
    judged = judge(without("a3", "a4"), some)
    assert {a.id: a.within for a in judged.reading.attributions if a.id[0] == "h"} == {"h1": "h2", "h2": None}


def test_without_a_cue_it_is_added_and_not_taken_for_another() -> None:
    judged = judge(READING, [word("correct", value={"content": pairs(spans(FLED))}, target="attribution")])
    assert judged.attached.keys() == {"h1"}
    assert attribution(judged, "h1").within == "a4"


def test_what_somebody_adds_again_is_no_longer_rejected() -> None:
    judged = judge(READING, [word("reject", "a4"), missing("a4", who="Ben", made_at=at(10))])
    assert attribution(judged, "a4").within == "a3"
    assert judged.review[0].reason == "Ann rejects it, Ben adds it: it counts as there"


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
