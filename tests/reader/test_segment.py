import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.reader.encode import WEIGHTS
from sayso.reader.quotes import quotations
from sayso.reader.segment import LIMIT, Segmenter, shape

SEGMENTER = Segmenter(WEIGHTS / "tokenizer.json")


@given(st.text(st.characters(), max_size=400))
def test_words_are_in_order_and_never_empty(text: str) -> None:
    last = 0
    for window in SEGMENTER.windows(text):
        assert len(window.pieces) <= LIMIT
        assert len(window.pieces) == len(window.shapes) == len(window.quoted)
        for start, end in zip(window.starts.tolist(), window.ends.tolist(), strict=True):
            assert last <= start <= end <= len(text)
            last = start


def test_no_word_is_lost_in_a_sentence_of_ten_thousand_words() -> None:
    text = " ".join(f"word{i}" for i in range(10_000))
    windows = list(SEGMENTER.windows(text))
    covered = {int(s) for w in windows for s in w.starts}
    assert sum(text[i] == "w" for i in covered) == 10_000


def test_paragraphs_are_not_torn_where_they_fit() -> None:
    paragraph = "The river rose again on Monday and the road was closed. " * 8
    text = "\n".join([paragraph] * 12)
    starts = {int(w.starts[0]) for w in SEGMENTER.windows(text)}
    assert starts <= {i * (len(paragraph) + 1) for i in range(12)}


@pytest.mark.parametrize(
    ("token", "expected"), [("the", 1), ("The", 2), ("UN", 3), ("McKay", 4), ("F16", 5), ("“", 0), ("I", 2), ("9", 5)]
)
def test_shape(token: str, expected: int) -> None:
    assert shape(token) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “yes” twice", ["“yes”"]),
        ('He said "yes" and "no"', ['"yes"', '"no"']),
        ("Sie sagte „nein“ dazu", ["„nein“"]),
        ("Il a dit « non » hier", ["« non »"]),
        ("“It never closed", ["“It never closed"]),
        ("the officers' union said ‘no’", ["‘no’"]),
        ("it's the dog's bone", []),
        ("closing” only", []),
    ],
)
def test_quotations(text: str, expected: list[str]) -> None:
    assert [text[q.start : q.end] for q in quotations(text, 0, len(text))] == expected
