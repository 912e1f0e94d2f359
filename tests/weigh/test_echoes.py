import random

from hypothesis import given
from hypothesis import strategies as st

from sayso.terms import Reading
from sayso.terms.weighing import Origin, Saying
from sayso.weigh.echoes import echoes
from tests.weigh.stories import person, quote, saying

WORDS = "the dam at Velmora will hold until the autumn rains are over and engineers have left"
MADEN = Origin("Ilra Maden", "named")
SOURCE = Origin(None, "unnamed", "Kenya", described="a senior official")


def told(
    id: str, words: str, origin: Origin | None, relays: tuple[str, ...] = (), **more: object
) -> tuple[Reading, Saying]:
    reading = quote(id, "Ilra Maden", words, person("Ilra Maden"), **more)  # type: ignore[arg-type]
    return reading, saying(reading, origin, relays=relays)


def folded(*pairs: tuple[Reading, Saying]) -> dict[str, str]:
    readings, sayings = [reading for reading, _ in pairs], [one for _, one in pairs]
    return {one: other for one, (other, _) in echoes(sayings, readings).items()}


def test_a_copy_is_an_echo_of_the_earliest() -> None:
    later, first = told("1", WORDS, SOURCE, published="2031-05-05"), told("2", WORDS, SOURCE, published="2031-05-04")
    assert folded(later, first) == {"1/a1": "2/a1"}


def test_on_the_same_day_the_agency_is_the_original_and_the_words_are_the_evidence() -> None:
    copy = told("1", WORDS, SOURCE, published="2031-05-04", outlet="Courier", credit=("Reuters",))
    wire = told("2", WORDS, SOURCE, published="2031-05-04", outlet="Reuters")
    found = echoes([copy[1], wire[1]], [copy[0], wire[0]])
    assert found["1/a1"][0] == "2/a1"
    assert "Reuters, which it credits" in found["1/a1"][1]
    assert "the dam at Velmora will hold" in found["1/a1"][1]


def test_a_changed_figure_does_not_hide_a_copy() -> None:
    words = "at least 40 houses near the old dam at Velmora were flooded on Monday night"
    assert folded(told("1", words, SOURCE), told("2", words.replace("40", "47"), SOURCE)) == {"2/a1": "1/a1"}


def test_other_words_about_the_same_thing_are_no_echo() -> None:
    assert folded(told("1", WORDS, SOURCE), told("2", "nobody in Velmora need fear a flood this year", SOURCE)) == {}


def test_part_of_a_quotation_is_enough() -> None:
    whole = f"“{WORDS}, which nobody in the whole of the valley had expected after what happened here”"
    part = "“nobody in the whole of the valley had expected” such calm after so many long and dark winters"
    assert folded(told("1", whole, MADEN), told("2", part, SOURCE)) == {"2/a1": "1/a1"}


def test_the_same_speaker_reworded_in_another_order() -> None:
    reworded = "when autumn rains were over, Velmora engineers will have left: the dam must hold"
    assert folded(told("1", WORDS, MADEN), told("2", reworded, MADEN)) == {"2/a1": "1/a1"}
    assert folded(told("1", WORDS, MADEN), told("2", reworded, Origin("Sol Dovar", "named"))) == {}


def test_what_is_told_of_an_outlets_report_is_its_echo() -> None:
    wire = told("1", WORDS, SOURCE, outlet="Reuters", published="2031-05-04")
    retold = told(
        "2", "the Velmora dam will hold till engineers have left, autumn rains over", None, ("Reuters",),
        published="2031-05-05",
    )  # fmt: skip
    assert folded(wire, retold) == {"2/a1": "1/a1"}


def test_an_affirmation_is_no_echo_of_a_denial() -> None:
    one = told("1", WORDS, SOURCE)
    other = quote("2", "Ilra Maden", WORDS, person("Ilra Maden"))
    assert folded(one, (other, saying(other, SOURCE, stance="deny"))) == {}


def test_a_report_does_not_echo_itself() -> None:
    reading, one = told("1", WORDS, SOURCE)
    assert echoes([one, one], [reading]) == {}


def test_short_passages_need_the_words_around_them() -> None:
    other = quote("2", "Sol Dovar", "it holds", person("Sol Dovar"))
    assert folded(told("1", "it holds", SOURCE), (other, saying(other, None))) == {}


@given(st.lists(st.text(min_size=1, max_size=60), min_size=2, max_size=5))
def test_any_text_can_be_compared_and_no_report_is_its_own_echo(texts: list[str]) -> None:
    pairs = [told(str(n), text, SOURCE) for n, text in enumerate(texts)]
    found = folded(*pairs)
    assert all(one.split("/")[0] != other.split("/")[0] for one, other in found.items())
    assert not set(found) & set(found.values())


def test_all_echoes_lead_to_one_original_in_any_order() -> None:
    pairs = [told(str(n), WORDS, SOURCE, published=f"2031-05-{n:02}") for n in range(1, 9)]
    found = folded(*pairs)
    assert set(found.values()) == {"1/a1"}
    assert len(found) == 7
    assert folded(*random.Random(3).sample(pairs, len(pairs))) == found
