"""A batch's folder → the ledger, without reading anything again."""

from collections.abc import Iterator
from pathlib import Path

from sayso.adding import Tally, Tell
from sayso.batch.folder import SETTINGS, SHARDS, Folder, Kept
from sayso.batch.tables import Read, Unread, found_in_shard, skipped_of
from sayso.errors import InputError
from sayso.record.ledger import Added, Ledger
from sayso.terms import Reading, Skipped


def is_batch(path: str) -> bool:
    """Whether a batch was written to that folder."""
    return (Path(path) / SETTINGS).is_file() and (Path(path) / SHARDS).is_dir()


def documents_in(path: str) -> int:
    """How many documents the batch has."""
    return sum(kept.bounds.documents for kept in Folder(Path(path)).shards().values())


def add_batch(ledger: Ledger, path: str, tally: Tally, tell: Tell = lambda _: None) -> None:
    """Keep every report of a finished batch with its reading, as ``add_reports`` would from the batch's inputs.

    ``tally`` is kept up to date, and ``tell`` told of each document. Twice changes nothing. InputError if the batch is
    not finished, or its files are not as it wrote them.
    """
    folder = Folder(Path(path))
    settings = folder.settings
    if settings is None or folder.finished is None:
        raise InputError(f"{path} holds a batch that is not finished: give the same `sayso batch` again first")
    for _, kept in sorted(folder.shards().items()):
        folder.check(kept)
        for found in _in_shard(folder, kept):
            outcome = _added(ledger, found, settings["reader"], tally)
            tally.take(outcome)
            tell(outcome)


def _in_shard(folder: Folder, kept: Kept) -> Iterator[Read]:
    number = kept.bounds.number
    return found_in_shard(*(folder.table(table, number) for table in ("reports", "readings", "skipped")))


def _added(ledger: Ledger, found: Read, reader: str, tally: Tally) -> Added | Skipped:
    if isinstance(found, Reading):
        if (there := ledger.find(found.report)) is not None:
            return there
        tally.words += len(found.report.text.split())
        return ledger.add(found.report, found, reader)
    if isinstance(found, Unread):
        if (there := ledger.find(found.report)) is not None:
            return there
        ledger.add(found.report, None, reader, found.reason)
    return skipped_of(found)
