"""Readings and sayings made by hand."""

from sayso.terms.reading import Act, Attribution, Figure, Phrase, Reading, Speaker
from sayso.terms.report import Report
from sayso.terms.spans import Span
from sayso.terms.weighing import Position, Saying


def span_of(text: str, words: str) -> Span:
    """Where ``words`` stand in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words))


def said(
    text: str, source: str, cue: str, content: str, *, id: str = "a1", within: str | None = None, act: Act = "state"
) -> Attribution:
    """An attribution whose three roles are given by their words."""
    source_phrase, cue_phrase, phrase = (Phrase.of(text, (span_of(text, part),)) for part in (source, cue, content))
    speaker = Speaker(name=source, naming="named", kind="person")
    return Attribution(id, within, source_phrase, cue_phrase, phrase, act=act, speaker=speaker)


def number(text: str, words: str, value: float, by: str | None = None) -> Figure:
    """An exact figure."""
    return Figure("f1", span_of(text, words), words, value, value, value, "exact", "held", by=by)


def reading(text: str, *attributions: Attribution, figures: tuple[Figure, ...] = ()) -> Reading:
    """A reading of a report with the id "r1"."""
    return Reading(Report(text, id="r1"), attributions, figures)


def saying(id: str, text: str, report: str = "r1", stance: Position = "affirm", value: float | None = None) -> Saying:
    """A saying in the report's own voice."""
    return Saying(id, report, (Span(0, len(text)),), text, None, stance, None, low=value, high=value)
