"""A batch is weighed as the ledger that it was added to, in whatever order and shards, wherever a run stopped."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.adding import Tally
from sayso.batch.engine import Engine
from sayso.batch.folder import Folder
from sayso.batch.loading import add_batch
from sayso.batch.tables import Read, Unread
from sayso.batch.weighing.run import weigh_batch
from sayso.batch.weighing.steps import Found
from sayso.batch.weighing.tasks import Done, Task, Weighs
from sayso.errors import InputError
from sayso.record.ledger import Ledger
from sayso.terms import Reading, Skipped
from tests.batch.weighing.made import LIMITS, in_order, ledger_rows, rows, weigh, weighed_files, write_batch
from tests.weighing.made import readings, told

MADE: list[Read] = [
    *(told(number, matter, f"2031-05-{day:02}") for number, (matter, day) in enumerate(
        [(0, 4), (0, 4), (1, 5), (2, 12), (3, 6), (4, 20), (5, 21), (6, 7)]
    )),
    Skipped("a file", "is empty"),
    told(20, 0, "2031-05-04", "index.html"), told(21, 0, "2031-05-06", "index.html"), told(22, 3, None),
]  # fmt: skip


@settings(max_examples=30)
@given(readings(), st.integers(1, 4), st.randoms(use_true_random=False))
def test_stories_and_claims_are_those_of_the_ledger_in_any_order_and_shards(
    tmp_path_factory: pytest.TempPathFactory, some: list[Reading], size: int, chance: Random
) -> None:
    folder = tmp_path_factory.mktemp("any")
    one = write_batch(folder / "one", some, 3)
    other = write_batch(folder / "other", chance.sample(some, len(some)), size)
    for batch in (one, other):
        assert weigh(batch).failed == []
    assert in_order(rows(one)) == in_order(ledger_rows(one, folder / "ledger.db"))
    files = weighed_files(one), weighed_files(other)
    assert files[0].keys() == files[1].keys()
    for name in files[0].keys() - {"near_copies/00000000.parquet"}:
        assert files[0][name] == files[1][name]
    assert pairs(one) == pairs(other)


def pairs(batch: Path) -> set[tuple[frozenset[str], float]]:
    """The near-copies, whichever of two is the later one."""
    return {(frozenset((row["report"], row["earlier"])), row["share"]) for row in rows(batch)["near_copies"]}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made batch, weighed at one go."""
    batch = write_batch(tmp_path_factory.mktemp("whole") / "out", MADE)
    found = weigh(batch)
    assert (found.failed, found.again) == ([], 0)
    return batch


def test_near_copies_are_those_of_the_ledger(whole: Path, tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        add_batch(ledger, str(whole), Tally())
        reports = pq.read_table(whole / "reports")["id"].to_pylist()
        wanted = {(frozenset((one, other)), share) for one in reports for other, share in ledger.copies(one)}
    assert pairs(whole) == wanted != set()


def test_rows_are_the_same_however_small_the_parts_are(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes = {"near": {"BUCKET": 16, "RANGE": 3, "PAIRS": 2}, "threads": {"TOGETHER": 2, "LINKED": 1}}
    for module, some in sizes.items():
        for name, size in some.items():
            monkeypatch.setattr(f"sayso.batch.weighing.{module}.{name}", size)
    batch = write_batch(tmp_path / "out", MADE, 1)
    found = weigh(batch)
    assert found.parts > 30
    assert rows(batch) == rows(whole)


def test_a_report_that_comes_again_counts_once_even_if_it_was_not_read_at_first(tmp_path: Path) -> None:
    unread = told(30, 3, "2031-05-06")
    again = replace(told(1, 0), report=replace(told(1, 0).report, title="Another title"))
    web = [page(day) for day in ("2031-05-04", "2031-05-05")]
    some: list[Read] = [told(0, 0), told(1, 0), again, Unread(unread.report, "is in French"), unread, *web]
    batch = write_batch(tmp_path / "out", some, 2)
    weigh(batch)
    assert len(rows(batch)["story_reports"]) == 3
    assert in_order(rows(batch)) == in_order(ledger_rows(batch, tmp_path / "ledger.db"))


def page(day: str) -> Reading:
    """A page that was taken from the same bytes each time."""
    reading = told(40, 6, day, "page")
    return replace(reading, report=replace(reading.report, raw_sha256="aa", extractor="trafilatura 2.3.1"))


def test_what_is_done_is_not_done_again(whole: Path) -> None:
    before = weighed_files(whole)
    found = Found()
    weigh_batch(whole, never, LIMITS, found)
    assert (found.parts, found.rows["stories"]) == (0, len(rows(whole)["stories"]))
    assert weighed_files(whole) == before
    assert not (whole / "weighing").exists()


def never() -> Engine:
    raise AssertionError("there is nothing to do")


class StopError(Exception):
    """Stands in for a kill."""


class Fails(Weighs):
    """Fails on what has a word in its name."""

    word = "dam"

    def __call__(self, document: Task) -> Done:
        if self.word in document.where:
            raise ValueError("a fault")
        return super().__call__(document)


class FailsOnKeys(Fails):
    word = "shard 0"


class FailsOnWeek(Fails):
    word = "the week from"


@pytest.mark.parametrize("first", [None, FailsOnKeys, FailsOnWeek])
def test_a_run_that_is_killed_at_any_moment_goes_on(
    whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: Callable[[], Fails] | None
) -> None:
    batch, left, stops = write_batch(tmp_path / "out", MADE), Left(), 0
    if first:
        assert weigh(batch, first()).failed
    monkeypatch.setattr(Folder, "put", left.put)
    while not done(batch):
        left.count = 7 + stops % 5
        stops += 1
    assert stops > 5
    assert weighed_files(batch) == weighed_files(whole)
    assert not list(batch.rglob(".*.part"))


def done(batch: Path) -> bool:
    """Whether weighing came to its end."""
    try:
        weigh(batch, limits=replace(LIMITS, seconds=60))
    except StopError:
        return False
    return True


class Left:
    """Lets so many files be written, and stops in the middle of the next."""

    def __init__(self) -> None:
        self.count, self._put = 0, Folder.put

    @property
    def put(self) -> Callable[[Folder, Path, bytes], None]:
        def put(folder: Folder, to: Path, data: bytes) -> None:
            self.count -= 1
            if self.count < 0:
                to.with_name(f".{to.name}.part").write_bytes(data[:1])
                raise StopError
            self._put(folder, to, data)

        return put


@pytest.mark.parametrize("work", [Fails, FailsOnKeys, FailsOnWeek])
def test_what_fails_is_named_and_done_under_wider_limits(
    whole: Path, tmp_path: Path, work: Callable[[], Fails]
) -> None:
    batch, wanted = write_batch(tmp_path / "out", MADE), rows(whole)
    found = weigh(batch, work())
    assert found.failed
    assert all(work().word in where and "a fault" in reason for _, where, reason in found.failed)
    assert [tuple(row.values()) for row in rows(batch)["unweighed"]] == found.failed
    for row in rows(batch)["claims"]:
        assert work is not Fails or row in wanted["claims"]
    again = Found()
    weigh_batch(batch, never, LIMITS, again)
    assert again.failed == found.failed
    assert weigh(batch, limits=replace(LIMITS, seconds=60)).failed == []
    assert weighed_files(batch) == weighed_files(whole)
    assert not (batch / "weighing").exists()


def test_a_story_that_fails_is_there_without_its_claims(whole: Path, tmp_path: Path) -> None:
    batch = write_batch(tmp_path / "out", MADE)
    weigh(batch, Fails())
    found, wanted = rows(batch), rows(whole)
    assert found["story_reports"] == wanted["story_reports"]
    lost = [row["id"] for row in found["stories"] if row["claims"] is None]
    assert lost == [row["id"] for row in wanted["stories"] if "dam" in str(row["title"])] != []
    for name in ("claims", "sayings"):
        assert found[name] == [row for row in wanted[name] if row["story"] not in lost] != []


def test_another_batch_or_version_is_weighed_anew(whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = write_batch(tmp_path / "out", MADE)
    weigh(batch)
    monkeypatch.setattr("sayso.batch.weighing.place.weigher_version", lambda: "another")
    found = weigh(batch)
    assert (found.again, found.parts > 4) == (0, True)
    assert weighed_files(batch) == weighed_files(whole)
    Folder(batch).begin({"reader": "0.2.0-def", "shard": 4}, anew=True)
    assert {one.name for one in batch.iterdir()} - {".lock"} == {
        "batch.json", "shards", "reports", "attributions", "figures", "readings", "skipped"
    }  # fmt: skip


def test_a_batch_without_reports_gives_empty_tables(tmp_path: Path) -> None:
    for name, some in (("nothing", []), ("skipped", [Skipped("a", "is empty")])):
        batch = write_batch(tmp_path / name, some)
        assert weigh(batch).failed == []
        assert all(found == [] for found in rows(batch).values())


def test_a_batch_that_is_not_finished_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="holds no batch that is finished: give `sayso batch` with its inputs first"):
        weigh(tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"{}", b"\xff"])
def test_a_damaged_record_is_told(tmp_path: Path, data: bytes) -> None:
    batch = write_batch(tmp_path / "out", MADE)
    weigh(batch, Fails())
    (batch / "weighing/weeks/00000000.json").write_bytes(data)
    with pytest.raises(InputError, match=r"00000000\.json is damaged: "):
        weigh(batch)


def test_what_was_left_of_the_work_is_removed(whole: Path, tmp_path: Path) -> None:
    batch = shutil.copytree(whole, tmp_path / "out")
    (batch / "weighing/keys").mkdir(parents=True)
    (batch / "weighing/keys/00000000.bin").write_bytes(b"")
    (batch / "weighing/notes.txt").write_text("mine")
    weigh(batch)
    assert [one.name for one in (batch / "weighing").iterdir()] == ["notes.txt"]
