"""Readings as W3C web annotations (https://www.w3.org/TR/annotation-model/): one page of them for each report.

There is one annotation for each role of an attribution, not one with three targets: by the model, all bodies of an
annotation hold for each of its targets by itself, so that nobody could tell source, cue and content apart, and
"speaker: Ada Quill" would be said of the cue. The content's annotation tells who says it, how and through whom; those
of the source and the cue, and of figures in it, link to it, and it links to the one around it. Pieces of one phrase
are targets of one annotation, as each of them is part of that source, cue or content.

Targets lie in the report's text as Sayso holds it, which has a name of its own; the web page that it came from looks
different and is named as ``via``. Each piece is selected by place, in code points, and by its words. The ids are made
from the text and the spans: the same reading gives the same ones.
"""

import json
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from sayso.show.export.files import write_lines
from sayso.show.export.utf8 import in_words, replaced, sound
from sayso.show.export.whole import opened
from sayso.show.statements import chain, who
from sayso.terms import Attribution, Figure, Reading, Report, Span, Spans

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
NAMESPACE = uuid.UUID("6f0c7a52-4e0b-5a3d-9c39-2b4f3a0d8e61")
AROUND = 32
COUNTS = ("value", "low", "high", "counted", "as_of", "place", "unit", "period")
Object = dict[str, Any]


def export_annotations(readings: Iterable[Reading], to: Path | BinaryIO, *, overwrite: bool = False) -> int:
    """Write the readings as JSON lines, a page of annotations each; returns how many.

    A path is written beside itself and renamed when whole. InputError if it is there already, unless ``overwrite``.
    """
    with opened(to, overwrite=overwrite) as stream:
        return write_lines(map(annotation_page, readings), stream)


def annotation_page(reading: Reading) -> Object:
    """All annotations of a reading, as an AnnotationPage."""
    reading = sound(reading)
    name = report_urn(reading.report)
    items = list(Annotations(reading, name))
    return {
        "@context": CONTEXT, "id": _urn(name, "page"), "type": "AnnotationPage", "startIndex": 0,
        "partOf": {
            "id": _urn(name, "annotations"), "type": "AnnotationCollection", "label": _label(reading.report),
            "total": len(items),
        },
        "items": items,
    }  # fmt: skip


def report_urn(report: Report) -> str:
    """The name of the report's text: a hash of it and of what sets it apart from its copies."""
    return _urn("report", report.text_sha256, report.id, report.outlet, report.url, report.published)


def _urn(*parts: Any) -> str:
    return uuid.uuid5(NAMESPACE, json.dumps(parts)).urn


def _label(report: Report) -> str:
    return ", ".join(filter(None, (report.outlet, report.published, report.title))) or report.id


class Annotations:
    """The annotations of one reading, in the order of the text."""

    def __init__(self, reading: Reading, name: str) -> None:
        """Annotations of ``reading``, whose text is called ``name``."""
        self._reading = reading
        self._name = name
        self._source = _resource(reading.report, name)
        self._seen: Counter[str] = Counter()
        self._contents: dict[str | None, str] = {}
        self._owners: dict[str | None, Attribution] = {a.id: a for a in reading.attributions}
        self._wholes: dict[str | None, str] = {f.id: f.text for f in reading.figures}

    def __iter__(self) -> Iterator[Object]:
        for attribution in self._reading.attributions:
            yield from self._attribution(attribution)
        for figure in self._reading.figures:
            yield from self._annotation(self._new(figure.span), "describing", self._figure(figure), (figure.span,))

    def _attribution(self, a: Attribution) -> Iterator[Object]:
        phrases = {"content": a.content, "source": a.source, "cue": a.cue}
        new = self._new({role: phrase and phrase.spans for role, phrase in phrases.items()})
        content = _urn(new, "content")
        body = [*self._content(a), *_link(self._contents.get(a.within))]
        for annotation in self._annotation(content, "describing", body, a.content.spans):
            self._contents[a.id] = content
            yield annotation
        for role in ("source", "cue"):
            if (phrase := phrases[role]) is not None:
                body = [_text("tagging", role), *_link(self._contents.get(a.id))]
                yield from self._annotation(_urn(new, role), "linking", body, phrase.spans)

    def _new(self, what: Any) -> str:
        """A name for what stands there: another one if it is not the first to stand there."""
        key = json.dumps(what)
        self._seen[key] += 1
        return _urn(self._name, key, self._seen[key])

    def _content(self, a: Attribution) -> list[Object]:
        tags = {"naming": a.speaker.naming, "act": a.act, "stance": a.stance, "form": a.form}
        told = {"speaker": who(a), "chain": " → ".join(chain(a, self._reading.report.outlet))}
        return [_text("tagging", "content"), *_texts("tagging", tags), *_texts("describing", told)]

    def _figure(self, figure: Figure) -> list[Object]:
        owner = self._owners.get(figure.by)
        whole = self._wholes.get(figure.part_of)
        tags = {"measure": figure.measure, "qualifier": figure.qualifier}
        told = {name: getattr(figure, name) for name in COUNTS} | {"part of": whole, "speaker": owner and who(owner)}
        link = _link(self._contents.get(figure.by))
        return [_text("tagging", "figure"), *_texts("tagging", tags), *_texts("describing", told), *link]

    def _annotation(self, name: str, motivation: str, body: list[Object], spans: Spans) -> Iterator[Object]:
        """The annotation, unless nothing stands in the spans."""
        targets = [self._target(span) for span in spans if self._reading.report.text[span.start : span.end]]
        if targets:
            target = targets[0] if len(targets) == 1 else targets
            yield {"id": name, "type": "Annotation", "motivation": motivation, "body": body, "target": target}

    def _target(self, span: Span) -> Object:
        return {
            "type": "SpecificResource",
            "source": self._source,
            "selector": selectors(self._reading.report.text, span),
        }


def _resource(report: Report, name: str) -> Object:
    """The text that the targets lie in."""
    known = {"id": name, "type": "Text", "format": "text/plain", "language": report.language}
    url = report.url or ""
    if url.startswith(("http://", "https://")) and url.isprintable() and " " not in url:
        known["via"] = url
    return {key: value for key, value in known.items() if value}


def selectors(text: str, span: Span) -> list[Object]:
    """Two ways to find the span again: its words between those around it, and its place in code points."""
    before, after = text[max(span.start - AROUND, 0) : span.start], text[span.end : span.end + AROUND]
    quote = {"type": "TextQuoteSelector", "exact": text[span.start : span.end], "prefix": before, "suffix": after}
    place = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return [{key: value for key, value in quote.items() if value}, place]


def _text(purpose: str, value: str) -> Object:
    return {"type": "TextualBody", "purpose": purpose, "value": replaced(value)}


def _texts(purpose: str, values: dict[str, Any]) -> list[Object]:
    """A body for each value that is known: "naming: unnamed"."""
    return [_text(purpose, f"{name}: {in_words(value)}") for name, value in values.items() if value is not None]


def _link(to: str | None) -> list[Object]:
    return [{"type": "SpecificResource", "purpose": "linking", "source": to}] if to else []
