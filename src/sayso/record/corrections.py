"""What people's corrections make of an attribution or a figure. The last word on each field counts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sayso.record.allowed import adds
from sayso.record.rules import spans_of
from sayso.terms import Attribution, Figure, Judgement, Phrase, Qualifier, Span, Speaker, When

SPEAKER = ("affiliation", "role", "kind")
PLAIN = ("form", "act", "stance", "medium")
ROLES = ("source", "cue", "content")
BELOW: tuple[Qualifier, ...] = ("exact", "more_than", "at_least")
ABOVE: tuple[Qualifier, ...] = ("exact", "nearly", "at_most")
WITHOUT_VALUE: tuple[Qualifier, ...] = ("between", "indefinite")


@dataclass(frozen=True, slots=True)
class Word:
    """What a judgement says of one field."""

    judgement: Judgement
    value: Any


Words = dict[str, Word]


def said_by(judgement: Judgement) -> dict[str, Any]:
    """The fields that a judgement sets, and to what."""
    if judgement.verdict != "correct":
        return {}
    return dict(judgement.value) if judgement.field is None else {judgement.field: judgement.value}


def last_words(judgements: Iterable[Judgement]) -> Words:
    """The last word on each field, in the order of time; ``judgements`` must be in that order."""
    words: Words = {}
    for judgement in judgements:
        for name, value in said_by(judgement).items():
            words.pop(name, None)
            words[name] = Word(judgement, value)
    return words


def new_attribution(id: str, words: Words, text: str) -> Attribution:
    """The attribution that people add, without anything around it."""
    bare = Attribution(id, None, None, None, Phrase.of(text, spans_of(words["content"].value)))
    source = words.get("source")
    if source is not None and source.value is not None:
        bare = replace(bare, speaker=Speaker(None, "unnamed", "person", why=_why(source)))
    return correct_attribution(bare, words, text)


def correct_attribution(attribution: Attribution, words: Words, text: str) -> Attribution:
    """The attribution as people have it; all of it that nobody corrected is as it was."""
    changes: dict[str, Any] = {name: words[name].value for name in PLAIN if name in words}
    for name in ROLES:
        if name in words:
            spans = spans_of(words[name].value)
            changes[name] = Phrase.of(text, spans) if spans else None
    if "relays" in words:
        changes["relays"] = tuple(words["relays"].value)
    if "said_on" in words:
        day = words["said_on"].value
        changes |= {"said_on": day, "said": None if day is None else When(day, day, "day")}
    return replace(attribution, **changes, speaker=correct_speaker(attribution.speaker, words))


def correct_speaker(speaker: Speaker, words: Words) -> Speaker:
    """The speaker as people have it: name and naming fit together, whichever of them was corrected."""
    for name, word in words.items():
        if name == "speaker":
            speaker = replace(_called(speaker, word.value), why=_why(word))
        elif name == "naming":
            speaker = replace(_named(speaker, word.value), why=_why(word))
    if "naming" in words and speaker.name is None:
        speaker = replace(_named(speaker, words["naming"].value), why=speaker.why)
    return replace(speaker, **{name: words[name].value for name in SPEAKER if name in words})


def _called(speaker: Speaker, value: Any) -> Speaker:
    """The speaker under another name, under several, or without one."""
    if value is None:
        return _nameless(speaker, "unnamed")
    names = () if isinstance(value, str) else tuple(value)
    return replace(
        speaker, name=names[0] if names else value, names=names, naming="named", kind=_kind(speaker), candidates=(),
        basis=None, count=None, called=None,
    )  # fmt: skip


def _named(speaker: Speaker, naming: Any) -> Speaker:
    if naming == "unsourced":
        return Speaker()
    return replace(speaker, naming=naming, kind=_kind(speaker)) if naming == "named" else _nameless(speaker, naming)


def _nameless(speaker: Speaker, naming: Any) -> Speaker:
    return replace(speaker, name=None, names=(), naming=naming, kind=_kind(speaker), candidates=())


def _kind(speaker: Speaker) -> Any:
    return "person" if speaker.kind == "none" else speaker.kind


def _why(word: Word) -> str:
    done = "added" if adds(word.judgement) else "corrected"
    return f"{done} by {word.judgement.who} on {word.judgement.made_at[:10]}"


def new_figure(id: str, words: Words, text: str) -> Figure:
    """The figure that people add, without its owner."""
    span = Span(*words["span"].value)
    bare = Figure(id, span, text[span.start : span.end], None, None, None, "indefinite", "other")
    return correct_figure(bare, words)


def correct_figure(figure: Figure, words: Words) -> Figure:
    """The figure as people have it. Bounds and qualifier follow the value where nobody corrected them too."""
    changes: dict[str, Any] = {name: words[name].value for name in ("measure", "counted") if name in words}
    if "value" in words or "qualifier" in words:
        changes |= _following(figure, words)
    for name in ("value", "low", "high"):
        if name in words:
            changes[name] = _number(words[name].value)
    return _in_order(replace(figure, **changes), words)


def _following(figure: Figure, words: Words) -> dict[str, Any]:
    """What value, bounds and qualifier become when the value or the qualifier is another."""
    qualifier, value = _qualifier(figure, words), figure.value
    if "value" in words:
        value = _number(words["value"].value)
    elif qualifier in WITHOUT_VALUE:
        value = None
    low, high = (value if qualifier in BELOW else None), (value if qualifier in ABOVE else None)
    if qualifier in WITHOUT_VALUE and "value" not in words:
        low, high = figure.low, (figure.high if qualifier == "between" else None)
    return {"value": value, "low": low, "high": high, "qualifier": qualifier}


def _qualifier(figure: Figure, words: Words) -> Qualifier:
    """The corrected one; else what the words said, if that goes with the corrected value."""
    if "qualifier" in words:
        found: Qualifier = words["qualifier"].value
        return found
    if words["value"].value is None:
        return "between" if {"low", "high"} <= words.keys() else "indefinite"
    return "exact" if figure.qualifier in WITHOUT_VALUE else figure.qualifier


def _number(value: float | None) -> float | None:
    return None if value is None else float(value)


def _in_order(figure: Figure, words: Words) -> Figure:
    """The figure with a low bound that is not above the high one: the one that was corrected last stands."""
    if figure.low is None or figure.high is None or figure.low <= figure.high:
        return figure
    last = [name for name in words if name in ("low", "high")][-1:]
    return replace(figure, high=None) if last == ["low"] else replace(figure, low=None)
