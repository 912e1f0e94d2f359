"""A folder → the files in it, and what of it cannot be read."""

import os
from collections.abc import Iterator
from pathlib import Path

from sayso.ingest.formats import why_not_read
from sayso.terms import Skipped


def files_in(folder: Path) -> Iterator[Path | Skipped | OSError]:
    """Every file below ``folder`` by name, or why it is not read; hidden ones are passed over. Closed folders last."""
    found = 0
    closed: list[OSError] = []
    for place, folders, files in os.walk(folder, onerror=closed.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(name for name in files if not name.startswith(".")):
            found += 1
            yield _file(Path(place) / name)
    yield from closed
    if not found and not closed:
        yield Skipped(str(folder), "is a folder without files")


def _file(path: Path) -> Path | Skipped:
    if path.exists() and not path.is_file():
        return Skipped(str(path), "is a pipe or a device: name it by itself to read it")
    reason = why_not_read(path)
    return path if reason is None else Skipped(str(path), reason)
