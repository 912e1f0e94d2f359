"""What the pages work on: one open ledger, its stories kept up to date in the background, and what is being added."""

import threading
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sayso import weighing
from sayso.adding import embed
from sayso.errors import LedgerError
from sayso.record.ledger import Ledger
from sayso.record.named import Known, known
from sayso.terms.weighing import Claim
from sayso.web.settings import Settings
from sayso.weighing import Listed, Weighed

EVERY = 2.0
KEPT = 32


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
        self._lock = threading.Lock()
        self._opened: OrderedDict[str, Weighed] = OrderedDict()
        self._worker: threading.Thread | None = None

    def start(self) -> None:
        """Begin to keep the stories up to date."""
        if not self.settings.read_only:
            self._worker = threading.Thread(target=self._keep, name="weighing", daemon=True)
            self._worker.start()

    def stop(self) -> None:
        """Stop the background work and close the ledger."""
        self._stop.set()
        self._wake.set()
        if self._worker:
            self._worker.join()
        self.ledger.close()

    def changed(self) -> None:
        """Something was added or judged: bring the stories up to date soon."""
        self._wake.set()

    def refresh(self) -> None:
        """Bring the stories up to date now."""
        with self._lock:
            weighing.refresh(self.ledger, self._tell)
            self._opened.clear()
        self.progress = Progress()

    def _keep(self) -> None:
        while not self._stop.is_set():
            try:
                if weighing.is_stale(self.ledger):
                    self.refresh()
            except LedgerError as error:
                self.progress = Progress(problem=str(error))
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
        found = self._opened.get(id)
        if found is None:
            found = weighing.story(self.ledger, id)
            if found is not None:
                self._opened[id] = found
                while len(self._opened) > KEPT:
                    self._opened.popitem(last=False)
        return found

    def claim(self, id: str) -> tuple[Weighed, Claim] | None:
        """A claim with its story."""
        for whole in list(self._opened.values()):
            for claim in whole.story.claims:
                if claim.id == id:
                    return whole, claim
        return weighing.claim(self.ledger, id)

    def known(self, names: Iterable[str]) -> dict[str, Known]:
        """Outlets, titles and dates of reports, by their names."""
        with self.ledger.looking() as connection:
            return known(connection, names)

    @contextmanager
    def writable(self) -> Iterator[Ledger]:
        """The ledger, to change something; the stories are brought up to date afterwards."""
        yield self.ledger
        self.changed()
