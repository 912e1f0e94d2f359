"""Where a claim comes from, and what was judged, in words."""

from sayso.show.judgements import judgement_line
from sayso.show.lineage import claim_in_words, lineage_lines
from sayso.show.unsure import unsure_lines, unsure_to_json
from sayso.show.weighing import claim_to_json
from sayso.terms import Anchor, Judgement, Report, Span
from sayso.terms.weighing import Alike, Claim, Independent, Origin, Reason, Saying, Story, Unsure, UnsureSources

FRONT, SHADOW = Origin("Ridge Front", "named"), Origin(None, "unnamed", described="an\n official")
JUDGED = Reason("judged", 1.0, "judged by Ann: same claim as “yes”")
ALIKE = Alike(0.42, (JUDGED, Reason("words", 0.5, "both have “truc”")))
FIRST = Saying("aaaaaaaa11", "r1", (Span(0, 5),), "a truce\nwas agreed", "a1", "affirm", FRONT)
OTHERS = (
    Saying("bbbbbbbb22", "r2", (Span(0, 5),), "there is a truce", "a1", "affirm", FRONT, ("Post",),
           echo_of="aaaaaaaa11", why="the same words", alike=ALIKE),
    Saying("cccccccc33", "r3", (Span(0, 5),), "no truce", "a1", "deny", SHADOW, why="the cue says so", sure=False),
)  # fmt: skip
CLAIM = Claim(
    "c1", "a truce was agreed", "s1", Independent(1, 2, 1, 1), 3, 3, (FIRST, *OTHERS), "aaaaaaaa11",
    (Unsure("c2", "the war is over", 0.15, (Reason("words", 0.2, "both have “war”"),)),),
    (UnsureSources("aaaaaaaa11", "cccccccc33", "unnamed sources that may be the same"),),
)  # fmt: skip


def test_a_claim_is_told_by_its_origins() -> None:
    assert claim_in_words(CLAIM) == "1 to 2 independent origins (1 affirm, 1 deny); 3 reports by 3 outlets"
    assert list(lineage_lines(CLAIM)) == [
        "Ridge Front: says so, 2 reports",
        "    [aaaaaaaa] r1: a truce was agreed",
        "    [bbbbbbbb] r2 ← Post: there is a truce",
        "        repeats [aaaaaaaa]: the same words",
        "        judged by Ann: same claim as “yes”",
        "an official: denies, 1 reports",
        "    [cccccccc] r3: no truce (may be another claim: not counted)",
    ]


def test_the_reasons_are_told_if_asked_for() -> None:
    told = list(lineage_lines(CLAIM, why=True))
    assert "        both have “truc”" in told
    assert "        0.42 like the saying that stands for the claim" in told
    assert "        the cue says so" in told


def test_a_claim_in_json_holds_the_reasons() -> None:
    record = claim_to_json(CLAIM)
    assert record["middle"] == "aaaaaaaa11"
    assert record["unsure"][0]["claim"] == "c2"
    assert record["unsure_sources"][0]["other"] == "cccccccc33"
    assert [saying["alike"] and saying["alike"]["score"] for saying in record["sayings"]] == [None, 0.42, None]
    assert [saying["sure"] for saying in record["sayings"]] == [True, True, False]


def test_each_unsure_pair_is_told_once_with_the_command() -> None:
    back = Claim("c2", "the war is over", "s1", Independent(1, 1), 1, 1, (), "x", (Unsure("c1", CLAIM.text, 0.15, ()),))
    story = Story("s1", "Truce", ("r1",), claims=(back, CLAIM))
    told = list(unsure_lines(story))
    assert "    sayso judge claims same c1 c2    (or not-same)" in told
    assert "    sayso judge speakers same aaaaaaaa cccccccc    (or not-same)" in told
    assert "[cccccccc] an official in r3: no truce" in told
    assert [record["unsure"] for record in unsure_to_json(story)] == ["claims", "speakers"]


def test_judgements_quote_what_they_name() -> None:
    report = Report("A truce was agreed. It rained.", id="r1")
    value = [Anchor("aa", (Span(0, 18),)).value(), {"name": "Ridge Front"}]
    one = Judgement("not_same", "speaker", "Ann", "2031-06-01T09:00:00.5+00:00", value=value, note="two")
    line = judgement_line(one, lambda own: report if own == "aa" else None)
    assert line == (
        f"{one.id} 2031-06-01T09:00:00 Ann: not the same speaker: “A truce was agreed” r1:0-18 and Ridge Front — two"
    )
    assert "not the same speaker: aa:0-18 and" in judgement_line(one, lambda _: None)
