"""Read a lexicon: a YAML list of records, each with exactly the fields of a dataclass."""

import dataclasses
from importlib import resources
from pathlib import Path
from typing import Any, TypeVar

import yaml

from sayso.errors import LexiconError

Record = TypeVar("Record")
Yaml: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def load(name: str, kind: type[Record]) -> tuple[Record, ...]:
    """The records of the shipped lexicon ``name``; LexiconError names the file and record that break the rules."""
    text = resources.files(__package__).joinpath(f"{name}.yml").read_text(encoding="utf-8")
    return parse(text, kind, f"{name}.yml")


def load_file(path: Path, kinds: dict[str, type[Any]]) -> dict[str, tuple[Any, ...]]:
    """A user's own file: a mapping from lexicon names to lists of records."""
    try:
        sections = yaml.load(path.read_text(encoding="utf-8"), Loader=Yaml) or {}  # noqa: S506 - a safe loader
    except (OSError, ValueError, yaml.YAMLError) as error:
        raise LexiconError(f"{path}: cannot be read as YAML ({error})") from error
    if not isinstance(sections, dict) or set(sections) - set(kinds):
        raise LexiconError(f"{path}: must map some of {', '.join(sorted(kinds))} to lists of records")
    return {name: _records(rows, kinds[name], f"{path}, {name}") for name, rows in sections.items()}


def parse(text: str, kind: type[Record], where: str) -> tuple[Record, ...]:
    """The records in ``text``."""
    return _records(yaml.load(text, Loader=Yaml), kind, where)  # noqa: S506 - a safe loader


def _records(rows: Any, kind: type[Record], where: str) -> tuple[Record, ...]:
    if not isinstance(rows, list):
        raise LexiconError(f"{where}: must be a list of records")
    fields = {field.name for field in dataclasses.fields(kind)}  # type: ignore[arg-type]
    return tuple(_record(row, kind, fields, f"{where}, record {number}") for number, row in enumerate(rows, 1))


def _record(row: Any, kind: type[Record], fields: set[str], where: str) -> Record:
    if not isinstance(row, dict):
        raise LexiconError(f"{where}: must be a record with the fields {', '.join(sorted(fields))}")
    if unknown := set(row) - fields:
        raise LexiconError(f"{where}: unknown field {', '.join(sorted(map(str, unknown)))}")
    try:
        return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in row.items()})
    except TypeError as error:
        raise LexiconError(f"{where}: {error}") from error
