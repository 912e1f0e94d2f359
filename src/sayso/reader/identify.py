"""Who says it, through whom and how: fills in each attribution's speaker, relays, act, stance, form and medium."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.lexicon import Lexicon, default_lexicon
from sayso.reader.describe import Source, describe
from sayso.reader.manner import act_and_stance, form, medium
from sayso.reader.names import Names
from sayso.reader.relays import addressee, inherited
from sayso.reader.resolve import PRONOUNS, Memory
from sayso.reader.tidy import Quotations
from sayso.terms.reading import Attribution, Speaker
from sayso.terms.report import Report

REPORTS = re.compile(r"\b(?:reports?|media)\b", re.I)


def identify(
    report: Report, attributions: Sequence[Attribution], lexicon: Lexicon | None = None
) -> tuple[Attribution, ...]:
    """The same attributions, in the same order, with everything about who and how. Enclosing ones must come first."""
    words = lexicon or default_lexicon()
    names, marks = Names(report.text, words), Quotations(report.text)
    memory, done = Memory(names), dict[str, Attribution]()
    carried: dict[str, tuple[str, ...]] = {}
    for attribution in attributions:
        outer = done.get(attribution.within or "")
        act, stance = act_and_stance(report.text, attribution, words)
        described = replace(
            attribution, act=act, stance=stance, form=form(attribution, marks),
            medium=medium(report.text, attribution, words),
        )  # fmt: skip
        source, speaker = _who(described, outer, names, memory)
        told = addressee(report.text, described, names)
        relays = _relays(speaker, told, outer, carried, source)
        finished = replace(described, speaker=speaker, relays=relays)
        done[finished.id] = finished
        if source is not None:
            memory.add(source, finished)
    return tuple(done.values())


def _who(
    attribution: Attribution, outer: Attribution | None, names: Names, memory: Memory
) -> tuple[Source | None, Speaker]:
    if attribution.source is None:
        cue = attribution.cue.text if attribution.cue else ""
        if REPORTS.search(cue) and "reported" not in cue.lower():
            return None, Speaker(None, "unnamed", "outlet")
        return None, Speaker()
    source = describe(attribution.source.text, names)
    return source, memory.resolve(source, attribution, outer)


def _relays(
    speaker: Speaker, told: str | None, outer: Attribution | None, carried: dict[str, tuple[str, ...]],
    source: Source | None,
) -> tuple[str, ...]:  # fmt: skip
    """Told outlets and enclosing speakers; they stay for the same speaker's later lines."""
    key = speaker.name or _identity(speaker, source)
    sourced = source is not None or (outer is not None and outer.speaker.kind == "outlet")
    above = inherited(outer, passes_on=sourced)
    if speaker.kind == "outlet" and outer is None:
        return ()
    if told and told != speaker.name:
        relays = (*above, told) if told not in above else above
    elif above:
        relays = tuple(name for name in above if name != speaker.name)
    else:
        return carried.get(key, ()) if key else ()
    if key:
        carried[key] = relays
    return relays


def _identity(speaker: Speaker, source: Source | None) -> str:
    """What an unnamed speaker is known by: definite mentions and pronouns go on with the one before."""
    if source is None or speaker.naming == "unsourced":
        return ""
    if not (source.definite or source.text.lower() in PRONOUNS) and not speaker.why:
        return f"{speaker.role or source.head}|{speaker.affiliation}"
    return f"{speaker.role or source.head}|{speaker.affiliation}"
