"""The workflow of weighing: from a ledger's readings to stories, claims, counts and disputes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from sayso.meaning import default_meaning
from sayso.record.ledger import Ledger
from sayso.record.rows import report_id
from sayso.terms import Reading
from sayso.terms.weighing import Story
from sayso.weigh.weigh import Weighed, group_stories, weigh


def readings_of(ledger: Ledger) -> dict[str, Reading]:
    """Every reading that counts, by its report's name, or by the ledger's id where several reports share a name."""
    return {reading.report.id: reading for _, reading in _filed(ledger)}


def _filed(ledger: Ledger) -> list[tuple[str, Reading]]:
    """The ledger's id of each report, and its reading, whose report goes by a name of its own."""
    found = [(report_id(reading.report), reading) for reading in ledger.readings()]
    names = Counter(reading.report.id for _, reading in found)
    return [
        (own, reading if names[reading.report.id] == 1 else replace(reading, report=replace(reading.report, id=own)))
        for own, reading in found
    ]


def stories_of(readings: Iterable[Reading]) -> tuple[Story, ...]:
    """The stories that the reports tell, the one with most reports first."""
    return tuple(sorted(group_stories(readings), key=lambda story: (-len(story.reports), story.id)))


def reports_in(ledger: Ledger, story: str) -> tuple[str, ...]:
    """The ledger's ids of the reports of the story whose id begins so; none if there is no such story."""
    ids = {reading.report.id: (own, reading) for own, reading in _filed(ledger)}
    stories = stories_of(reading for _, reading in ids.values())
    found = next((one for one in stories if one.id.startswith(story)), None)
    return tuple(ids[report][0] for report in found.reports) if found else ()


def weighed(readings: dict[str, Reading], wanted: Sequence[Story]) -> Iterator[Weighed]:
    """Each of the wanted stories, weighed."""
    for story in wanted:
        yield weigh(story, [readings[report] for report in story.reports], _vectors)


def _vectors(texts: Sequence[str]) -> npt.NDArray[np.int8]:
    return default_meaning().vectors(texts)
