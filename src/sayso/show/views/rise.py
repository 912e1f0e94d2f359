"""How a claim grew, as a picture: a step for each day, reports above, independent origins from low to high below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sayso.terms.weighing import Growth

WIDTH, HEIGHT, LEFT, RIGHT, TOP, FOOT = 900.0, 180.0, 40.0, 170.0, 14.0, 24.0
LINE, DATE = 16.0, 90.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on an axis: where it stands and what is written there."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Rise:
    """The picture: SVG paths for the reports' line and the origins' band, with their ticks and last values."""

    width: float
    height: float
    reports: str
    band: str
    days: tuple[Tick, ...]
    counts: tuple[Tick, ...]
    ends: tuple[Tick, ...]


def rise(growth: Sequence[Growth]) -> Rise | None:
    """The picture of the ``growth``; None where there is but one day."""
    if len(growth) < 2:
        return None
    first, last = (date.fromisoformat(growth[end].day).toordinal() for end in (0, -1))
    most = max(max(one.reports, one.high) for one in growth)
    xs = [LEFT + (WIDTH - LEFT - RIGHT) * (_number(one) - first) / (last - first) for one in growth]

    def height(value: float) -> float:
        return TOP + (HEIGHT - TOP - FOOT) * (1 - value / most)

    low, high, reports = (
        [height(value) for value in values]
        for values in ([one.low for one in growth], [one.high for one in growth], [one.reports for one in growth])
    )
    there = _steps(xs, high)
    back = list(reversed(_steps(xs, low)))
    end = growth[-1]
    origins = f"{end.low}" if end.low == end.high else f"{end.low}–{end.high}"
    return Rise(
        WIDTH, HEIGHT, _path(_steps(xs, reports)), _path([*there, *back]) + "Z",
        _days(growth, xs), tuple(Tick(height(value), str(value)) for value in sorted({0, most})),
        _apart(Tick(reports[-1], f"{end.reports} reports"), Tick((low[-1] + high[-1]) / 2, f"{origins} origins")),
    )  # fmt: skip


def _number(one: Growth) -> int:
    return date.fromisoformat(one.day).toordinal()


def _steps(xs: Sequence[float], ys: Sequence[float]) -> list[tuple[float, float]]:
    """Level until the next day, then up."""
    points = [(xs[0], ys[0])]
    for x, before, now in zip(xs[1:], ys, ys[1:], strict=False):
        points += [(x, before), (x, now)]
    return [*points, (WIDTH - RIGHT + 12, ys[-1])]


def _path(points: Sequence[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _days(growth: Sequence[Growth], xs: Sequence[float]) -> tuple[Tick, ...]:
    """The days, as many as there is room for."""
    shown: list[Tick] = []
    for x, one in zip(xs, growth, strict=True):
        if not shown or x - shown[-1].at > DATE:
            shown.append(Tick(x, one.day))
    return tuple(shown)


def _apart(one: Tick, other: Tick) -> tuple[Tick, Tick]:
    """Two labels that don't lie on each other."""
    upper, lower = sorted((one, other), key=lambda tick: tick.at)
    return upper, Tick(max(lower.at, upper.at + LINE), lower.text)
