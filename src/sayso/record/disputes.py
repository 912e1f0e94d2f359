"""Where people contradict each other about one thing. The last word counts all the same."""

import json
from collections.abc import Iterator, Sequence

from sayso.record.allowed import adds
from sayso.record.corrections import last_words, said_by
from sayso.terms import Judgement

LONGEST = 60
Dispute = tuple[tuple[Judgement, ...], str]
DOES = {"accept": "accepts", "reject": "rejects", "correct": "corrects"}


def disputes(judgements: Sequence[Judgement]) -> Iterator[Dispute]:
    """What different people, each by their last word, say differently; ``judgements`` are in the order of time."""
    yield from _about_being(judgements)
    for field in dict.fromkeys(name for j in judgements for name in said_by(j)):
        yield from _about_field(field, judgements)
    yield from _about_bounds(judgements)


def _about_being(judgements: Sequence[Judgement]) -> Iterator[Dispute]:
    """Whether it is there at all: a rejection against anything else."""
    words: dict[str, Judgement] = {}
    for judgement in judgements:
        if judgement.verdict != "correct" or adds(judgement) or judgement.who not in words:
            words[judgement.who] = judgement
    if {j.verdict == "reject" for j in words.values()} == {True, False}:
        told = ", ".join(f"{who} {'adds' if adds(j) else DOES[j.verdict]} it" for who, j in words.items())
        yield tuple(words.values()), f"{told}: it counts as {'rejected' if is_rejected(judgements) else 'there'}"


def is_rejected(judgements: Sequence[Judgement]) -> bool:
    """Whether the last word on whether it is there, in the order of time, is that it is not."""
    last = [j for j in judgements if j.verdict != "correct" or adds(j)][-1:]
    return bool(last) and last[0].verdict == "reject"


def _about_field(field: str, judgements: Sequence[Judgement]) -> Iterator[Dispute]:
    words: dict[str, Judgement] = {}
    for judgement in judgements:
        if field in said_by(judgement):
            words.pop(judgement.who, None)
            words[judgement.who] = judgement
    values = [said_by(j)[field] for j in words.values()]
    if any(value != values[0] for value in values):
        told = ", ".join(f"{who} {_shown(value)}" for who, value in zip(words, values, strict=True))
        yield tuple(words.values()), f'"{field}" differs: {told}; the last counts'


def _about_bounds(judgements: Sequence[Judgement]) -> Iterator[Dispute]:
    words = last_words(judgements)
    if not {"low", "high"} <= words.keys():
        return
    low, high = words["low"], words["high"]
    if low.value is not None and high.value is not None and low.value > high.value:
        by = sorted({word.judgement.id: word.judgement for word in (low, high)}.values(), key=judgements.index)
        told = f"{low.judgement.who} has {_shown(low.value)} for the low bound, above {high.judgement.who}'s high one"
        yield tuple(by), f"{told}, {_shown(high.value)}: the last counts, the other is left open"


def _shown(value: object) -> str:
    words = json.dumps(value, ensure_ascii=False)
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
