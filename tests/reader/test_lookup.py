"""Names that the lexicon knows, in words; runs of capitals; people who share a surname."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.lexicon import default_lexicon
from sayso.reader.lookup import find_known
from sayso.reader.names import Names
from sayso.reader.namesakes import gender_of, titled_name
from sayso.reader.runs import runs


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("an official of the United Nations in Kenya", ["United Nations", "Kenya"]),
        ("Peru's government", ["Peru"]),
        ("McDonald’s staff", ["McDonald's"]),
        ("a teacher at Clara Wagner College", []),
        ("The Australian government", ["Australia"]),
        ("nobody in particular", []),
    ],
)
def test_known_names(words: str, found: list[str]) -> None:
    assert [record.name for _, record, _ in find_known(words, default_lexicon())] == found


@given(st.text(alphabet="The UN of Kenya’s'. -BBC", max_size=60))
def test_what_is_found_lies_in_the_words(words: str) -> None:
    end = 0
    for _, _, span in find_known(words, default_lexicon()):
        assert end <= span.start < span.end <= len(words)
        end = span.end


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the Dockers' Guild and CBS News' Ray Holm", ["Dockers' Guild", "CBS News", "Ray Holm"]),
        ("at St Jude's Hospital", ["St Jude's Hospital"]),
        ("the Fishermen's Benevolent Association", ["Fishermen's Benevolent Association"]),
        ("Ox-Men's Torvald", ["Ox-Men", "Torvald"]),
        ("Former Mayor Ada Venn", ["Mayor Ada Venn"]),
        ("Tens of thousands", []),
    ],
)
def test_runs_of_capitals(text: str, found: list[str]) -> None:
    assert [run.text for run in runs(text)] == found


def test_namesakes_are_told_apart_by_title() -> None:
    names = Names("Peter Marsh and Elena Marsh ran the inn.", default_lexicon())
    assert titled_name(names, ["Mrs"], "Marsh") == "Elena Marsh"
    assert titled_name(names, ["Mr."], "Marsh") == "Peter Marsh"
    assert titled_name(Names("Elena Marsh ran the inn.", default_lexicon()), ["Mr"], "Marsh") is None


def test_gender_is_told_by_the_first_telling_word() -> None:
    assert gender_of(["the", "spokeswoman"]) == "she"
    assert gender_of(["Peter"]) == "he"
    assert gender_of([None, "Kolby"]) is None
