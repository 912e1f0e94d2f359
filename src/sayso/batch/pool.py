"""The engine for one machine: processes that are watched, so that a document that ends one is found and left out."""

from collections.abc import Callable, Iterable, Iterator
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Self, cast

from sayso.batch.child import Child
from sayso.batch.engine import Jobs
from sayso.batch.limits import Limits
from sayso.batch.reading import NOWHERE, Loss, Outcome, Work
from sayso.batch.shards import Shard


class Pool:
    """``workers`` processes that do ``work``, each with a shard at a time, within ``limits``.

    ``tick`` is called whenever one begins a document.
    """

    def __init__(
        self, work: Work, workers: int, limits: Limits | None = None, tick: Callable[[], None] = lambda: None
    ) -> None:
        self._work, self._workers, self._limits, self._tick = work, workers, limits or Limits(), tick
        self._children: list[Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for child in self._children:
            child.end()
        self._children.clear()

    def run(self, shards: Iterable[Shard]) -> Iterator[Outcome]:
        """What each shard gave, as it is done."""
        jobs = Jobs(shards)
        try:
            while self._set_to_work(jobs):
                for child in self._heard():
                    if (outcome := self._answer(child, jobs)) is not None:
                        yield outcome
                self._give_up_late(jobs)
        finally:
            for child in [child for child in self._children if child.job]:
                self._drop(child)

    def _set_to_work(self, jobs: Jobs) -> bool:
        """Give every idle process a shard, and start further ones if more wait; whether anything is to be done."""
        for child in [child for child in self._children if child.idle]:
            if jobs.at_least(1) and not child.give(job := jobs.next()):
                jobs.again(job)
                self._drop(child)
        starting = sum(not child.ready for child in self._children)
        while len(self._children) < self._workers and jobs.at_least(starting + 1):
            self._children.append(Child(self._work, self._limits))
            starting += 1
        return jobs.at_least(1) or any(child.job for child in self._children)

    def _heard(self) -> list[Child]:
        """The processes that have something to say; none once one is late."""
        by_line = {child.line: child for child in self._children if not child.idle}
        ready = wait(list(by_line), min(child.remaining for child in by_line.values()))
        return [by_line[cast("Connection", line)] for line in ready]

    def _answer(self, child: Child, jobs: Jobs) -> Outcome | None:
        said = child.hear()
        if isinstance(said, Outcome):
            return said
        if isinstance(said, Loss):
            self._lost(child, said, jobs)
        elif said is not None and said != NOWHERE:
            self._tick()
        return None

    def _give_up_late(self, jobs: Jobs) -> None:
        for child in [child for child in self._children if not child.idle and not child.remaining]:
            self._lost(child, child.give_up(), jobs)

    def _lost(self, child: Child, loss: Loss, jobs: Jobs) -> None:
        job = child.job
        self._drop(child)
        if job is not None:
            jobs.again(job.after(loss))

    def _drop(self, child: Child) -> None:
        self._children.remove(child)
        child.end()
