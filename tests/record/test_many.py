"""Two programs write and twenty look at once: nothing fails, nothing is lost, nothing is there twice."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from threading import Event

from sayso.record import search
from sayso.record.check import Problem, check
from sayso.record.ledger import Ledger
from sayso.record.search import Filters
from tests.record.stories import reading

REPORTS, LOOKERS = 40, 20


def write(where: str, numbers: Iterable[int]) -> int:
    with Ledger(where) as ledger:
        return sum(ledger.add(reading(number).report, reading(number), "r1").new for number in numbers)


def look(where: str, done: Event) -> int:
    most = 0
    with Ledger(where) as ledger:
        while True:
            last = done.is_set()
            with ledger.looking() as connection:
                found = len(search.statements(connection, "families", Filters(), limit=REPORTS * 2).hits)
            assert found >= most, "what was there once must stay"
            most = found
            for hit in ledger.readings():
                assert len(hit.attributions) == 2, "a report is there whole or not at all"
            if last:
                return most


def test_two_writers_and_twenty_readers(where: str) -> None:
    Ledger(where).close()
    done = Event()
    with ThreadPoolExecutor(LOOKERS + 2) as pool:
        lookers = [pool.submit(look, where, done) for _ in range(LOOKERS)]
        writers = [pool.submit(write, where, numbers) for numbers in (range(REPORTS), range(REPORTS - 1, -1, -1))]
        new = [writer.result() for writer in writers]
        done.set()
        assert sum(new) == REPORTS
        assert {looker.result() for looker in lookers} == {REPORTS * 2}
    with Ledger(where) as ledger:
        assert ledger.count() == {"reports": REPORTS, "read": REPORTS}
        assert not [found for found in check(ledger) if isinstance(found, Problem)]
