"""An axis of numbers from bottom to top, with round numbers on it."""

import math
from collections.abc import Callable, Iterator, Sequence

from sayso.show.views.rise import Tick

TOP, PLOT = 24.0, 330.0
TICKS, SPREAD = 7, 50.0


class Scale:
    """From numbers to heights: by powers of ten where the numbers are far apart."""

    def __init__(self, values: Sequence[float]) -> None:
        least, most = min(values), max(values)
        self.powers = least >= 1 and most / least >= SPREAD
        self._as: Callable[[float], float] = math.log10 if self.powers else float
        low, high = self._as(least), self._as(most)
        room = (high - low) * 0.12 or max(abs(high) * 0.1, 0.1 if self.powers else 1)
        self.low, self.high = low - room, high + room
        if not self.powers and least >= 0:
            self.low = max(self.low, 0.0)

    def __call__(self, value: float) -> float:
        """The height of a number."""
        part = (self._as(value) - self.low) / (self.high - self.low)
        return round(TOP + PLOT * (1 - part), 1)

    def ticks(self) -> Iterator[Tick]:
        """Heights of round numbers."""
        for value in self._by_powers() if self.powers else self._evenly():
            yield Tick(self(value), plain(round(value, 6)))

    def _by_powers(self) -> Iterator[float]:
        whole = range(math.floor(self.low), math.ceil(self.high) + 1)
        steps = (1, 2, 5) if self.high - self.low < 4 else (1,)
        yield from (step * 10.0**power for power in whole for step in steps if self._shows(step * 10.0**power))

    def _shows(self, value: float) -> bool:
        return self.low <= math.log10(value) <= self.high

    def _evenly(self) -> Iterator[float]:
        rough = (self.high - self.low) / TICKS
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * one for one in (1, 2, 5, 10) if power * one >= rough)
        yield from (number * step for number in range(math.ceil(self.low / step), math.floor(self.high / step) + 1))


def plain(value: float) -> str:
    """A number as people write it."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"
