"""JSON lines → reports. A line's text is taken as it is, offsets included."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.errors import InputError
from sayso.terms import Report, Skipped

LARGEST = 16 * 1024 * 1024
OPTIONAL = ("outlet", "title", "url", "published", "language")


def report_of(line: str) -> Report:
    """The report that one JSON line stands for; InputError says what is wrong with it."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(f"is no JSON ({error}): each line must be one object") from error
    if not isinstance(record, dict):
        raise InputError('is no JSON object: each line must be {"id": …, "text": …}')
    if not isinstance(record.get("text"), str):
        raise InputError('has no "text", or one that is no string')
    if len(record["text"]) > LARGEST:
        raise InputError(f"has a text of more than {LARGEST // 2**20} MiB: split it into reports")
    return Report(record["text"], _identity(record.get("id")), *(_field(record, name) for name in OPTIONAL))


def _identity(value: Any) -> str:
    if value is None or isinstance(value, bool | float | list | dict):
        return ""
    return str(value)


def _field(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(f'has a "{name}" that is no string')
    return value or None


def records(lines: Iterable[str], where: str) -> Iterator[Report | Skipped]:
    """A report, or the reason for none, for each line that is not blank."""
    for number, line in enumerate(lines, 1):
        if not line.strip("\ufeff \t\r\n"):
            continue
        try:
            yield report_of(line.lstrip("\ufeff"))
        except InputError as error:
            yield Skipped(f"{where}, line {number}", str(error))
