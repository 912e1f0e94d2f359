"""A run brings its folder up to its inputs, wherever an earlier one stopped."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sayso.batch.engine import Engine
from sayso.batch.limits import Limits
from sayso.batch.pool import Pool
from sayso.batch.reading import Outcome
from sayso.batch.run import Plan, Tally, run
from sayso.errors import InputError
from tests.batch.made import files, texts, write_jsonl
from tests.batch.works import FAULTY, Marked

COUNT = 14


class StopError(Exception):
    """Stands in for Ctrl-C."""


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    source = write_jsonl(tmp_path / "some.jsonl", texts(COUNT, _3=FAULTY))
    return Plan((source,), tmp_path / "out", {"reader": "0.1.0-abc"}, 4)


def once(plan: Plan, stop: int = 99) -> Tally:
    tally = Tally()
    told = list[Outcome]()

    def tell(outcome: Outcome | None) -> None:
        if outcome is not None:
            told.append(outcome)
            if len(told) == stop:
                raise StopError

    run(plan, lambda: Pool(Marked(), 1, Limits()), tally, tell)
    return tally


def never() -> Engine:
    raise AssertionError("there is nothing to read")


def again(plan: Plan) -> Tally:
    tally = Tally()
    run(plan, never, tally)
    return tally


def test_a_run_that_stops_goes_on_and_then_has_nothing_to_do(plan: Plan, tmp_path: Path) -> None:
    whole = replace(plan, to=tmp_path / "whole")
    first = once(whole)
    assert (first.shards, first.again, first.documents, first.skipped) == (4, 0, COUNT, 1)
    for stopped in (1, 2):
        with pytest.raises(StopError):
            once(plan, stop=1)
        assert len(list((plan.to / "shards").iterdir())) == stopped
    second = once(plan)
    assert (second.shards, second.again, second.documents, second.skipped) == (4, 2, COUNT, 1)
    assert files(plan.to) == files(whole.to)
    third = again(plan)
    assert (third.shards, third.again, third.words, third.read) == (4, 4, first.words, 0)
    assert third.reasons == first.reasons


def test_lost_records_are_made_again(plan: Plan) -> None:
    once(plan)
    before = files(plan.to)
    (plan.to / "shards/00000001.json").unlink()
    (plan.to / "finished.json").unlink()
    assert once(plan).again == 3
    assert files(plan.to) == before


def test_touched_inputs_are_looked_through_but_not_read(plan: Plan) -> None:
    once(plan)
    source = Path(plan.paths[0])
    source.write_bytes(source.read_bytes())
    assert again(plan).again == 4
    moved = source.rename(source.with_name("moved.jsonl"))
    assert again(replace(plan, paths=(str(moved),))).again == 4


CHANGES: dict[str, tuple[Callable[[list[str]], list[str]], str]] = {
    "in the middle": (
        lambda some: [*some[:6], "Another text.", *some[7:]],
        r"other inputs, from .*some.jsonl, report r4",
    ),
    "at the end": (lambda some: [*some, "One more."], r"other inputs, from .*some.jsonl, report r12 on: name another"),
    "fewer": (lambda some: some[:12], r"more inputs, which also had .*report r12: name all of them, or .* --anew"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_changed_inputs_are_told_and_read_anew_if_asked_to(plan: Plan, change: str) -> None:
    once(plan)
    before = files(plan.to)
    changed, message = CHANGES[change]
    write_jsonl(Path(plan.paths[0]), changed(texts(COUNT, _3=FAULTY)))
    with pytest.raises(InputError, match=message):
        again(plan)
    assert files(plan.to) == before
    assert once(replace(plan, anew=True)).again == 0
    assert again(plan).again > 0


def test_the_size_of_shards_stays_unless_another_is_asked_for(plan: Plan) -> None:
    once(plan)
    assert again(replace(plan, size=None)).shards == 4
    with pytest.raises(InputError, match=r"another shard \(4, not 8\)"):
        again(replace(plan, size=8))
    assert once(replace(plan, size=8, anew=True)).shards == 2


def test_a_folder_within_the_inputs_is_refused(plan: Plan, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="which is to be read: name a folder elsewhere"):
        again(replace(plan, paths=(str(tmp_path),)))
    assert not plan.to.exists()


def test_inputs_that_are_not_there_are_skipped_documents(plan: Plan) -> None:
    tally = once(replace(plan, paths=(str(plan.to / "missing"),)))
    assert (tally.documents, tally.skipped) == (1, 1)
    assert dict(tally.reasons) == {"does not exist: check the path": 1}
