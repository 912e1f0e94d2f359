"""What the pages work on: one open ledger, its stories kept up to date in the background, and what is being added."""

import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from sayso import weighing
from sayso.adding import embed
from sayso.errors import LedgerError, SaysoError
from sayso.record.ledger import Ledger
from sayso.record.named import Known, known
from sayso.record.stories import states, story_of_claim
from sayso.terms.weighing import Claim
from sayso.web.opened import Opened
from sayso.web.settings import Settings
from sayso.web.weigher import Weigher
from sayso.weighing import Listed, Weighed

log = logging.getLogger(__name__)
BROKEN = "The stories are not brought up to date: what the server printed tells why. Please report it."
EVERY, CALM = 2.0, 1.0
SMALL = 500


@dataclass
class Progress:
    """What the background work is at."""

    what: str = ""
    done: int = 0
    whole: int = 0
    problem: str = ""

    @property
    def busy(self) -> bool:
        """Whether anything is under way."""
        return bool(self.what)


@dataclass
class Desk:
    """The open ledger. Pages look at what is kept; ``changed`` has the stories brought up to date."""

    settings: Settings
    ledger: Ledger = field(init=False)
    progress: Progress = field(default_factory=Progress)

    def __post_init__(self) -> None:
        """Open the ledger. LedgerError if that fails."""
        self.ledger = Ledger(self.settings.ledger, readonly=self.settings.read_only, embed=embed)
        self._wake, self._stop = threading.Event(), threading.Event()
        self._lock, self._writing, self._settled = threading.Lock(), threading.Lock(), threading.Condition()
        self._changes = self._seen = 0
        self._opened = Opened()
        self._weigher = Weigher(self.settings.ledger, self._stop)
        self._worker: threading.Thread | None = None

    def start(self) -> None:
        """Begin to keep the stories up to date."""
        self._worker = threading.Thread(target=self._keep, name="weighing", daemon=True)
        self._worker.start()

    def stop(self) -> None:
        """Stop the background work and close the ledger."""
        self._stop.set()
        self._wake.set()
        if self._worker:
            self._worker.join()
        self._weigher.close()
        self.ledger.close()

    def changed(self) -> None:
        """Something was added or judged: bring the stories up to date soon."""
        with self._settled:
            self._changes += 1
        self._wake.set()

    def wait(self, seconds: float) -> bool:
        """Wait until the stories are up to date with what was changed before, so long at most; whether they are."""
        with self._settled:
            wanted = self._changes
            return self._settled.wait_for(lambda: self._seen >= wanted or self._stop.is_set(), seconds)

    def refresh(self) -> None:
        """Bring the stories up to date now."""
        with self._lock:
            if not self.settings.read_only:
                self._weigh()
            self._opened.check(self._states)
        self.progress = Progress()

    def _is_large(self) -> bool:
        return self.ledger.count()["reports"] > SMALL

    def _weigh(self) -> None:
        if self._is_large():
            self._weigher.refresh(self._tell)
        else:
            weighing.refresh(self.ledger, self._tell)

    def _states(self, ids: list[str]) -> dict[str, str]:
        with self.ledger.looking() as connection:
            return states(connection, ids)

    def _keep(self) -> None:
        with suppress(SaysoError):
            if self._is_large():
                self._wake.wait(CALM)  # the first page comes first
        while not self._stop.is_set():
            changes = self._changes
            try:
                self.refresh()
            except SaysoError as error:
                self.progress = Progress(problem=self.settings.said(error))
            except Exception:
                log.exception("weighing failed")
                self.progress = Progress(problem=BROKEN)
            with self._settled:
                self._seen = changes
                self._settled.notify_all()
            self._wake.wait(EVERY)
            self._wake.clear()

    def _tell(self, what: str, done: int, whole: int) -> None:
        self.progress = Progress(what, done, whole)
        if self._stop.is_set():
            raise LedgerError("was closed")

    def stories(self, offset: int, limit: int) -> tuple[Listed, ...]:
        """The stories, the one with the latest report first."""
        return weighing.stories(self.ledger, offset=offset, limit=limit)

    def story(self, id: str) -> Weighed | None:
        """A story with its claims, counts and disputes."""
        found = self._opened.story(id)
        if found is None:
            state = self._states([id]).get(id)  # first: what is weighed anew meanwhile must not be taken for this
            found = weighing.story(self.ledger, id)
            if found is not None and state is not None:
                self._opened.put(found, state)
        return found

    def claim(self, id: str) -> tuple[Weighed, Claim] | None:
        """A claim with its story."""
        found = self._opened.claim(id)
        if found is None:
            with self.ledger.looking() as connection:
                story = story_of_claim(connection, id)
            whole = self.story(story) if story else None
            claim = next((one for one in whole.story.claims if one.id == id), None) if whole else None
            found = (whole, claim) if whole and claim else weighing.claim(self.ledger, id)
        return found

    def known(self, names: Iterable[str]) -> dict[str, Known]:
        """Outlets, titles and dates of reports, by their names."""
        with self.ledger.looking() as connection:
            return known(connection, names)

    @contextmanager
    def writable(self) -> Iterator[Ledger]:
        """The ledger, to change something, one after the other; the stories are brought up to date afterwards."""
        with self._writing:
            yield self.ledger
        self.changed()
