"""Rows of the tables ↔ terms."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import fields
from typing import Any, cast

from sqlalchemy import Row

from sayso.terms import Attribution, Figure, Judgement, Phrase, Report, Span, Spans, Speaker, When

Values = dict[str, Any]
UNSTORABLE = str.maketrans({0: "\ufffd"} | dict.fromkeys(range(55296, 57344), "�"))
SPEAKER = tuple(field.name for field in fields(Speaker))
FIGURE = tuple(field.name for field in fields(Figure) if field.name not in {"span", "text"})
KNOWN = ("outlet", "title", "byline", "dateline", "published", "language", "url", "raw_sha256", "extractor")
JUDGEMENT = tuple(field.name for field in fields(Judgement) if field.name not in {"spans", "cue", "value"})
MOST = 2**53


def storable(text: str) -> str:
    """The text with U+FFFD for the few code points that no database takes; offsets stay as they are."""
    return text.translate(UNSTORABLE) if not text.isascii() or "\x00" in text else text


def clean(value: str | None) -> str | None:
    """``storable``, for what may be missing."""
    return None if value is None else storable(value)


def storable_report(report: Report) -> Report:
    """The report as the ledger can keep it; the same object if it can be kept as it is."""
    known: Values = {field.name: getattr(report, field.name) for field in fields(Report)}
    kept: Values = {name: storable(value) if isinstance(value, str) else value for name, value in known.items()}
    kept["credit"] = tuple(storable(agency) for agency in report.credit)
    return report if kept == known else Report(**kept)


def report_id(report: Report) -> str:
    """The ledger's id: 16 hexadecimal digits of a hash of its text and of what sets it apart from its copies."""
    name = "" if report.id == report.text_sha256[:16] else report.id
    content = [report.text_sha256, name, report.outlet, report.url, report.published]
    return hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]


def report_row(report: Report) -> Values:
    """The columns of ``reports`` that the report itself gives."""
    return {name: getattr(report, name) for name in KNOWN} | {
        "id": report_id(report), "name": report.id, "text": report.text, "text_sha256": report.text_sha256,
        "credit": _json(report.credit), "words": len(report.text.split()),
    }  # fmt: skip


def report_of(row: Row[Any]) -> Report:
    """The report of a row of ``reports``."""
    known = {name: getattr(row, name) for name in KNOWN}
    return Report(row.text, row.name, credit=tuple(_list(row.credit)), **known)


def speaker_row(speaker: Speaker) -> Values:
    """The columns of ``speakers``; the hash is of all of them."""
    values = {name: _cleaned(getattr(speaker, name)) for name in SPEAKER}
    return values | {"hash": hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:24]}


def speaker_of(row: Row[Any]) -> Speaker:
    """The speaker of a row that has the columns of ``speakers``."""
    values = {name: getattr(row, f"speaker_{name}") for name in SPEAKER}
    return Speaker(**values | {name: tuple(_list(values[name])) for name in ("names", "candidates")})


def attribution_row(a: Attribution, reading: int, position: int, speaker: int) -> Values:
    """The columns of ``attributions``."""
    return {
        "reading": reading, "position": position, "id": a.id, "within": a.within, "source": _phrase(a.source),
        "cue": _phrase(a.cue), "content": _phrase(a.content), "form": a.form, "act": a.act, "stance": a.stance,
        "speaker": speaker, "relays": _cleaned(a.relays), "medium": clean(a.medium), "said_on": a.said_on,
        "said": a.said and json.dumps([a.said.earliest, a.said.latest, a.said.grain]), "confidence": a.confidence,
    }  # fmt: skip


def attribution_of(row: Row[Any], text: str) -> Attribution:
    """The attribution of a row of ``attributions`` joined with its speaker's columns."""
    phrases = {role: _phrase_of(getattr(row, role), text) for role in ("source", "cue", "content")}
    plain = {name: getattr(row, name) for name in ("id", "within", "form", "act", "stance", "medium", "said_on")}
    return Attribution(
        **plain,
        **cast("Any", phrases),
        confidence=row.confidence,
        speaker=speaker_of(row),
        relays=tuple(_list(row.relays)),
        said=When(*json.loads(row.said)) if row.said else None,
    )


def figure_row(figure: Figure, reading: int, position: int) -> Values:
    """The columns of ``figures``; a number beyond what a database keeps is left open."""
    values = {name: getattr(figure, name) for name in FIGURE}
    values |= {name: clean(values[name]) for name in ("counted", "place", "unit")}
    return values | {"reading": reading, "position": position, "start": figure.span.start, "end": figure.span.end}


def figure_of(row: Row[Any], text: str) -> Figure:
    """The figure of a row of ``figures``."""
    span = Span(row.start, row.end)
    return Figure(span=span, text=text[span.start : span.end], **{name: getattr(row, name) for name in FIGURE})


def judgement_row(judgement: Judgement) -> Values:
    """The columns of ``judgements``."""
    plain = {name: getattr(judgement, name) for name in JUDGEMENT}
    return plain | {
        "id": judgement.id, "note": storable(judgement.note), "spans": dumped(judgement.spans),
        "cue": dumped(judgement.cue), "value": json.dumps(judgement.value),
    }  # fmt: skip


def judgement_of(row: Row[Any]) -> Judgement:
    """The judgement of a row of ``judgements``."""
    plain = {name: getattr(row, name) for name in JUDGEMENT}
    return Judgement(**plain, spans=spans_of(row.spans), cue=spans_of(row.cue), value=json.loads(row.value))


def spans_of(column: str) -> Spans:
    """Spans back from a column."""
    return tuple(Span(*pair) for pair in json.loads(column))


def dumped(spans: Iterable[Span]) -> str:
    """Spans for a column."""
    return json.dumps([list(span) for span in spans], separators=(",", ":"))


def _phrase(phrase: Phrase | None) -> str | None:
    return None if phrase is None else dumped(phrase.spans)


def _phrase_of(column: str | None, text: str) -> Phrase | None:
    return None if column is None else Phrase.of(text, spans_of(column))


def _json(values: Iterable[str]) -> str | None:
    kept = list(values)
    return json.dumps(kept, ensure_ascii=False) if kept else None


def _list(column: str | None) -> list[str]:
    return json.loads(column) if column else []


def _cleaned(value: Any) -> Any:
    """A value as a column takes it: strings storable, tuples of them as JSON lists or None."""
    if isinstance(value, str):
        return storable(value)
    return _json(storable(item) for item in value) if isinstance(value, tuple) else value
