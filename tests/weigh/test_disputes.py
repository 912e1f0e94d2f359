"""Disputes: denials within a claim, and numbers that can't both hold."""

from dataclasses import replace

from sayso.api import read_many
from sayso.terms import Reading, Report, Span
from sayso.terms.weighing import Claim, Independent, Origin, Position, Saying, Story
from sayso.weigh.disputes import disputes
from sayso.weigh.figures import figures
from sayso.weighing import weighed


def saying(id: str, stance: Position, name: str | None, report: str = "r1", echo_of: str | None = None) -> Saying:
    origin = Origin(name, "named") if name else None
    return Saying(id, report, (Span(0, 5),), f"words of {id}", "a1", stance, origin, echo_of=echo_of)


def claim(*sayings: Saying) -> Claim:
    return Claim("c1", "A truce was agreed.", "s1", Independent(2, 2), 2, 2, sayings)


def test_a_denial_has_both_passages_and_a_reason() -> None:
    (found,) = disputes([claim(saying("s1", "affirm", "Orrin ministry"), saying("s2", "deny", "Ridge Front", "r2"))])
    assert (found.kind, found.claim) == ("denial", "c1")
    assert (found.one.text, found.one.report, found.one_source) == ("words of s1", "r1", "Orrin ministry")
    assert (found.other.text, found.other.report, found.other_source) == ("words of s2", "r2", "Ridge Front")
    assert found.why == "Ridge Front denies what Orrin ministry affirms"


def test_doubt_is_no_denial() -> None:
    assert disputes([claim(saying("s1", "affirm", "Orrin ministry"), saying("s2", "doubt", "Ridge Front"))]) == ()


def test_echoes_and_repetitions_dispute_once() -> None:
    denial = saying("s2", "deny", "Ridge Front", "r2")
    echoes = (saying("s3", "deny", "Ridge Front", "r3"), saying("s4", "affirm", None, "r4", echo_of="s1"))
    found = disputes([claim(saying("s1", "affirm", "Orrin ministry"), denial, *echoes)])
    assert [(d.one_source, d.other_source) for d in found] == [("Orrin ministry", "Ridge Front")]


def test_one_source_can_contradict_itself() -> None:
    (found,) = disputes([claim(saying("s1", "affirm", "Ada Moll"), saying("s2", "deny", "Ada Moll", "r2"))])
    assert found.why == "Ada Moll affirms it and denies it"


def test_unnamed_sources_of_two_reports_are_not_one() -> None:
    shadow = Origin(None, "unnamed", described="an official")
    said = Saying("s1", "r1", (Span(0, 5),), "yes", "a1", "affirm", shadow)
    denied = Saying("s2", "r2", (Span(0, 5),), "no", "a1", "deny", shadow)
    (found,) = disputes([claim(said, denied)])
    assert found.one_source != found.other_source


def test_the_reports_own_voice_is_its_outlets() -> None:
    own = Saying("s1", "r1", (Span(0, 5),), "yes", None, "affirm", None)
    shadow = Origin(None, "unnamed", described="an\n official")
    denied = Saying("s2", "r2", (Span(0, 5),), "no", "a1", "deny", shadow)
    (found,) = disputes([claim(own, denied)], outlets={"r1": "Orrin Post", "r2": "Harbour News"})
    assert (found.one_source, found.other_source) == ("Orrin Post", "an official (Harbour News)")
    (found,) = disputes([claim(own, denied)])
    assert (found.one_source, found.other_source) == ("report r1", "an official (report r2)")


def test_own_voices_and_unsure_sayings_dispute_nothing_where_somebody_speaks() -> None:
    own = Saying("s3", "r3", (Span(0, 5),), "yes", None, "affirm", None)
    unsure = replace(saying("s4", "deny", "Ada Moll", "r4"), sure=False)
    known = (saying("s1", "affirm", "Orrin ministry"), saying("s2", "deny", "Ridge Front", "r2"))
    assert disputes([claim(*known, own, unsure)]) == disputes([claim(*known)])


DENIED = (
    ("d1", "Orrin Post", "The interior ministry said on Monday that rebels had killed the mayor of Tarn."),
    ("d2", "Harbour News", "A rebel spokesman, Teo Marr, denied that rebels had killed the mayor of Tarn."),
    ("d3", "Hill Times", "Farmers said on Monday that the maize harvest would be late this year."),
)


def test_one_source_affirms_and_another_denies_from_the_texts_on() -> None:
    reports = [Report(text, own, outlet=outlet, published="2031-06-02") for own, outlet, text in DENIED]
    readings = {reading.report.id: reading for reading in read_many(reports)}
    (found,) = weighed(readings, [Story("s1", "Tarn", tuple(readings))])
    (told,) = [one for one in found.story.claims if {"d1", "d2"} <= {saying.report for saying in one.sayings}]
    assert (told.independent.affirm, told.independent.deny) == (1, 1)
    (dispute,) = [one for one in found.disputes if one.claim == told.id]
    assert (dispute.one.report, dispute.other.report) == ("d1", "d2")
    assert "had killed the mayor of Tarn" in dispute.one.text
    assert "had killed the mayor of Tarn" in dispute.other.text
    assert dispute.why.endswith("interior ministry affirms")


def test_numbers_of_the_sample_that_cannot_both_hold(sample: tuple[Reading, ...]) -> None:
    found = disputes(series=figures(sample))
    pairs = {frozenset((d.one_source, d.other_source)) for d in found if d.kind == "figures"}
    assert frozenset(("interior ministry", "Highland Front")) in pairs
    assert frozenset(("interior ministry", "United Nations")) in pairs
    text = {r.report.id: r.report.text for r in sample}
    for dispute in found:
        for passage in (dispute.one, dispute.other):
            start, end = passage.spans[0]
            assert text[passage.report][start:end] == passage.text
