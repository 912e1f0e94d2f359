"""Counts as a picture: an interval for each, a row for each source, revisions joined, contradictions marked."""

from collections.abc import Iterator
from dataclasses import dataclass

from sayso.terms.weighing import Count, CountSeries

WIDTH, ROW, LEFT, RIGHT, TOP, FOOT = 900.0, 44.0, 190.0, 30.0, 10.0, 30.0
STAGGER, TICKS = 9.0, 5


@dataclass(frozen=True, slots=True)
class Bar:
    """One count: where its interval and its best value stand, open ends, and its words for whoever points at it."""

    left: float
    right: float
    best: float
    y: float
    open_low: bool
    open_high: bool
    disputed: bool
    words: str


@dataclass(frozen=True, slots=True)
class Row:
    """One source: its name and where its row stands."""

    source: str
    y: float


@dataclass(frozen=True, slots=True)
class Intervals:
    """The picture. ``steps`` join revised counts, each as x and y of both ends; ``ticks`` are of the axis."""

    width: float
    height: float
    rows: tuple[Row, ...]
    bars: tuple[Bar, ...]
    steps: tuple[tuple[float, float, float, float], ...]
    ticks: tuple[tuple[float, float], ...]


def intervals(series: CountSeries) -> Intervals | None:
    """The picture of the counts that have a number; None if none has."""
    counts = [count for count in series.counts if _values(count)]
    if not counts:
        return None
    sources = list(dict.fromkeys(count.source for count in counts))
    scale = _Scale(counts)
    places = {source: TOP + ROW * number + ROW / 2 for number, source in enumerate(sources)}
    seen = dict.fromkeys(sources, 0)
    disputed = {end for one in series.relations if one.kind == "contradiction" for end in (one.one, one.other)}
    bars: dict[str, Bar] = {}
    for count in counts:
        y = places[count.source] + STAGGER * ((seen[count.source] + 1) // 2 * (-1) ** seen[count.source] % 3 - 1)
        seen[count.source] += 1
        bars[count.id] = _bar(count, scale, y, disputed=count.id in disputed)
    steps = tuple(
        (bars[one.one].best, bars[one.one].y, bars[one.other].best, bars[one.other].y)
        for one in series.relations
        if one.kind == "revision" and one.one in bars and one.other in bars
    )
    rows = tuple(Row(source, y) for source, y in places.items())
    return Intervals(WIDTH, TOP + ROW * len(rows) + FOOT, rows, tuple(bars.values()), steps, tuple(scale.ticks()))


def _values(count: Count) -> list[float]:
    return [value for value in (count.low, count.best, count.high) if value is not None]


class _Scale:
    """From numbers to places on the axis."""

    def __init__(self, counts: list[Count]) -> None:
        values = [value for count in counts for value in _values(count)]
        least, most = min(values), max(values)
        room = (most - least) * 0.08 or max(most * 0.1, 1)
        self.low, self.high = max(0.0, least - room), most + room

    def __call__(self, value: float) -> float:
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (value - self.low) / (self.high - self.low), 1)

    def ticks(self) -> Iterator[tuple[float, float]]:
        """Places and round numbers."""
        step = _round((self.high - self.low) / TICKS)
        value = -(-self.low // step) * step
        while value <= self.high:
            yield self(value), value
            value += step


def _round(step: float) -> float:
    power = 10.0 ** (len(str(int(step))) - 1) if step >= 1 else 1.0
    return next((power * one for one in (1, 2, 5) if power * one >= step), power * 10)


def _bar(count: Count, scale: _Scale, y: float, *, disputed: bool) -> Bar:
    values = _values(count)
    best = count.best if count.best is not None else values[0]
    left = scale.low if count.low is None and count.high is not None and count.best is None else min(values)
    right = scale.high if count.high is None and count.low is not None else max(values)
    words = f"{count.on or 'no date'}, {count.source}: {' '.join(count.passage.text.split())} ({count.report})"
    return Bar(
        scale(left), scale(right), scale(best), round(y, 1), count.low is None and left != best,
        count.high is None and right != best, disputed, words,
    )  # fmt: skip
