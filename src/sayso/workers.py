"""Read on several processes, in order, with a bounded number of reports in flight."""

import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

from sayso.errors import WorkerError
from sayso.reader.reader import read_report
from sayso.terms import Reading, Report

WAITING = 8


def spread(reports: Iterable[Report], jobs: int, lexicon: str | None = None) -> Iterator[Reading]:
    """The readings of ``reports`` in their order. At most ``WAITING`` reports a process are held at once."""
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_leave_interrupts)
    try:
        yield from _in_order(pool, iter(reports), jobs * WAITING, lexicon)
    except BrokenProcessPool as error:
        raise WorkerError("a reading process died, perhaps for want of memory: try again with fewer jobs") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, todo: Iterator[Report], most: int, lexicon: str | None) -> Iterator[Reading]:
    running: deque[Future[Reading]] = deque()
    for report in islice(todo, most):
        running.append(pool.submit(read_report, report, lexicon))
    while running:
        yield running.popleft().result()
        for report in islice(todo, 1):
            running.append(pool.submit(read_report, report, lexicon))


def _leave_interrupts() -> None:
    """Ctrl-C is the parent's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
