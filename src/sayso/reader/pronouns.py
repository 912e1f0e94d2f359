"""Whom pronouns mean."""

import re
from dataclasses import replace

from sayso.reader.describe import Source, describe, is_plural
from sayso.reader.names import Names
from sayso.reader.people import People
from sayso.terms.reading import Attribution, Speaker

PERSONAL = frozenset({"he", "she"})
PLURAL = frozenset({"they"})
NEUTER = frozenset({"it", "its"})
FIRST = frozenset({"i", "we", "me", "us"})
RELATIVE = frozenset({"who", "which", "that"})
PRONOUNS = PERSONAL | PLURAL | NEUTER | FIRST | RELATIVE
WANTED: dict[str, tuple[str, ...]] = {
    "personal": ("person",),
    "plural": ("person", "group", "organization"),
    "neuter": ("organization", "outlet", "document"),
}
REACH, RECENT = 2500, 100
NO_PHRASE = re.compile(
    r"\b(?:by|from|to|with|and|but|of the|in|on|for|said|told|that|whether|if|as|when|while|because|since|after|before|"
    r"than|is|are|was|were|has|have|had)\b"
)


def source_start(attribution: Attribution) -> int:
    """Where the source starts, or the content if there is none."""
    return attribution.source.start if attribution.source else attribution.content.start


class Pronouns:
    """The pronouns of one text, by the sources met so far."""

    def __init__(self, names: Names, people: People, met: list[tuple[Source, Attribution]]) -> None:
        """``met`` is kept up to date by whoever resolves sources."""
        self.names, self.people, self.met = names, people, met
        self.genders: dict[str, str] = {}

    def quoted(self, source: Source, attribution: Attribution) -> Speaker:
        """Whoever says "I" at a place: the speaker of the quotation around it, else the report's author."""
        at = source_start(attribution)
        around = (m for _, m in reversed(self.met[-RECENT:]) if any(s.start <= at < s.end for s in m.content.spans))
        if quoted := next(around, None):
            return quoted.speaker
        outlet = self.names.outlet
        why = f"{source.text!r}: the report's author"
        return Speaker(outlet, "named", "outlet", why=why) if outlet else Speaker(None, "unnamed", "person", why=why)

    def meant(self, word: str, attribution: Attribution, outer: Attribution | None) -> Speaker:
        """Whom a pronoun means: the last fitting speaker, or somebody named in between."""
        wanted = WANTED["personal" if word in PERSONAL else "plural" if word in PLURAL else "neuter"]
        at = attribution.source.start if attribution.source else attribution.content.start
        candidates: list[Speaker] = []
        inner: list[Speaker] = []
        for source, earlier in reversed(self.met[-RECENT:]):
            speaker = earlier.speaker
            if earlier.content.end < at - REACH or speaker.kind not in wanted or (outer and earlier.id == outer.id):
                continue
            if word in PERSONAL and (self.other_gender(speaker, word) or is_plural(source)):
                continue
            if word in PLURAL and speaker.kind == "person" and not (is_plural(source) or speaker.names):
                continue
            (candidates if outer is not None or earlier.within is None else inner).append(speaker)
        candidates += inner
        if not candidates and outer is not None and outer.speaker.kind in wanted:
            candidates = [outer.speaker]
        if word in PERSONAL and (name := self._introduced(word, candidates[0] if candidates else None, at)):
            candidates.insert(0, Speaker(name, "named", "person"))
        if not candidates:
            return Speaker(
                None, "unnamed", "person" if word not in NEUTER else "organization", why=f"no antecedent for {word!r}"
            )
        best = self._opener(word, at, candidates[0]) if word in PERSONAL and outer is None else candidates[0]
        if word == "she" and best.name and not (self.people.gender(best) or best.name in self.genders):
            fitting = self.people.nearest(at, word, sure=True)
            best = Speaker(fitting, "named", "person") if fitting and not self._known_speaker(fitting) else best
        if word in PERSONAL and best.name:
            self.genders.setdefault(best.name, word)
        others = tuple(dict.fromkeys(c.name for c in candidates if c.name and c.name != best.name))
        return replace(best, candidates=others[:3], why=f"{word!r}: the last fitting speaker")

    def _introduced(self, word: str, last: Speaker | None, at: int) -> str | None:
        """The only person named so far, if the name came after whoever spoke without one, else the last subject."""
        if last is not None and last.name:
            return None
        spoke = max((m.source.start for _, m in self.met[-RECENT:] if m.source), default=-1)
        if (name := self.people.last_named(at, spoke)) or last:
            return name
        nearest = self.people.subject(at) or self.people.nearest(at, word, sure=False)
        return nearest if nearest and not self.other_gender(Speaker(nearest, "named", "person"), word) else (
            self.people.nearest(at, word, sure=True) or self.people.following(at)
        )  # fmt: skip

    def _opener(self, word: str, at: int, last: Speaker) -> Speaker:
        """The person who opens the sentence before the pronoun, if later than the last fitting speaker."""
        name = self.people.subject(at)
        if name is None or name == last.name:
            return last
        opener = self.people.complete(Speaker(name, "named", "person"))
        return last if self.other_gender(opener, word) or self._spoke_after(name, at) else opener

    def _known_speaker(self, name: str) -> bool:
        """Whether ``name`` has spoken before, and so could have been chosen."""
        return any(met.speaker.name == name for _, met in self.met[-RECENT:])

    def _spoke_after(self, name: str, at: int) -> bool:
        """Whether somebody else spoke between the last words about ``name`` and ``at``."""
        text, last = self.names.text, name.split()[-1]
        since = text.rfind(last, 0, at)
        return any(since < m.source.start < at for _, m in self.met[-RECENT:] if m.source)

    def other_gender(self, speaker: Speaker, word: str) -> bool:
        """Whether what is known of the speaker rules the pronoun out."""
        told = self.people.gender(speaker) or self.genders.get(str(speaker.name), word)
        return told != word

    def antecedent(self, attribution: Attribution, source: Source) -> Speaker:
        """The noun phrase right before a relative pronoun."""
        at = attribution.source.start if attribution.source else attribution.content.start
        before = re.split(r"[.;:“”\"\n]|\s(?:--|–|—)\s", self.names.text[max(at - 90, 0) : at])[-1].strip(" ,")
        phrase = NO_PHRASE.split(before)[-1].strip(" ,")
        return describe(phrase, self.names).speaker if phrase else source.speaker
