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
    found = list(ledger.readings())
    names = Counter(reading.report.id for reading in found)
    return {reading.report.id: reading for reading in (_known(reading, names) for reading in found)}


def _known(reading: Reading, names: Counter[str]) -> Reading:
    report = reading.report
    return reading if names[report.id] == 1 else replace(reading, report=replace(report, id=report_id(report)))


def stories_of(readings: Iterable[Reading]) -> tuple[Story, ...]:
    """The stories that the reports tell, the one with most reports first."""
    return tuple(sorted(group_stories(readings), key=lambda story: (-len(story.reports), story.id)))


def weighed(readings: dict[str, Reading], wanted: Sequence[Story]) -> Iterator[Weighed]:
    """Each of the wanted stories, weighed."""
    for story in wanted:
        yield weigh(story, [readings[report] for report in story.reports], _vectors)


def _vectors(texts: Sequence[str]) -> npt.NDArray[np.int8]:
    return default_meaning().vectors(texts)
