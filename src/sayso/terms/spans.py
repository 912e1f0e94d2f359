"""Spans: half-open stretches of code points in a report's text."""

from collections.abc import Iterable
from typing import NamedTuple


class Span(NamedTuple):
    """Characters ``start`` (inclusive) to ``end`` (exclusive), in code points."""

    start: int
    end: int

    def contains(self, other: "Span") -> bool:
        """Whether ``other`` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end


Spans = tuple[Span, ...]


def join_text(text: str, spans: Iterable[Span]) -> str:
    """The stretches of ``text`` under ``spans``, joined by " … "."""
    return " … ".join(text[span.start : span.end] for span in spans)
