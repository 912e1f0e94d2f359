"""Statements by month as a picture: a bar a month, the author's distance from the speaker told apart in it."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sayso.show.views.rise import Tick

WIDTH, HEIGHT, LEFT, TOP, FOOT, LABEL = 640.0, 150.0, 40.0, 12.0, 24.0, 64.0
STANCES = ("neutral", "endorsed", "distanced")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
MOST = 72
WIDEST = 40.0


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a bar: the statements of a month that the authors tell with one stance."""

    month: str
    stance: str
    statements: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Months:
    """The picture: parts of bars, labels below, and the highest value."""

    width: float
    height: float
    parts: tuple[Part, ...]
    labels: tuple[Tick, ...]
    most: int
    top: float
    base: float


def months(counts: Mapping[str, Mapping[str, int]]) -> Months | None:
    """The picture of the statements by month (``YYYY-MM``) and stance; None where there are fewer than two months.

    Statements without a month are left out; of very many months, years are shown.
    """
    told = {month: stances for month, stances in counts.items() if MONTH.fullmatch(month)}
    if told and len(list(_between(min(told), max(told)))) > MOST:
        told = _years(told)
    if len(told) < 2:
        return None
    names = list(_between(min(told), max(told)))
    step = (WIDTH - LEFT) / len(names)
    most = max(sum(stances.values()) for stances in told.values())
    xs = {name: LEFT + step * number for number, name in enumerate(names)}
    parts = tuple(part for name in names for part in _bar(name, told.get(name, {}), xs[name], step, most))
    return Months(WIDTH, HEIGHT, parts, tuple(_labels(xs, step)), most, TOP, HEIGHT - FOOT)


def _years(told: Mapping[str, Mapping[str, int]]) -> dict[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for month, stances in told.items():
        year = found.setdefault(month[:4], {})
        for stance, count in stances.items():
            year[stance] = year.get(stance, 0) + count
    return dict(found)


def _between(first: str, last: str) -> Iterator[str]:
    """All months, or all years, from the first to the last."""
    if len(first) == 4:
        yield from (f"{year:04}" for year in range(int(first), int(last) + 1))
        return
    start, end = (int(month[:4]) * 12 + int(month[5:7]) - 1 for month in (first, last))
    yield from (f"{number // 12:04}-{number % 12 + 1:02}" for number in range(start, end + 1))


def _bar(name: str, stances: Mapping[str, int], x: float, step: float, most: int) -> Iterator[Part]:
    width = min(step * 0.8, WIDEST)
    y = HEIGHT - FOOT
    for stance in STANCES:
        count = stances.get(stance, 0)
        if count:
            height = (HEIGHT - TOP - FOOT) * count / most
            y -= height
            left = round(x + (step - width) / 2, 1)
            yield Part(name, stance, count, left, round(y, 1), round(width, 1), round(height, 1))


def _labels(xs: Mapping[str, float], step: float) -> Iterator[Tick]:
    last = -LABEL
    for name, x in xs.items():
        if x - last >= LABEL:
            last = x
            yield Tick(round(x + step / 2, 1), name)
