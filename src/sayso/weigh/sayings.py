"""Reading → the passages of its report that may carry a claim."""

import hashlib
import re
from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from sayso.terms.reading import Attribution, Figure, Reading
from sayso.terms.spans import Span, Spans, join_text
from sayso.terms.weighing import Origin, Saying
from sayso.weigh.clauses import clauses, finite, sentences
from sayso.weigh.nouns import noun
from sayso.weigh.stances import stance

OWN, SKIPPED = -1, -2
LEAST_WORDS = 2
LEAST_UNSAID = 5
LEADING = 8
COUNTED_END = re.compile(r"[,;.:!?()\r\n]|\s[–—-]\s|\s(?=(?:and|but|while|as|when|after|before)\s)")
Owners = npt.NDArray[np.int64]


def sayings(reading: Reading) -> tuple[Saying, ...]:
    """Every passage of a report that may carry a claim, in the order of the text.

    These are the clauses of every attribution's content (an inner attribution has its own part), the clauses that the
    report says itself, and for each figure the words that say what it counts.
    """
    found: dict[Spans, Saying] = {}
    text = reading.report.text
    for owner, stretch in _stretches(reading):
        for clause in clauses(text, stretch):
            if sum(len(text[span.start : span.end].split()) for span in clause) >= LEAST_WORDS:
                found.setdefault(clause, _saying(reading, owner, clause))
    for figure in reading.figures:
        phrase = (_counted(text, figure),)
        found.setdefault(phrase, _saying(reading, reading.attribution(figure.by or ""), phrase))
    return tuple(found[spans] for spans in sorted(found))


def wording(reading: Reading, saying: Saying, least: int = 6) -> str:
    """The words by which a saying is compared: its own, or its sentence's where it has fewer than ``least`` words."""
    text, span = reading.report.text, saying.spans[0]
    if len(saying.text.split()) >= least:
        return saying.text
    return next((text[s.start : s.end] for s in _around(text, span)), saying.text)


def _around(text: str, span: Span) -> Iterator[Span]:
    start = max(text.rfind("\n", 0, span.start) + 1, span.start - 1000)
    end = text.find("\n", span.end)
    paragraph = Span(start, min(end if end >= 0 else len(text), span.end + 1000))
    return (sentence for sentence in sentences(text, paragraph) if sentence.overlaps(span))


def _stretches(reading: Reading) -> Iterator[tuple[Attribution | None, Span]]:
    owners = _owners(reading)
    cuts = [0, *(np.flatnonzero(np.diff(owners)) + 1).tolist(), len(owners)]
    for start, end in pairwise(cuts):
        if end > start and owners[start] != SKIPPED:
            owner = int(owners[start])
            if owner != OWN:
                yield reading.attributions[owner], Span(start, end)
            elif _states(reading.report.text[start:end]):
                yield None, Span(start, end)


def _states(passage: str) -> bool:
    """Whether it is more than what a source and a cue leave over: "on Sunday", "to the agency"."""
    return len(passage.split()) >= LEAST_UNSAID or finite(passage)


def _owners(reading: Reading) -> Owners:
    """For each character the number of the innermost attribution whose content holds it, ``OWN`` or ``SKIPPED``."""
    owners = np.full(len(reading.report.text), OWN, np.int64)
    depths = [len(_chain(reading, item)) for item in reading.attributions]
    for number in sorted(range(len(depths)), key=lambda number: (depths[number], number)):
        item = reading.attributions[number]
        for span in item.content.spans:
            owners[span.start : span.end] = number
        for phrase in (item.source, item.cue):
            for span in phrase.spans if phrase else ():
                owners[span.start : span.end] = SKIPPED
    return owners


def _chain(reading: Reading, item: Attribution) -> tuple[Attribution, ...]:
    chain: list[Attribution] = []
    inner: Attribution | None = item
    while inner and inner not in chain:
        chain.append(inner)
        inner = reading.attribution(inner.within or "")
    return tuple(chain)


def _counted(text: str, figure: Figure) -> Span:
    """The figure with the words after it that say what it counts."""
    end = COUNTED_END.search(text, figure.span.end)
    return Span(figure.span.start, end.start() if end else len(text))


def _saying(reading: Reading, owner: Attribution | None, spans: Spans) -> Saying:
    text = join_text(reading.report.text, spans)
    figure = next((item for item in reading.figures if any(span.contains(item.span) for span in spans)), None)
    low, high = _bounds(figure) if figure else (None, None)
    first = figure if figure and figure.span.start - spans[0].start <= LEADING else None
    return Saying(
        id=_id(reading.report.id, *spans),
        report=reading.report.id,
        spans=spans,
        text=text,
        attribution=owner.id if owner else None,
        stance=stance(text, owner),
        origin=_origin(owner) if owner else None,
        relays=owner.relays if owner else (),
        low=low,
        high=high,
        measure=first.measure if first else None,
        counted=noun(first) if first else None,
    )


def _bounds(figure: Figure) -> tuple[float | None, float | None]:
    """The number's bounds; of "about 40" both are 40."""
    if figure.low is None and figure.high is None:
        return figure.value, figure.value
    return figure.low, figure.high


def _origin(owner: Attribution) -> Origin:
    speaker = owner.speaker
    described = owner.source.text if owner.source and not speaker.name else None
    return Origin(speaker.name, speaker.naming, speaker.affiliation, described=described)


def _id(report: str, *spans: Span) -> str:
    return hashlib.sha256(repr((report, [tuple(span) for span in spans])).encode()).hexdigest()[:16]
