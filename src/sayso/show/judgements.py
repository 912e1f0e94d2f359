"""Judgements in words."""

import json
from collections.abc import Callable
from typing import Any

from sayso.terms import Anchor, Judgement, Report, Spans
from sayso.terms.spans import join_text

LONGEST = 60
ReportOf = Callable[[str], Report | None]


def judgement_line(judgement: Judgement, report_of: ReportOf) -> str:
    """A judgement on one line; ``report_of`` gives a report by the ledger's id, None where it is not there."""
    gone = f" (withdrawn by {judgement.withdrawn_by})" if judgement.withdrawn_at else ""
    note = f" — {judgement.note}" if judgement.note else ""
    told = judgement_in_words(judgement, report_of)
    return f"{judgement.id} {judgement.made_at[:19]} {judgement.who}: {told}{note}{gone}"


def judgement_in_words(judgement: Judgement, report_of: ReportOf) -> str:
    """What a judgement says, without who, when and why."""
    if judgement.target == "saying":
        own = _passage(Anchor(judgement.report or "", judgement.spans), report_of)
        return (
            f"{own} repeats {_meant(judgement.value, report_of)}"
            if judgement.verdict == "echo"
            else f"{own} is no echo"
        )
    if judgement.target in {"claim", "speaker"}:
        one, other = (_meant(value, report_of) for value in judgement.value)
        told = "the same" if judgement.verdict == "same" else "not the same"
        return f"{told} {judgement.target}: {one} and {other}"
    value = json.dumps(judgement.value, ensure_ascii=False)
    what = f" {judgement.field or 'new'} → {value}" if judgement.verdict == "correct" else ""
    return f"{judgement.verdict} {judgement.target} of {judgement.report}{what}"


def _meant(value: Any, report_of: ReportOf) -> str:
    """What a judgement names: a passage, or a name."""
    if anchor := Anchor.of(value):
        return _passage(anchor, report_of)
    return str(value.get("name", value) if isinstance(value, dict) else value)


def _passage(anchor: Anchor, report_of: ReportOf) -> str:
    report = report_of(anchor.report)
    called = Anchor(report.id if report else anchor.report, anchor.spans)
    return f"{_quoted(report.text, anchor.spans)}{_place(called)}" if report else _place(called)


def _quoted(text: str, spans: Spans) -> str:
    words = " ".join(join_text(text, spans).split())
    return f"“{words if len(words) <= LONGEST else words[: LONGEST - 1] + '…'}” "


def _place(anchor: Anchor) -> str:
    return f"{anchor.report}:{anchor.spans[0].start}-{anchor.spans[-1].end}" if anchor.spans else anchor.report
