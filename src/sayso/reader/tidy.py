"""Spans as the annotation guidelines want them: quotation marks in, final full stop out, running quotations whole."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace

from sayso.reader.decode import Found
from sayso.reader.quotes import OPENING, quotations
from sayso.reader.segment import PARAGRAPH
from sayso.terms.spans import Span, Spans

EDGE = " \t\xa0\u200b\u200e\u200f\ufeff,;:–—-"
FULL_STOP = ".!?"
DATELINE = re.compile(r"[A-Z][A-Z .,’'-]{2,40}[^()\n–—:]{0,40}(?:\([^()\n]{2,40}\)\s*[–—:-]+|\s[–—-]+)\s+(?=\S)")


class Quotations:
    """The paragraphs of a text and the quotations in them."""

    def __init__(self, text: str) -> None:
        """Find them."""
        self.text = text
        self.paragraphs = [Span(*m.span()) for m in PARAGRAPH.finditer(text) if not m.group().isspace()]
        self.spans = [q for p in self.paragraphs for q in quotations(text, *p)]
        self._starts = [q.start for q in self.spans]
        self._paragraph_starts = [p.start for p in self.paragraphs]

    def around(self, span: Span) -> list[Span]:
        """The quotations that overlap ``span`` or touch it."""
        if not self.spans:
            return []
        low = max(bisect_left(self._starts, span.start) - 2, 0)
        high = bisect_right(self._starts, span.end)
        return [q for q in self.spans[low:high] if q.end >= span.start and q.start <= span.end]

    def starts_paragraph(self, at: int) -> bool:
        """Whether a paragraph begins at character ``at``."""
        index = bisect_left(self._paragraph_starts, at)
        return index < len(self._paragraph_starts) and self._paragraph_starts[index] == at

    def next_paragraph(self, at: int) -> Span | None:
        """The paragraph after the one that holds character ``at``."""
        index = bisect_right(self._paragraph_starts, at)
        return self.paragraphs[index] if index < len(self.paragraphs) else None


def tidy(found: Found, marks: Quotations) -> Found | None:
    """``found`` with clean spans, or None if nothing is left of its cue or content."""
    text = marks.text
    source = _clean(text, found.source, EDGE + FULL_STOP[1:])
    cue = _clean(text, found.cue, EDGE) or found.cue
    content = tuple(after_dateline(with_marks(span, marks), marks) for span in found.content)
    content = _clean(text, content, EDGE)
    content = _clean(text, tuple(without_stop(text, span, marks) for span in content), EDGE)
    return replace(found, source=source, cue=cue, content=content) if content else None


def _clean(text: str, spans: Spans, edge: str) -> Spans:
    """The spans without ``edge`` characters at their ends, in order, joined where only blanks lie between."""
    out: list[Span] = []
    for span in sorted(spans):
        start, end = span
        while start < end and (text[start] in edge or text[start].isspace()):
            start += 1
        while start < end and (text[end - 1] in edge or text[end - 1].isspace()):
            end -= 1
        if start == end:
            continue
        if out and not text[out[-1].end : start].strip():
            out[-1] = Span(out[-1].start, max(end, out[-1].end))
        else:
            out.append(Span(start, end))
    return tuple(out)


def after_dateline(span: Span, marks: Quotations) -> Span:
    """The span without the dateline ("OSTRIN, May 3 (Meridian) –") that opens its paragraph."""
    if not marks.starts_paragraph(span.start):
        return span
    match = DATELINE.match(marks.text, span.start, span.end)
    return Span(match.end(), span.end) if match and match.end() < span.end else span


def with_marks(span: Span, marks: Quotations) -> Span:
    """The span with the quotation marks that belong to what it holds."""
    start, end = span
    for quotation in marks.around(span):
        inside = marks.text[quotation.start : quotation.end]
        if 0 < start - quotation.start <= 2 and not marks.text[quotation.start : start].strip("“„\"«'‘` "):
            start = quotation.start
        tail = marks.text[end : quotation.end]
        if quotation.start <= end < quotation.end and len(tail) <= 3 and not any(c.isalnum() for c in tail) and inside:
            end = quotation.end
    return Span(start, end)


def without_stop(text: str, span: Span, marks: Quotations) -> Span:
    """The span without a sentence's final full stop, which stays only inside quotation marks."""
    start, end = span
    if end - start < 2 or text[end - 1] != "." or text[max(end - 3, start) : end - 1].count("."):
        return span
    quoted = any(q.start < end - 1 < q.end and q.end <= end for q in marks.around(span))
    initial = end - start > 2 and text[end - 2].isupper() and not text[end - 3].isalnum()
    return span if quoted or initial else Span(start, end - 1)


def continue_quotations(found: Sequence[Found], marks: Quotations) -> list[Found]:
    """Contents that end in a quotation left open go on into the next paragraphs that open with a mark again."""
    taken = sorted(span for f in found for span in f.content)
    out = []
    for one in found:
        spans, last = list(one.content), one.content[-1]
        while (more := _continuation(last, marks)) and not _overlaps(more, taken):
            spans.append(more)
            last = more
        out.append(replace(one, content=tuple(spans)) if len(spans) > len(one.content) else one)
    return out


def _overlaps(span: Span, taken: Sequence[Span]) -> bool:
    at = bisect_left(taken, (span.end, span.end))
    return any(span.overlaps(other) for other in taken[max(at - 8, 0) : at])


def _continuation(last: Span, marks: Quotations) -> Span | None:
    """The quotation that opens the next paragraph, if ``last`` runs to its paragraph's end in an open quotation."""
    text = marks.text
    held = next((q for q in marks.around(last) if q.start < last.end <= q.end), None)
    following = marks.next_paragraph(last.start)
    if held is None or following is None or text[held.end - 1] in "”\"»'’" or text[last.end : held.end].strip(" .!?"):
        return None
    if text[held.end : following.start].strip() or text[following.start] not in OPENING[:2] + '"«':
        return None
    return next(
        (q for q in marks.around(Span(following.start, following.start + 1)) if q.start == following.start), None
    )
