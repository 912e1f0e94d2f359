"""Threads and programs that judge and add at once: every write is kept, and the last word is what counts."""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace

from sayso.record import latest
from sayso.record.ledger import Ledger
from sayso.record.rows import report_id
from sayso.terms import Judgement, Reading, Speaker
from tests.record.stories import reading

PROGRAMS, THREADS, TURNS = 2, 4, 8


def spoken_by(number: int, name: str) -> Reading:
    """A report in which somebody speaks whom other reports name too."""
    found = reading(number, f"Outlet {number}")
    by = Speaker(name, "named", "person")
    return replace(found, attributions=tuple(replace(one, speaker=by) for one in found.attributions))


def test_no_write_is_lost_when_threads_of_two_programs_judge_and_add(where: str) -> None:
    with ExitStack() as stack:
        programs = [stack.enter_context(Ledger(where)) for _ in range(PROGRAMS)]
        found = reading()
        programs[0].add(found.report, found, "r1")
        own, statement = report_id(found.report), found.attributions[0]
        bare = Judgement("correct", "attribution", "", "", own, statement.content.spans, field="role")

        def judge(number: int) -> None:
            for turn in range(TURNS):
                made_at = f"2031-05-04T10:{turn:02}:00.{number:06}+00:00"
                role = f"role {turn} of {number}"
                programs[number % PROGRAMS].judge(replace(bare, who=f"Judge {number}", made_at=made_at, value=role))

        def add(number: int) -> None:
            for turn in range(TURNS):
                one = spoken_by(100 + number * TURNS + turn, f"Speaker {turn}")
                programs[number % PROGRAMS].add(one.report, one, "r1")

        with ThreadPoolExecutor(2 * THREADS) as pool:
            running = [pool.submit(work, number) for number in range(THREADS) for work in (judge, add)]
        for one in running:
            one.result()
        told, (kept,) = programs[0].judgements(), [one for one in programs[0].readings() if one.report.id == "report 0"]
        assert len(told) == THREADS * TURNS
        assert kept.attributions[0].speaker.role == told[-1].value
        assert programs[1].count()["read"] == 1 + THREADS * TURNS


def test_who_only_looks_sees_one_moment(where: str) -> None:
    with Ledger(where) as ledger, Ledger(where) as other:
        with ledger.looking() as connection:
            before = latest.count(connection)
            found = reading()
            other.add(found.report, found, "r1")
            other.judge(
                Judgement("accept", "attribution", "Ann", "2031-05-04T10:00:00+00:00", report_id(found.report),
                          found.attributions[0].content.spans)
            )  # fmt: skip
            assert latest.count(connection) == before == 0
        with ledger.looking() as connection:
            assert latest.count(connection) == 1
