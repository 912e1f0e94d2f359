"""What stories do to the processes that weigh them; and real readings, with all that may be odd in them."""

import os
import signal
import time
from importlib.resources import as_file, files
from pathlib import Path

import pytest

from sayso.batch.limits import Limits
from sayso.batch.pool import Pool
from sayso.batch.reading import Reads
from sayso.batch.run import Plan, Tally, run
from sayso.batch.weighing.run import weigh_batch
from sayso.batch.weighing.steps import Found
from sayso.batch.weighing.tasks import Done, Task, Weighs
from tests.batch.test_loading import collection
from tests.batch.weighing.made import LIMITS, in_order, ledger_rows, rows, weigh, weighed_files, write_batch
from tests.batch.weighing.test_run import MADE


class Deadly(Weighs):
    """Ends its process over stories of a dam, and never ends over one of a museum."""

    def __call__(self, document: Task) -> Done:
        if "story" in document.where and "dam" in document.where:
            os.kill(os.getpid(), signal.SIGSEGV)
        if "story" in document.where and "museum" in document.where:
            time.sleep(60)
        return super().__call__(document)


def test_a_story_that_ends_its_process_is_named_and_the_rest_is_there(tmp_path: Path) -> None:
    batch, whole = write_batch(tmp_path / "out", MADE), write_batch(tmp_path / "whole", MADE)
    found, limits = Found(), Limits(LIMITS.memory, 2)
    weigh_batch(batch, lambda: Pool(Deadly(), 2, limits), limits, found)
    weigh(whole)
    reasons = {where: reason for _, where, reason in found.failed}
    wanted = {f"story {row['id']} ({row['title']})": row["id"] for row in rows(whole)["stories"]}
    lost = {where: story for where, story in wanted.items() if "dam" in where or "museum" in where}
    assert reasons.keys() == lost.keys()
    assert any("was ended by SIGSEGV, twice" in reason for reason in reasons.values())
    assert any("within 2 seconds: allow more with --seconds" in reason for reason in reasons.values())
    for name in ("claims", "sayings"):
        assert rows(batch)[name] == [row for row in rows(whole)[name] if row["story"] not in lost.values()] != []
    again = Found()
    weigh_batch(batch, lambda: Pool(Weighs(), 1, LIMITS), LIMITS, again)
    assert (again.failed, again.again > 0) == ([], True)
    assert weighed_files(batch) == weighed_files(whole)


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of real readings: some are there twice, unread, or hold characters that no database takes."""
    folder = tmp_path_factory.mktemp("real")
    plan = Plan((collection(folder),), folder / "out", {"reader": "0.1.0-abc"}, 3)
    run(plan, lambda: Pool(Reads(), 1, Limits()), Tally())
    return plan.to


def test_real_readings_are_weighed_as_in_the_ledger(real: Path, tmp_path: Path) -> None:
    assert weigh(real).failed == []
    assert in_order(rows(real)) == in_order(ledger_rows(real, tmp_path / "ledger.db"))
    assert len(rows(real)["sayings"]) > 20


def test_figures_and_disputes_of_the_sample_are_those_of_the_ledger(tmp_path: Path) -> None:
    with as_file(files("sayso.samples") / "ceasefire.jsonl") as sample:
        plan = Plan((str(sample),), tmp_path / "out", {"reader": "0.1.0-abc"}, 5)
        run(plan, lambda: Pool(Reads(), 1, Limits()), Tally())
    assert weigh(plan.to).failed == []
    found = rows(plan.to)
    assert in_order(found) == in_order(ledger_rows(plan.to, tmp_path / "ledger.db"))
    assert {row["kind"] for row in found["disputes"]} == {"denial", "figures"}
    assert {"revision", "contradiction"} <= {row["kind"] for row in found["relations"]}
    assert {row["one"] for row in found["relations"]} <= {row["id"] for row in found["counts"]}
