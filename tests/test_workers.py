import multiprocessing
from collections.abc import Iterator

import pytest

import sayso
from sayso.errors import WorkerError
from sayso.workers import WAITING, spread

TEXT = "The mayor of Orrin, Petra Lund, said on Friday that the bridge would be rebuilt."


def numbered(count: int, taken: list[int]) -> Iterator[sayso.Report]:
    for number in range(count):
        taken.append(number)
        yield sayso.Report(f"{TEXT} " * (1 + number % 3), str(number))


def test_readings_come_in_order_without_reading_ahead_too_far() -> None:
    taken: list[int] = []
    readings = spread(numbered(60, taken), jobs=2)
    first = next(readings)
    assert len(taken) <= 2 * WAITING + 1
    rest = list(readings)
    assert [r.report.id for r in (first, *rest)] == [str(n) for n in range(60)]
    assert first == sayso.read(f"{TEXT} ", id="0")


def test_no_reports_give_no_readings() -> None:
    assert list(spread([], jobs=2)) == []


def test_a_dead_process_is_told_with_a_way_out() -> None:
    before = set(multiprocessing.active_children())
    readings = spread(numbered(2000, []), jobs=2)
    next(readings)
    (set(multiprocessing.active_children()) - before).pop().kill()
    with pytest.raises(WorkerError, match="fewer jobs"):
        list(readings)
