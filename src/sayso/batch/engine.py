"""What reads shards: the one protocol that all engines keep to."""

from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import Protocol, Self

from sayso.batch.reading import Job, Outcome
from sayso.batch.shards import Shard


class Engine(Protocol):
    """Reads shards somewhere. Use it in a ``with``."""

    def run(self, shards: Iterable[Shard]) -> Iterator[Outcome]:
        """What each shard gave, in any order; holds no more shards than it will work at soon.

        Every shard comes out, with the documents that could not be read among its ``skipped``. WorkerError if the
        processes cannot be kept alive.
        """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...


class Jobs:
    """The jobs that wait: those that failed before the new ones, of which no more are taken in than are asked for."""

    def __init__(self, shards: Iterable[Shard]) -> None:
        self._new = map(Job, shards)
        self._waiting: deque[Job] = deque()

    def at_least(self, count: int) -> bool:
        """Whether so many jobs wait."""
        self._waiting.extend(islice(self._new, max(0, count - len(self._waiting))))
        return len(self._waiting) >= count

    def next(self) -> Job:
        """The next job, if there is one."""
        return self._waiting.popleft()

    def again(self, job: Job) -> None:
        """Put a job back, to be done next."""
        self._waiting.appendleft(job)
