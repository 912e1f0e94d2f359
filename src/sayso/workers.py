"""Read on several processes, in order, with a bounded number of reports in flight."""

from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context

from sayso.reader.reader import read_report
from sayso.terms import Reading, Report

WAITING = 8


def spread(reports: Iterable[Report], jobs: int, lexicon: str | None = None) -> Iterator[Reading]:
    """The readings of ``reports`` in their order. At most ``WAITING`` reports a process are held at once."""
    todo = iter(reports)
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        running: deque[Future[Reading]] = deque()
        for report in islice(todo, jobs * WAITING):
            running.append(pool.submit(read_report, report, lexicon))
        while running:
            yield running.popleft().result()
            for report in islice(todo, 1):
                running.append(pool.submit(read_report, report, lexicon))
