"""What the engine does when a batch is weighed: tasks, each of which holds all that it needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from sayso.batch.reading import Outcome
from sayso.batch.shards import Bounds, Shard
from sayso.batch.weighing.tables import Row, parquet
from sayso.terms import Skipped


@dataclass(frozen=True, slots=True)
class Done:
    """What a task gave: files by name, and rows by table."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)


class Task(Protocol):
    """Something to be done. ``where`` names it for a person, ``tables`` are those that it gives rows of."""

    @property
    def where(self) -> str:
        """Its name."""

    @property
    def tables(self) -> tuple[str, ...]:
        """What it gives rows of."""

    def do(self) -> Done:
        """Do it."""

    def undone(self) -> Done:
        """What can be told of it though it could not be done."""


@dataclass(frozen=True)
class Weighs:
    """Does tasks."""

    def prepare(self) -> None:
        """Load what all of them need."""
        import sayso.weighing.keeping  # noqa: F401

    def __call__(self, document: Task) -> Done:
        """What the task gave."""
        return document.do()

    def gathered(self, shard: Shard, found: Sequence[Done | Skipped]) -> Outcome:
        """The files of all tasks, and a table of all their rows."""
        pairs = zip(shard.documents, found, strict=True)
        done = [one if isinstance(one, Done) else task.undone() for task, one in pairs]
        rows = {table: [row for one in done for row in one.rows.get(table, ())] for table in shard.documents[0].tables}
        files = {name: data for one in done for name, data in one.files.items()}
        whole = files | {table: parquet(table, some) for table, some in rows.items()}
        skipped = tuple(one for one in found if isinstance(one, Skipped))
        return Outcome(shard.bounds, whole, {table: len(some) for table, some in rows.items()}, 0, skipped)


def shard_of(number: int, tasks: Sequence[Task]) -> Shard:
    """Tasks that are done together."""
    return Shard(Bounds(number, tasks[0].where, tasks[-1].where, len(tasks), ""), tuple(tasks))
