"""Steps of weighing on the engine: what is there already is left, the rest is done and kept."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import chain
from types import TracebackType
from typing import Self

from sayso.batch.engine import Engine
from sayso.batch.reading import Outcome
from sayso.batch.shards import Shard
from sayso.batch.weighing.place import Kept, Place
from sayso.batch.weighing.tasks import Task, shard_of

Part = Callable[[], Sequence[Task]]
Tell = Callable[[str, int, int], None]
"""Told what is being done, how much of it is done, and how much there is; 0 if that is unknown."""


@dataclass
class Found:
    """What weighing has found so far. ``failed`` are the step, what it was and why; ``again`` counts parts there."""

    rows: Counter[str] = field(default_factory=Counter)
    failed: list[tuple[str, str, str]] = field(default_factory=list)
    parts: int = 0
    again: int = 0
    begun: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Seconds since it began."""
        return time.monotonic() - self.begun

    def count(self, step: str, kept: Kept, *, new: bool) -> None:
        """Take in a part."""
        self.parts += 1
        self.again += not new
        self.rows.update(kept.rows)
        self.failed += [(step, *one) for one in kept.failed]


class Steps:
    """Does steps, by an engine that is made when there is something to do. Use it in a ``with``."""

    def __init__(self, place: Place, engine: Callable[[], Engine], found: Found, tell: Tell) -> None:
        self.place, self._make, self._found, self._tell = place, engine, found, tell
        self._engine: Engine | None = None
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def do(self, step: str, parts: Iterable[Part], whole: int) -> None:
        """Do those parts that are not there; ``whole`` is how many there are, 0 if that is unknown."""
        there = self.place.kept(step)
        for kept in there.values():
            self._found.count(step, kept, new=False)
        for done, outcome in enumerate(self._run(self._missing(parts, there)), len(there) + 1):
            self._found.count(step, self.place.keep(step, outcome), new=True)
            self._tell(step, done, whole)

    @staticmethod
    def _missing(parts: Iterable[Part], there: dict[int, Kept]) -> Iterator[Shard]:
        return (shard_of(number, part()) for number, part in enumerate(parts) if number not in there)

    def _run(self, shards: Iterator[Shard]) -> Iterator[Outcome]:
        first = next(shards, None)
        if first is None:
            return
        if self._engine is None:
            self._engine = self._stack.enter_context(self._make())
        yield from self._engine.run(chain([first], shards))
