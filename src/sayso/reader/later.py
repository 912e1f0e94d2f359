"""Descriptions whose name comes later: "a monitoring group", then "the Orrin Observatory"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from sayso.lexicon.wordsets import wordset
from sayso.reader.describe import Source, describe, is_plural
from sayso.reader.names import Names
from sayso.reader.namesakes import gender_of
from sayso.reader.people import People
from sayso.terms.reading import Attribution, Speaker

KIN, PLAIN_PEOPLE, VAGUE = wordset("kin"), wordset("plain_people"), wordset("vague_people")
OFFICIAL = wordset("governing") | wordset("state_organs")
ONE = re.compile(r"(?:an?|one)\b", re.IGNORECASE)
FOLLOWING, REACH = 2, 900


class Later:
    """The names that a text gives to descriptions after their first mention."""

    def __init__(self, names: Names, people: People, attributions: Sequence[Attribution]) -> None:
        """``attributions`` are all of the text's, in order."""
        self.names, self.people, self.attributions = names, people, attributions

    def named(self, source: Source, attribution: Attribution) -> Speaker | None:
        """The speaker whom the text names soon after ``source``, if its words leave no doubt, else None."""
        if source.head is None or attribution.source is None or is_plural(source):
            return None
        indefinite = bool(ONE.match(source.text))
        if source.speaker.kind in ("organization", "outlet") and indefinite and source.head not in OFFICIAL:
            return self._body(source, attribution)
        if source.speaker.kind == "person" and source.head in KIN:
            return self._relative(source, attribution)
        bare = source.main.count(" ") < 2 and source.head in PLAIN_PEOPLE
        if source.speaker.kind == "person" and (bare or (indefinite and source.head not in VAGUE)):
            return self._aged(source, attribution, indefinite=indefinite)
        return None

    def _body(self, source: Source, attribution: Attribution) -> Speaker | None:
        first = attribution.id == self.attributions[0].id
        for speaker in self._following(attribution):
            name = speaker.name or ""
            if speaker.kind == source.speaker.kind and not name.startswith("Government of"):
                sure = first or self._is_called(name, str(source.head))
                return replace(speaker, why=f"{source.text!r}: named soon after") if sure else None
        return None

    def _is_called(self, name: str, head: str) -> bool:
        """Whether ``name`` holds the noun ``head`` or the text says that it is one."""
        told = re.compile(rf"{re.escape(name)}(?: \([^)]*\))?, (?:an?|the) (?:[\w’'-]+ ){{0,4}}{head}\b")
        return head in name.lower().split() or bool(told.search(self.names.text))

    def _relative(self, source: Source, attribution: Attribution) -> Speaker | None:
        """The full name of the next speaker, if it may be the sister's or brother's."""
        speaker = next(self._following(attribution), None)
        if speaker is None or speaker.kind != "person" or " " not in str(speaker.name) or speaker.role:
            return None
        wanted = gender_of([source.head])
        fits = self.people.gender(speaker) in (wanted, None)
        return replace(speaker, why=f"{source.text!r}: named soon after") if fits else None

    def _following(self, attribution: Attribution) -> Iterator[Speaker]:
        """The named speakers of the next few attributions."""
        at = [a.id for a in self.attributions].index(attribution.id)
        for other in self.attributions[at + 1 : at + 1 + FOLLOWING]:
            near = other.source is not None and other.source.start < attribution.content.end + REACH
            if near and other.source and other.within != attribution.id:
                speaker = describe(other.source.text, self.names).speaker
                if speaker.naming == "named" and speaker.name:
                    yield speaker

    def _aged(self, source: Source, attribution: Attribution, *, indefinite: bool) -> Speaker | None:
        """The one person with an age, as people in the news have who are not known for an office."""
        name = self.people.only_aged(attribution.source.start if attribution.source else 0, after=indefinite)
        if name is None:
            return None
        speaker, wanted = Speaker(name, "named", "person"), gender_of([source.head])
        fits = wanted is None or self.people.gender(speaker) in (wanted, None)
        return replace(speaker, why=f"{source.text!r}: the only person with an age") if fits else None
