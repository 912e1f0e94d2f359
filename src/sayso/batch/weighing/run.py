"""A batch that is read → weighed, in its own folder."""

import json
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from sayso.batch.engine import Engine
from sayso.batch.folder import Folder
from sayso.batch.limits import Limits
from sayso.batch.weighing.index import index
from sayso.batch.weighing.keys import Keyed
from sayso.batch.weighing.near import near_copies
from sayso.batch.weighing.place import Place
from sayso.batch.weighing.steps import Found, Part, Steps, Tell
from sayso.batch.weighing.tables import parquet
from sayso.batch.weighing.threads import group, weigh
from sayso.errors import InputError


def weigh_batch(
    to: Path,
    engine: Callable[[], Engine],
    limits: Limits,
    found: Found,
    tell: Tell = lambda _what, _done, _whole: None,
) -> None:
    """Weigh the batch in that folder, by an engine that does ``Weighs`` and is made when there is something to do.

    ``found`` is kept up to date, and ``tell`` told how far each step is. Stopped at any moment, the same goes on where
    it was. What could not be done within ``limits`` is named, and tried again under wider ones. InputError if the batch
    is not finished.
    """
    folder = Folder(to)
    if folder.finished is None:
        raise InputError(f"{to} holds no batch that is finished: give `sayso batch` with its inputs first")
    with folder.held():
        place = Place(folder, limits)
        if (stated := place.stated()) is not None:
            found.rows.update(stated["rows"])
            found.failed += [(step, where, reason) for step, where, reason in stated["failed"]]
            if not found.failed:
                folder.clear_work()
            return
        place.begin()
        with Steps(place, engine, found, tell) as steps:
            steps.do("keys", _keys(place), len(place.shards))
            reports = index(place)
            near_copies(steps, reports)
            weigh(steps, reports, group(steps, reports))
        _finish(place, found)


def _keys(place: Place) -> Iterator[Part]:
    return (partial(_shard, place, shard) for shard in place.shards)


def _shard(place: Place, shard: int) -> list[Keyed]:
    files = (place.folder.table(table, shard).read_bytes() for table in ("reports", "readings", "skipped"))
    return [Keyed(f"reports of shard {shard}", *files)]


def _finish(place: Place, found: Found) -> None:
    rows = [{"what": step, "where": where, "reason": reason} for step, where, reason in found.failed]
    record = {"rows": dict(found.rows), "failed": found.failed}
    place.finish(json.loads(json.dumps(record)), parquet("unweighed", rows), done=not rows)
