"""The vectors of all statements, for search by meaning: loaded when first asked for, and again on changes."""

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Lock
from time import monotonic

from starlette.requests import Request

from sayso.finding import load_statements
from sayso.record.ledger import Ledger
from sayso.record.speaking import Stamp, stamp
from sayso.record.vectors import Loaded

PATIENCE = 1.0
LONG, REST = 0.1, 20


class Nearness:
    """The vectors of one ledger, once for all who ask."""

    def __init__(self, ledger: Ledger) -> None:
        """Nothing is loaded yet."""
        self._ledger = ledger
        self._loaded: tuple[Stamp, Loaded] | None = None
        self._loading: Future[None] | None = None
        self._ended = self._took = 0.0
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(1, "loading vectors")

    def get(self, patience: float = PATIENCE) -> Loaded | None:
        """The vectors; None if they are still being loaded. LedgerError if they cannot be.

        Where loading takes long, they are those of a moment ago until the new ones are there.
        """
        with self._ledger.looking() as connection:
            now = stamp(connection)
        with self._lock:
            if self._loaded and self._loaded[0] == now:
                return self._loaded[1]
            if self._loaded and self._took > LONG and monotonic() < self._ended + REST * self._took:
                return self._loaded[1]
            if self._loading is None or self._loading.done():
                self._loading = self._worker.submit(self._load)
            loading = self._loading
        if not self._loaded or self._took < LONG:
            with suppress(TimeoutError):
                loading.result(patience)
        return self._loaded[1] if self._loaded else None

    def _load(self) -> None:
        begun = monotonic()
        with self._ledger.looking() as connection:
            now = stamp(connection)
        found = load_statements(self._ledger, self._loaded[1] if self._loaded else None)
        with self._lock:
            self._loaded, self._ended, self._took = (now, found), monotonic(), monotonic() - begun

    def close(self) -> None:
        """Load nothing more."""
        self._worker.shutdown(wait=True, cancel_futures=True)


def nearness(request: Request) -> Nearness:
    """The one of this application."""
    found: Nearness = request.app.state.nearness
    return found
