"""At most one request a second to the same host."""

import time
from collections.abc import Callable

KEPT = 10_000


class Pace:
    """Keeps requests to one host ``seconds`` apart. ``clock`` counts seconds."""

    def __init__(self, seconds: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._seconds, self._clock = seconds, clock
        self._free: dict[str, float] = {}

    def wait_for(self, host: str) -> float:
        """The seconds to wait before ``host`` may be asked; whoever asks this is the next to ask the host."""
        now = self._clock()
        turn = max(now, self._free.pop(host, now))
        self._free[host] = turn + self._seconds
        if len(self._free) > KEPT:
            del self._free[next(iter(self._free))]
        return turn - now
