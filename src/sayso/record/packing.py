"""Frozen dataclasses of terms as compressed JSON, and back: each as the list of its fields' values, in their order.

The hash of all fields goes with them, so that what other versions of Sayso packed is told apart.
"""

import hashlib
import json
import types
import zlib
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from sayso.terms import Span

Kind = TypeVar("Kind")
Convert = Callable[[Any], Any]
LEVEL = 6
PLAIN = (str, int, float, bool, type(None))


class PackingError(ValueError):
    """What was packed is damaged, or was packed when its kind had other fields."""


def pack(value: Any) -> bytes:
    """The dataclass as compressed JSON. Halves of surrogate pairs are kept."""
    kind: Any = type(value)
    record = [shape(kind), _writer(kind)(value)]
    return zlib.compress(json.dumps(record, separators=(",", ":")).encode(), LEVEL)


def unpack(kind: type[Kind], data: bytes) -> Kind:
    """The dataclass of that kind which ``pack`` made ``data`` of. PackingError if it did not, or knew other fields."""
    try:
        known, record = json.loads(zlib.decompress(data))
        if known != shape(cast("Any", kind)):
            raise PackingError(f"was packed as another {kind.__name__}: pack it anew")
        value: Kind = _reader(cast("Any", kind))(record)
    except (zlib.error, ValueError, TypeError) as error:
        raise PackingError(f"holds no {kind.__name__}: {error}") from error
    return value


@cache
def shape(kind: Any) -> str:
    """The first 16 digits of a hash of all fields' names and types, at every depth."""
    return hashlib.sha256("\n".join(_described(kind, set())).encode()).hexdigest()[:16]


def _described(kind: Any, seen: set[Any]) -> list[str]:
    if not is_dataclass(kind):
        return [line for part in get_args(kind) for line in _described(part, seen)]
    if kind in seen:
        return []
    seen.add(kind)
    hints = _hints(kind)
    lines = [f"{getattr(kind, '__name__', '')}.{name}: {hint}" for name, hint in hints.items()]
    return lines + [line for hint in hints.values() for line in _described(hint, seen)]


def _hints(kind: Any) -> dict[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}


@cache
def _writer(kind: Any) -> Convert:
    """What turns a value of that type into what JSON can hold."""
    if is_dataclass(kind):
        fields_of = [(name, _writer(hint)) for name, hint in _hints(kind).items()]
        return lambda value: [write(getattr(value, name)) for name, write in fields_of]
    if kind is Span or _is_plain(kind):
        return lambda value: value
    if get_origin(kind) is tuple:
        return _of_tuple(kind, _writer, list)
    return _if_present(_writer(_present(kind)))


@cache
def _reader(kind: Any) -> Convert:
    """What turns that back into a value of the type."""
    if is_dataclass(kind):
        parts, make = [_reader(hint) for hint in _hints(kind).values()], cast("Any", kind)
        return lambda value: make(*[read(one) for read, one in zip(parts, value, strict=True)])
    if kind is Span:
        return lambda value: Span(*value)
    if _is_plain(kind):
        return lambda value: value
    if get_origin(kind) is tuple:
        return _of_tuple(kind, _reader, tuple)
    return _if_present(_reader(_present(kind)))


def _of_tuple(kind: Any, convert: Convert, make: Convert) -> Convert:
    parts = [convert(part) for part in get_args(kind) if part is not Ellipsis]
    if _is_row(kind) and _is_plain(get_args(kind)[0]):
        return make
    if _is_row(kind):
        return lambda value: make([parts[0](one) for one in value])
    return lambda value: make([part(one) for part, one in zip(parts, value, strict=True)])


def _if_present(inner: Convert) -> Convert:
    return lambda value: None if value is None else inner(value)


def _is_row(kind: Any) -> bool:
    """Whether it is a tuple of any length."""
    return get_args(kind)[-1:] == (Ellipsis,)


def _is_plain(kind: Any) -> bool:
    if get_origin(kind) in {Union, types.UnionType}:
        return all(map(_is_plain, get_args(kind)))
    return kind in PLAIN or get_origin(kind) is Literal


def _present(kind: Any) -> Any:
    """The type of an optional value when it is there. TypeError if that is of no kind that can be packed."""
    choices = [part for part in get_args(kind) if part is not type(None)]
    if get_origin(kind) not in {Union, types.UnionType} or len(choices) != 1:
        raise TypeError(f"{kind} cannot be packed: use dataclasses, tuples, spans and plain values")
    return choices[0]
