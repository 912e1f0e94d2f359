"""Stories weighed on several processes, in order, with a bounded number of them in flight."""

import signal
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import islice
from multiprocessing import get_context

from sayso.errors import WorkerError
from sayso.record.ledger import Ledger
from sayso.record.stories import Done
from sayso.weighing.keeping import weigh_one

WAITING = 8
_ledgers: list[Ledger] = []


def spread(where: str, some: Sequence[str], jobs: int) -> Iterator[Done | None]:
    """The stories of the ledger at ``where``, weighed, in their order; WorkerError if a process dies."""
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_open, initargs=(where,))
    try:
        yield from _in_order(pool, iter(some), jobs * WAITING)
    except BrokenProcessPool as error:
        raise WorkerError("a weighing process died, perhaps for want of memory: give the command again") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _in_order(pool: ProcessPoolExecutor, todo: Iterator[str], most: int) -> Iterator[Done | None]:
    running: deque[Future[Done | None]] = deque(pool.submit(_weigh, story) for story in islice(todo, most))
    while running:
        yield running.popleft().result()
        running.extend(pool.submit(_weigh, story) for story in islice(todo, 1))


def _open(where: str) -> None:
    """In each process: Ctrl-C is the parent's to answer, and the ledger stays open."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _ledgers.append(Ledger(where, readonly=True))


def _weigh(story: str) -> Done | None:
    return weigh_one(_ledgers[0], story)
