"""How a report's statements are sourced: counts, flags by the rules of the trade, and a summary in words.

The flags follow what the Associated Press and Reuters ask of anonymous sources: describe them as closely as possible,
give the reason for not naming them, use them for facts rather than opinions, and seek more than one. The summary is in
the manner of a source summary statement (Intelligence Community Directive 206).
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sayso.lexicon.wordsets import alternatives
from sayso.show.statements import flat, who
from sayso.terms import Attribution, Reading, Span

BARE = frozenset(
    {"a source", "sources", "the source", "the sources", "one source", "some sources", "officials", "an official"}
)
REASONS = re.compile(alternatives("reasons"), re.IGNORECASE)
OPINION = frozenset({"believe", "call_for", "reject"})


@dataclass(frozen=True)
class Flag:
    """One remark on the sourcing: the rule's short name, the rule in words, and the passage it is about."""

    rule: str
    explanation: str
    attribution: str
    passage: str
    span: Span


@dataclass(frozen=True)
class Audit:
    """The sourcing of one report. ``counts`` has statements by naming, and those that are second-hand."""

    report: str
    statements: int
    counts: dict[str, int]
    speakers: tuple[tuple[str, int], ...]
    flags: tuple[Flag, ...]
    summary: str


def audit(reading: Reading) -> Audit:
    """Sum up how the statements of ``reading`` are sourced."""
    found = reading.attributions
    counts = Counter(_class(a) for a in found)
    counts["second-hand"] = sum(bool(a.relays) for a in found)
    named = Counter(a.speaker.name for a in found if a.speaker.name)
    speakers = tuple((name, n) for name, n in named.most_common())
    flags = tuple(flag for a in found for flag in _flags(a, reading))
    return Audit(reading.report.id, len(found), dict(counts), speakers, flags, _summary(reading, counts, len(speakers)))


def _class(attribution: Attribution) -> str:
    speaker = attribution.speaker
    if speaker.naming == "unnamed":
        return "unnamed, affiliation given" if speaker.affiliation else "unnamed"
    return speaker.naming


Rule = Callable[[Attribution, Reading], bool]


def _is_person(attribution: Attribution) -> bool:
    return attribution.speaker.naming == "unnamed" and attribution.speaker.kind == "person"


def _bare(attribution: Attribution, _: Reading) -> bool:
    text = flat(attribution.source.text).lower() if attribution.source else ""
    return _is_person(attribution) and text in BARE and not attribution.speaker.affiliation


def _opinion(attribution: Attribution, _: Reading) -> bool:
    return _is_person(attribution) and attribution.act in OPINION


def _single_for_figure(attribution: Attribution, reading: Reading) -> bool:
    text = attribution.source.text.lower() if attribution.source else ""
    single = text.startswith(("a ", "an ", "one ", "another ", "the ")) and not text.rstrip().endswith("s")
    return _is_person(attribution) and single and any(f.by == attribution.id for f in reading.figures)


def _no_reason(attribution: Attribution, reading: Reading) -> bool:
    if not _is_person(attribution) or attribution.source is None or attribution.speaker.why:
        return False
    around = reading.report.text[max(attribution.source.start - 120, 0) : attribution.source.end + 200]
    return not REASONS.search(around)


def _unsourced(attribution: Attribution, _: Reading) -> bool:
    return attribution.speaker.naming == "unsourced"


RULES: tuple[tuple[str, str, Rule], ...] = (
    ("bare source", "Say as closely as possible who an unnamed source is; a bare “source” is not enough.", _bare),
    ("opinion", "An unnamed source may give facts, not opinions or demands.", _opinion),
    ("single source for a figure", "A figure that rests on one unnamed source needs a second.", _single_for_figure),
    ("no reason", "Tell the reader why the source is not named.", _no_reason),
    ("unsourced", "Say who reports it: “reportedly” and “it is said” name nobody.", _unsourced),
)


def _flags(attribution: Attribution, reading: Reading) -> Iterator[Flag]:
    phrase = attribution.source or attribution.cue or attribution.content
    span = Span(phrase.start, phrase.end)
    for rule, explanation, holds in RULES:
        if holds(attribution, reading):
            passage = f"{who(attribution)}: {flat(attribution.content.text)}"
            yield Flag(rule, explanation, attribution.id, passage, span)


def _summary(reading: Reading, counts: Counter[str], named: int) -> str:
    total = len(reading.attributions)
    if not total:
        return "The report credits no statement to anybody."
    unnamed = counts["unnamed"] + counts["unnamed, affiliation given"]
    parts = [
        f"Of {total} statement{'s' * (total != 1)}, {counts['named']} rest{'s' * (counts['named'] == 1)} "
        f"on {named} named source{'s' * (named != 1)}",
        f"{unnamed} on unnamed ones ({counts['unnamed, affiliation given']} with an affiliation)",
        f"{counts['unsourced']} on none",
    ]
    own = sum(f.by is None for f in reading.figures)
    tail = f" {counts['second-hand']} reached this report through somebody else."
    figures = (
        f" {own} of {len(reading.figures)} figures are given in the report's own voice." if reading.figures else ""
    )
    return ", ".join(parts[:-1]) + " and " + parts[-1] + "." + tail + figures
