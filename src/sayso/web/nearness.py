"""The vectors of all statements, for search by meaning: loaded when first asked for, and again on changes."""

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Lock

from starlette.requests import Request

from sayso.finding import load_statements
from sayso.record.ledger import Ledger
from sayso.record.speaking import Stamp, stamp
from sayso.record.vectors import Loaded

PATIENCE = 1.0


class Nearness:
    """The vectors of one ledger, once for all who ask."""

    def __init__(self, ledger: Ledger) -> None:
        """Nothing is loaded yet."""
        self._ledger = ledger
        self._loaded: tuple[Stamp, Loaded] | None = None
        self._loading: Future[None] | None = None
        self._lock = Lock()
        self._worker = ThreadPoolExecutor(1, "loading vectors")

    def get(self, patience: float = PATIENCE) -> Loaded | None:
        """The vectors, as they were a moment ago at worst; None if they are still being loaded. LedgerError if not."""
        with self._ledger.looking() as connection:
            now = stamp(connection)
        with self._lock:
            if self._loaded and self._loaded[0] == now:
                return self._loaded[1]
            if self._loading is None or self._loading.done():
                self._loading = self._worker.submit(self._load)
            loading = self._loading
        with suppress(TimeoutError):
            loading.result(patience)
        return self._loaded[1] if self._loaded else None

    def _load(self) -> None:
        with self._ledger.looking() as connection:
            now = stamp(connection)
        found = load_statements(self._ledger, self._loaded[1] if self._loaded else None)
        with self._lock:
            self._loaded = now, found

    def close(self) -> None:
        """Load nothing more."""
        self._worker.shutdown(wait=True, cancel_futures=True)


def nearness(request: Request) -> Nearness:
    """The one of this application."""
    found: Nearness = request.app.state.nearness
    return found
