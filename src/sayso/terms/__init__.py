"""The plain data types: no input, no output, no dependency but the standard library."""

from sayso.terms.judgement import Anchor, Judgement, Target, Verdict
from sayso.terms.reading import (
    Act,
    Attribution,
    Figure,
    Form,
    Grain,
    Kind,
    Measure,
    Naming,
    Phrase,
    Qualifier,
    Reading,
    Speaker,
    Stance,
    When,
)
from sayso.terms.report import Report, Skipped
from sayso.terms.spans import Span, Spans

__all__ = [
    "Act", "Anchor", "Attribution", "Figure", "Form", "Grain", "Judgement", "Kind", "Measure", "Naming", "Phrase",
    "Qualifier", "Reading", "Report", "Skipped", "Span", "Spans", "Speaker", "Stance", "Target", "Verdict", "When",
]  # fmt: skip
