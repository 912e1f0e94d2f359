"""Readings of many reports → stories with their claims, counts and disputes. The order of the readings is no matter."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sayso.terms import Judgement, Reading
from sayso.terms.weighing import CountSeries, Dispute, Origin, Saying, Story
from sayso.weigh.building import Builder
from sayso.weigh.claims import claims
from sayso.weigh.comparing import Wording
from sayso.weigh.digests import digest
from sayso.weigh.disputes import disputes
from sayso.weigh.figures import figures
from sayso.weigh.identities import identified, names_apart
from sayso.weigh.judged import judged
from sayso.weigh.origins import Traced, trace
from sayso.weigh.sayings import sayings, wording
from sayso.weigh.spellings import spellings
from sayso.weigh.stories import stories

WHOLE = 1000
Vectors = Callable[[Sequence[str]], npt.NDArray[np.int8]]
Ends = Mapping[tuple[str, str], Traced]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A story with all that was found in its reports; ``story`` holds the claims."""

    story: Story
    series: tuple[CountSeries, ...] = ()
    disputes: tuple[Dispute, ...] = ()


def group_stories(readings: Iterable[Reading]) -> tuple[Story, ...]:
    """The stories that the readings' reports tell, without their claims."""
    return stories(digest(reading) for reading in readings)


def weigh(story: Story, readings: Sequence[Reading], vectors: Vectors, judgements: Iterable[Judgement] = ()) -> Weighed:
    """The claims, counts and disputes of one story; ``readings`` are those of its reports, each with an id of its own.

    ``vectors`` turns N texts into an N × D matrix of int8. The ``judgements`` must have passed the ledger's check and
    call reports as the readings do; those of other reports, and of attributions and figures, are passed over.
    """
    ordered = sorted(readings, key=lambda reading: reading.report.id)
    said = list(judgements)
    spelling = spellings(ordered, names_apart(said))
    told = [(reading, saying) for reading in ordered for saying in sayings(reading)]
    who = identified(trace(ordered, spelling), said, spelling, [saying for _, saying in told])
    own, around = ([wording(reading, saying, least) for reading, saying in told] for least in (0, WHOLE))
    found = [_traced(saying, who.ends) for _, saying in told]
    known = judged(said, found)
    words = Wording(own, vectors(own)), Wording(around, vectors(around))
    groups = claims(found, *words, held=known.held) if found else ()
    outlets = {reading.report.id: reading.report.outlet or reading.report.id for reading in ordered}
    done = Builder(story.id, {reading.report.id: reading for reading in ordered}, outlets, known, who.apart).claims(
        groups
    )
    series = figures(ordered, lambda report, attribution: _origin(who.ends, report, attribution))
    named = {reading.report.id: reading.report.outlet for reading in ordered if reading.report.outlet}
    return Weighed(replace(story, claims=done), series, disputes(done, series, named))


def _origin(ends: Ends, report: str, attribution: str) -> Origin | None:
    end = ends.get((report, attribution))
    return end.origin if end else None


def _traced(saying: Saying, ends: Ends) -> Saying:
    end = ends.get((saying.report, saying.attribution)) if saying.attribution else None
    return replace(saying, origin=end.origin, relays=end.relays, why=end.why) if end else saying
