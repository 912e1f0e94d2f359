"""Reading a shard, in the process that does it: one document after the other, each told before it is begun."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Protocol

from sayso.batch.documents import Document, report_of
from sayso.batch.shards import Bounds, Shard
from sayso.batch.tables import Read, Unread, skipped_of, tables
from sayso.errors import WorkerError
from sayso.ingest.inputs import Defaults
from sayso.terms import Reading, Skipped

NOWHERE = -1
MOST_LOSSES = 4
Note = Callable[[int], None]


class Work(Protocol):
    """What is done with a document, or a task. It goes to other processes: these must be able to import its module."""

    def prepare(self) -> None:
        """Load what is needed, before the first document."""

    def __call__(self, document: Any) -> Any:
        """What the document gives, or why it gives nothing."""

    def gathered(self, shard: Shard, found: Sequence[Any]) -> "Outcome":
        """What the shard gave, for keeping; ``found`` is what each of its documents gave, or why it gave nothing."""


@dataclass(frozen=True)
class Reads:
    """Reads documents with the shipped network; ``lexicon`` is a file of word lists to put before the shipped ones."""

    defaults: Defaults = field(default_factory=Defaults)
    lexicon: str | None = None

    def prepare(self) -> None:
        """Load the network and the word lists."""
        from sayso.reader.reader import reader_with

        reader_with(self.lexicon).attributions("It was late, they said.")

    def __call__(self, document: Document) -> Read:
        """The document's reading, or why there is none."""
        from sayso.ingest.details.language import unread_language
        from sayso.reader.reader import read_report

        report = report_of(document, self.defaults)
        if isinstance(report, Skipped):
            return report
        reason = unread_language(report)
        return read_report(report, self.lexicon) if reason is None else Unread(report, reason)

    def gathered(self, shard: Shard, found: Sequence[Read]) -> "Outcome":
        """What the shard gave."""
        return outcome(shard.bounds, found)


@dataclass(frozen=True, slots=True)
class Loss:
    """A process that is gone, with the document that it was at, if any; ``sure`` if that was surely the reason."""

    at: int | None
    reason: str
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Job:
    """A shard to read, and what is known of attempts that failed.

    ``suspects`` were at hand when a process died and are read first; ``spoiled`` are given up, each for its reason.
    """

    shard: Shard
    suspects: tuple[int, ...] = ()
    spoiled: Mapping[int, str] = field(default_factory=dict)
    losses: int = 0

    @property
    def order(self) -> list[int]:
        """The documents to read, in that order."""
        rest = set(self.suspects) | set(self.spoiled)
        return [*self.suspects, *(at for at in range(len(self.shard.documents)) if at not in rest)]

    def after(self, loss: Loss) -> "Job":
        """The job to do next, when a process was lost over this one. WorkerError if that leads nowhere."""
        if loss.at is None:
            if self.losses + 1 >= MOST_LOSSES:
                raise WorkerError(
                    f"a process {loss.reason}, {MOST_LOSSES} times: run it again with fewer, or more memory"
                )
            return replace(self, losses=self.losses + 1)
        if not loss.sure and loss.at not in self.suspects:
            return replace(self, suspects=(loss.at, *self.suspects))
        others = tuple(at for at in self.suspects if at != loss.at)
        return replace(self, suspects=others, spoiled={**self.spoiled, loss.at: loss.reason})


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a shard gave: the bytes of a Parquet file for each table, and what was skipped."""

    bounds: Bounds
    tables: Mapping[str, bytes]
    rows: Mapping[str, int]
    words: int
    skipped: tuple[Skipped, ...]


def read_shard(job: Job, work: Work, note: Note) -> Outcome:
    """Read what is to be read of the shard. ``note`` is told of each document before it is begun, at last NOWHERE."""
    documents = job.shard.documents
    found: dict[int, Any] = {at: Skipped(documents[at].where, why) for at, why in job.spoiled.items()}
    for at in job.order:
        note(at)
        found[at] = _read(work, documents[at])
    note(NOWHERE)
    return work.gathered(job.shard, [found[at] for at in range(len(documents))])


def _read(work: Work, document: Any) -> Any:
    try:
        return work(document)
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever one document does, the others are read
        why = f"made Sayso fail ({type(error).__name__}: {error}): please report it, with the text"
        return Skipped(document.where, why)


def outcome(bounds: Bounds, found: Sequence[Read]) -> Outcome:
    """What the shard of these bounds gave, for keeping."""
    readings = [one for one in found if isinstance(one, Reading)]
    rows = {
        "reports": len(readings),
        "attributions": sum(len(one.attributions) for one in readings),
        "figures": sum(len(one.figures) for one in readings),
        "readings": len(readings),
        "skipped": len(found) - len(readings),
    }
    words = sum(len(one.report.text.split()) for one in readings)
    skipped = tuple(skipped_of(one) for one in found if not isinstance(one, Reading))
    return Outcome(bounds, tables(found), rows, words, skipped)
