"""Adding in the background: one job after the other, each with what became of its inputs."""

import queue
import secrets
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from sayso.adding import Tally, add_reports
from sayso.ingest import Defaults, reports
from sayso.ingest.web.fetch import Fetcher, Limits, fetched_reports
from sayso.record.ledger import Added, Ledger
from sayso.terms import Report, Skipped

WAITING, REMEMBERED, TOLD = 20, 100, 500


@dataclass
class Job:
    """Something to add: a report, an address, or the files of a folder of its own, which goes when all is done."""

    report: Report | None = None
    url: str | None = None
    folder: Path | None = None
    defaults: Defaults = field(default_factory=Defaults)
    id: str = field(default_factory=lambda: secrets.token_urlsafe(8))
    tally: Tally = field(default_factory=Tally)
    told: list[Added | Skipped] = field(default_factory=list)
    state: str = "waiting"
    problem: str = ""

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state in {"done", "failed"}

    def items(self) -> Iterator[Report | Skipped]:
        """What is to be added."""
        if self.report:
            yield self.report
        if self.folder:
            for item in reports([str(self.folder)], self.defaults):
                yield item if isinstance(item, Report) else Skipped(Path(item.where).name, item.reason)
        if self.url:
            with Fetcher(Limits()) as fetcher:
                yield from reports([self.url], self.defaults, lambda url: fetched_reports(url, fetcher))

    def tell(self, outcome: Added | Skipped) -> None:
        """Remember what became of an input."""
        if len(self.told) < TOLD:
            self.told.append(outcome)


class Jobs:
    """The jobs of this server, done by one thread."""

    def __init__(self, ledger: Ledger, done: Callable[[], None]) -> None:
        """``done`` is called after each job."""
        self._ledger, self._done = ledger, done
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._queue: queue.Queue[Job | None] = queue.Queue(WAITING)
        self._worker = threading.Thread(target=self._work, name="adding", daemon=True)

    def start(self) -> None:
        """Begin to work."""
        self._worker.start()

    def stop(self) -> None:
        """Finish the job in hand and stop."""
        self._queue.put(None)
        if self._worker.is_alive():
            self._worker.join()

    def put(self, job: Job) -> bool:
        """Take a job; False if too many are waiting."""
        try:
            self._queue.put_nowait(job)
        except queue.Full:
            return False
        self._jobs[job.id] = job
        while len(self._jobs) > REMEMBERED:
            self._jobs.popitem(last=False)
        return True

    def get(self, id: str) -> Job | None:
        """The job of that id."""
        return self._jobs.get(id)

    def _work(self) -> None:
        while (job := self._queue.get()) is not None:
            job.state = "adding"
            try:
                add_reports(self._ledger, job.items(), job.tally, tell=job.tell)
                job.state = "done"
            except Exception as error:  # noqa: BLE001 - a job that fails must not take the others with it
                job.problem, job.state = str(error) or type(error).__name__, "failed"
            finally:
                if job.folder:
                    shutil.rmtree(job.folder, ignore_errors=True)
                self._done()
