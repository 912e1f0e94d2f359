"""What was looked for is marked in what was found."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import QueryError
from sayso.record.marking import BEGIN, marked


@given(
    st.lists(st.text(st.characters(codec=None), max_size=60), max_size=4), st.sampled_from(["a", "b* OR c", '"a b"'])
)
def test_the_pieces_are_the_text(texts: list[str], query: str) -> None:
    assert ["".join(piece for piece, _ in pieces) for pieces in marked(texts, query)] == texts


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("bridge", ["bridge", "bridges"]),
        ('"old bridge"', ["old bridge"]),
        ("clos*", ["closed"]),
        ("old NEAR/3 closed", ["old", "closed"]),
        ("ferry OR closed", ["closed"]),
        ("closed -ferry", ["closed"]),
        ("ferry", []),
    ],
)
def test_words_are_marked_as_they_are_found(query: str, wanted: list[str]) -> None:
    (pieces,) = marked(["The old bridge was closed; other bridges stayed open."], query)
    assert [piece for piece, is_wanted in pieces if is_wanted] == wanted


def test_a_text_with_signs_of_ours_stays_whole() -> None:
    text = f"The {BEGIN}bridge was closed."
    assert marked([text], "bridge") == [((text, False),)]


def test_a_query_without_a_word_is_refused() -> None:
    with pytest.raises(QueryError):
        marked(["a"], '"')
