"""Readings as JSON objects, by the contract in docs/cli.md, and back."""

import math
from typing import Any

from sayso.terms import Attribution, Figure, Phrase, Reading, Report, Span, Speaker, When

SCHEMA = 1
FIGURE_FIELDS = (
    "text", "value", "low", "high", "qualifier", "measure", "counted", "by", "as_of", "place", "unit", "part_of",
    "period",
)  # fmt: skip
Object = dict[str, Any]


def reading_to_json(reading: Reading) -> Object:
    """The reading as one JSON object of schema 1, without the report's text."""
    report = reading.report
    fields = ("id", "outlet", "title", "url", "published", "language", "text_sha256")
    return {
        "schema": SCHEMA,
        "report": {name: getattr(report, name) for name in fields},
        "attributions": [_attribution(a) for a in reading.attributions],
        "figures": [_figure(f) for f in reading.figures],
    }


def _phrase(phrase: Phrase | None) -> Object | None:
    return None if phrase is None else {"spans": [list(span) for span in phrase.spans], "text": phrase.text}


def _attribution(a: Attribution) -> Object:
    return {
        "id": a.id, "within": a.within,
        "source": _phrase(a.source), "cue": _phrase(a.cue), "content": _phrase(a.content),
        "form": a.form, "act": a.act, "stance": a.stance, "speaker": _speaker(a.speaker),
        "relays": [{"name": name} for name in a.relays], "medium": a.medium,
        "said_on": a.said_on, "said": a.said and _when(a.said), "confidence": a.confidence,
    }  # fmt: skip


def _speaker(s: Speaker) -> Object:
    return {
        "name": s.name, "naming": s.naming, "kind": s.kind, "affiliation": s.affiliation, "role": s.role,
        "names": list(s.names), "basis": s.basis, "count": s.count, "candidates": list(s.candidates), "why": s.why,
        "called": s.called,
    }  # fmt: skip


def _when(when: When) -> Object:
    return {"earliest": when.earliest, "latest": when.latest, "grain": when.grain}


def _figure(f: Figure) -> Object:
    return {"id": f.id, "span": list(f.span)} | {name: _finite(getattr(f, name)) for name in FIGURE_FIELDS}


def _finite(value: Any) -> Any:
    """The value; a number too large for a float is left open, as JSON has no infinity."""
    return None if isinstance(value, float) and not math.isfinite(value) else value


def reading_from_json(record: Object, text: str = "") -> Reading:
    """The reading that ``reading_to_json`` gave. The object lacks the text: pass it where offsets are to be used."""
    fields = {k: v for k, v in record["report"].items() if k != "text_sha256"}
    return Reading(
        Report(text, **fields),
        tuple(_attribution_back(a) for a in record["attributions"]),
        tuple(Figure(**(f | {"span": Span(*f["span"])})) for f in record["figures"]),
    )


def _phrase_back(phrase: Object | None) -> Phrase | None:
    return Phrase(tuple(Span(*span) for span in phrase["spans"]), phrase["text"]) if phrase else None


def _attribution_back(a: Object) -> Attribution:
    speaker = a["speaker"] | {name: tuple(a["speaker"][name]) for name in ("names", "candidates")}
    back = a | {role: _phrase_back(a[role]) for role in ("source", "cue", "content")}
    relays = tuple(relay["name"] for relay in a["relays"])
    return Attribution(
        **back | {"speaker": Speaker(**speaker), "relays": relays, "said": a["said"] and When(**a["said"])}
    )
