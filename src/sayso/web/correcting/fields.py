"""The fields of a statement or a figure as a form shows them, and back."""

from collections.abc import Mapping
from typing import Any, get_args

from sayso.record.rules import FIELDS, OWN
from sayso.terms import Act, Attribution, Figure, Form, Kind, Measure, Naming, Phrase, Qualifier, Reading, Spans, Stance
from sayso.web.correcting.places import in_numbers, of_numbers, of_words

PHRASES = ("source", "cue", "content", "span")
LISTS = ("speaker", "relays")
NUMBERS = ("value", "low", "high")
AT = "_at"
CHOICES: Mapping[str, tuple[str, ...]] = {
    "naming": get_args(Naming), "kind": get_args(Kind), "act": get_args(Act), "stance": get_args(Stance),
    "form": get_args(Form), "qualifier": get_args(Qualifier), "measure": get_args(Measure),
}  # fmt: skip
Values = dict[str, str]


def statement_values(a: Attribution) -> Values:
    """What the form for a statement holds."""
    speaker = a.speaker
    plain = {name: getattr(a, name) for name in ("act", "stance", "form", "medium", "said_on")}
    plain |= {name: getattr(speaker, name) for name in ("naming", "kind", "affiliation", "role")}
    values = {name: value or "" for name, value in plain.items()}
    values |= {"speaker": "; ".join(speaker.names or filter(None, (speaker.name,))), "relays": "; ".join(a.relays)}
    return values | _phrase("source", a.source) | _phrase("cue", a.cue) | _phrase("content", a.content)


def figure_values(figure: Figure, reading: Reading) -> Values:
    """What the form for a figure holds."""
    values = {name: _number(getattr(figure, name)) for name in NUMBERS}
    owner = reading.attribution(figure.by) if figure.by else None
    return values | {
        "qualifier": figure.qualifier, "measure": figure.measure, "counted": figure.counted or "",
        "by": owner_place(owner) if owner else "",
    }  # fmt: skip


def owner_place(a: Attribution) -> str:
    """The place of a statement, by which a figure is given to it."""
    return f"{in_numbers(a.content.spans)}|{in_numbers(a.cue.spans) if a.cue else ''}"


def _phrase(name: str, phrase: Phrase | None) -> Values:
    spans = phrase.spans if phrase else ()
    return {name: " ".join(phrase.text.split()) if phrase else "", f"{name}{AT}": in_numbers(spans)}


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.0f}" if value == int(value) else str(value)


def changed(target: str, now: Mapping[str, str], before: Mapping[str, str]) -> list[str]:
    """The fields in which a form says something else than it did when it was shown."""
    names = [*FIELDS[target], *([OWN[target]] if OWN[target] not in FIELDS[target] else ())]
    return [name for name in names if any(_differs(key, now, before) for key in (name, name + AT))]


def _differs(key: str, now: Mapping[str, str], before: Mapping[str, str]) -> bool:
    return key in now and now[key].split() != before.get(key, "").split()


def meant(name: str, now: Mapping[str, str], before: Mapping[str, str], text: str) -> Any:
    """The value that a form gives a field, as a judgement holds it. InputError if its words or places are nowhere."""
    value = now.get(name, "").strip()
    if name in PHRASES:
        spans = _spans(name, now, before, text)
        return [list(span) for span in spans] or None if name != "span" else [spans[0].start, spans[-1].end]
    if name in LISTS:
        names = [one.strip() for one in value.split(";") if one.strip()]
        return names if name == "relays" or len(names) > 1 else names[0] if names else None
    if name in NUMBERS:
        return _counted(value)
    return _owner(value) if name == "by" and value else value or None


def _spans(name: str, now: Mapping[str, str], before: Mapping[str, str], text: str) -> Spans:
    """The places if these were changed, else where the words stand, nearest to where they stood."""
    at = now.get(name + AT, "").strip()
    if at and _differs(name + AT, now, before):
        return of_numbers(at)
    old = of_numbers(before[name + AT]) if before.get(name + AT) else of_numbers(at) if at else ()
    words = now.get(name, "").strip()
    return of_words(text, words, old[0].start if old else None) if words else ()


def _counted(value: str) -> Any:
    plain = value.replace(",", "").replace(" ", "")
    if not plain:
        return None
    try:
        number = float(plain)
    except ValueError:
        return value
    return int(number) if number.is_integer() else number


def _owner(value: str) -> Any:
    content, _, cue = value.partition("|")
    return {
        "content": [list(span) for span in of_numbers(content)],
        "cue": [list(span) for span in of_numbers(cue)] if cue else [],
    }
