"""How long a fetch may go on: until its time is over, or until somebody stops it."""

import math
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import TypeVar

from sayso.errors import FetchError

SLICE = 0.2
LEAST = 0.001

Result = TypeVar("Result")


class Patience:
    """The time of one fetch at a time, counted from ``begin``."""

    def __init__(self) -> None:
        self.stop: threading.Event | None = None
        self._total = self._end = math.inf

    def begin(self, seconds: float) -> None:
        """Start counting."""
        self._total, self._end = seconds, time.monotonic() + seconds

    def pause(self, seconds: float) -> None:
        """Wait, which does not count; FetchError if the fetch is to stop."""
        self._end += seconds
        if seconds > 0:
            time.sleep(seconds) if self.stop is None else self.stop.wait(seconds)
        self.left()

    def left(self, most: float | None = None) -> float:
        """The seconds left, ``most`` of them; FetchError if there are none, or if the fetch is to stop."""
        if self.stop is not None and self.stop.is_set():
            raise FetchError("was stopped: fetch it again", passing=True)
        rest = self._end - time.monotonic()
        if rest <= 0:
            why = f"takes longer than {self._total:g} seconds: try again later, or save the page and add the file"
            raise FetchError(why, passing=True)
        return max(LEAST, rest if most is None else min(most, rest))

    def run(self, work: Callable[[], Result], late: Callable[[Result], None]) -> Result:
        """What ``work`` returns, done in a thread so that it can be left behind; ``late`` gets what it then returns."""
        future: Future[Result] = Future()
        threading.Thread(target=_settle, args=(future, work), daemon=True).start()
        try:
            while not wait([future], self.left(SLICE)).done:
                pass
        except BaseException:
            future.add_done_callback(lambda done: None if done.exception() else late(done.result()))
            raise
        return future.result()


def _settle(future: Future[Result], work: Callable[[], Result]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # noqa: BLE001 - whoever waits gets it
        future.set_exception(error)
