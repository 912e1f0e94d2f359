"""The paragraph and the sentence around a place in a text."""

import re

from sayso.terms import Span

BREAKS = "\r\n\x0b\x0c\u2028\u2029"
PARAGRAPH = re.compile(rf"[^{BREAKS}]+")
REACH = 800
STOP = re.compile(r"[.!?…][\"”’')\]»]*\s+(?![a-z\s])")
SHORTENED = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Maj|Col|Capt|Lt|Sgt|Cmdr|Adm|Gov|Sen|Rep|Pres|Rev|Fr|Hon|St|Mt|No|Nos|"
    r"vs|Inc|Ltd|Co|Corp|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec))\.$"
)
LONGEST_SHORT = 8


def sentence(text: str, span: Span) -> str:
    """The sentence that holds ``span``, within its paragraph and ``REACH`` characters to each side, on one line."""
    low, high = max(span.start - REACH, 0), min(span.end + REACH, len(text))
    low += max(text[low : span.start].rfind(mark) for mark in BREAKS) + 1
    high = min((at for mark in BREAKS if (at := text.find(mark, span.end, high)) >= 0), default=high)
    starts = [m.end() for m in STOP.finditer(text, low, span.start + 1) if m.end() <= span.start and _ends(text, m)]
    ends = (m.end() for m in STOP.finditer(text, span.end, high) if _ends(text, m))
    return " ".join(text[starts[-1] if starts else low : next(ends, high)].split())


def _ends(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop ends a sentence rather than a shortened word."""
    return not SHORTENED.search(text[max(stop.start() - LONGEST_SHORT, 0) : stop.start() + 1])
