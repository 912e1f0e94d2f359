"""JSON files → reports: IPTC ninjs items (1.x, 2.x, 3.x), and records as in JSON lines.

Names in ninjs are compared without their case: 3.x has versionCreated where the others have versioncreated.
"""

import json
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

from sayso.errors import InputError
from sayso.ingest.decoding import decode
from sayso.ingest.ninjs_item import item_report, looks_like_ninjs
from sayso.ingest.records import BLANK, hash_of, report_from
from sayso.terms import Report, Skipped

EXPECTED = 'expected are a ninjs item, records like {"text": …}, or a list of either'
HELD = ("items", "associations")
DEEPEST = 8


def json_reports(data: bytes, where: str) -> Iterator[Report | Skipped]:
    """A report, or the reason for none, for each item of a JSON file; ``where`` names it for a person.

    InputError if the file is no JSON, or if none of its items is known.
    """
    parsed = _parsed(data)
    items = _items(parsed)
    if not any(map(_is_known, items)):
        raise InputError(f"holds no reports: {EXPECTED}")
    if items[0] is parsed and len(items) == 1:
        yield _report_or_reason(parsed, where, sha256(data).hexdigest())
        return
    for number, item in enumerate(items, 1):
        yield _report_or_reason(item, f"{where}, item {number}", hash_of(json.dumps(item, ensure_ascii=False)))


def _parsed(data: bytes) -> Any:
    text = decode(data).lstrip("\ufeff")
    if not text.strip(BLANK):
        raise InputError("is empty")
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        hint = "name it .jsonl if it holds one object a line" if error.msg == "Extra data" else "mend it"
        raise InputError(f"is no JSON ({error.msg} in line {error.lineno}): {hint}") from error
    except (ValueError, RecursionError) as error:
        raise InputError("is JSON with a number too long or nested too deeply: give only the known fields") from error


def _items(value: Any, depth: int = 0) -> list[Any]:
    """The items in a list or an item: itself unless it only holds others, and those in it that have a text."""
    if depth > DEEPEST:
        return []
    if isinstance(value, list):
        return [item for part in value for item in (_items(part, depth + 1) or [part])]
    if not isinstance(value, dict):
        return []
    parts = [part for name in HELD for part in _values(value.get(name))]
    held = [item for part in parts for item in _items(part, depth + 1) if _has_text(item)]
    return held if held and not _has_text(value) else [value, *held]


def _values(held: Any) -> list[Any]:
    return list(held.values()) if isinstance(held, dict) else held if isinstance(held, list) else []


def _has_text(value: Any) -> bool:
    names = map(str.lower, value) if isinstance(value, dict) else ()
    return any(name in {"text", "bodies"} or name.startswith("body_") for name in names)


def _is_known(value: Any) -> bool:
    return isinstance(value, dict) and ("text" in value or looks_like_ninjs(value))


def _report_or_reason(item: Any, where: str, digest: str) -> Report | Skipped:
    try:
        if not _is_known(item):
            raise InputError(f"is no report: {EXPECTED}")
        return report_from(item, digest) if "text" in item else item_report(item, digest)
    except InputError as error:
        return Skipped(where, str(error))
