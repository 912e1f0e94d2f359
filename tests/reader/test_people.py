"""What the text tells about people elsewhere: affiliation, gender, spelling."""

import pytest

from sayso.lexicon import default_lexicon
from sayso.reader.employers import belonging
from sayso.reader.identify import identify
from sayso.reader.names import Names, one_letter_apart
from sayso.reader.people import People
from sayso.terms import Attribution, Report, Speaker
from tests.marked import attributions_of
from training.markup import parse_passage


def names(text: str = "") -> Names:
    return Names(text, default_lexicon())


def identified(marked: str) -> dict[str, Attribution]:
    passage = parse_passage(marked)
    return {a.id.lstrip("a"): a for a in identify(Report(passage.text), attributions_of(passage))}


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("an analyst at the Marden Institute", "Marden Institute"),
        ("a researcher who follows ISIS for the London-based Corvane think tank", "Corvane"),
        ("spokesman for the UN", "United Nations"),
        ("chairman of the Harbour Board", "Harbour Board"),
        ("a veteran of two tours in Iraq", None),
        ("French President", "France"),
    ],
)
def test_belonging(words: str, body: str | None) -> None:
    assert belonging(words, names()) == body


@pytest.mark.parametrize(
    ("text", "name", "affiliation"),
    [
        ("Kenyan Trade Minister Ola Wirth opened the fair. Wirth left early.", "Ola Wirth", "Kenya"),
        ("The fair was opened by Ola Wirth, a researcher at the Solvik Centre.", "Ola Wirth", "Solvik Centre"),
        ("The fair in Kenya drew Kenyans. President Ola Wirth came.", "Ola Wirth", "Kenya"),
        ("The fair in Kenya drew Kenyans. Former President Ola Wirth came.", "Ola Wirth", None),
        ("The fair in Kenya drew Kenyans. Farmhands Union President Ola Wirth came.", "Ola Wirth", "Farmhands Union"),
        ("The fair in Kenya drew Kenyans. Marlen President Ola Wirth came.", "Ola Wirth", None),
        ("The fair was opened by Ola Wirth.", "Ola Wirth", None),
    ],
)
def test_affiliation_from_elsewhere(text: str, name: str, affiliation: str | None) -> None:
    speaker = People(names(text)).complete(Speaker(name, "named", "person"))
    assert speaker.affiliation == affiliation


@pytest.mark.parametrize(
    ("name", "role", "told"),
    [
        ("Ola Wirth", "spokeswoman", "she"),
        ("Maria Wirth", None, "she"),
        ("Ivan Wirth", None, "he"),
        ("Ola Wirth", None, None),
    ],
)
def test_gender(name: str, role: str | None, told: str | None) -> None:
    assert People(names(name)).gender(Speaker(name, "named", "person", role=role)) == told


def test_a_pronoun_passes_over_the_other_sex() -> None:
    found = identified(
        "[s1 Ivan Wirth] [k1 said] [c1 it rained]. [s2 Maria Lund] [k2 said] [c2 no]. [s3 He] [k3 left] [c3 it]."
    )
    assert found["3"].speaker.name == "Ivan Wirth"


def test_kin_is_not_the_last_person_named() -> None:
    found = identified("[s1 Ivan Wirth] [k1 said] [c1 it rained]. [s2 The pilot's father] [k2 said] [c2 it snowed].")
    assert found["2"].speaker.name is None


@pytest.mark.parametrize(
    ("one", "two", "alike"),
    [("badeh", "bedeh", True), ("gallant", "galant", True), ("wirth", "wirth", False), ("lund", "wirth", False)],
)
def test_one_letter_apart(one: str, two: str, alike: bool) -> None:
    assert one_letter_apart(one, two) is alike


def test_a_plain_word_with_its_article_is_no_outlet_inside_a_longer_name() -> None:
    assert not list(names().known("The National Archive"))
    assert [record.name for _, record, _ in names().known("the Independent said")] == ["The Independent"]
    assert not list(names().known("Independent experts"))


def test_what_somebody_cites_is_no_apposition() -> None:
    found = identified("[s1 Lew Haskell], [k1 citing] American officials, [c1 said it rained].")
    assert found["1"].speaker.affiliation is None
