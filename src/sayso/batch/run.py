"""A batch from its inputs to its folder."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from sayso.batch.documents import documents, files_of, refuse_streams
from sayso.batch.engine import Engine
from sayso.batch.folder import Folder, Kept, Object
from sayso.batch.reading import Outcome
from sayso.batch.shards import DOCUMENTS, Bounds, Shard, cut
from sayso.errors import InputError


@dataclass
class Tally:
    """What a batch holds so far. ``again`` counts shards that were there before, ``read`` the words of this run."""

    shards: int = 0
    again: int = 0
    documents: int = 0
    words: int = 0
    read: int = 0
    upto: int = 0
    rows: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    begun: float = field(default_factory=time.monotonic)

    def count(self, kept: Kept, *, new: bool) -> None:
        """Take in a shard."""
        self.shards += 1
        self.again += not new
        self.documents += kept.bounds.documents
        self.words += kept.words
        self.read += kept.words if new else 0
        self.upto = max(self.upto, kept.bounds.upto)
        self.rows.update(kept.rows)
        self.reasons.update(kept.reasons)

    @property
    def skipped(self) -> int:
        """How many documents have no reading."""
        return self.rows["skipped"]

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.begun

    @property
    def rate(self) -> int:
        """Words a second in this run."""
        return round(self.read / max(self.seconds, 0.001))


@dataclass(frozen=True)
class Plan:
    """What is to be read into which folder. ``given`` are the settings that the result depends on."""

    paths: Sequence[str]
    to: Path
    given: Object
    size: int | None = None
    anew: bool = False


Tell = Callable[[Outcome | None], None]


def run(plan: Plan, engine: Callable[[], Engine], tally: Tally, tell: Tell = lambda _: None) -> None:
    """Bring the folder up to the plan, by an engine that is made when there is something to do.

    ``tally`` is kept up to date, and ``tell`` told of each outcome, and with None when a shard is found there already.
    Stopped at any moment, the same plan goes on with the shards that are missing. InputError if the folder holds
    another batch, or this one of other inputs.
    """
    refuse_streams(plan.paths)
    _refuse_inside(plan)
    folder = Folder(plan.to)
    with folder.held():
        size = _size(plan, folder)
        folder.begin({**plan.given, "shard": size}, anew=plan.anew)
        there = folder.shards()
        if _unchanged(folder, plan):
            for kept in there.values():
                tally.count(kept, new=False)
            return
        folder.unfinish()
        seen = _Seen(folder, there, tally, tell)
        _work(folder, seen.missing(cut(documents(plan.paths), size)), engine, tally, tell)
        seen.refuse_more()
        folder.finish({"files": files_of(plan.paths), "shards": tally.shards, "documents": tally.documents})


def _work(folder: Folder, shards: Iterator[Shard], engine: Callable[[], Engine], tally: Tally, tell: Tell) -> None:
    first = next(shards, None)
    if first is None:
        return
    with engine() as at_work:
        for outcome in at_work.run(chain([first], shards)):
            tally.count(folder.keep(outcome), new=True)
            tell(outcome)


def _size(plan: Plan, folder: Folder) -> int:
    there = None if plan.anew else folder.settings
    return plan.size or int((there or {}).get("shard", DOCUMENTS))


def _unchanged(folder: Folder, plan: Plan) -> bool:
    """Whether the batch is finished and its files are as they were."""
    noted = folder.finished
    return noted is not None and [tuple(one) for one in noted["files"]] == files_of(plan.paths)


def _refuse_inside(plan: Plan) -> None:
    to = plan.to.resolve()
    for path in map(Path, plan.paths):
        if path.is_dir() and to.is_relative_to(path.resolve()):
            raise InputError(f"{plan.to} lies in {path}, which is to be read: name a folder elsewhere")


class _Seen:
    """The shards of the inputs beside those that are in the folder."""

    def __init__(self, folder: Folder, there: dict[int, Kept], tally: Tally, tell: Tell) -> None:
        self._folder, self._there, self._tally, self._tell = folder, there, tally, tell
        self._count = 0

    def missing(self, shards: Iterable[Shard]) -> Iterator[Shard]:
        """The shards that are not there yet; InputError if one that is there was made of something else."""
        for shard in shards:
            self._count += 1
            kept = self._there.get(shard.bounds.number)
            if kept is None:
                yield shard
            else:
                self._refuse_changed(kept, shard.bounds)
                self._tally.count(kept, new=False)
                self._tell(None)

    def _refuse_changed(self, kept: Kept, now: Bounds) -> None:
        if kept.bounds.sha256 != now.sha256:
            raise InputError(
                f"{self._folder.path} was made of other inputs, from {kept.bounds.first} on: name another folder, or "
                "begin anew with --anew"
            )

    def refuse_more(self) -> None:
        """InputError if the folder holds shards beyond the end of the inputs."""
        if more := [number for number in self._there if number >= self._count]:
            first = self._there[min(more)].bounds.first
            raise InputError(
                f"{self._folder.path} was made of more inputs, which also had {first}: name all of them, or begin anew "
                "with --anew"
            )
