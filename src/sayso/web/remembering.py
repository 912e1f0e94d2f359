"""Counts over the whole ledger, kept until it changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Event, Lock, Thread
from time import monotonic
from typing import Any, TypeVar, cast

from sqlalchemy import Connection
from starlette.requests import Request

from sayso.errors import LedgerError
from sayso.record.ledger import Ledger
from sayso.record.speaking import Stamp, stamp

MOST = 256
LONG, REST, CALM = 0.1, 20, 1.0
T = TypeVar("T")


class Remembered:
    """What was counted, by what was asked, and as of which readings.

    What many ask for at once is counted once. Where the ledger has changed and counting took long, the last answer is
    given until the new one is there; what was counted quickly is counted anew at once.
    """

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._known: OrderedDict[Hashable, tuple[Stamp, Any]] = OrderedDict()
        self._counting: dict[tuple[Hashable, Stamp], Future[Any]] = {}
        self._took: dict[Hashable, tuple[float, float]] = {}
        self._again: set[Hashable] = set()
        self._lock, self._closed = Lock(), Event()
        self._worker = ThreadPoolExecutor(1, "counting")
        self._first: Thread | None = None

    def start(self, ask: Callable[["Remembered"], object]) -> None:
        """Count what will be asked for first, before anybody asks, but not before the first page."""
        self._first = Thread(target=self._begin, args=(ask,), name="counting first", daemon=True)
        self._first.start()

    def _begin(self, ask: Callable[["Remembered"], object]) -> None:
        if self._closed.wait(CALM):
            return
        with suppress(LedgerError, CancelledError, RuntimeError):  # RuntimeError: closed meanwhile
            ask(self)

    def get(self, asked: Hashable, count: Callable[[Connection], T]) -> T:
        """What ``count`` finds in the ledger; ``asked`` stands for the question. LedgerError if the store fails."""
        with self._ledger.looking() as connection:
            now = stamp(connection)
        with self._lock:
            known = self._known.get(asked)
            if known and known[0] == now:
                self._known.move_to_end(asked)
                return cast("T", known[1])
            if known and self._took[asked][1] > LONG:
                self._count_later(asked, now, count)
                return cast("T", known[1])
            counting, mine = self._counting.get((asked, now)), Future[Any]()
            self._counting.setdefault((asked, now), mine)
        if counting is None:
            self._count_now(mine, asked, now, count)
        return cast("T", (counting or mine).result())

    def _count_later(self, asked: Hashable, now: Stamp, count: Callable[[Connection], Any]) -> None:
        """Count in the background, unless that is being done or was done a moment ago."""
        if asked not in self._again and not self._is_tired(asked):
            self._again.add(asked)
            self._worker.submit(self._count, asked, now, count)

    def _count_now(self, into: Future[Any], asked: Hashable, now: Stamp, count: Callable[[Connection], Any]) -> None:
        try:
            into.set_result(self._count(asked, now, count))
        except BaseException as error:  # noqa: BLE001 - whoever waits for the answer gets it
            into.set_exception(error)

    def _is_tired(self, asked: Hashable) -> bool:
        """Whether this was counted not long ago: in a ledger that is changed all the time, pages come first."""
        ended, took = self._took[asked]
        return monotonic() < ended + REST * took

    def _count(self, asked: Hashable, now: Stamp, count: Callable[[Connection], T]) -> T:
        begun = monotonic()
        try:
            with self._ledger.looking() as connection:
                as_of, found = stamp(connection), count(connection)
            with self._lock:
                self._took[asked] = monotonic(), monotonic() - begun
                self._known[asked] = as_of, found
                self._known.move_to_end(asked)
                while len(self._known) > MOST:
                    self._took.pop(self._known.popitem(last=False)[0], None)
            return found
        finally:
            with self._lock:
                self._counting.pop((asked, now), None)
                self._again.discard(asked)

    def close(self) -> None:
        """Count nothing more."""
        self._closed.set()
        self._worker.shutdown(wait=True, cancel_futures=True)
        if self._first:
            self._first.join()


def remembered(request: Request) -> Remembered:
    """The one of this application."""
    found: Remembered = request.app.state.remembered
    return found
