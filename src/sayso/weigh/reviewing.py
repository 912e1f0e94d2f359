"""Judgements of claims, speakers and sayings that people should look at again: they find nothing, or are disputed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from sayso.terms import Anchor, Judgement, Reading
from sayso.terms.weighing import Saying
from sayso.weigh.identities import identified, names_apart
from sayso.weigh.judged import Locate, judged, locator
from sayso.weigh.origins import trace
from sayso.weigh.sayings import sayings
from sayso.weigh.settling import Overruled, counting
from sayso.weigh.spellings import spellings

WEIGHED = ("claim", "saying", "speaker")
NO_REPORT = "names report {}, which is not in this ledger: add the report, or withdraw this"
NO_SAYING = "names a passage of report {} where no saying is any more: judge again what is there now, or withdraw this"
OWN_VOICE = "names a passage of report {} that nobody but the report itself says: give the speaker's name instead"
VERDICTS = {
    "same": "says same", "not_same": "says not the same", "echo": "says it is an echo", "no_echo": "says it is no echo",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be looked at again, and why."""

    problem: Literal["lost", "disputed"]
    reason: str
    judgements: tuple[Judgement, ...]


def anchors_in(judgement: Judgement) -> Iterator[Anchor]:
    """The passages that a judgement names."""
    if judgement.target == "saying":
        yield Anchor(judgement.report or "", judgement.spans)
    values = judgement.value if isinstance(judgement.value, list | tuple) else [judgement.value]
    yield from (anchor for anchor in map(Anchor.of, values) if anchor)


def review(judgements: Iterable[Judgement], readings: Mapping[str, Reading]) -> tuple[Remark, ...]:
    """What is lost and what is disputed; ``readings`` are those of the reports that are named, by the ledger's id."""
    known = [one for one in reversed(counting(judgements)) if one.target in WEIGHED]
    named = [replace(reading, report=replace(reading.report, id=own)) for own, reading in sorted(readings.items())]
    told = [saying for reading in named for saying in sayings(reading)]
    locate = locator(told)
    lost = (Remark("lost", f"{one.who} {why}", (one,)) for one in known for why in _lost(one, readings, locate))
    spelling = spellings(named, names_apart(known))
    who = identified(trace(named, spelling), known, spelling, told)
    overruled = (*judged(known, told).overruled, *who.overruled)
    return (*lost, *(_disputed(one) for one in overruled if one.is_dispute))


def _lost(judgement: Judgement, readings: Mapping[str, Reading], locate: Locate) -> Iterator[str]:
    for anchor in anchors_in(judgement):
        saying: Saying | None = locate(anchor)
        if anchor.report not in readings:
            yield NO_REPORT.format(anchor.report)
        elif saying is None:
            yield NO_SAYING.format(anchor.report)
        elif judgement.target == "speaker" and saying.attribution is None:
            yield OWN_VOICE.format(anchor.report)


def _disputed(one: Overruled) -> Remark:
    known = {judgement.id: judgement for judgement in (*one.later, one.judgement)}
    told = ", ".join(f"{judgement.who} {VERDICTS[judgement.verdict]}" for judgement in reversed(known.values()))
    return Remark("disputed", f"{told}: the last word counts", tuple(known.values()))
