"""Where each attribution's chain ends: who speaks, in one spelling over all reports, and through whom."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sayso.terms import Attribution, Naming, Reading, Speaker
from sayso.terms.weighing import Origin
from sayso.weigh.described import is_outlet, proper_name
from sayso.weigh.holders import Office, held_by, holders
from sayso.weigh.inside import source_inside
from sayso.weigh.onward import Outlets
from sayso.weigh.parties import party_of, spoken_for
from sayso.weigh.quoted import Run, named_for, whose
from sayso.weigh.spellings import spellings

CLAIMING = re.compile(r"\b(?:claim\w*|purport\w*|said|believed) to be (.+)$")
MOST = 0.6
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Traced:
    """The end of one attribution's chain. ``origin`` is never None; ``relays`` begin nearest to the reader."""

    origin: Origin
    relays: tuple[str, ...] = ()
    why: str = ""


def trace(readings: Sequence[Reading], spelling: Mapping[str, str] | None = None) -> dict[Key, Traced]:
    """The origin of every attribution, by the report's id and the attribution's; ``readings`` are those of one story.

    ``spelling`` is that of ``spellings``, unless given. What a report says in its own voice has no attribution and no
    origin.
    """
    joined = _Joined(readings, spelling)
    found = {
        (reading.report.id, item.id): joined.traced(reading, item)
        for reading in readings
        for item in reading.attributions
    }
    return _led_on(readings, found, joined.spelling)


class _Joined:
    """What all reports of a story together say about who is who."""

    def __init__(self, readings: Sequence[Reading], spelling: Mapping[str, str] | None = None) -> None:
        ordered = sorted(readings, key=lambda reading: reading.report.id)
        self.spelling = spellings(ordered) if spelling is None else spelling
        self.offices: Mapping[Office, str] = holders(ordered, self.spelling)
        self.quotes: Mapping[Run, str] = named_for(ordered, self.spelling)
        self.parties = _parties(ordered, self.spelling)

    def traced(self, reading: Reading, item: Attribution) -> Traced:
        """The origin of one attribution, as far as its own report and the join tell it."""
        inner = _speaking(reading, item)
        origin, why = self._origin(inner)
        relays = [self.spelling.get(relay, relay) for relay in inner.relays]
        if is_outlet(origin.name) and (source := source_inside(inner)):
            relays, origin, why = [*relays, origin.name or ""], source, f"{origin.name} has it from them"
        kept = tuple(relay for relay in dict.fromkeys(relays) if relay != origin.name)
        return Traced(origin, kept, why)

    def _origin(self, item: Attribution) -> tuple[Origin, str]:
        speaker = item.speaker
        if holder := held_by(item, self.offices):
            return self._named(holder, speaker), f"reports name {holder} for this office"
        name = proper_name(speaker)
        if name:
            return self._named(self.spelling.get(name, name), speaker), ""
        words = _words(item)
        if body := spoken_for(speaker, words) or self._meant(words):
            return self._named(self.spelling.get(body, body), speaker), f"“{words}” speaks for or is {body}"
        if quoted := whose(item, self.quotes):
            return self._named(quoted, speaker), f"the same words are {quoted}'s in another report"
        return _unnamed(item), ""

    def _meant(self, words: str) -> str | None:
        """The known name after "claiming to be" or the like."""
        claimed = CLAIMING.search(words)
        said = claimed[1].split() if claimed else []
        ends = (" ".join(said[start:]) for start in range(len(said) - 1))
        return next((self.spelling[end] for end in ends if end in self.spelling), None)

    def _named(self, name: str, speaker: Speaker) -> Origin:
        party = self.parties.get(name) or (party_of(replace(speaker, name=name)) if name == speaker.name else None)
        return Origin(name, "named", speaker.affiliation, party)


def _speaking(reading: Reading, item: Attribution) -> Attribution:
    """The attribution itself, or, where it has no source of its own, the one around it."""
    seen = {item.id}
    while item.speaker.naming == "unsourced" and item.within and item.within not in seen:
        outer = reading.attribution(item.within)
        if outer is None:
            break
        seen.add(outer.id)
        item = outer
    return item


def _unnamed(item: Attribution) -> Origin:
    speaker = item.speaker
    words = _words(item)
    naming: Naming = "unsourced" if speaker.naming == "unsourced" else "unnamed"
    return Origin(None, naming, speaker.affiliation, party_of(replace(speaker, name=None), words), words or None)


def _words(item: Attribution) -> str:
    """The words for who speaks; for nobody those that say that somebody does."""
    return item.speaker.called or (item.source.text if item.source else "") or (item.cue.text if item.cue else "")


def _parties(readings: Sequence[Reading], spelling: Mapping[str, str]) -> dict[str, str]:
    """For each named speaker the party that most of the reports' words for it give."""
    found: defaultdict[str, Counter[str]] = defaultdict(Counter)
    kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for speaker in (item.speaker for reading in readings for item in reading.attributions):
        if speaker.name and speaker.naming == "named":
            name = spelling.get(speaker.name, speaker.name)
            kinds[name][speaker.kind] += 1
            if party := party_of(speaker):
                found[name][party] += 1
    return {
        name: party
        for name, parties in found.items()
        for party, count in parties.most_common(1)
        if count >= MOST * parties.total() and not (party == name and kinds[name]["person"])
    }


def _led_on(readings: Sequence[Reading], found: dict[Key, Traced], spelling: Mapping[str, str]) -> dict[Key, Traced]:
    """Where an outlet is cited whose report is in the story, go on to whom that report has it from."""
    outlets = Outlets(sorted(readings, key=lambda reading: reading.report.id), spelling)
    out = dict(found)
    for reading in readings if outlets.names else ():
        for item in reading.attributions:
            key = (reading.report.id, item.id)
            name = found[key].origin.name
            if name and name in outlets.names and (item.speaker.kind == "outlet" or is_outlet(name)):
                there = outlets.said(name, key)
                out[key] = _onward(found[key], found[there], name) if there else found[key]
    return out


def _onward(here: Traced, there: Traced, outlet: str) -> Traced:
    relays = (relay for relay in (*here.relays, outlet, *there.relays) if relay != there.origin.name)
    return Traced(there.origin, tuple(dict.fromkeys(relays)), f"{outlet}'s own report has it from there")
