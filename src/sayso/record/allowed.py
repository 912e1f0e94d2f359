"""What a judgement may say: the check of a whole judgement."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any, get_args

from sayso.errors import InputError
from sayso.record.rules import ADDED, ANCHOR, FIELDS, OWN, PAIRS, SPANS, Rule, is_spans, is_words, spans_of
from sayso.terms import Anchor, Judgement, Span, Verdict

UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
ABOUT_ONE = ("attribution", "figure")
VERDICTS: Mapping[str, tuple[str, ...]] = {
    "attribution": ("accept", "reject", "correct"),
    "figure": ("accept", "reject", "correct"),
    "speaker": ("same", "not_same"),
    "claim": ("same", "not_same"),
    "saying": ("echo", "no_echo"),
}
A = {
    "attribution": "an attribution", "figure": "a figure", "speaker": "a speaker", "claim": "a claim",
    "saying": "a saying",
}  # fmt: skip
SPANNING = ("source", "cue", "content", "by", "span")


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
    elif judgement.target == "saying":
        _check_echo(judgement)
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
    rule = PAIRS[judgement.target]
    if not isinstance(value, list | tuple) or len(value) != 2 or not all(map(rule.allows, value)):
        raise InputError(
            f'has a "value" that is no pair of {judgement.target}s: give a list of two, each {rule.allowed}'
        )
    if value[0] == value[1]:
        raise InputError(f'has a "value" that is no pair: give two different {judgement.target}s')
    if judgement.spans or judgement.cue:
        raise InputError(f'is about two {judgement.target}s: leave "spans" and "cue" out')
    if judgement.report is not None and not is_words(judgement.report):
        raise InputError('has a "report" that is no id')


def _check_echo(judgement: Judgement) -> None:
    if not is_words(judgement.report) or not is_spans(judgement.spans):
        raise InputError(f'is about a saying: give its "report" and its "spans", {SPANS.allowed}')
    if judgement.field is not None or judgement.cue != ():
        raise InputError('is about a saying: leave "field" and "cue" out')
    if judgement.verdict == "no_echo":
        if judgement.value is not None:
            raise InputError('has the "verdict" no_echo, which takes no "value"')
    elif not ANCHOR.allows(judgement.value):
        raise InputError(f'has a "value" that is no saying: give what it repeats as {ANCHOR.allowed}')
    elif Anchor.of(judgement.value) == Anchor(str(judgement.report), judgement.spans):
        raise InputError("says that a saying repeats itself: give another one")


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
