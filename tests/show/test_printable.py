import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from sayso.show.printable import printable


@given(st.text(st.characters()))
def test_the_length_stays_and_nothing_steers(text: str) -> None:
    shown = printable(text)
    assert len(shown) == len(text)
    assert {unicodedata.category(letter) for letter in shown if letter not in "\n\t"}.isdisjoint({"Cc", "Cs"})


def test_line_ends_and_other_scripts_are_kept() -> None:
    assert printable("one\r\ntwo\rthree") == "one \ntwo\nthree"
    assert printable("قال \u200fالوزير\u200f") == "قال \u200fالوزير\u200f"
