"""Readings of many reports → stories with their claims, counts and disputes. The order of the readings is no matter."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from sayso.terms import Reading
from sayso.terms.weighing import Claim, CountSeries, Dispute, Origin, Saying, Story
from sayso.weigh.claims import Group, claims
from sayso.weigh.digests import digest
from sayso.weigh.disputes import disputes
from sayso.weigh.echoes import echoes
from sayso.weigh.figures import figures
from sayso.weigh.independence import independent
from sayso.weigh.origins import Traced, trace
from sayso.weigh.sayings import sayings, wording
from sayso.weigh.stories import stories

READABLE = 4
Vectors = Callable[[Sequence[str]], npt.NDArray[np.int8]]
Ends = dict[tuple[str, str], Traced]


@dataclass(frozen=True, slots=True)
class Weighed:
    """A story with all that was found in its reports; ``story`` holds the claims."""

    story: Story
    series: tuple[CountSeries, ...] = ()
    disputes: tuple[Dispute, ...] = ()


def group_stories(readings: Iterable[Reading]) -> tuple[Story, ...]:
    """The stories that the readings' reports tell, without their claims."""
    return stories(digest(reading) for reading in readings)


def weigh(story: Story, readings: Sequence[Reading], vectors: Vectors) -> Weighed:
    """The claims, counts and disputes of one story; ``readings`` are those of its reports, each with an id of its own.

    ``vectors`` turns N texts into an N × D matrix of int8.
    """
    ordered = sorted(readings, key=lambda reading: reading.report.id)
    ends = trace(ordered)
    told = [(reading, saying) for reading in ordered for saying in sayings(reading)]
    texts = [wording(reading, saying, READABLE) for reading, saying in told]
    found = [_traced(saying, ends) for _, saying in told]
    groups = claims(found, vectors(texts), texts) if found else ()
    outlets = {reading.report.id: reading.report.outlet or reading.report.id for reading in ordered}
    done = tuple(_claim(story, group, ordered, outlets) for group in groups)
    series = figures(ordered, lambda report, said: _origin(ends, report, said))
    return Weighed(replace(story, claims=done), series, disputes(done, series))


def _origin(ends: Ends, report: str, attribution: str) -> Origin | None:
    end = ends.get((report, attribution))
    return end.origin if end else None


def _traced(saying: Saying, ends: Ends) -> Saying:
    end = ends.get((saying.report, saying.attribution)) if saying.attribution else None
    return replace(saying, origin=end.origin, relays=end.relays, why=end.why) if end else saying


def _claim(story: Story, group: Group, readings: Sequence[Reading], outlets: dict[str, str]) -> Claim:
    reports = {saying.report for saying in group.sayings}
    repeated = echoes(group.sayings, [reading for reading in readings if reading.report.id in reports])
    said = tuple(
        replace(saying, echo_of=repeated[saying.id][0], why=repeated[saying.id][1]) if saying.id in repeated else saying
        for saying in group.sayings
    )
    own = hashlib.sha256(f"{story.id} {min(saying.id for saying in said)}".encode()).hexdigest()[:12]
    return Claim(
        own, group.text, story.id, independent(said), len({outlets[report] for report in reports}), len(reports), said
    )
