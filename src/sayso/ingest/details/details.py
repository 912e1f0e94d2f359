"""What the text of a report says of the report: where it was filed, who wrote it, whom it credits."""

import re
from dataclasses import replace

from sayso.ingest.details.credits import credits_in, outlets_among
from sayso.ingest.details.datelines import Dateline, dateline_in
from sayso.lexicon import default_lexicon
from sayso.terms import Report

HEAD, TAIL = 2000, 1500
FIRST, LAST = 4, 8
LONGEST_BYLINE = 120
WORD = r"[A-ZÀ-Þ][\w.-]*(?:['’](?!s )[\w.-]+)*"
PART = rf"(?:{WORD}|(?:al|bin|da|de|del|den|der|di|du|el|ibn|la|le|van|von)[ -](?:de |den |der |la )?{WORD})"
NAME = rf"{PART}(?: {PART}){{1,3}}"
NAMES = rf"{NAME}(?:(?:, {NAME}){{0,4}},? (?:and|&) {NAME})?"
ROLE = (
    r"(?:[A-ZÀ-Þ][\w.'’-]* ){0,4}(?i:correspondent|reporter|writer|editor|journalist|staff|bureau chief|columnist|"
    r"desk|service)s?"
)
AFTER_NAMES = r"(?:,? (?:in|at|from) [^.!?]{2,60}|, [^.!?]{2,60}| \| .{2,60}| for .{2,60})?"
BY = re.compile(rf"(?:By|BY|by):? (?:{WORD}[’']s )?(?P<names>{NAMES}){AFTER_NAMES}")
SIGNED = re.compile(rf"(?P<names>{NAME}), {ROLE}")
NOT_A_NAME = re.compile(
    r"(?i)\b(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday|the|january|february|march|april|june|july|"
    r"august|september|october|november|december|news|staff|agency|press|agencies|reporters?|correspondents?|editors?|"
    r"writers?|desk|editorial|board|service)\b"
)
LINE_END = re.compile(r"[\r\n\u2028\u2029\x0b\x0c]+")


def detailed(report: Report) -> Report:
    """The report with its dateline, byline, credit and date as far as its text tells them for sure.

    What is known already stays, and so does the text. Only its first and last lines are looked at.
    """
    first, last = _lines(report.text[:HEAD])[:FIRST], _lines(report.text[-TAIL:])[-LAST:]
    if len(report.text) > TAIL:
        last = last[1:] or last
    dateline = next(filter(None, (dateline_in(line, report.text) for line in first)), None)
    return replace(
        report,
        dateline=report.dateline or (dateline.printed if dateline else None),
        published=report.published or (dateline.published if dateline else None),
        byline=report.byline or _byline(first[: FIRST - 1]),
        credit=report.credit or _credit(report, dateline, first, last),
    )


def _lines(text: str) -> list[str]:
    return [line.strip() for line in LINE_END.split(text) if line.strip()]


def _byline(lines: list[str]) -> str | None:
    """Who wrote it, where one of the first lines says nothing else."""
    for line in lines:
        found = (BY.fullmatch(line) or SIGNED.fullmatch(line)) if len(line) <= LONGEST_BYLINE else None
        if found and not NOT_A_NAME.search(found["names"]) and not outlets_among(found["names"]):
            return found["names"]
    return None


def _credit(report: Report, dateline: Dateline | None, first: list[str], last: list[str]) -> tuple[str, ...]:
    """The agencies and outlets that it credits, each once, without the outlet that it is from."""
    given = [*(dateline.agencies if dateline else ()), *outlets_among(report.byline or "")]
    given += [name for line in first if BY.fullmatch(line) for name in outlets_among(line)]
    given += credits_in(first, last)
    outlet = default_lexicon().outlet_of.get(report.outlet or "")
    own = {report.outlet, outlet.name if outlet else None}
    return tuple(name for name in dict.fromkeys(given) if name not in own)
