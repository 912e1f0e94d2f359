"""A process that reads shards, and the end of the line that the one who gives them holds."""

import signal
import time
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection

from sayso.batch.limits import Limits, calm, died
from sayso.batch.reading import NOWHERE, Job, Loss, Note, Outcome, Work, read_shard
from sayso.batch.tables import prepare
from sayso.errors import SaysoError, WorkerError

READY, STARVED = "ready", "starved"
START = 300.0
PATIENCE = 5.0
FAILED = "is too much for the process at work on it, which {}, twice: look at it, or allow more with --memory"


def serve(line: Connection, work: Work, limits: Limits) -> None:
    """Read what comes down the line until it closes. Ctrl-C is the other end's to answer."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits.hold()
    try:
        if not _prepared(line, work):
            return
        line.send(READY)
        while True:
            line.send(read_shard(line.recv(), work, _noting(line, limits)))
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return
    except MemoryError:
        line.send(STARVED)


def _prepared(line: Connection, work: Work) -> bool:
    """Whether all that is needed is there; if not, the other end is told what is missing."""
    prepare()
    try:
        work.prepare()
    except SaysoError as error:
        line.send(error)
        return False
    return True


def _noting(line: Connection, limits: Limits) -> Note:
    def note(at: int) -> None:
        limits.alarm() if at != NOWHERE else calm()
        line.send(at)

    return note


class Child:
    """A process that reads, seen from the one that gives it shards."""

    def __init__(self, work: Work, limits: Limits) -> None:
        context = get_context("spawn")
        self.line, other = context.Pipe()
        self._limits = limits
        self.process = context.Process(target=serve, args=(other, work, limits), daemon=True)
        try:
            self.process.start()
        finally:
            other.close()
        self.job: Job | None = None
        self.ready = False
        self._at, self._since = NOWHERE, time.monotonic()

    @property
    def idle(self) -> bool:
        """Whether it waits for a shard."""
        return self.ready and self.job is None

    @property
    def remaining(self) -> float:
        """The seconds until it is late."""
        allowed = self._limits.seconds if self._at != NOWHERE else max(START, self._limits.seconds)
        return max(0.0, self._since + allowed - time.monotonic())

    def give(self, job: Job) -> bool:
        """Let it read the shard; False if it is gone."""
        try:
            self.line.send(job)
        except OSError:
            return False
        self.job, self._at, self._since = job, NOWHERE, time.monotonic()
        return True

    def hear(self) -> Outcome | Loss | int | None:
        """What it says: an outcome, a document that it begins, or, by its end, that it is lost. Only if it has spoken.

        WorkerError if it cannot even start; what it lacks is raised as it was there.
        """
        try:
            message = self.line.recv()
        except (EOFError, OSError):
            return self._lost()
        self._since = time.monotonic()
        if message == READY:
            self.ready = True
            return None
        if isinstance(message, SaysoError):
            raise message
        if message == STARVED:
            return self._loss(self._limits.starved)
        if isinstance(message, Outcome):
            self.job, self._at = None, NOWHERE
            return message
        self._at = int(message)
        return self._at

    def _lost(self) -> Loss:
        self.process.join(PATIENCE)
        why = died(self.process.exitcode)
        return self._loss(FAILED.format(why) if self._at != NOWHERE else why)

    def give_up(self) -> Loss:
        """What is lost when it is ended for being late."""
        return self._loss(self._limits.late, sure=True)

    def _loss(self, reason: str, *, sure: bool = False) -> Loss:
        if not self.ready:
            raise WorkerError(f"a reading process could not start: it {reason}")
        return Loss(self._at if self._at != NOWHERE else None, reason, sure)

    def end(self) -> None:
        """End the process, whatever it does."""
        self.line.close()
        with suppress(OSError):
            self.process.kill()
        self.process.join()
        self.process.close()
