"""Collections and what is in a batch's folder, for tests."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from sayso.batch.documents import Document
from sayso.batch.reading import Outcome
from sayso.batch.shards import Shard, cut
from sayso.batch.tables import TABLES
from sayso.terms import Report


def texts(count: int, **marked: str) -> list[str]:
    """So many texts; ``marked`` puts a word into the n-th: ``_3="CRASHWORD"``."""
    return [f"Petra{n} said that gate {n} would open. {marked.get(f'_{n}', '')}" for n in range(count)]


def write_jsonl(path: Path, some: Iterable[str]) -> str:
    path.write_text("".join(json.dumps({"id": f"r{n}", "text": text}) + "\n" for n, text in enumerate(some)))
    return str(path)


def shards(some: Sequence[str], size: int = 4) -> list[Shard]:
    return list(cut((Document(f"report r{n}", Report(text, f"r{n}")) for n, text in enumerate(some)), size))


def in_order(outcomes: Iterable[Outcome]) -> list[Outcome]:
    return sorted(outcomes, key=lambda outcome: outcome.bounds.number)


def bytes_of(outcomes: Iterable[Outcome]) -> list[dict[str, bytes]]:
    return [dict(outcome.tables) for outcome in in_order(outcomes)]


def why(outcomes: Iterable[Outcome]) -> dict[str, str]:
    """What was skipped: the reasons by the documents' names."""
    return {skipped.where: skipped.reason for outcome in in_order(outcomes) for skipped in outcome.skipped}


def files(folder: Path) -> dict[str, bytes]:
    """All tables and records of a batch's folder."""
    found = (file for name in (*TABLES, "shards") for file in (folder / name).iterdir())
    return {str(file.relative_to(folder)): file.read_bytes() for file in found}
