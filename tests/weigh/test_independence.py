import random
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from sayso.terms import Span
from sayso.terms.weighing import Independent, Origin, Position, Saying
from sayso.weigh.independence import fewest, independent, rests

MADEN = Origin("Ilra Maden", "named", "Kenya", "Government of Kenya")
DOVAR = Origin("Sol Dovar", "named", "Kenya", "Government of Kenya")
STATE = Origin("Government of Kenya", "named", "Kenya", "Government of Kenya")
REBELS = Origin("Velmora Front", "named", "Velmora Front", "Velmora Front")
OFFICIAL = Origin(None, "unnamed", "Kenya", described="a senior aid worker")
OUTLET = Origin("Reuters", "named")
ALL = [MADEN, DOVAR, STATE, REBELS, OFFICIAL, OUTLET, None, Origin(None, "unsourced", described="reportedly")]


def told(report: str, origin: Origin | None, stance: Position = "affirm", relays: tuple[str, ...] = ()) -> Saying:
    return Saying(f"s{report}", report, (Span(0, 9),), "they fled", "a1", stance, origin, relays)


def test_one_origin_however_many_reports() -> None:
    assert independent([told(str(n), MADEN) for n in range(40)]) == Independent(1, 1, affirm=1)


def test_those_who_speak_for_one_party_are_one_in_the_low_count() -> None:
    assert independent([told("1", MADEN), told("2", DOVAR), told("3", REBELS, "deny")]) == Independent(2, 3, 1, 1)


def test_a_government_is_not_another_origin_than_its_people() -> None:
    (rest,) = rests([told("1", MADEN), told("2", STATE)])
    assert rest.name == "Ilra Maden"
    assert rest.others == {"Government of Kenya": "Ilra Maden speaks for Government of Kenya"}


def test_unnamed_sources_may_be_the_same_or_not() -> None:
    assert independent([told("1", OFFICIAL), told("2", OFFICIAL)]) == Independent(1, 2, affirm=1)
    diplomat = replace(OFFICIAL, described="a diplomat")
    assert independent([told("1", OFFICIAL), told("2", diplomat)]).low == 2
    anybody = replace(OFFICIAL, described="a source")
    assert independent([told("1", anybody), told("2", diplomat)]).low == 1


def test_a_source_that_may_be_anybody_is_not_taken_for_a_named_one() -> None:
    assert independent([told("1", MADEN), told("2", Origin(None, "unnamed", described="a source"))]).low == 2


def test_unnamed_sources_of_one_agency_are_one() -> None:
    pair = [told("1", OFFICIAL, relays=("Reuters",)), told("2", OFFICIAL, relays=("Reuters",))]
    assert independent(pair) == Independent(1, 1, affirm=1)


def test_echoes_are_one_whatever_they_are_called() -> None:
    one, other = told("1", OFFICIAL), told("2", replace(OFFICIAL, described="an engineer"))
    assert independent([one, other]).high == 2
    (rest,) = rests([one, replace(other, echo_of="s1", why="the same words")])
    assert rest.others == {"an engineer": "the same words"}


def test_what_repeats_counts_only_alone() -> None:
    own, outlet = told("1", None), told("2", OUTLET)
    assert independent([own]) == Independent(1, 1, affirm=1)
    assert independent([own, outlet]) == Independent(1, 1, affirm=1)
    assert independent([own, outlet, told("3", MADEN)]) == Independent(1, 1, affirm=1)


def test_nobody_in_particular_is_not_counted() -> None:
    many = Origin(None, "unnamed", described="many analysts")
    assert independent([told("1", many), told("2", MADEN)]).high == 1


def test_no_sayings_no_origins() -> None:
    assert independent([]) == Independent(0, 0)


def test_one_that_takes_two_stances_counts_in_each() -> None:
    assert independent([told("1", MADEN), told("2", MADEN, "doubt")]) == Independent(1, 1, affirm=1, doubt=1)


@given(st.lists(st.tuples(st.sampled_from(ALL), st.sampled_from(["affirm", "deny", "doubt"])), min_size=1, max_size=12))
def test_the_counts_hold_together_and_no_saying_is_counted_twice(drawn: list[tuple[Origin | None, Position]]) -> None:
    sayings = [told(f"{n:02}", origin, stance) for n, (origin, stance) in enumerate(drawn)]
    found = independent(sayings)
    assert 1 <= found.low <= found.high <= len(sayings)
    assert max(found.affirm, found.deny, found.doubt) <= found.low <= found.affirm + found.deny + found.doubt
    assert found == independent(random.Random(2).sample(sayings, len(sayings)))
    counted = [one.id for rest in fewest(rests(sayings)) for one in rest.sayings]
    assert len(counted) == len(set(counted))
