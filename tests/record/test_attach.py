from dataclasses import replace

from sayso.record.attach import place_of
from sayso.record.judging import judge
from sayso.terms import Phrase
from tests.record.made import (
    READING,
    TEXT,
    at,
    attribution,
    figure,
    item,
    pairs,
    problems,
    reread,
    said,
    spans,
    without,
    word,
)


def test_a_withdrawn_correction_still_tells_what_later_ones_are_about() -> None:
    moved = pairs(spans("Some 7 bridges are down"))
    correction = word("correct", "a5", "content", moved, withdrawn_at=at(11), withdrawn_by="Ann")
    later = word("correct", "a5", "act", "warn", spans=spans("Some 7 bridges are down"), made_at=at(10))
    judged = judge(READING, [correction, later])
    assert attribution(judged, "a5").content.text == "“We saw 12 trucks,”"
    assert attribution(judged, "a5").act == "warn"


def test_a_withdrawn_correction_leads_nowhere_else() -> None:
    moved = pairs(spans("Some 7 bridges are down"))
    correction = word("correct", "a5", "content", moved, withdrawn_at=at(11), withdrawn_by="Ann")
    other = reread("a5", content=Phrase.of(TEXT, spans("Some 7 bridges are down")))
    assert problems(judge(other, [correction, word("accept", "a5")])) == ["lost"]


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
    short = reread("a5", content=Phrase.of(TEXT, spans("12 trucks")))
    assert judge(short, [word("accept", "a5")]).attached.keys() == {"a5"}
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


def test_a_target_is_known_of_what_was_rejected_too() -> None:
    judged = judge(READING, [word("reject", "f1"), word("reject", "a5")])
    assert [judged.target(key) for key in ("f1", "f2", "a5", "a1", "a9")] == [
        "figure", "figure", "attribution", "attribution", None,
    ]  # fmt: skip
