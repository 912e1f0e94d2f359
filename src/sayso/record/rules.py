"""Each field's allowed values, in tables, with the words that tell a person what they are."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any, get_args

from sayso.terms import Act, Form, Kind, Measure, Naming, Qualifier, Span, Spans, Stance

HIGHEST = 2**53
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Rule:
    """Which values a field takes, and how to say so."""

    allows: Callable[[Any], bool]
    allowed: str


def is_words(value: Any) -> bool:
    """Whether it is a string that is not blank."""
    return isinstance(value, str) and bool(value.strip())


def is_names(value: Any) -> bool:
    """Whether it is a list of names, which may be empty."""
    return isinstance(value, list | tuple) and all(map(is_words, value))


def is_number(value: Any) -> bool:
    """Whether it is a number that a figure can have."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= HIGHEST


def is_day(value: Any) -> bool:
    """Whether it is a day of the calendar, written as YYYY-MM-DD."""
    if not isinstance(value, str) or not DAY.fullmatch(value):
        return False
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def is_span(value: Any) -> bool:
    """Whether it is a pair of places, the second after the first."""
    pair = isinstance(value, list | tuple) and len(value) == 2 and all(type(place) is int for place in value)
    return pair and 0 <= value[0] < value[1]


def is_spans(value: Any) -> bool:
    """Whether it is one or more spans, in order and apart."""
    if not isinstance(value, list | tuple) or not value or not all(map(is_span, value)):
        return False
    return all(one[1] <= following[0] for one, following in pairwise(value))


def _or_null(rule: Rule) -> Rule:
    return Rule(lambda value: value is None or rule.allows(value), f"{rule.allowed}, or null")


def _one_of(words: Any) -> Rule:
    known = get_args(words)
    return Rule(lambda value: isinstance(value, str) and value in known, "one of " + ", ".join(known))


def is_anchor(value: Any) -> bool:
    """Whether it names a saying: by its report and spans."""
    return (
        isinstance(value, dict) and set(value) == {"report", "spans"} and is_words(value["report"])
        and is_spans(value["spans"])
    )  # fmt: skip


def is_speaker(value: Any) -> bool:
    """Whether it names a speaker: by name, or by something that it says."""
    named = isinstance(value, dict) and set(value) == {"name"} and is_words(value["name"])
    return named or is_words(value) or is_anchor(value)


def is_owner(value: Any) -> bool:
    """Whether it tells the place of a statement: spans of its content, alone or with those of its cue."""
    if not isinstance(value, dict):
        return is_spans(value)
    return is_spans(value.get("content")) and set(value) <= {"content", "cue"} and _is_cue(value.get("cue"))


def _is_cue(value: Any) -> bool:
    return value is None or value == [] or is_spans(value)


WORDS = Rule(is_words, "words")
NUMBER = _or_null(Rule(is_number, "a number from 0 to 2⁵³"))
SPAN = Rule(is_span, "[start, end], the end after the start")
SPANS = Rule(is_spans, "[[start, end], …], in the order of the text and not overlapping")
ANCHOR = Rule(is_anchor, '{"report": id, "spans": [[start, end], …]}')
PAIRS: Mapping[str, Rule] = {
    "claim": ANCHOR, "speaker": Rule(is_speaker, f'{{"name": …}} or, of what it says, {ANCHOR.allowed}'),
}  # fmt: skip
OWNER = Rule(is_owner, 'the spans of the owner\'s content, or {"content": spans, "cue": spans}')
ATTRIBUTION: Mapping[str, Rule] = {
    "speaker": Rule(
        lambda value: value is None or is_words(value) or (is_names(value) and len(value) > 1),
        "a name, a list of two names or more, or null where the text gives none",
    ),
    "naming": _one_of(Naming), "kind": _one_of(Kind), "affiliation": _or_null(WORDS), "role": _or_null(WORDS),
    "act": _one_of(Act), "stance": _one_of(Stance), "form": _one_of(Form), "medium": _or_null(WORDS),
    "said_on": _or_null(Rule(is_day, "a day as YYYY-MM-DD")), "relays": Rule(is_names, "a list of names"),
    "source": _or_null(SPANS), "cue": _or_null(SPANS), "content": SPANS,
}  # fmt: skip
FIGURE: Mapping[str, Rule] = {
    "value": NUMBER, "low": NUMBER, "high": NUMBER, "qualifier": _one_of(Qualifier), "measure": _one_of(Measure),
    "counted": _or_null(WORDS), "by": _or_null(OWNER),
}  # fmt: skip
FIELDS: Mapping[str, Mapping[str, Rule]] = {"attribution": ATTRIBUTION, "figure": FIGURE}
OWN: Mapping[str, str] = {"attribution": "content", "figure": "span"}
ADDED: Mapping[str, Mapping[str, Rule]] = {"attribution": ATTRIBUTION, "figure": {"span": SPAN} | dict(FIGURE)}


def spans_of(value: Sequence[Sequence[int]] | None) -> Spans:
    """Spans from pairs; none from None."""
    return tuple(Span(*pair) for pair in value or ())
