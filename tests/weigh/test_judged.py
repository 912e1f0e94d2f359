"""What people judge of claims, speakers and echoes, all through weighing."""

import random
from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from sayso.terms import Anchor, Judgement, Reading, Span
from sayso.terms.weighing import Claim, Saying
from sayso.weigh.judged import calling
from sayso.weigh.reviewing import review
from sayso.weigh.weigh import Weighed, weigh
from tests.weigh.stories import person, quote, report

DAM = "the dam at Velmora will hold through the rainy season"
DAM_TOO = "engineers expect a safe barrier this summer"
TRUCE = "the rebels agreed a truce with the Orrin government"
TRUCE_TOO = "a truce was agreed by the rebels in the Velmora talks on Monday"
FISH = "cod quotas at Salt Harbour rise by a tenth next season"
READINGS = (
    quote("1", "Ilra Maden", DAM, person("Ilra Maden"), outlet="Velmora Post", published="2031-05-01"),
    quote("2", "Sol Dovar", DAM_TOO, person("Sol Dovar"), outlet="The Courier", published="2031-05-02"),
    quote("3", "An engineer", TRUCE, person(None, "engineer"), outlet="Radio Orrin", published="2031-05-02"),
    quote("4", "An engineer", TRUCE_TOO, person(None, "engineer"), outlet="Harbour News", published="2031-05-03"),
    quote("5", "Ada Moll", FISH, person("Ada Moll"), outlet="Fish Weekly", published="2031-05-03"),
)


def topics(texts: Sequence[str]) -> npt.NDArray[np.int8]:
    """Vectors that tell only whether a text is about the dam, the barrier, the truce or the fish."""
    words = ("dam", "barrier", "truce", "cod")
    return np.array([[127 * (word in text) for word in words] for text in texts], np.int8)


def weighed(*judgements: Judgement, readings: Sequence[Reading] = READINGS) -> Weighed:
    from sayso.terms.weighing import Story

    return weigh(Story("s1", "Velmora", tuple(r.report.id for r in readings)), readings, topics, judgements)


def at(report: str, words: str, readings: Sequence[Reading] = READINGS) -> dict[str, Any]:
    """The anchor of some words in a report."""
    text = next(reading.report.text for reading in readings if reading.report.id == report)
    return Anchor(report, (Span(text.index(words), text.index(words) + len(words)),)).value()


def word(verdict: Any, target: Any, *value: Any, who: str = "Ann", hour: int = 9, **more: Any) -> Judgement:
    return Judgement(verdict, target, who, f"2031-06-01T{hour:02}:00:00+00:00", value=list(value), **more)


def echo(verdict: Any, own: dict[str, Any], other: Any = None, who: str = "Ann", hour: int = 9) -> Judgement:
    anchor = Anchor.of(own)
    assert anchor
    when = f"2031-06-01T{hour:02}:00:00+00:00"
    return Judgement(verdict, "saying", who, when, anchor.report, anchor.spans, value=other)


def claim_of(found: Weighed, words: str) -> Claim:
    return next(claim for claim in found.story.claims if any(words in saying.text for saying in claim.sayings))


def saying_of(found: Weighed, words: str) -> Saying:
    return next(saying for saying in claim_of(found, words).sayings if words in saying.text)


SAME = word("same", "claim", at("1", DAM), at("2", DAM_TOO))
APART = word("not_same", "claim", at("3", TRUCE), at("4", TRUCE_TOO))


def test_two_claims_that_are_the_same_are_one_and_say_who_judged() -> None:
    assert claim_of(weighed(), DAM) != claim_of(weighed(), DAM_TOO)
    found = claim_of(weighed(SAME), DAM)
    assert {saying.report for saying in found.sayings} == {"1", "2"}
    assert (found.reports, found.independent.low) == (2, 2)
    told = [saying.alike.reasons[0].detail for saying in found.sayings if saying.alike]
    assert f"judged by Ann: same claim as “{DAM}”" in told


def test_two_claims_that_are_not_the_same_are_parted() -> None:
    before, found = claim_of(weighed(), TRUCE), weighed(APART)
    assert {saying.report for saying in before.sayings} == {"3", "4"}
    assert claim_of(found, TRUCE).id != claim_of(found, TRUCE_TOO).id
    saying = saying_of(found, TRUCE_TOO)
    assert saying.alike
    assert "judged by Ann: not the same claim" in saying.alike.reasons[0].detail
    assert claim_of(found, TRUCE).unsure == ()


def test_others_go_with_the_nearer_one() -> None:
    third = quote("6", "Tam Orr", TRUCE_TOO + " on Sunday", person("Tam Orr"), outlet="Hill Times")
    found = weighed(APART, readings=[*READINGS, third])
    assert {saying.report for saying in claim_of(found, TRUCE_TOO).sayings} == {"4", "6"}


def test_claims_are_never_joined_over_what_is_apart() -> None:
    found = weighed(
        word("same", "claim", at("1", DAM), at("3", TRUCE)),
        word("same", "claim", at("5", FISH), at("4", TRUCE_TOO)), APART,
    )  # fmt: skip
    assert {saying.report for saying in claim_of(found, TRUCE).sayings} == {"1", "3"}
    assert {saying.report for saying in claim_of(found, TRUCE_TOO).sayings} == {"4", "5"}


def test_the_last_word_counts_and_withdrawn_ones_do_not() -> None:
    later = word("not_same", "claim", at("2", DAM_TOO), at("1", DAM), who="Ben", hour=10)
    assert claim_of(weighed(later, SAME), DAM).reports == 1
    gone = Judgement(**{f: getattr(later, f) for f in ("verdict", "target", "who", "made_at", "value")},
                     withdrawn_at="2031-06-02T09:00:00+00:00", withdrawn_by="Ben")  # fmt: skip
    assert claim_of(weighed(later, gone, SAME), DAM).reports == 2


def test_a_joined_chain_that_is_parted_later_is_parted() -> None:
    chain = [SAME, word("same", "claim", at("2", DAM_TOO), at("5", FISH), hour=10)]
    assert claim_of(weighed(*chain), DAM).reports == 3
    parted = word("not_same", "claim", at("1", DAM), at("5", FISH), hour=11)
    found = weighed(*chain, parted)
    assert claim_of(found, DAM).id != claim_of(found, FISH).id
    assert {saying.report for saying in claim_of(found, FISH).sayings} == {"2", "5"}


def test_an_anchor_that_has_moved_finds_what_overlaps_most() -> None:
    start, end = at("2", DAM_TOO)["spans"][0]
    moved = {"report": "2", "spans": [[start + 3, end + 1]]}
    assert claim_of(weighed(word("same", "claim", at("1", DAM), moved)), DAM).reports == 2
    nowhere = {"report": "2", "spans": [[0, 5]]}
    assert weighed(word("same", "claim", at("1", DAM), nowhere)) == weighed()


def test_two_names_of_one_speaker() -> None:
    found = weighed(word("same", "speaker", {"name": "Ilra Maden"}, {"name": "Sol Dovar"}), SAME)
    saying = saying_of(found, DAM_TOO)
    assert saying.origin
    assert saying.origin.name == "Ilra Maden"
    assert saying.why == "judged by Ann: the same speaker as Ilra Maden"
    assert claim_of(found, DAM).independent.high == 1


def test_a_name_that_no_report_has_can_be_given() -> None:
    origin = saying_of(weighed(word("same", "speaker", "Jo Brand", "Sol Dovar")), DAM_TOO).origin
    assert origin
    assert origin.name == "Jo Brand"


def test_names_that_are_not_the_same_stay_apart() -> None:
    readings = [*(quote(str(n), "Ilra Maden", f"{DAM} {n}", person("Ilra Maden")) for n in range(3)),
                quote("9", "Ilra Madan", DAM, person("Ilra Madan"))]  # fmt: skip
    apart = word("not_same", "speaker", {"name": "Ilra Maden"}, {"name": "Ilra Madan"})
    names = {
        saying.origin.name
        for found in (weighed(apart, readings=readings),)
        for claim in found.story.claims
        for saying in claim.sayings
        if saying.origin
    }
    assert names == {"Ilra Maden", "Ilra Madan"}


def test_an_unnamed_speaker_can_be_named() -> None:
    found = weighed(word("same", "speaker", {"name": "Ilra Maden"}, at("3", TRUCE)))
    origin = saying_of(found, TRUCE).origin
    assert origin
    assert (origin.name, origin.naming) == ("Ilra Maden", "named")
    other = saying_of(found, TRUCE_TOO).origin
    assert other
    assert other.name is None


def count(*judgements: Judgement) -> tuple[int, int]:
    found = claim_of(weighed(*judgements), TRUCE).independent
    return found.low, found.high


def test_unnamed_speakers_are_one_or_two_as_judged() -> None:
    pair = at("3", TRUCE), at("4", TRUCE_TOO)
    assert count() == (1, 2)
    assert count(word("same", "speaker", *pair)) == (1, 1)
    assert count(word("not_same", "speaker", *pair)) == (2, 2)


def test_what_may_be_one_source_is_left_to_people_until_they_judge() -> None:
    (pair,) = claim_of(weighed(), TRUCE).unsure_sources
    reports = {saying.id: saying.report for saying in claim_of(weighed(), TRUCE).sayings}
    assert {reports[pair.one], reports[pair.other]} == {"3", "4"}
    for verdict in ("same", "not_same"):
        judged = word(verdict, "speaker", at("3", TRUCE), at("4", TRUCE_TOO))
        assert claim_of(weighed(judged), TRUCE).unsure_sources == ()


def test_an_echo_goes_to_the_claim_of_what_it_repeats_and_does_not_count() -> None:
    found = weighed(echo("echo", at("2", DAM_TOO), at("1", DAM)))
    saying = saying_of(found, DAM_TOO)
    assert saying.echo_of == saying_of(found, DAM).id
    assert saying.why == "judged by Ann: it repeats this one"
    assert claim_of(found, DAM).independent.high == 1


COPY = quote("7", "Ilra Maden", DAM, person("Ilra Maden"), outlet="The Courier", published="2031-05-04")


def test_what_the_machine_takes_for_an_echo_can_be_none() -> None:
    readings = [*READINGS, COPY]
    copy = at("7", DAM, readings)
    assert {s.report: s.echo_of is None for s in claim_of(weighed(readings=readings), DAM).sayings} == {
        "1": True, "7": False,
    }  # fmt: skip
    found = claim_of(weighed(echo("no_echo", copy), readings=readings), DAM)
    assert {saying.echo_of for saying in found.sayings} == {None}
    assert next(s for s in found.sayings if s.report == "7").why == "judged by Ann: it repeats no other"


def test_what_repeats_what_can_be_turned_round() -> None:
    readings = [*READINGS, COPY]
    found = claim_of(weighed(echo("echo", at("1", DAM), at("7", DAM, readings)), readings=readings), DAM)
    ids = {saying.report: saying for saying in found.sayings}
    assert (ids["1"].echo_of, ids["7"].echo_of) == (ids["7"].id, None)


def test_echoes_in_a_ring_end_where_the_last_word_was() -> None:
    ring = [echo("echo", at("1", DAM), at("2", DAM_TOO)), echo("echo", at("2", DAM_TOO), at("1", DAM), hour=10)]
    found = claim_of(weighed(*ring), DAM)
    assert {saying.report: saying.echo_of is None for saying in found.sayings} == {"1": True, "2": False}


def test_sources_that_are_not_the_same_do_not_echo_each_other() -> None:
    readings = [*READINGS, COPY]
    apart = word("not_same", "speaker", at("1", DAM), at("7", DAM, readings))
    found = claim_of(weighed(apart, readings=readings), DAM)
    assert {saying.echo_of for saying in found.sayings} == {None}
    assert found.independent.low == 2


EVERYTHING = [
    SAME, APART, echo("echo", at("5", FISH), at("1", DAM)), echo("no_echo", at("5", FISH), hour=8, who="Ben"),
    word("same", "speaker", {"name": "Ilra Maden"}, at("3", TRUCE), hour=12),
    word("same", "speaker", {"name": "Ilra Maden"}, {"name": "Sol Dovar"}, hour=11),
    word("not_same", "speaker", at("3", TRUCE), {"name": "Sol Dovar"}, hour=10),
]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_the_order_of_judgements_and_reports_does_not_matter(seed: int) -> None:
    chance = random.Random(seed)
    judgements = chance.sample(EVERYTHING, len(EVERYTHING))
    readings = chance.sample(READINGS, len(READINGS))
    assert weighed(*judgements, readings=readings).story.claims == weighed(*EVERYTHING).story.claims


def test_judgements_of_other_reports_and_other_kinds_are_passed_over() -> None:
    elsewhere = {"report": "x", "spans": [[0, 9]]}
    others = [
        word("same", "claim", at("1", DAM), elsewhere), word("same", "speaker", {"name": "Nobody"}, elsewhere),
        echo("no_echo", elsewhere), Judgement("accept", "attribution", "Ann", SAME.made_at, "1", (Span(0, 4),)),
        word("same", "claim", "an old", "way"),
    ]  # fmt: skip
    assert weighed(*others) == weighed()


def test_reports_can_be_called_by_other_names() -> None:
    filed = [
        word("same", "claim", at("1", DAM) | {"report": "aa"}, at("2", DAM_TOO) | {"report": "bb"}),
        echo("echo", at("5", FISH) | {"report": "cc"}, at("1", DAM) | {"report": "aa"}),
    ]
    found = calling(filed, {"aa": "1", "bb": "2", "cc": "5"})
    assert claim_of(weighed(*found), DAM).reports == 3


def by_id(*ids: str) -> dict[str, Reading]:
    return {reading.report.id: reading for reading in READINGS if reading.report.id in ids}


def test_what_is_lost_is_told_with_the_way_out() -> None:
    nowhere = {"report": "2", "spans": [[0, 5]]}
    unknown = {"report": "x", "spans": [[0, 5]]}
    lost = [
        word("same", "claim", at("1", DAM), nowhere),
        word("same", "claim", at("1", DAM), unknown, hour=10),
        word("same", "speaker", {"name": "Ilra Maden"}, at("6", "The rain has stopped", [*READINGS, VOICE]), hour=11),
    ]
    found = review(lost, by_id("1", "2") | {"6": VOICE})
    assert [remark.problem for remark in found] == ["lost"] * 3
    assert "where no saying is any more: judge again" in found[0].reason
    assert "report x, which is not in this ledger" in found[1].reason
    assert "nobody but the report itself says" in found[2].reason


VOICE = report("6", "The rain has stopped in the whole of Velmora.")


def test_who_contradicts_somebody_else_is_told_and_who_changes_their_mind_is_not() -> None:
    against = word("not_same", "claim", at("1", DAM), at("2", DAM_TOO), who="Ben", hour=10)
    (remark,) = review([against, SAME], by_id("1", "2"))
    assert (remark.problem, remark.judgements) == ("disputed", (against, SAME))
    assert remark.reason == "Ann says same, Ben says not the same: the last word counts"
    changed = word("not_same", "claim", at("1", DAM), at("2", DAM_TOO), hour=10)
    assert review([changed, SAME], by_id("1", "2")) == ()


def test_disputed_echoes_and_speakers_are_told() -> None:
    words = [
        echo("echo", at("2", DAM_TOO), at("1", DAM)), echo("no_echo", at("2", DAM_TOO), who="Ben", hour=10),
        word("same", "speaker", {"name": "Ilra Maden"}, {"name": "Sol Dovar"}),
        word("not_same", "speaker", {"name": "Sol Dovar"}, {"name": "Ilra Maden"}, who="Ben", hour=10),
    ]  # fmt: skip
    assert [remark.problem for remark in review(words, by_id("1", "2"))] == ["disputed"] * 2


def test_a_claim_leaves_to_people_which_others_may_be_the_same() -> None:
    found = weighed()
    ids = {claim.id: claim for claim in found.story.claims}
    for claim in found.story.claims:
        for other in claim.unsure:
            assert any(back.claim == claim.id for back in ids[other.claim].unsure)
            assert other.text == ids[other.claim].text
