"""Which passages of a report may carry a claim."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.terms.reading import Act
from sayso.terms.spans import Span, join_text
from sayso.terms.weighing import Position
from sayso.weigh.clauses import clauses, sentences, stands_alone, without_lead
from sayso.weigh.sayings import sayings, wording
from tests.weigh.made import number, reading, said

TEXT = (
    "Mara Quill said a ceasefire was agreed and the miners will be freed. "
    "Rebels attacked the town of Orrin on Monday, killing two guards."
)


def texts(found: str) -> list[str]:
    return [join_text(found, clause) for clause in clauses(found, Span(0, len(found)))]


@pytest.mark.parametrize(
    ("passage", "parts"),
    [
        ("a ceasefire was agreed and the miners will be freed", ["a ceasefire was agreed", "the miners will be freed"]),
        ("Rebels held 40 miners, who were taken in May.", ["Rebels held 40 miners", "who were taken in May."]),
        ("Rebels attacked Orrin, killing two guards", ["Rebels attacked Orrin", "killing two guards"]),
        ("men and women in red coats", ["men and women in red coats"]),
        ("The rebels have not yet made a public statement", ["The rebels have not yet made a public statement"]),
        ("Mr. Quill met Gen. Orr in Lenn. Nobody came.", ["Mr. Quill met Gen. Orr in Lenn.", "Nobody came."]),
        (
            "A Velmaran woman who joined the militia in May has been taken by the rebels",
            ["A Velmaran woman … has been taken by the rebels", "who joined the militia in May"],
        ),
        (
            "The 40 miners, who were held in Orrin, will be freed and the guards were paid",
            ["The 40 miners … will be freed", "who were held in Orrin", "the guards were paid"],
        ),
        ("The men who fled and were shot at", ["The men who fled", "were shot at"]),
        ("A man who said he was a guard", ["A man who said he was a guard"]),
        ("First line was read\nSecond line was read", ["First line was read", "Second line was read"]),
    ],
)
def test_passages_are_cut_where_both_sides_have_a_verb(passage: str, parts: list[str]) -> None:
    assert texts(passage) == parts


@given(st.text(alphabet="ab AB.!?\n,;“”-—who was and", max_size=80))
def test_clauses_lie_in_order_inside_their_sentences(text: str) -> None:
    whole = Span(0, len(text))
    told = list(clauses(text, whole))
    assert [spans[0].start for spans in told] == sorted(spans[0].start for spans in told)
    found = sorted(span for spans in told for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(any(sentence.contains(clause) for sentence in sentences(text, whole)) for clause in found)
    letters = [i for i, character in enumerate(text) if character in "ABbh"]
    lost = [i for i in letters if not any(clause.start <= i < clause.end for clause in found)]
    assert not lost


def test_contents_and_the_reports_own_sentences_are_split() -> None:
    attribution = said(TEXT, "Mara Quill", "said", "a ceasefire was agreed and the miners will be freed")
    found = sayings(reading(TEXT, attribution))
    assert [(saying.text, saying.attribution) for saying in found] == [
        ("a ceasefire was agreed", "a1"),
        ("the miners will be freed", "a1"),
        ("Rebels attacked the town of Orrin on Monday", None),
        ("killing two guards.", None),
    ]
    assert found[0].origin is not None
    assert found[0].origin.name == "Mara Quill"
    assert found[2].origin is None


def test_an_inner_content_belongs_to_the_inner_speaker() -> None:
    text = "Quill said on Monday that Lenn had told him the bridge was closed."
    outer = said(text, "Quill", "said", "that Lenn had told him the bridge was closed")
    inner = said(text, "Lenn", "had told", "the bridge was closed", id="a2", within="a1")
    owners = {saying.text: saying.attribution for saying in sayings(reading(text, outer, inner))}
    assert owners["the bridge was closed"] == "a2"
    assert "a1" not in owners.values()


def test_a_figure_is_a_saying_of_its_own_with_its_bounds() -> None:
    text = "Rebels still hold 40 miners from Orrin, an aid group says."
    found = sayings(reading(text, figures=(number(text, "40", 40),)))
    figure = next(saying for saying in found if saying.text == "40 miners from Orrin")
    assert (figure.low, figure.high) == (40, 40)


@pytest.mark.parametrize(
    ("content", "cue", "act", "stance"),
    [
        ("the dam has burst", "said", "state", "affirm"),
        ("the dam has not burst", "said", "state", "deny"),
        ("the dam has burst", "denied", "deny", "deny"),
        ("reports of a burst dam", "cast doubt on", "state", "doubt"),
        ("it was unclear whether the dam has burst", "said", "state", "doubt"),
        ("not only the dam has burst", "said", "state", "affirm"),
        ("the burst dam", "made no mention of", "state", "deny"),
        ("the dam has burst", "asked whether", "ask", "doubt"),
        ("“has the dam really burst?”", "wrote", "state", "doubt"),
    ],
)
def test_stance_comes_from_the_act_and_the_words(content: str, cue: str, act: Act, stance: Position) -> None:
    text = f"Quill {cue} {content}"
    found = sayings(reading(text, said(text, "Quill", cue, content, act=act)))
    assert {saying.stance for saying in found} == {stance}


def test_a_denial_of_anothers_claim_leaves_the_claim_affirmed_by_its_owner() -> None:
    text = "Quill rejected a statement in which Lenn said the dam has burst"
    outer = said(text, "Quill", "rejected", "a statement in which Lenn said the dam has burst", act="reject")
    inner = said(text, "Lenn", "said", "the dam has burst", id="a2", within="a1")
    found = {saying.attribution: saying.stance for saying in sayings(reading(text, outer, inner))}
    assert found == {"a1": "deny", "a2": "affirm"}


def test_a_short_passage_is_compared_by_its_sentence() -> None:
    text = "They called the story “mere propaganda”. The road was open."
    found = sayings(reading(text, said(text, "They", "called the story", "“mere propaganda”")))
    assert wording(reading(text), found[0]) == "They called the story “mere propaganda”."
    assert wording(reading(text), found[0], least=1) == found[0].text


def test_ids_are_stable_and_differ() -> None:
    first, second = sayings(reading(TEXT)), sayings(reading(TEXT))
    assert first == second
    assert len({saying.id for saying in first}) == len(first)


@pytest.mark.parametrize("text", ["", " ", "\n\n", "…", "A"])
def test_a_text_without_statements_has_no_sayings(text: str) -> None:
    assert sayings(reading(text)) == ()


def test_what_a_source_and_a_cue_leave_over_is_no_saying() -> None:
    text = "Quill told reporters late on Sunday the dam has burst"
    found = sayings(reading(text, said(text, "Quill", "told", "the dam has burst")))
    assert [saying.text for saying in found] == ["the dam has burst"]


def test_a_claim_is_told_without_what_hung_it_on_its_cue() -> None:
    assert without_lead("that the mine has been closed") == "the mine has been closed"
    assert without_lead("“The mine is shut,”") == "The mine is shut"
    assert without_lead("that of the mayor") == "that of the mayor"


@pytest.mark.parametrize("passage", ["who closed the mine", "to be closed", "closed on Friday", "the mine on the hill"])
def test_a_passage_that_leans_on_another_does_not_stand_alone(passage: str) -> None:
    assert not stands_alone(passage)


@pytest.mark.parametrize("passage", ["that the mine has been closed", "“Ada Moll closed the mine,”"])
def test_a_whole_statement_stands_alone(passage: str) -> None:
    assert stands_alone(passage)
