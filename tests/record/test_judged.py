"""Judgements in the ledger: they win, outlive a re-reading, and are withdrawn rather than erased, on every back end."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from sayso.errors import InputError
from sayso.record import search
from sayso.record.ledger import Ledger
from sayso.record.rows import report_id
from sayso.record.search import Filters
from sayso.terms import Judgement, Reading, Spans
from tests.record.stories import phrase, reading

OWN = reading()
ID = report_id(OWN.report)
WHEN = "2031-05-04T09:00:00+00:00"


@pytest.fixture
def ledger(where: str) -> Iterator[Ledger]:
    with Ledger(where) as ledger:
        ledger.add(OWN.report, OWN, "r1")
        yield ledger


def judgement(verdict: Any, number: int, field: str | None = None, value: object = None, **more: Any) -> Judgement:
    said = OWN.attributions[number]
    cue: Spans = said.cue.spans if said.cue else ()
    known = {"who": "Teo", "made_at": WHEN} | more
    return Judgement(
        verdict, "attribution", report=ID, spans=said.content.spans, cue=cue, field=field, value=value, **known
    )


def counts(ledger: Ledger) -> Reading:
    found = ledger.reading(ID)
    assert found is not None
    return found


def found(ledger: Ledger, **filters: Any) -> int:
    with ledger.looking() as connection:
        return len(search.statements(connection, "", Filters(**filters)).hits)


def test_a_correction_wins_and_is_found(ledger: Ledger) -> None:
    assert ledger.judge(judgement("correct", 1, "speaker", "Harbour office"))
    assert counts(ledger).attributions[1].speaker.name == "Harbour office"
    assert (found(ledger, speaker="Harbour office"), found(ledger, speaker="River guard")) == (1, 0)


def test_judging_twice_changes_nothing(ledger: Ledger) -> None:
    assert ledger.judge(judgement("reject", 1))
    before = counts(ledger)
    assert not ledger.judge(judgement("reject", 1))
    assert counts(ledger) == before
    assert len(ledger.judgements(ID)) == 1


def test_a_withdrawn_judgement_stays_but_does_not_count(ledger: Ledger) -> None:
    ledger.judge(judgement("reject", 1))
    assert [a.id for a in counts(ledger).attributions] == ["a1"]
    kept = ledger.judgements()[0]
    ledger.withdraw(kept.id, "Ana")
    assert counts(ledger) == OWN
    (withdrawn,) = ledger.judgements()
    assert (withdrawn.withdrawn_by, withdrawn.id) == ("Ana", kept.id)
    assert withdrawn.withdrawn_at
    assert found(ledger) == 2


def test_judgements_outlive_a_re_reading(ledger: Ledger) -> None:
    ledger.judge(judgement("correct", 1, "speaker", "Harbour office"))
    text = OWN.report.text
    shorter = replace(OWN.attributions[1], id="a9", within=None, content=phrase(text, "families left their homes"))
    ledger.add_new_reading(Reading(OWN.report, (shorter,)), "r2")
    assert len(counts(ledger).attributions) == 2, "the old reading counts until the new ones are there"
    assert ledger.switch_to("r2") == 1
    assert [a.speaker.name for a in counts(ledger).attributions] == ["Harbour office"]
    assert list(ledger.review()) == []
    assert list(ledger.outdated("r2")) == []


def test_what_finds_no_place_comes_to_review(ledger: Ledger) -> None:
    ledger.judge(judgement("correct", 1, "speaker", "Harbour office"))
    ledger.add_new_reading(Reading(OWN.report, (OWN.attributions[0],)), "r2")
    ledger.switch_to("r2")
    (item,) = ledger.review()
    assert (item.problem, item.judgements) == ("lost", tuple(ledger.judgements()))


def test_switching_goes_on_where_it_was_stopped(ledger: Ledger) -> None:
    other = reading(1)
    ledger.add(other.report, other, "r1")
    ledger.add_new_reading(Reading(OWN.report), "r2")
    assert list(ledger.outdated("r2")) == [other.report]
    ledger.add_new_reading(Reading(other.report), "r2")
    assert (ledger.switch_to("r2"), ledger.switch_to("r2")) == (2, 0)
    assert found(ledger) == 0


def test_a_withdrawal_made_elsewhere_counts_here(ledger: Ledger) -> None:
    ledger.judge(judgement("reject", 1))
    gone = replace(judgement("reject", 1), withdrawn_at=WHEN, withdrawn_by="Ana")
    assert ledger.judge(gone)
    assert not ledger.judge(gone)
    assert counts(ledger) == OWN


def test_judgements_on_what_is_not_there_are_refused(ledger: Ledger) -> None:
    with pytest.raises(InputError, match="not in this ledger"):
        ledger.judge(replace(judgement("reject", 1), report="0" * 16))
    with pytest.raises(InputError):
        ledger.judge(judgement("correct", 1, "stance", "angry"))
    with pytest.raises(InputError, match="no judgement"):
        ledger.withdraw("0" * 16, "Teo")
    assert ledger.judgements() == []
