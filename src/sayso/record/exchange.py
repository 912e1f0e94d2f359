"""Judgements as JSON objects, for JSON lines that go from one ledger to another, and back."""

from dataclasses import fields
from typing import Any

from sayso.errors import InputError
from sayso.record.allowed import check
from sayso.record.rules import SPANS, is_spans, spans_of
from sayso.terms import Judgement

SCHEMA = 1
FIELDS = tuple(f.name for f in fields(Judgement))
NEEDED = ("verdict", "target", "who", "made_at")
PLACES = ("spans", "cue")
Object = dict[str, Any]


def to_json(judgement: Judgement) -> Object:
    """The judgement as one JSON object of schema 1, with its id and every field."""
    record: Object = {"schema": SCHEMA, "id": judgement.id}
    for name in FIELDS:
        value = getattr(judgement, name)
        record[name] = [list(span) for span in value] if name in PLACES else value
    return record


def from_json(record: Any) -> Judgement:
    """The judgement of an object that ``to_json`` gave. InputError names the field that is wrong, and what it takes."""
    if not isinstance(record, dict):
        raise InputError('is no JSON object: each line must be {"verdict": …, "target": …, "who": …, "made_at": …}')
    for name in record:
        if name not in {"schema", "id", *FIELDS}:
            raise InputError(f"has the unknown field {name!r}: leave it out")
    if record.get("schema", SCHEMA) != SCHEMA:
        raise InputError(f'has the "schema" {record["schema"]!r}: this Sayso knows {SCHEMA}; get a newer one')
    for name in NEEDED:
        if name not in record:
            raise InputError(f'has no "{name}"')
    judgement = Judgement(**{name: _value(name, record[name]) for name in FIELDS if name in record})
    check(judgement)
    if record.get("id", judgement.id) != judgement.id:
        raise InputError(f'has an "id" other than {judgement.id}, that of what it says: it was changed; leave "id" out')
    return judgement


def _value(name: str, value: Any) -> Any:
    if name not in PLACES:
        return value
    if value != [] and not is_spans(value):
        raise InputError(f'has "{name}" that are none: give {SPANS.allowed}')
    return spans_of(value)
