"""A form that was sent twice, as by a double click: what it asks for is kept once, so that one undo takes it back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sayso.record.latest import latest
from sayso.record.ledger import Ledger
from sayso.terms import Judgement

LATELY = timedelta(seconds=5)
MOST = 100


def just_kept(ledger: Ledger, asked: Sequence[Judgement]) -> list[Judgement]:
    """The same judgements by the same person, if all of them were made a moment ago and still stand; else none."""
    with ledger.looking() as connection:
        last = latest(connection, 0, MOST)
    found = [next((one for one in last if _is_twice(one, each)), None) for each in asked]
    return [one for one in found if one] if all(found) else []


def _is_twice(there: Judgement, asked: Judgement) -> bool:
    if there.withdrawn_at or replace(there, made_at=asked.made_at) != asked:
        return False
    before, now = (datetime.fromisoformat(one.made_at) for one in (there, asked))
    return abs(now - before) < LATELY
