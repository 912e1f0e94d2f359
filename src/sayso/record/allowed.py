"""What a judgement may say: each field's allowed values, in two tables, and the check of a whole judgement."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, get_args

from sayso.errors import InputError
from sayso.terms import Act, Form, Judgement, Kind, Measure, Naming, Qualifier, Span, Spans, Stance, Verdict

HIGHEST = 2**53
DAY = re.compile(r"\d{4}-\d\d-\d\d")
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
ABOUT_ONE = ("attribution", "figure")
VERDICTS: Mapping[str, tuple[str, ...]] = {
    "attribution": ("accept", "reject", "correct"),
    "figure": ("accept", "reject", "correct"),
    "speaker": ("same", "not_same"),
    "claim": ("same", "not_same"),
}
A = {"attribution": "an attribution", "figure": "a figure", "speaker": "a speaker", "claim": "a claim"}
SPANNING = ("source", "cue", "content", "by", "span")


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


def adds(judgement: Judgement) -> bool:
    """Whether it adds what the machine has missed."""
    return judgement.verdict == "correct" and judgement.field is None


def check(judgement: Judgement, text: str | None = None) -> None:
    """Raise InputError, which says what is allowed, if the judgement cannot be kept or applied.

    With the report's ``text``, its spans must also lie within it.
    """
    _check_frame(judgement)
    if judgement.target in ABOUT_ONE:
        _check_place(judgement)
        _check_correction(judgement)
    else:
        _check_pair(judgement)
    if any(UNSTORABLE.search(words) for words in _strings(_contents(judgement))):
        raise InputError("holds a character that cannot be stored (U+0000 or half a surrogate pair): leave it out")
    if text is not None and (beyond := max((s.end for s in _all_spans(judgement)), default=0)) > len(text):
        raise InputError(f"points to character {beyond} of a report that has {len(text)}: count code points from 0")


def _check_frame(judgement: Judgement) -> None:
    if not isinstance(judgement.target, str) or judgement.target not in VERDICTS:
        raise InputError(f'has the "target" {judgement.target!r}: give one of {", ".join(VERDICTS)}')
    if not isinstance(judgement.verdict, str) or judgement.verdict not in get_args(Verdict):
        raise InputError(f'has the "verdict" {judgement.verdict!r}: give one of {", ".join(get_args(Verdict))}')
    if judgement.verdict not in VERDICTS[judgement.target]:
        known = ", ".join(VERDICTS[judgement.target])
        raise InputError(f'has the "verdict" {judgement.verdict} of {A[judgement.target]}: give one of {known}')
    if not is_words(judgement.who):
        raise InputError('has no "who": say whose judgement it is')
    if not isinstance(judgement.note, str):
        raise InputError('has a "note" that is no string')
    if time_of(judgement.made_at) is None:
        raise InputError('has a "made_at" that is no time in UTC: give one like 2031-05-04T09:30:00+00:00')
    _check_withdrawal(judgement)


def _check_withdrawal(judgement: Judgement) -> None:
    at, by = judgement.withdrawn_at, judgement.withdrawn_by
    if (at, by) == (None, None):
        return
    if at is None or time_of(at) is None:
        raise InputError('has a "withdrawn_at" that is no time in UTC: give one like 2031-05-04T09:30:00+00:00')
    if not is_words(by):
        raise InputError('has no "withdrawn_by": say who withdrew it')


def time_of(written: Any) -> datetime | None:
    """The moment, if it is an ISO 8601 time in UTC."""
    try:
        moment = datetime.fromisoformat(written)
    except (TypeError, ValueError):
        return None
    return moment if moment.utcoffset() == timedelta() else None


def _check_place(judgement: Judgement) -> None:
    if not is_words(judgement.report):
        raise InputError('has no "report": give the id of the report that it is about')
    if adds(judgement):
        if judgement.spans or judgement.cue:
            raise InputError('adds something, so "spans" and "cue" must be empty: give them in "value"')
        return
    if not is_spans(judgement.spans):
        raise InputError(f'has "spans" that are none: give those of what is judged, {SPANS.allowed}')
    if judgement.target == "figure" and (len(judgement.spans) > 1 or judgement.cue):
        raise InputError('is about a figure: give its one span in "spans", and no "cue"')
    if judgement.cue != () and not is_spans(judgement.cue):
        raise InputError(f'has a "cue" that is none: give {SPANS.allowed}, or leave it out')


def _check_correction(judgement: Judgement) -> None:
    field, value = judgement.field, judgement.value
    if judgement.verdict != "correct":
        if field is not None or value is not None:
            raise InputError(f'has the "verdict" {judgement.verdict}, which takes no "field" and no "value"')
        return
    known = FIELDS[judgement.target]
    if field is None:
        _check_added(judgement.target, value)
    elif not isinstance(field, str) or field not in known:
        raise InputError(f'corrects the "field" {field!r}: {A[judgement.target]} has {", ".join(known)}')
    else:
        _check_value(field, value, known)


def _check_added(target: str, value: Any) -> None:
    own, known = OWN[target], ADDED[target]
    if not isinstance(value, dict) or own not in value:
        raise InputError(f'adds {A[target]} without its "{own}": give "value" as an object with {known[own].allowed}')
    for name in value:
        if not isinstance(name, str) or name not in known:
            raise InputError(f"adds {A[target]} with the field {name!r}: it may have {', '.join(known)}")
        _check_value(name, value[name], known)


def _check_value(name: str, value: Any, known: Mapping[str, Rule]) -> None:
    if not known[name].allows(value):
        raise InputError(f'has a "value" that no "{name}" can have: give {known[name].allowed}')


def _check_pair(judgement: Judgement) -> None:
    value = judgement.value
    if judgement.field is not None:
        raise InputError(f'has the "verdict" {judgement.verdict}, which takes no "field"')
    if not is_names(value) or len(value) != 2 or value[0] == value[1]:
        raise InputError(f'has a "value" that is no pair: give a list of two different {judgement.target}s')
    if judgement.spans or judgement.cue:
        raise InputError(f'is about two {judgement.target}s: leave "spans" and "cue" out')
    if judgement.report is not None and not is_words(judgement.report):
        raise InputError('has a "report" that is no id')


def _contents(judgement: Judgement) -> list[Any]:
    return [judgement.who, judgement.report, judgement.note, judgement.withdrawn_by, judgement.value]


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        yield from _strings(list(value.values()))


def _all_spans(judgement: Judgement) -> Iterator[Span]:
    """Every span of a judgement that is otherwise in order."""
    yield from (*spans_of(judgement.spans), *spans_of(judgement.cue))
    said = {judgement.field: judgement.value} if judgement.field else judgement.value if adds(judgement) else {}
    for name, value in said.items():
        if name == "by" and isinstance(value, dict):
            yield from (*spans_of(value["content"]), *spans_of(value.get("cue")))
        elif name in SPANNING:
            yield from spans_of([value] if name == "span" else value)
