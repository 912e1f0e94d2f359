"""Who says it, through whom and how: fills in each attribution's speaker, relays, act, stance, form and medium."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.lexicon import Lexicon, default_lexicon
from sayso.lexicon.wordsets import wordset
from sayso.reader.carried import Carried
from sayso.reader.describe import Source, describe
from sayso.reader.manner import act_and_stance, form, medium, outside
from sayso.reader.names import Names
from sayso.reader.relays import ADDRESS, addressee, inherited
from sayso.reader.resolve import Memory
from sayso.reader.runs import RUN
from sayso.reader.tidy import Quotations
from sayso.reader.times import report_date, said
from sayso.terms.reading import Attribution, Speaker
from sayso.terms.report import Report

REPORTS = re.compile(r"\b(?:reports?|media)\b", re.I)
REPORTING = re.compile(r"\b(?:report(?:s|ed|ing)?|via|quote[sd])\b", re.I)
INNER_CAPITAL = re.compile(r"[A-Z][a-z]+[A-Z]\w+")
PLAIN, PUBLISHED = wordset("plain"), wordset("published")


def identify(
    report: Report, attributions: Sequence[Attribution], lexicon: Lexicon | None = None
) -> tuple[Attribution, ...]:
    """The same attributions, in the same order, with everything about who and how. Enclosing ones must come first."""
    words = lexicon or default_lexicon()
    names, marks = Names(report.text, words, report.outlet), Quotations(report.text)
    memory, done = Memory(names, attributions), dict[str, Attribution]()
    carried, labels = Carried(), dict[str, str]()
    today = report_date(report)
    for attribution in attributions:
        outer = done.get(attribution.within or "")
        rest = outside(report.text, attribution)
        act, stance = act_and_stance(report.text, attribution, words)
        described = replace(
            attribution, act=act, stance=stance, form=form(attribution, marks),
            medium=medium(attribution, rest, words), said=said(report, attribution, today),
        )  # fmt: skip
        source, speaker = _who(described, outer, names, memory)
        label = labels[attribution.id] = memory.label(source, speaker, labels)
        if speaker.naming == "unnamed" and speaker.why and source is not None and label not in ("", source.text):
            speaker = replace(speaker, called=label)
        if outer and speaker.naming != "unsourced" and label == labels[outer.id]:
            above = outer.relays
        else:
            above = _above(source, outer, labels)
        told = addressee(described, rest, names, memory.last_outlet)
        if told is None and (told := memory.owner_of_sources(source, described)):
            speaker = replace(speaker, affiliation=None)
        described = replace(described, speaker=speaker)
        relays = carried.relays(described, told, above, label, by_outlet=bool(outer and outer.speaker.kind == "outlet"))
        when, way = carried.day(described, relays), carried.medium(described, relays, label)
        day = when.earliest if when and when.grain == "day" else None
        finished = replace(described, relays=relays, said=when, said_on=day, medium=way)
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
    speaker = _as_outlet(source, memory.resolve(source, attribution, outer), attribution, memory)
    return source, memory.people.complete(speaker)


def _as_outlet(source: Source, speaker: Speaker, attribution: Attribution, memory: Memory) -> Speaker:
    """The speaker, taken for an outlet if it is a web address, or if only a name is known of whoever "reports"."""
    bare = re.sub(r"^[Tt]he\s+", "", source.text)
    address = bare.rsplit(" ", 1)[-1]
    if ADDRESS.fullmatch(address) and (address == bare or source.head in PUBLISHED):
        return Speaker(address, "named", "outlet")
    titled = source.text.startswith("The ") and " " in bare
    whole = titled or (source.text == bare and " " in bare)
    unknown = speaker.name in (None, bare, source.text) and not (speaker.affiliation or speaker.why)
    if not (unknown and re.fullmatch(RUN, bare)) or not (source.head is None or whole) or bare.lower() in PLAIN:
        return speaker
    cue = attribution.cue.text if attribution.cue else ""
    reports = REPORTING.search(cue) or (titled and "according to" in cue.lower())
    if (reports or INNER_CAPITAL.fullmatch(bare)) and not memory.people.is_person(bare):
        return Speaker(bare, "named", "outlet")
    return speaker


def _above(source: Source | None, outer: Attribution | None, labels: dict[str, str]) -> tuple[str, ...]:
    """What stands above by nesting. A hedge without a source is passed on by an outlet alone."""
    passes_on = source is not None or (outer is not None and outer.speaker.kind == "outlet")
    return inherited(outer, labels[outer.id] if outer else "", passes_on=passes_on)
