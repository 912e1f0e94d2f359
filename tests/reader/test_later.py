"""Descriptions whose name comes later, and short forms of names that came before."""

import pytest

from sayso.reader.identify import identify
from sayso.terms import Report, Speaker
from tests.marked import attributions_of
from training.markup import parse_passage


def speakers(marked: str) -> dict[str, Speaker]:
    passage = parse_passage(marked)
    return {a.id: a.speaker for a in identify(Report(passage.text), attributions_of(passage))}


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[s1 A watchdog] [k1 says] [c1 so]. [c2 It grew], [k2 according to] [s2 the Harbour Forum].", "Harbour Forum"),
        ("[s1 A newspaper] [k1 says] [c1 so]. [s2 The Kolby Echo] [k2 said] [c2 more].", "Kolby Echo"),
        ("[c1 He died], [s1 his sister] [k1 said]. [s2 Ines Varga] [k2 told] us [c2 when].", "Ines Varga"),
        ("[s1 A boy] [k1 claims] [c1 so]. Timur Okhlov, 12, was walking home.", "Timur Okhlov"),
    ],
)
def test_a_name_that_follows_is_taken(marked: str, name: str) -> None:
    found = speakers(marked)["1"]
    assert (found.name, found.naming) == (name, "named")
    assert found.why


@pytest.mark.parametrize(
    "marked",
    [
        "[s1 A watchdog] [k1 says] [c1 so]. [s2 The Kremlin] [k2 said] [c2 more].",
        "[s1 Some reports] [k1 say] [c1 so]. [s2 The Kolby Echo] [k2 said] [c2 more].",
        "[s1 A man] [k1 claims] [c1 so]. Timur Okhlov, 12, and Per Lunde, 40, were there.",
        "[s1 A woman] [k1 claims] [c1 so]. Peter Okhlov, 12, was walking home.",
        "[s1 An official] [k1 said] [c1 so]. [s2 Ines Varga] [k2 said] [c2 more].",
    ],
)
def test_what_is_not_certain_is_left_unnamed(marked: str) -> None:
    found = speakers(marked)["1"]
    assert (found.name, found.naming) == (None, "unnamed")


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("[s1 Cumbria Police] [k1 said] [c1 so]. [s2 Cumbrian Police] [k2 said] [c2 more].", "Cumbria Police"),
        ("[s1 The Kolby Echo] [k1 said] [c1 so]. [s2 The Echo] [k2 said] [c2 more].", "Kolby Echo"),
        ("[s1 Acme CEO Tim Rask] [k1 said] [c1 so]. Acme fell. [s2 The Acme chief] [k2 said] [c2 more].", "Tim Rask"),
    ],
)
def test_short_and_other_forms(marked: str, name: str) -> None:
    assert speakers(marked)["2"].name == name
