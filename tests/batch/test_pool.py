"""Whatever documents do to the processes that read them, the others are read, and the bad ones are named."""

import os
import signal
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import cast

import pytest

from sayso.batch.limits import Limits
from sayso.batch.pool import Pool
from sayso.batch.reading import Outcome
from sayso.batch.shards import Shard
from sayso.errors import WorkerError
from tests.batch.made import bytes_of, in_order, shards, texts, why
from tests.batch.works import CRASH, FAULTY, HANG, HUNGRY, SLOW, Marked, Unready

SMALL = 600 * 2**20
LIMITS = Limits(SMALL, 30)


def read(some: list[Shard], workers: int = 1, limits: Limits = LIMITS, work: Marked | None = None) -> list[Outcome]:
    with Pool(work or Marked(), workers, limits) as pool:
        return in_order(pool.run(some))


def test_bad_documents_are_named_and_the_bytes_do_not_depend_on_how_many_read() -> None:
    limits = Limits(SMALL, 1)
    some = shards(texts(16, _2=CRASH, _3=FAULTY, _9=HUNGRY, _10=HANG))
    one, two = read(some, limits=limits), read(some, workers=2, limits=limits)
    assert bytes_of(one) == bytes_of(two)
    reasons = why(one)
    assert list(reasons) == ["report r2", "report r3", "report r9", "report r10"]
    assert "was ended by SIGSEGV, twice" in reasons["report r2"]
    assert "600 MiB that a process may take: allow more with --memory" in reasons["report r9"]
    assert "within 1 seconds: allow more with --seconds" in reasons["report r10"]
    assert [outcome.rows["reports"] for outcome in one] == [2, 4, 2, 4]
    assert bytes_of(one)[3] == bytes_of(read(shards(texts(16))))[3]


def test_a_process_killed_from_outside_costs_no_document(tmp_path: Path) -> None:
    some = shards(texts(12, **{f"_{n}": SLOW for n in range(12)}))
    killed, ticks = list[int](), count(1)

    def kill() -> None:
        """End a process, twice, but not over the same document."""
        if next(ticks) in {1, 7}:
            mine = {int(file.name) for file in tmp_path.iterdir()} - set(killed)
            killed.append(mine.pop())
            os.kill(killed[-1], signal.SIGKILL)

    with Pool(Marked(str(tmp_path)), 2, LIMITS, kill) as pool:
        found = in_order(pool.run(some))
    assert len(killed) == 2
    assert why(found) == {}
    assert bytes_of(found) == bytes_of(read(some, workers=2))


def test_no_more_shards_are_taken_than_can_be_worked_at() -> None:
    taken = list[int]()

    def told() -> Iterator[Shard]:
        for shard in shards(texts(80)):
            taken.append(shard.bounds.number)
            yield shard

    with Pool(Marked(), 2, LIMITS) as pool:
        for done, _ in enumerate(pool.run(told()), 1):
            assert len(taken) <= done + 4
    assert len(taken) == 20


def test_processes_last_from_run_to_run_and_end_with_the_pool(tmp_path: Path) -> None:
    with Pool(Marked(str(tmp_path)), 1, LIMITS) as pool:
        for _ in range(3):
            assert len(list(pool.run(shards(texts(4))))) == 1
        (process,) = tmp_path.iterdir()
        assert is_there(int(process.name))
    assert not is_there(int(process.name))


def test_a_run_that_is_left_early_leaves_nobody_at_work(tmp_path: Path) -> None:
    some = shards(texts(12, **{f"_{n}": SLOW for n in range(12)}))
    with Pool(Marked(str(tmp_path)), 1, LIMITS) as pool:
        with closing(cast("Generator[Outcome, None, None]", pool.run(some))) as run:
            first = next(run)
        assert first.bounds.number == 0
        assert len(list(pool.run(some))) == 3


def test_processes_that_cannot_start_are_told() -> None:
    with pytest.raises(WorkerError, match="could not start: it was ended by SIGKILL"):
        read(shards(texts(1)), work=Unready())


def test_processes_that_may_take_too_little_to_start_are_told(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(WorkerError, match="could not start"):
        read(shards(texts(1)), limits=Limits(16 * 2**20))
    assert "Error" in capfd.readouterr().err


def test_no_shards_give_nothing_and_start_nothing(tmp_path: Path) -> None:
    assert read([], work=Marked(str(tmp_path))) == []
    assert list(tmp_path.iterdir()) == []


def is_there(process: int) -> bool:
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return False
        if Path(f"/proc/{process}/stat").exists() and ") Z " in Path(f"/proc/{process}/stat").read_text():
            return False
        time.sleep(0.002)
    return True
