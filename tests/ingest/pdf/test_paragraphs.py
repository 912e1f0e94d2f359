import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ingest.pdf.paragraphs import joined, paragraphs
from sayso.ingest.pdf.pieces import Piece

word = st.text("abcdefghij", min_size=1, max_size=8)


def line(text: str, y: float, x: float = 0, width: float = 300, height: float = 12) -> Piece:
    return Piece(text, x, x + width, y, y + height)


@pytest.mark.parametrize(
    ("text", "rest", "words", "expected"),
    [
        ("the nego-", "tiations", set(), "the negotiations"),
        ("a pro-", "government side", set(), "a pro-government side"),
        ("the US-", "led forces", set(), "the US-led forces"),
        ("an Israeli-", "backed plan", set(), "an Israeli-backed plan"),
        ("the al-", "Nasr brigade", set(), "the al-Nasr brigade"),
        ("a 10-", "year term", set(), "a 10-year term"),
        ("first-", "and second-hand", set(), "first- and second-hand"),
        ("an after-", "thought", {"after-thought"}, "an after-thought"),
        ("the co-", "operation", {"cooperation"}, "the cooperation"),
        ("no deal—", "nobody wanted it", set(), "no deal—nobody wanted it"),
        ("no deal —", "nobody wanted it", set(), "no deal — nobody wanted it"),
        ("the nego\u00ad", "tiations", set(), "the negotiations"),
        ("he said", "so", set(), "he said so"),
    ],
)
def test_lines_are_joined(text: str, rest: str, words: set[str], expected: str) -> None:
    assert joined(text, rest, words) == expected


@given(word, word, st.sets(word))
def test_a_cut_word_loses_nothing_but_its_hyphen(start: str, rest: str, words: set[str]) -> None:
    found = joined(f"{start}-", rest, words)
    assert found.replace("-", "").replace(" ", "") == start + rest


@given(st.lists(st.lists(word, min_size=1, max_size=6).map(" ".join), min_size=1, max_size=12))
def test_every_line_is_in_one_paragraph_in_order(texts: list[str]) -> None:
    block = [line(text, 700 - 14 * number) for number, text in enumerate(texts)]
    assert " ".join(paragraphs([[block]])).split() == " ".join(texts).split()


def test_bullets_headings_and_gaps_begin_paragraphs() -> None:
    block = [
        line("Talks end", 700, height=20), line("The talks ended without a", 660),
        line("deal on Friday.", 646, width=90),
        line("• Orrin stays closed", 632), line("• Sarenna opens", 618), line("A last word was", 580),
        line("not said.", 566),
    ]  # fmt: skip
    assert paragraphs([[block]]) == [
        "Talks end", "The talks ended without a deal on Friday.", "• Orrin stays closed", "• Sarenna opens",
        "A last word was not said.",
    ]  # fmt: skip


def test_a_column_that_ends_a_sentence_ends_the_paragraph() -> None:
    first, second = [line("It rained.", 100)], [line("The bridge fell", 700)]
    assert paragraphs([[first, second]]) == ["It rained.", "The bridge fell"]
    assert paragraphs([[[line("It rained and", 100)]], [second]]) == ["It rained and The bridge fell"]
