"""Where weighing keeps what it has found: the tables, what is only needed meanwhile, and a record for each part."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from sayso.batch.folder import STATED, WEIGHING, Folder, Object, dumped
from sayso.batch.limits import Limits
from sayso.batch.reading import Outcome
from sayso.batch.weighing.pile import Piles, named
from sayso.batch.weighing.tables import WEIGHED, parquet
from sayso.batch.weighing.telling import TABLES
from sayso.errors import InputError
from sayso.weighing.versions import grouping_version, weigher_version

STEPS: dict[str, tuple[str, ...]] = {
    "keys": ("keys", "bands", "gists", "texts", "readings"),
    "buckets": ("pairs",),
    "copies": ("near_copies",),
    "weeks": ("taken", "pieces", "facts"),
    "links": ("links",),
    "stories": TABLES,
}
MADE_OF = "made_of.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """A part of a step that is done: rows by table, what failed as where and why, the memory and time that it had."""

    rows: Mapping[str, int]
    failed: tuple[tuple[str, str], ...]
    memory: int
    seconds: float

    def may_fare_better(self, limits: Limits) -> bool:
        """Whether it is worth trying again what failed."""
        return bool(self.failed) and (limits.memory > self.memory or limits.seconds > self.seconds)


class Place:
    """What weighing has written into a batch's folder."""

    def __init__(self, folder: Folder, limits: Limits) -> None:
        """``folder`` holds a batch that is finished."""
        self.folder, self._limits = folder, limits
        shards = sorted(folder.shards().items())
        self.shards = [number for number, _ in shards]
        self._made_of = _hash(kept.sha256 for _, kept in shards)

    def stated(self) -> Object | None:
        """What was noted at the end, if there is nothing to be done any more."""
        noted = self.folder.read(STATED)
        if noted is None or noted["made_of"] != self._made_of or self._again():
            return None
        return noted

    def begin(self) -> None:
        """Go on with what is there, if it is of this batch and version; try again what may fare better now."""
        made_of = {"made_of": self._made_of}
        if self.folder.read(f"{WEIGHING}/{MADE_OF}") != made_of:
            self.folder.clear_weighed()
        (self.folder.path / STATED).unlink(missing_ok=True)
        for name in {*STEPS, *WEIGHED, *(name for some in STEPS.values() for name in some)}:
            self.path(name, 0).parent.mkdir(parents=True, exist_ok=True)
        for step in STEPS:
            self._work(step).mkdir(parents=True, exist_ok=True)
        self.folder.put(self.folder.path / WEIGHING / MADE_OF, dumped(made_of))
        self.folder.sweep()
        self._forget_failures()

    def _forget_failures(self) -> None:
        """Forget what is to be tried again, and before that all later steps, so that a kill in between is no matter."""
        again = self._again()
        steps = list(STEPS)
        for later in reversed(steps[steps.index(again[0][0]) + 1 :] if again else ()):
            for file in self._files(later):
                file.unlink()
        for step, number in again:
            self._record(step, number).unlink(missing_ok=True)

    def _files(self, step: str) -> list[Path]:
        """All files of a step, its records first."""
        folders = {self.path(name, 0).parent for name in STEPS[step]}
        others = [file for folder in folders for file in folder.glob("*.*") if file.suffix != ".json"]
        return [*self._work(step).glob("*.json"), *others]

    def _again(self) -> list[tuple[str, int]]:
        return [
            (step, number)
            for step in STEPS for number, kept in self.kept(step).items() if kept.may_fare_better(self._limits)
        ]  # fmt: skip

    def path(self, name: str, number: int) -> Path:
        """The file of that name and number."""
        return self.folder.table(name, number) if name in WEIGHED else self._work(name) / named(number)

    def _work(self, name: str) -> Path:
        return self.folder.path / WEIGHING / name

    def _record(self, step: str, number: int) -> Path:
        return self._work(step) / f"{number:08}.json"

    def piles(self, name: str) -> Piles:
        """The piles of that name."""
        return Piles(self._work(name))

    def kept(self, step: str) -> dict[int, Kept]:
        """The parts of a step that are done, by number."""
        return dict(self._kept(step))

    def _kept(self, step: str) -> Iterator[tuple[int, Kept]]:
        for file in sorted(self._work(step).glob("*.json")):
            record = self.folder.read(f"{WEIGHING}/{step}/{file.name}") or {}
            try:
                yield int(file.stem), Kept(**record | {"failed": tuple(map(tuple, record["failed"]))})
            except (KeyError, TypeError, ValueError) as error:
                raise InputError(f"{file} is damaged: remove {self._work('')}, and weigh again") from error

    def keep(self, step: str, outcome: Outcome) -> Kept:
        """Keep what a part gave; killed at any moment, it is there whole or not at all."""
        number = outcome.bounds.number
        for name, data in outcome.tables.items():
            self.folder.put(self.path(name, number), data)
        failed = tuple((one.where, one.reason) for one in outcome.skipped)
        kept = Kept(outcome.rows, failed, self._limits.memory, self._limits.seconds)
        self.folder.put(self._record(step, number), dumped(asdict(kept)))
        return kept

    def finish(self, record: Object, unweighed: bytes, *, done: bool) -> None:
        """Note how it ended. What was only needed meanwhile is removed once all is ``done``."""
        self.folder.put(self.path("unweighed", 0), unweighed)
        for table in WEIGHED:
            if not any(self.path(table, 0).parent.glob("*.parquet")):
                self.folder.put(self.path(table, 0), parquet(table, []))
        self.folder.put(self.folder.path / STATED, dumped({"made_of": self._made_of} | record))
        if done:
            self.folder.clear_work()


def _hash(shards: Iterable[Mapping[str, str]]) -> str:
    """A hash of all that the result depends on: the versions of what finds it and of its tables, and the files read."""
    tables = {table: [column.name for column in columns] for table, columns in WEIGHED.items()}
    digest = hashlib.sha256(f"{grouping_version()} {weigher_version()} {tables}".encode())
    for sha256 in shards:
        digest.update("".join(sha256[table] for table in ("reports", "readings", "skipped")).encode())
    return digest.hexdigest()
