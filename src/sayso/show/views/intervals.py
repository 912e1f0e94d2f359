"""Counts over time as a picture: for each an interval from low to high, by source, revisions joined.

From left to right is time, from bottom to top is the number. Counts keep a distance from one another so that each can
be pointed at; what is left of the width goes to the days between them. The same number of the same source on the same
day is one mark. How a source is known tells its shape, so that nothing hangs on colour.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from sayso.show.views.rise import Tick
from sayso.show.views.scale import PLOT, TOP, Scale, plain
from sayso.terms.weighing import Count, CountSeries

LEFT, RIGHT, FOOT, WIDTH = 66.0, 250.0, 30.0, 960.0
GAP, LEAST_GAP, LINE, DATE = 28.0, 12.0, 17.0, 84.0
MOST_NAMES = 18
SourceKind = Literal["named", "unnamed", "report"]
Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Mark:
    """One number that a source gave on a day: the ids of its counts, and where it stands.

    ``best``, ``low`` and ``high`` are heights; an open end is drawn as an arrow. A ``disputed`` number can't be
    right together with another.
    """

    counts: tuple[str, ...]
    source: str
    kind: SourceKind
    on: str | None
    number: str
    words: str
    x: float
    best: float
    low: float
    high: float
    open_low: bool
    open_high: bool
    disputed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """What a source said one after the other, as an SVG path."""

    source: str
    kind: SourceKind
    path: str


@dataclass(frozen=True, slots=True)
class Step:
    """A revision, from one mark to the later one, as an SVG path."""

    source: str
    path: str
    why: str


@dataclass(frozen=True, slots=True)
class Name:
    """A source's name at the right end, and the path that leads there from its last mark."""

    source: str
    kind: SourceKind
    at: float
    path: str


@dataclass(frozen=True, slots=True)
class Intervals:
    """The picture. ``unnamed`` counts sources that there was no room to name; ``powers`` tells a logarithmic scale."""

    width: float
    height: float
    marks: tuple[Mark, ...]
    lines: tuple[Line, ...]
    steps: tuple[Step, ...]
    names: tuple[Name, ...]
    days: tuple[Tick, ...]
    values: tuple[Tick, ...]
    unnamed: int
    powers: bool

    @property
    def end(self) -> float:
        """Where the axis ends and the names begin."""
        return self.width - RIGHT

    @property
    def base(self) -> float:
        """The foot of the plot."""
        return TOP + PLOT


def intervals(series: CountSeries) -> Intervals | None:
    """The picture of the counts that have a number; None if none has."""
    folded = _folded(series)
    if not folded:
        return None
    scale = Scale([value for counts in folded for value in _values(counts[0])])
    gap = max(LEAST_GAP, min(GAP, (WIDTH - LEFT - RIGHT) / len(folded)))
    width = max(WIDTH, LEFT + RIGHT + gap * len(folded))
    xs = _places([counts[0].on for counts in folded], LEFT + gap / 2, width - RIGHT - gap / 2, gap)
    disputed = {end for one in series.relations if one.kind == "contradiction" for end in (one.one, one.other)}
    marks = tuple(_mark(counts, x, scale, disputed) for counts, x in zip(folded, xs, strict=True))
    names, left_out = _names(marks, width - RIGHT)
    return Intervals(
        width, TOP + PLOT + FOOT, marks, tuple(_lines(marks)), tuple(_steps(series, marks)), names,
        tuple(_days(marks)), tuple(scale.ticks()), left_out, scale.powers,
    )  # fmt: skip


def kind_of(count: Count) -> SourceKind:
    """How the source of a count is known: by name, without one, or as the report's own voice."""
    if count.origin is None:
        return "report"
    return "named" if count.origin.naming == "named" else "unnamed"


def in_words(low: float | None, best: float | None, high: float | None) -> str:
    """A number with its bounds: "31–60, best 45", "31 or more"."""
    if low is None and high is None:
        return "no number" if best is None else f"about {plain(best)}"
    if low == high:
        return plain(low or 0)
    bounds = f"{plain(low)} or more" if high is None and low is not None else f"{_range(low, high)}"
    return bounds if best in {None, low, high} else f"{bounds}, best {plain(best or 0)}"


def _range(low: float | None, high: float | None) -> str:
    return f"up to {plain(high or 0)}" if low is None else f"{plain(low)}–{plain(high or 0)}"


def _folded(series: CountSeries) -> list[list[Count]]:
    """Counts with a number, the same number of one source on one day together, by day and source."""
    found: defaultdict[tuple[object, ...], list[Count]] = defaultdict(list)
    order = {source: place for place, source in enumerate(dict.fromkeys(count.source for count in series.counts))}
    for count in series.counts:
        if _values(count):
            found[count.on or "", order[count.source], count.low, count.best, count.high].append(count)
    return [found[key] for key in sorted(found, key=lambda key: (key[0], key[1]))]


def _values(count: Count) -> list[float]:
    return [value for value in (count.low, count.best, count.high) if value is not None]


def _places(days: Sequence[str | None], first: float, last: float, gap: float) -> list[float]:
    """A place for each: at least ``gap`` apart, the rest of the width shared out by time."""
    if len(days) == 1:
        return [(first + last) / 2]
    apart = [max(0, _number(other) - _number(one)) if one and other else 0 for one, other in pairwise(days)]
    spare = last - first - gap * len(apart)
    whole = sum(apart)
    places = [first]
    for days_between in apart:
        places.append(places[-1] + gap + spare * (days_between / whole if whole else 1 / len(apart)))
    return [round(place, 1) for place in places]


def _number(day: str) -> int:
    """A day as a number; the first one of a month or a year that is known no finer."""
    try:
        return date.fromisoformat((day + "-01-01")[:10]).toordinal()
    except ValueError:
        return 0


def _mark(counts: Sequence[Count], x: float, scale: Scale, disputed: set[str]) -> Mark:
    count = counts[0]
    values = _values(count)
    best = count.best if count.best is not None else values[0]
    number = in_words(count.low, count.best, count.high)
    times = f" (in {len(counts)} reports)" if len(counts) > 1 else ""
    words = f"{count.on or 'no date'}, {count.source}: {number}{times}. “{' '.join(count.passage.text.split())}”"
    return Mark(
        tuple(one.id for one in counts), count.source, kind_of(count), count.on, number, words, x, scale(best),
        scale(min(values)), scale(max(values)), count.low is None and count.high is not None,
        count.high is None and count.low is not None, any(one.id in disputed for one in counts),
    )  # fmt: skip


def _by_source(marks: Sequence[Mark]) -> dict[str, list[Mark]]:
    found: defaultdict[str, list[Mark]] = defaultdict(list)
    for mark in marks:
        found[mark.source].append(mark)
    return found


def _path(places: Sequence[Place]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)


def _lines(marks: Sequence[Mark]) -> Iterator[Line]:
    for source, mine in _by_source(marks).items():
        if len(mine) > 1:
            yield Line(source, mine[0].kind, _path([(mark.x, mark.best) for mark in mine]))


def _steps(series: CountSeries, marks: Sequence[Mark]) -> Iterator[Step]:
    """Revisions, each once."""
    of, seen = {own: mark for mark in marks for own in mark.counts}, set[str]()
    for one in series.relations:
        if one.kind == "revision" and one.one in of and one.other in of:
            a, b = of[one.one], of[one.other]
            path = _path([(a.x, a.best), (b.x, b.best)])
            if a != b and path not in seen:
                seen.add(path)
                yield Step(a.source, path, one.why)


def _names(marks: Sequence[Mark], end: float) -> tuple[tuple[Name, ...], int]:
    """The sources with most counts, named at the right at the height of their last mark, or near it."""
    mine = _by_source(marks)
    often = Counter({source: sum(len(mark.counts) for mark in some) for source, some in mine.items()})
    last = sorted((mine[source][-1] for source, _ in often.most_common(MOST_NAMES)), key=lambda mark: mark.best)
    heights = _apart([mark.best for mark in last])
    names = tuple(
        Name(mark.source, mark.kind, at, _path([(mark.x, mark.best), (end, mark.best), (end + 14, at)]))
        for mark, at in zip(last, heights, strict=True)
    )
    return names, len(mine) - len(names)


def _apart(heights: Sequence[float]) -> list[float]:
    """Heights in their order, moved as little as need be so that a line of text fits between them."""
    found: list[float] = []
    for height in heights:
        found.append(max(height, found[-1] + LINE) if found else height)
    lowest = TOP + PLOT
    for place in reversed(range(len(found))):
        found[place] = min(found[place], lowest)
        lowest = found[place] - LINE
    return [round(height, 1) for height in found]


def _days(marks: Sequence[Mark]) -> Iterator[Tick]:
    """The days in the middle of their marks, as many as there is room for."""
    at: defaultdict[str, list[float]] = defaultdict(list)
    for mark in marks:
        at[mark.on or ""].append(mark.x)
    last = -DATE
    for day, xs in at.items():
        middle = (xs[0] + xs[-1]) / 2
        if middle - last >= DATE:
            last = middle
            yield Tick(round(middle, 1), day or "no date")
