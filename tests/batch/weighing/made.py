"""Batches of readings that are made by hand, weighed in this very process."""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import pyarrow.parquet as pq

from sayso.adding import Tally
from sayso.batch.folder import Folder
from sayso.batch.limits import Limits
from sayso.batch.loading import add_batch
from sayso.batch.reading import Job, Outcome, outcome, read_shard
from sayso.batch.shards import Bounds, Shard
from sayso.batch.tables import Read
from sayso.batch.weighing.run import weigh_batch
from sayso.batch.weighing.steps import Found
from sayso.batch.weighing.tables import (
    WEIGHED,
    claim_row,
    count_rows,
    dispute_row,
    member_rows,
    relation_rows,
    saying_row,
    story_row,
)
from sayso.batch.weighing.tasks import Weighs
from sayso.batch.weighing.telling import TABLES
from sayso.record.ledger import Ledger
from sayso.weighing import Kept, refresh
from sayso.weighing.unkept import filed

LIMITS = Limits(600 * 2**20, 30)
Rows = dict[str, list[dict[str, Any]]]


class Here:
    """An engine that does everything in this process."""

    def __init__(self, work: Weighs | None = None) -> None:
        self.work = work or Weighs()

    def run(self, shards: Iterable[Shard]) -> Iterator[Outcome]:
        return (read_shard(Job(shard), self.work, lambda _: None) for shard in shards)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass


def write_batch(to: Path, found: Sequence[Read], size: int = 4) -> Path:
    """A finished batch of documents that gave this."""
    folder = Folder(to)
    folder.begin({"reader": "0.1.0-abc", "shard": size}, anew=False)
    for number, start in enumerate(range(0, len(found), size)):
        some = found[start : start + size]
        folder.keep(outcome(Bounds(number, "first", "last", len(some), str(number)), some))
    folder.finish({"files": [], "shards": 0, "documents": len(found)})
    return to


def weigh(to: Path, work: Weighs | None = None, limits: Limits = LIMITS) -> Found:
    found = Found()
    weigh_batch(to, lambda: Here(work), limits, found)
    return found


def rows(to: Path) -> Rows:
    """All rows of all tables that weighing gave, in the order of the files."""
    return {
        table: [row for file in sorted((to / table).iterdir()) for row in pq.read_table(file).to_pylist()]
        for table in WEIGHED
    }


def weighed_files(to: Path) -> dict[str, bytes]:
    """The files of all these tables."""
    found = {table: sorted((to / table).iterdir()) for table in WEIGHED}
    return {f"{table}/{file.name}": file.read_bytes() for table, some in found.items() for file in some}


def ledger_rows(to: Path, where: Path) -> Rows:
    """The same rows from a ledger that the batch was added to, by story and by claim."""
    with Ledger(str(where)) as ledger:
        add_batch(ledger, str(to), Tally())
        refresh(ledger)
        return _rows(ledger)


def _rows(ledger: Ledger) -> Rows:
    kept, ids = Kept(ledger), dict[str, str]()
    for own, reading in filed(ledger):
        ids[reading.report.id] = own
    found: Rows = {table: [] for table in TABLES}
    for listed in kept.stories():
        done = kept.story(listed.id)
        assert done is not None
        story = done.story
        found["stories"].append(dict(story_row(story, listed.outlets, len(story.claims))))
        found["story_reports"] += map(dict, member_rows(story.id, [ids[report] for report in story.reports]))
        for claim in story.claims:
            found["claims"].append(dict(claim_row(claim)))
            found["sayings"] += [dict(saying_row(one, claim, ids[one.report])) for one in claim.sayings]
        for series in done.series:
            found["counts"] += map(dict, count_rows(series, story.id, ids))
            found["relations"] += map(dict, relation_rows(series, story.id))
        found["disputes"] += [dict(dispute_row(one, story.id, ids)) for one in done.disputes]
    return found


def in_order(found: Rows) -> Rows:
    """The rows of the tables that a ledger gives too, sorted."""
    return {table: sorted((_plain(row) for row in found[table]), key=repr) for table in TABLES}


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, list) else value for name, value in row.items()}
