import pytest

from sayso.reader.decode import Found
from sayso.reader.tidy import Quotations, continue_quotations, tidy
from sayso.terms import Span


def one(text: str, content: str) -> Found:
    at = text.index(content)
    return Found((), (Span(0, 1),), (Span(at, at + len(content)),), nested=False, confidence=1.0)


@pytest.mark.parametrize(
    ("text", "given", "expected"),
    [
        ("He said it rained.", "it rained.", "it rained"),
        ("He said, “It rained.”", "It rained.", "“It rained.”"),
        ("“It rained,” he said.", "It rained", "“It rained,”"),
        ("He named the U.S. today", "the U.S.", "the U.S."),
        (
            "BRENNA, May 5 (Meridian) – A truce took hold, he said.",
            "BRENNA, May 5 (Meridian) – A truce took hold,",
            "A truce took hold",
        ),
        ("OSTRIN — A truce took hold, he said.", "OSTRIN — A truce took hold", "A truce took hold"),
    ],
)
def test_contents_end_where_the_guidelines_end_them(text: str, given: str, expected: str) -> None:
    result = tidy(one(text, given), Quotations(text))
    assert result is not None
    assert [text[s.start : s.end] for s in result.content] == [expected]


def test_an_open_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "“We had no water,” she said. “None for a week.\n“Then a truck came.”\nThe war went on."
    (result,) = continue_quotations([one(text, "“None for a week.")], Quotations(text))
    assert [text[s.start : s.end] for s in result.content] == ["“None for a week.", "“Then a truck came.”"]


def test_a_closed_quotation_does_not() -> None:
    text = "She said: “None for a week.”\n“Then a truck came,” he said."
    (result,) = continue_quotations([one(text, "“None for a week.”")], Quotations(text))
    assert len(result.content) == 1
