"""Judgements as pages show them: what was judged, by whom, when, why, and in which words of the text."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sayso.show.judgements import judgement_in_words
from sayso.terms import Judgement, Report, Span, Spans
from sayso.terms.spans import join_text

ReportOf = Callable[[str], Report | None]
ABOUT = {"attribution": "statement", "figure": "figure"}
PHRASES = ("source", "cue", "content")
FIELDS = {"said_on": "day", "by": "owner", "speaker": "speaker"}
LONGEST = 90


@dataclass(frozen=True, slots=True)
class JudgedView:
    """One judgement. ``words`` say what it says, ``passage`` is what it is about, None where that is in the words.

    ``report`` is the ledger's id and ``title`` what to call it. ``when`` is to the minute, UTC.
    """

    id: str
    who: str
    when: str
    words: str
    note: str
    passage: str | None
    report: str | None
    title: str | None
    withdrawn_by: str | None
    withdrawn_at: str | None


def judged_view(judgement: Judgement, report_of: ReportOf) -> JudgedView:
    """The judgement for a person; ``report_of`` gives a report by the ledger's id, None where it is not there."""
    report = report_of(judgement.report) if judgement.report else None
    single = judgement.target in ABOUT
    words = _words(judgement, report) if single else judgement_in_words(judgement, report_of)
    return JudgedView(
        judgement.id, judgement.who, _minute(judgement.made_at), words, judgement.note,
        _passage(judgement, report) if single and report else None, judgement.report,
        (report.title or report.id) if report else None, judgement.withdrawn_by,
        _minute(judgement.withdrawn_at) if judgement.withdrawn_at else None,
    )  # fmt: skip


def _minute(moment: str) -> str:
    return moment[:16].replace("T", " ")


def _words(judgement: Judgement, report: Report | None) -> str:
    what = ABOUT[judgement.target]
    if judgement.verdict == "accept":
        return f"the {what} is right"
    if judgement.verdict == "reject":
        return f"this is no {what}"
    if judgement.field is None:
        return f"a {what} was missing"
    return f"{FIELDS.get(judgement.field, judgement.field)}: {_value(judgement.field, judgement.value, report)}"


def _value(field: str, value: Any, report: Report | None) -> str:
    if value is None or value == []:
        return "the report’s own voice" if field == "by" else "none"
    if field == "by" and report:
        value, field = (value["content"] if isinstance(value, dict) else value), "content"
    if field in PHRASES and report:
        return f"“{_cut(report.text, tuple(Span(*span) for span in value))}”"
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return str(value).replace("_", " ")


def _passage(judgement: Judgement, report: Report) -> str:
    spans = judgement.spans
    if not spans and isinstance(judgement.value, dict):
        pairs = judgement.value.get("content") or [judgement.value["span"]]
        spans = tuple(Span(*pair) for pair in pairs)
    return _cut(report.text, spans)


def _cut(text: str, spans: Spans) -> str:
    words = " ".join(join_text(text, spans).split())
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
