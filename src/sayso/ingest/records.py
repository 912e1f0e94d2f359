"""JSON lines → reports. A line's text is taken as it is, offsets included."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from sayso.errors import InputError
from sayso.terms import Report, Skipped

LARGEST = 16 * 1024 * 1024
BLANK = "\ufeff\x00 \t\r\n"
PLAIN = ("outlet", "title", "url", "published", "language", "byline", "dateline")


def report_of(line: str) -> Report:
    """The report that one JSON line stands for; InputError says what is wrong with it."""
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        why = f"{error.msg} at character {error.pos + 1}"
        raise InputError(f"is no JSON ({why}): each line must be one object") from error
    except (ValueError, RecursionError) as error:
        raise InputError("is JSON with a number too long or nested too deeply: give only the known fields") from error
    if not isinstance(record, dict):
        raise InputError('is no JSON object: each line must be {"id": …, "text": …}')
    return report_from(record, hash_of(line.rstrip("\r\n")))


def report_from(record: dict[str, Any], raw_sha256: str) -> Report:
    """The report of one record, with the hash of what it was taken from; InputError says which field is wrong."""
    if not isinstance(record.get("text"), str):
        raise InputError('has no "text", or one that is no string')
    refuse_large(record["text"])
    return Report(
        record["text"],
        identity(record.get("id")),
        credit=_credit(record.get("credit")),
        raw_sha256=raw_sha256,
        **{name: _field(record, name) for name in PLAIN},
    )


def refuse_large(text: str) -> None:
    """InputError if this is more than any report holds."""
    if len(text) > LARGEST:
        raise InputError(f"has a text of more than {LARGEST // 2**20} MiB: split it into reports")


def hash_of(text: str) -> str:
    """SHA-256 of the text in UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def identity(value: Any) -> str:
    """A record's own id as a string, empty if it has none that could be one."""
    if value is None or isinstance(value, bool | float | list | dict):
        return ""
    return str(value)


def _field(record: dict[str, Any], name: str) -> str | None:
    value = record.get(name)
    if value is not None and not isinstance(value, str):
        raise InputError(f'has a "{name}" that is no string')
    return value or None


def _credit(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list) or not all(isinstance(agency, str) for agency in value):
        raise InputError('has a "credit" that is no list of strings')
    return tuple(agency for agency in value if agency)


def records(lines: Iterable[str | InputError], where: str) -> Iterator[Report | Skipped]:
    """A report, or the reason for none, for each line that is not blank."""
    for number, line in enumerate(lines, 1):
        if isinstance(line, str) and not line.strip(BLANK):
            continue
        try:
            yield _report_or_raise(line)
        except InputError as error:
            yield Skipped(f"{where}, line {number}", str(error))


def _report_or_raise(line: str | InputError) -> Report:
    if isinstance(line, InputError):
        raise line
    return report_of(line.lstrip("\ufeff"))
