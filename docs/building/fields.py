"""What the objects of the JSON formats hold: names and types from the code, meanings from ``meanings.yml``."""

import types
import typing
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

import yaml

from sayso.record.exchange import to_json
from sayso.show.json import reading_to_json
from sayso.show.weighing import claim_to_json, dispute_to_json, series_to_json, story_to_json
from sayso.terms import Span, judgement, reading, report, weighing

HOMES = (reading, report, weighing, judgement)
PLAIN: dict[object, str] = {
    str: "text", int: "whole number", float: "number", bool: "true or false", Span: "`[start, end]`", Any: "any",
}  # fmt: skip


@cache
def meanings() -> dict[str, dict[str, Any]]:
    """What each field of each object, and each choice, means."""
    found: dict[str, dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("meanings.yml").read_text("utf-8"))
    return found


def table(name: str) -> str:
    """The fields of the object ``name``. ValueError where ``meanings.yml`` has another set of fields."""
    told, keys = meanings()[name], _keys(name)
    if set(told) != set(keys):
        raise ValueError(f"meanings.yml and {name} differ: {sorted(set(told) ^ set(keys))}")
    hints = get_type_hints(term(name))
    rows = [f"| `{key}` | {_type(told[key], hints.get(key))} | {_what(told[key])} |" for key in keys]
    return "\n".join(("| field | type | what it is |", "|---|---|---|", *rows)) + "\n"


def choices(name: str) -> str:
    """The values of the choice ``name``. ValueError where ``meanings.yml`` has others."""
    told, values = meanings()[name], get_args(term(name))
    if set(told) != set(values):
        raise ValueError(f"meanings.yml and {name} differ: {sorted(set(told) ^ set(values))}")
    rows = [f"| `{value}` | {told[value]} |" for value in values]
    return "\n".join(("| value | what it means |", "|---|---|", *rows)) + "\n"


def term(name: str) -> Any:
    """The type of that name."""
    return next(getattr(home, name) for home in HOMES if hasattr(home, name))


def meaning(name: str, field: str) -> str | None:
    """What a field of an object is; None if that is not told."""
    told = meanings().get(name, {}).get(field)
    return None if told is None else _what(told)


def _what(told: Any) -> str:
    return str(told["what"] if isinstance(told, dict) else told)


def _type(told: Any, hint: object) -> str:
    """The type in words; where the JSON differs from the dataclass, as told."""
    return str(told["type"]) if isinstance(told, dict) else in_words(hint)


def in_words(hint: object) -> str:
    """A type in words."""
    if hint in PLAIN:
        return PLAIN[hint]
    if is_dataclass(hint):
        return _link(typing.cast("type", hint).__name__)
    if name := _choice(hint):
        return _link(name)
    some, inner = get_origin(hint), get_args(hint)
    if some in (typing.Union, types.UnionType):
        return " or ".join([*(in_words(one) for one in inner if one is not type(None)), "null"])
    if some is Literal:
        return " or ".join(f"`{value}`" for value in inner)
    return f"list of {in_words(inner[0])}"


def _link(name: str) -> str:
    return f"[{name}](#{name.lower()})"


def _choice(hint: object) -> str | None:
    """The name of a declared choice."""
    named = (name for home in HOMES for name, value in vars(home).items() if value is hint or value == hint)
    return next((name for name in named if get_origin(hint) is Literal), None)


def named_choices(text: str) -> str:
    """A signature with the names of declared choices for their values."""
    found = {value: name for home in HOMES for name, value in vars(home).items() if get_origin(value) is Literal}
    for value, name in found.items():
        text = text.replace(f"Literal[{', '.join(map(repr, get_args(value)))}]", name)
    return text


def _keys(name: str) -> Sequence[str]:
    """The keys of the object in JSON; the dataclass's own fields, if it is written as it is."""
    return list(_in_json().get(name, {field.name: None for field in fields(term(name))}))


@cache
def _in_json() -> Mapping[str, Mapping[str, Any]]:
    """An object of each kind, as the code writes it."""
    read, claim = reading_to_json(_full(reading.Reading)), claim_to_json(_full(weighing.Claim))
    said, saying = read["attributions"][0], claim["sayings"][0]
    return {
        "Reading": read, "Report": read["report"], "Attribution": said, "Phrase": said["content"],
        "Speaker": said["speaker"], "When": said["said"], "Figure": read["figures"][0], "Claim": claim,
        "Saying": saying, "Origin": saying["origin"], "Independent": claim["independent"],
        "Story": story_to_json(_full(weighing.Story)), "CountSeries": series_to_json(_full(weighing.CountSeries)),
        "Dispute": dispute_to_json(_full(weighing.Dispute)), "Judgement": to_json(_full(judgement.Judgement)),
    }  # fmt: skip


def _full(hint: Any) -> Any:
    """Something of a type, with one of everything in it."""
    simple = {str: "2031-05-04T00:00:00+00:00", int: 1, float: 1.0, bool: True, Span: Span(0, 1), Any: "value"}
    if hint in simple:
        return simple[hint]
    if is_dataclass(hint):
        hints = get_type_hints(hint)
        init = {one.name: _full(hints[one.name]) for one in fields(hint) if one.init or one.default is MISSING}
        return typing.cast("Any", hint)(**init)
    inner = get_args(hint)
    if get_origin(hint) is tuple:
        return tuple(_full(one) for one in inner if one is not Ellipsis)
    return inner[0] if get_origin(hint) is Literal else _full(inner[0])
