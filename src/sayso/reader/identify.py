"""Who says it, through whom and how: fills in each attribution's speaker, relays, act, stance, form and medium."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.lexicon import Lexicon, default_lexicon
from sayso.lexicon.wordsets import wordset
from sayso.reader.describe import Source, describe
from sayso.reader.manner import act_and_stance, form, medium
from sayso.reader.names import RUN, Names
from sayso.reader.relays import addressee, inherited
from sayso.reader.resolve import Memory
from sayso.reader.tidy import Quotations
from sayso.reader.times import report_date, said
from sayso.terms.reading import Attribution, Speaker, When
from sayso.terms.report import Report

REPORTS = re.compile(r"\b(?:reports?|media)\b", re.I)
NEXT_LINES = 1500
Occasion = tuple[str | None, tuple[str, ...]]
REPORTING = re.compile(r"\b(?:report(?:s|ed|ing)?|via|quote[sd])\b", re.I)
INNER_CAPITAL = re.compile(r"[A-Z][a-z]+[A-Z]\w+")
ADDRESS = re.compile(
    r"[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|info|tv|news|co|io|au|uk|fr|de|it|es|ru|ca|ie|nl|se|no|in|za)(?:\.\w{2})?",
    re.I,
)
PLAIN, PUBLISHED = wordset("plain"), wordset("published")


def identify(
    report: Report, attributions: Sequence[Attribution], lexicon: Lexicon | None = None
) -> tuple[Attribution, ...]:
    """The same attributions, in the same order, with everything about who and how. Enclosing ones must come first."""
    words = lexicon or default_lexicon()
    names, marks = Names(report.text, words, report.outlet), Quotations(report.text)
    memory, done = Memory(names), dict[str, Attribution]()
    carried: dict[str, tuple[str, ...]] = {}
    labels: dict[str, str] = {}
    occasions: dict[Occasion, tuple[When, int]] = {}
    today = report_date(report)
    for attribution in attributions:
        outer = done.get(attribution.within or "")
        act, stance = act_and_stance(report.text, attribution, words)
        described = replace(
            attribution, act=act, stance=stance, form=form(attribution, marks),
            medium=medium(report.text, attribution, words), said=said(report, attribution, today),
        )  # fmt: skip
        source, speaker = _who(described, outer, names, memory)
        label = labels[attribution.id] = memory.label(source, speaker, labels)
        if speaker.naming == "unnamed" and speaker.why and source is not None and label not in ("", source.text):
            speaker = replace(speaker, called=label)
        if outer and speaker.naming != "unsourced" and label == labels[outer.id]:
            above = outer.relays
        else:
            above = _above(source, outer, labels)
        told = addressee(report.text, described, names, memory.last_outlet)
        relays = _relays(speaker, told, above, carried, label)
        when = _occasion(described, speaker, relays, occasions)
        day = when.earliest if when and when.grain == "day" else None
        finished = replace(described, speaker=speaker, relays=relays, said=when, said_on=day)
        done[finished.id] = finished
        if source is not None:
            memory.add(source, finished)
    return tuple(done.values())


def _occasion(
    attribution: Attribution, speaker: Speaker, relays: tuple[str, ...], occasions: dict[Occasion, tuple[When, int]]
) -> When | None:
    """When it was said; a person's next lines through the same outlets were said on the same day."""
    at = attribution.cue.start if attribution.cue else attribution.content.start
    key = (speaker.name, relays)
    if attribution.said or speaker.kind != "person" or not speaker.name:
        if attribution.said and attribution.said.grain == "day":
            occasions[key] = (attribution.said, at)
        return attribution.said
    when, before = occasions.get(key, (None, 0))
    return when if at - before < NEXT_LINES else None


def _who(
    attribution: Attribution, outer: Attribution | None, names: Names, memory: Memory
) -> tuple[Source | None, Speaker]:
    if attribution.source is None:
        cue = attribution.cue.text if attribution.cue else ""
        if REPORTS.search(cue) and "reported" not in cue.lower():
            return None, Speaker(None, "unnamed", "outlet")
        return None, Speaker()
    source = describe(attribution.source.text, names)
    speaker = memory.people.complete(memory.resolve(source, attribution, outer))
    return source, _as_outlet(source, speaker, attribution, memory)


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


def _relays(
    speaker: Speaker, told: str | None, above: tuple[str, ...], carried: dict[str, tuple[str, ...]], label: str
) -> tuple[str, ...]:
    """Told outlets and enclosing speakers; they stay for the same speaker's later lines."""
    key = speaker.name or (label.lower() if speaker.naming != "unsourced" else "")
    if speaker.kind == "outlet" and not above:
        return ()
    if told and told != speaker.name:
        relays = (*above, told) if told not in above else above
    elif above:
        relays = tuple(name for name in above if name != speaker.name)
    else:
        return carried.get(key, ()) if key else ()
    if key and ((told and not above) or (speaker.kind == "person" and key not in carried)):
        carried[key] = relays
    return relays
