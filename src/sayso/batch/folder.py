"""The folder that a batch is written to: tables in parts, and for every shard a record that it is there whole."""

import hashlib
import json
import os
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from sayso.batch.reading import Outcome
from sayso.batch.shards import Bounds
from sayso.batch.tables import TABLES
from sayso.batch.weighing.tables import WEIGHED
from sayso.errors import InputError

SCHEMA = 1
SETTINGS, FINISHED, LOCK, SHARDS, PART = "batch.json", "finished.json", ".lock", "shards", ".part"
WEIGHING, STATED = "weighing", "weighed.json"
WRITTEN = frozenset({".json", ".parquet", ".bin", PART})
Object = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A shard that is there: its bounds, by table how many rows and the hash of its file, how many words were read.

    ``reasons`` counts why documents were skipped.
    """

    bounds: Bounds
    rows: Mapping[str, int]
    sha256: Mapping[str, str]
    words: int
    reasons: Mapping[str, int]


class Folder:
    """A batch's folder. Files get their names when they are whole, and a shard counts when its record is there."""

    def __init__(self, path: Path) -> None:
        """``path`` need not be there yet."""
        self.path = path

    @property
    def settings(self) -> Object | None:
        """What the batch was begun with; None if it was not begun. InputError if the file is damaged."""
        return self._read(self.path / SETTINGS)

    @property
    def finished(self) -> Object | None:
        """What was noted when the batch was finished; None if it is not."""
        return self._read(self.path / FINISHED)

    def read(self, name: str) -> Object | None:
        """The record in that file; None if there is none. InputError if it is damaged."""
        return self._read(self.path / name)

    def _read(self, file: Path) -> Object | None:
        try:
            record: Object = json.loads(file.read_bytes())
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise InputError(f"{file} is damaged: begin the batch anew with --anew") from error
        return record

    def begin(self, settings: Object, *, anew: bool) -> None:
        """Make the folder, with these settings, or make sure that it is of a batch with the same. InputError if not."""
        if anew:
            self._clear()
        there = self.settings
        if there is None:
            self._refuse_others()
            self._make()
            self.put(self.path / SETTINGS, dumped({"schema": SCHEMA} | settings))
        elif differing := [name for name in settings if there.get(name) != settings[name]]:
            name = differing[0]
            raise InputError(
                f"{self.path} holds a batch with another {name} ({there.get(name)}, not {settings[name]}): go on with "
                "that one, name another folder, or begin anew with --anew"
            )
        self.sweep()

    def _make(self) -> None:
        for name in (SHARDS, *TABLES):
            (self.path / name).mkdir(parents=True, exist_ok=True)

    def _clear(self) -> None:
        """Remove what a batch has written, and nothing else; its settings last, so that a half-cleared one is known."""
        if not (self.path / SETTINGS).exists() or not (self.path / SHARDS).is_dir():
            return
        self.clear_weighed()
        for name in (SHARDS, *TABLES):
            _empty(self.path / name)
        for name in (FINISHED, SETTINGS):
            (self.path / name).unlink(missing_ok=True)

    def clear_weighed(self) -> None:
        """Remove what weighing has written."""
        (self.path / STATED).unlink(missing_ok=True)
        self.clear_work()
        for name in WEIGHED:
            _empty(self.path / name)

    def clear_work(self) -> None:
        """Remove what weighing only needs meanwhile."""
        _empty(self.path / WEIGHING)  # first of what it is made of, so that a half-cleared one is known
        for work in (self.path / WEIGHING).glob("*/"):
            _empty(work)
        _empty(self.path / WEIGHING)

    def _refuse_others(self) -> None:
        for one in sorted(self.path.iterdir()) if self.path.is_dir() else ():
            empty = one.name in (SHARDS, *TABLES) and one.is_dir() and not any(one.iterdir())
            if not empty and one.name != LOCK and one.suffix != PART:
                raise InputError(f"{self.path} holds what no batch has written ({one.name}): name another folder")

    def sweep(self) -> None:
        """Remove what a run that was killed had not finished writing."""
        for name in (".", SHARDS, *TABLES, *WEIGHED, WEIGHING, f"{WEIGHING}/*"):
            for part in self.path.glob(f"{name}/.*{PART}"):
                part.unlink(missing_ok=True)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep other runs out meanwhile, where the system can. InputError if one is at it."""
        if self.path.exists() and not self.path.is_dir():
            raise InputError(f"{self.path} is a file: name a folder to write to")
        self.path.mkdir(parents=True, exist_ok=True)
        with (self.path / LOCK).open("wb") as lock:
            if not _locked(lock):
                raise InputError(f"{self.path} is being written to by another run: wait for it, or stop it")
            yield

    def shards(self) -> dict[int, Kept]:
        """The shards that are there, by number."""
        return {kept.bounds.number: kept for kept in map(self._kept, sorted((self.path / SHARDS).glob("*.json")))}

    def _kept(self, file: Path) -> Kept:
        record = self._read(file) or {}
        try:
            return Kept(**record | {"bounds": Bounds(**record["bounds"])})
        except (KeyError, TypeError) as error:
            raise InputError(f"{file} is damaged: begin the batch anew with --anew") from error

    def table(self, table: str, number: int) -> Path:
        """The file with a shard's rows of that table."""
        return self.path / table / f"{number:08}.parquet"

    def keep(self, outcome: Outcome) -> Kept:
        """Keep what a shard gave; killed at any moment, it is there whole or not at all."""
        number = outcome.bounds.number
        for table, data in outcome.tables.items():
            self.put(self.table(table, number), data)
        hashes = {table: hashlib.sha256(data).hexdigest() for table, data in outcome.tables.items()}
        reasons = dict(Counter(skipped.reason for skipped in outcome.skipped))
        kept = Kept(outcome.bounds, outcome.rows, hashes, outcome.words, reasons)
        self.put(self.path / SHARDS / f"{number:08}.json", dumped(asdict(kept)))
        return kept

    def finish(self, record: Object) -> None:
        """Note that the batch is finished."""
        self.put(self.path / FINISHED, dumped(record))

    def unfinish(self) -> None:
        """Take the note back."""
        (self.path / FINISHED).unlink(missing_ok=True)

    def put(self, to: Path, data: bytes) -> None:
        """Write a file that is there whole or not at all, even when the power fails."""
        part = to.with_name(f".{to.name}{PART}")
        with part.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        part.replace(to)
        _sync(to.parent)

    def check(self, kept: Kept) -> None:
        """InputError if a shard's files are not as they were written."""
        for table, sha256 in kept.sha256.items():
            file = self.table(table, kept.bounds.number)
            if not file.is_file() or hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
                raise InputError(f"{file} is not as the batch wrote it: begin the batch anew with --anew")


def _empty(folder: Path) -> None:
    """Remove the files that a batch has written there, and the folder if nothing else is in it."""
    for file in folder.glob("*"):
        if file.suffix in WRITTEN:
            file.unlink()
    with suppress(OSError):
        folder.rmdir()


def dumped(record: Object) -> bytes:
    """A record as JSON."""
    return json.dumps(record, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


def _sync(folder: Path) -> None:
    """Let a renaming outlast a power failure, where the system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _locked(lock: IO[bytes]) -> bool:
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
