"""Named sets of words, and the patterns made of them."""

import re

import pytest

from sayso.lexicon.loader import load
from sayso.lexicon.wordsets import WordSet, alternatives, wordset


def test_every_set_has_a_meaning_and_a_name_of_its_own() -> None:
    records = load("wordsets", WordSet)
    assert len({record.name for record in records}) == len(records)
    assert all(record.meaning and record.words for record in records)


def test_an_unknown_set_is_an_error() -> None:
    with pytest.raises(KeyError):
        wordset("nonsense")


def test_alternatives_prefer_the_longest_and_open_endings() -> None:
    pattern = re.compile(rf"\b(?:{alternatives('heading')})\b")
    assert pattern.search("the vice president of Acme").group() == "vice president"  # type: ignore[union-attr]
    assert pattern.search("its spokeswoman for trade").group() == "spokeswoman"  # type: ignore[union-attr]
    assert pattern.search("a baker of bread") is None


def test_full_stops_are_meant() -> None:
    assert re.fullmatch(alternatives("numbered"), "No.")
    assert not re.fullmatch(alternatives("numbered"), "Nox")


def test_first_names_hold_no_titles() -> None:
    names = wordset("names_of_men") | wordset("names_of_women")
    assert not names & (wordset("words_for_men") | wordset("words_for_women") | wordset("kin"))
