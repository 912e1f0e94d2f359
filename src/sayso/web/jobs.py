"""Adding in the background: one job after the other, each with what became of its inputs."""

import logging
import queue
import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from sayso.adding import Tally, add_reports
from sayso.errors import SaysoError
from sayso.ingest import Defaults, reports
from sayso.ingest.inputs import completed
from sayso.record.ledger import Added, Ledger
from sayso.terms import Report, Skipped

WAITING, REMEMBERED, TOLD = 20, 100, 500
log = logging.getLogger(__name__)


class StoppedError(SaysoError):
    """The server is closing."""


@dataclass(eq=False)
class Job:
    """Something to add: reports, an address, or the files of a folder of its own, which goes when all is done.

    ``told`` is what became of the first ``TOLD`` inputs; ``tally`` counts all of them.
    """

    reports: tuple[Report, ...] = ()
    url: str | None = None
    folder: Path | None = None
    defaults: Defaults = field(default_factory=Defaults)
    id: str = field(default_factory=lambda: secrets.token_urlsafe(8))
    tally: Tally = field(default_factory=Tally)
    told: list[Added | Skipped] = field(default_factory=list)
    state: Literal["waiting", "adding", "done", "failed"] = "waiting"
    problem: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {"done", "failed"}

    def items(self, stop: threading.Event) -> Iterator[Report | Skipped]:
        """What is to be added; addresses of this machine and of private networks are refused."""
        yield from (completed(report, self.defaults) for report in self.reports)
        if self.folder:
            for item in reports([str(self.folder)], self.defaults):
                yield item if isinstance(item, Report) else Skipped(self._plain(item.where), item.reason)
        if self.url:
            from sayso.ingest.web.fetch import Fetcher, Limits, fetched_reports

            with Fetcher(Limits(private=False)) as fetcher, fetcher.stopped_by(stop):
                yield from reports([self.url], self.defaults, lambda url: fetched_reports(url, fetcher))

    def _plain(self, where: str) -> str:
        """A file's name without the folders that it lies in here."""
        inside = where.removeprefix(f"{self.folder}/")
        return inside.partition("/")[2] or inside

    def now(self) -> "Job":
        """How it stands at this moment: what was done by then was told of."""
        state = self.state
        return replace(self, state=state, told=list(self.told))

    def tell(self, outcome: Added | Skipped) -> None:
        """Remember what became of an input."""
        if len(self.told) < TOLD:
            self.told.append(outcome)

    def clear(self) -> None:
        """Drop what was to be added: the files and the texts."""
        self.reports = ()
        if self.folder:
            shutil.rmtree(self.folder, ignore_errors=True)


class Jobs:
    """The jobs of this server, done by one thread."""

    def __init__(self, ledger: Ledger, done: Callable[[], None], said: Callable[[SaysoError], str] = str) -> None:
        """``done`` is called after each job; ``said`` words what went wrong with one."""
        self._ledger, self._done, self._said = ledger, done, said
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: queue.Queue[Job | None] = queue.Queue(WAITING)
        self._stop = threading.Event()
        self._worker = threading.Thread(target=self._work, name="adding", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._worker.start()

    def stop(self) -> None:
        """Stop after the report in hand; what was added stays, and what waits is dropped."""
        self._stop.set()
        while not self._queue.empty():
            self._dropped()
        self._queue.put(None)
        if self._worker.is_alive():
            self._worker.join()

    def _dropped(self) -> None:
        try:
            job = self._queue.get_nowait()
        except queue.Empty:
            return
        if job:
            job.clear()

    def put(self, job: Job) -> bool:
        """Take a job; False if too many are waiting."""
        self._jobs[job.id] = job
        try:
            self._queue.put_nowait(job)
        except queue.Full:
            del self._jobs[job.id]
            job.clear()
            return False
        while len(self._jobs) > REMEMBERED:
            self._jobs.popitem(last=False)
        return True

    def get(self, id: str) -> Job | None:
        """The job of that id."""
        return self._jobs.get(id)

    def before(self, job: Job) -> int:
        """How many jobs come first."""
        others = list(self._jobs.values())
        return sum(not other.over for other in others[: others.index(job)]) if job in others else 0

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            job.state = "adding"
            try:
                add_reports(self._ledger, self._until_stopped(job), job.tally, tell=job.tell)
                job.state = "done"
            except SaysoError as error:
                job.problem, job.state = f"{self._said(error)}.", "failed"
            except Exception:
                log.exception("a job failed")
                job.problem = "Something went wrong that should not: what the server printed tells what."
                job.state = "failed"
            finally:
                job.clear()
                self._done()

    def _until_stopped(self, job: Job) -> Iterator[Report | Skipped]:
        for item in job.items(self._stop):
            if self._stop.is_set():
                raise StoppedError("The server was closed before all was added")
            yield item
