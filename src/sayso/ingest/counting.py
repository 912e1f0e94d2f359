"""How many reports some paths are likely to hold, for a progress bar."""

from collections.abc import Iterable
from pathlib import Path

LINES = frozenset({".jsonl", ".ndjson", ".csv", ".tsv"})
UNKNOWN = frozenset({".warc", ".wet", ".mbox", ".parquet", ".gz", ".json"})
MOST_BYTES = 4 * 2**30
CHUNK = 2**20


def expected(paths: Iterable[str]) -> int | None:
    """The number of reports, as far as file names and line ends tell; None where it cannot be told at a glance."""
    whole = 0
    for path in map(Path, paths):
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            count = _in_file(file)
            if count is None:
                return None
            whole += count
    return whole


def _in_file(path: Path) -> int | None:
    if not path.is_file():
        return 0 if path.is_dir() else None
    suffix = path.suffix.lower()
    if suffix in UNKNOWN or path.stat().st_size > MOST_BYTES:
        return None
    return _lines(path) if suffix in LINES else 1


def _lines(path: Path) -> int | None:
    try:
        with path.open("rb") as stream:
            return sum(chunk.count(b"\n") for chunk in iter(lambda: stream.read(CHUNK), b""))
    except OSError:
        return None
