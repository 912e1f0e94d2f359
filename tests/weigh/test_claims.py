"""Which sayings make the same claim."""

import random
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pytest

from sayso.terms.reading import Measure
from sayso.terms.weighing import Saying
from sayso.weigh.claims import Group, claims
from sayso.weigh.comparing import Weighting, Wording, passages, reasons
from sayso.weigh.wordforms import names, stem, telling
from tests.weigh.made import saying

TRUCE = (
    "Orrin and the rebels agreed a truce",
    "a truce was agreed by the rebels",
    "the rebels denied that a truce was agreed",
)
MINERS = ("the miners are to be released", "rebels will release the miners", "release of 40 miners")
ALONE = "Rain delayed the harvest festival"
STORY = [
    saying(f"{kind}{number}", text, report=f"r{number}")
    for kind, texts in (("t", TRUCE), ("m", MINERS), ("x", (ALONE,)))
    for number, text in enumerate(texts)
]


def said(sayings: list[Saying], vectors: npt.NDArray[np.int8]) -> Wording:
    """The sayings' own words with these vectors."""
    return Wording([one.text for one in sayings], vectors)


def blank(sayings: list[Saying]) -> Wording:
    """Vectors that tell nothing, so that only words count."""
    return said(sayings, np.zeros((len(sayings), 4), np.int8))


def ids(groups: tuple[Group, ...]) -> set[frozenset[str]]:
    return {frozenset(saying.id for saying in group.sayings) for group in groups}


def test_sayings_of_one_matter_join_and_others_stay_apart() -> None:
    assert ids(claims(STORY, blank(STORY))) == {
        frozenset({"t0", "t1", "t2"}), frozenset({"m0", "m1", "m2"}), frozenset({"x0"}),
    }  # fmt: skip


def test_other_words_of_the_same_meaning_join() -> None:
    pair = [saying("a", "a truce was struck"), saying("b", "hostilities have ended", report="r2")]
    alike = np.array([[127, 0], [127, 0]], np.int8)
    assert len(claims(pair, said(pair, alike))) == 1
    assert len(claims(pair, said(pair, np.array([[127, 0], [0, 127]], np.int8)))) == 2


def test_a_large_story_still_finds_its_pairs() -> None:
    chance = np.random.default_rng(3)
    vectors = np.repeat(chance.integers(-100, 100, (800, 32)), 2, axis=0).astype(np.int8)
    many = [saying(f"s{n:04}", f"word{n // 2} other{n // 2}", report=f"r{n}") for n in range(1600)]
    groups = claims(many, said(many, vectors))
    together = {group.middle for group in groups if len({one.text for one in group.sayings}) < len(group.sayings)}
    assert sum(len(group.sayings) for group in groups) == 1600
    assert len(together) >= 0.95 * len(groups)


def test_stance_and_number_do_not_part_a_claim() -> None:
    pair = [
        saying("a", "rebels hold 40 miners", value=40),
        saying("b", "rebels don't hold 300 miners", report="r2", stance="deny", value=300),
    ]
    (group,) = claims(pair, blank(pair))
    assert {reason.name: reason.score for reason in group.matches[0].reasons}["numbers"] > 0


def test_every_match_says_why() -> None:
    group = next(group for group in claims(STORY, blank(STORY)) if "t0" in {one.id for one in group.sayings})
    assert len(group.matches) == 2
    found = {reason.name: reason for reason in group.matches[0].reasons}
    assert set(found) == {"meaning", "words", "names", "numbers"}
    assert "“truc”" in found["words"].detail
    assert group.text in TRUCE


def test_the_score_is_the_weighted_sum_of_the_comparators() -> None:
    weighting = Weighting()
    for group in claims(STORY, said(STORY, np.eye(len(STORY), 4, dtype=np.int8) + 1)):
        for match in group.matches:
            weighted = sum(getattr(weighting, reason.name) * reason.score for reason in match.reasons)
            assert match.score == pytest.approx(weighted, abs=1e-3)


def test_a_match_in_the_band_is_left_to_a_person() -> None:
    groups = claims(STORY[:2], blank(STORY[:2]), weighting=Weighting(join=0.99, unsure=0.01))
    assert [len(group.sayings) for group in groups] == [1, 1]
    assert {match.second for group in groups for match in group.unsure} == {"t0", "t1"}


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_sayings_does_not_matter(seed: int) -> None:
    vectors = np.random.default_rng(1).integers(-100, 100, (len(STORY), 8)).astype(np.int8)
    order = random.Random(seed).sample(range(len(STORY)), len(STORY))
    shuffled = [STORY[n] for n in order]
    assert claims(shuffled, said(shuffled, vectors[order])) == claims(STORY, said(STORY, vectors))


def test_no_sayings_make_no_claims_and_lengths_must_agree() -> None:
    assert claims([], blank([])) == ()
    with pytest.raises(ValueError, match="give one of each"):
        claims(STORY, blank(STORY[:-1]))


def test_words_are_compared_by_stem() -> None:
    assert stem("released") == stem("releases") == stem("release")
    assert telling("They will release the miners") == ("miner", "releas")
    assert names("the town of Orrin fell") == ("orrin",)


def test_two_passages_without_anything_in_common() -> None:
    story = passages([STORY[0], STORY[-1]], blank([STORY[0], STORY[-1]]))
    found = {reason.name: reason for reason in reasons(story, 0, 1)}
    assert {name for name, reason in found.items() if reason.score} == {"numbers"}
    assert found["words"].detail == "no telling word in common"
    assert found["numbers"].detail == "neither counts anything"


def test_a_claim_is_told_by_a_passage_that_can_stand_alone() -> None:
    short = [saying(f"a{n}", "the truce", report=f"r{n}") for n in range(4)]
    whole = saying("b", "the rebels have agreed to a truce", report="r5")
    (group,) = claims([*short, whole], blank([*short, whole]))
    assert group.middle == "b"


def test_the_sentence_around_joins_what_its_own_words_leave_apart() -> None:
    pair = [saying("a", "signed on Friday"), saying("b", "agreed at last", report="r2")]
    around = Wording(["the truce signed on Friday", "a truce agreed at last"], np.zeros((2, 4), np.int8))
    apart = claims(pair, blank(pair), weighting=Weighting(join=0.15))
    assert len(apart) == 2
    assert len(claims(pair, blank(pair), around, Weighting(join=0.15))) == 1


def test_numbers_of_one_thing_are_alike_and_of_another_are_not() -> None:
    texts = ("40 miners were held", "60 miners remain captive", "9 guards died", "the guards slept")
    kinds: tuple[tuple[Measure | None, str | None], ...] = (
        ("held", "miners"), ("held", "miners"), ("killed", "guards"), (None, None),
    )  # fmt: skip
    told = [
        replace(saying(f"s{n}", text, report=f"r{n}"), measure=measure, counted=counted)
        for n, (text, (measure, counted)) in enumerate(zip(texts, kinds, strict=True))
    ]
    story = passages(told, blank(told))
    scores = [{reason.name: reason for reason in reasons(story, 0, other)}["numbers"] for other in (1, 2, 3)]
    assert [reason.score for reason in scores] == [1.0, 0.0, 0.0]
    assert scores[2].detail == "only one counts miners (held)"


def test_groups_in_other_words_are_gathered_and_what_is_far_from_the_middle_is_not_sure() -> None:
    vectors = np.array([[100, 60, 0]] * 4 + [[60, 100, 0]] * 4 + [[0, 0, 100]] * 4, np.int8)
    texts = [f"alpha{n} beta{n}" for n in range(12)]
    many = [saying(f"s{n:02}", text, report=f"r{n}") for n, text in enumerate(texts)]
    strict = Weighting(meaning=1, words=0, names=0, numbers=0, join=0.95, gather=0.8, sure=0.95)
    groups = claims(many, said(many, vectors), weighting=strict)
    assert sorted(len(group.sayings) for group in groups) == [4, 8]
    mixed = next(group for group in groups if len(group.sayings) == 8)
    assert sum(one.sure for one in mixed.sayings) == 4
    assert len(claims(many, said(many, vectors), weighting=replace(strict, gather=0.95))) == 3
