"""Readings into the grouping: those that are new or others now are taken in, those that are gone are forgotten."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from sayso.record import grouped
from sayso.record.dialect import keep_out
from sayso.record.ledger import Ledger
from sayso.record.packing import pack
from sayso.terms import Reading
from sayso.weigh.digests import digest, gist
from sayso.weigh.pieces import part_of
from sayso.weigh.stories import WINDOW
from sayso.weighing.versions import grouping_version

BATCH = 200
Progress = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is."""


def take_in(ledger: Ledger, progress: Progress) -> tuple[int, int]:
    """Take in what changed, a batch in a transaction; how many readings were taken in, and how many are gone."""
    version = grouping_version()
    with ledger.writing() as connection:
        keep_out(connection)
        if not grouped.is_of(connection, version):
            grouped.begin_anew(connection, version)
    with ledger.looking() as connection:
        waiting, gone = grouped.waiting(connection), grouped.gone(connection)
    for start in range(0, len(gone), BATCH):
        _take_batch(ledger, [], gone[start : start + BATCH])
    for start in range(0, len(waiting), BATCH):
        progress("grouping", start, len(waiting))
        _take_batch(ledger, waiting[start : start + BATCH], [])
    return len(waiting), len(gone)


def _take_batch(ledger: Ledger, fresh: Sequence[int], gone: Sequence[int]) -> None:
    """Take readings in, and those again whose reports go by another name because of them."""
    with ledger.writing() as connection:
        keep_out(connection)
        others = grouped.namesakes(connection, [*fresh, *gone])
        grouped.remove(connection, gone)
        before, names = grouped.called(connection, others), grouped.names(connection, [*fresh, *others])
        wanted = [*fresh, *(key for key in others if key in before and before[key] != names[key])]
        found, judged = grouped.current(connection, wanted), grouped.judged(connection)
        taken = [_taken(report, *found[report], names[report], judged.get(report, "")) for report in found]
        grouped.take(connection, taken)


def _taken(report: int, reading: int, found: Reading, called: str, judged: str) -> grouped.Taken:
    one = gist(digest(named(found, called)))
    return grouped.Taken(report, reading, judged, called, part_of(one.day, WINDOW), one.order, pack(one))


def named(reading: Reading, called: str) -> Reading:
    """The reading with its report called so."""
    return reading if reading.report.id == called else replace(reading, report=replace(reading.report, id=called))
