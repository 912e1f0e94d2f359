"""Pronouns and "the minister" → who was meant, or an abstention that says why."""

import re
from collections.abc import Sequence
from dataclasses import replace

from sayso.lexicon.wordsets import wordset
from sayso.reader.bodies import GENERIC
from sayso.reader.describe import Source, describe, is_plural
from sayso.reader.heads import NEWS, REPORTS
from sayso.reader.later import Later
from sayso.reader.names import Names
from sayso.reader.people import People
from sayso.reader.pronouns import FIRST, PRONOUNS, RELATIVE, Pronouns, source_start
from sayso.reader.relays import as_outlet
from sayso.reader.shortforms import called, has_role, holder, in_full
from sayso.reader.unnamed import house
from sayso.terms.reading import Attribution, Speaker

KIN, SORTS = wordset("kin"), wordset("bodies_of_a_sort")
UNNAMED_HEADS = wordset("unnamed_heads")
BODIES = ("organization", "outlet")
PUBLISHED, VAGUE = wordset("published"), wordset("vague_people")
OF_AGE = re.compile(r"(?:the|a) (\d+)-year-old", re.IGNORECASE)
REACH_OF_BODY = 500
BARE_SPOKESMAN = re.compile(r"(?:[Aa]|[Tt]he|[Ii]ts) (?:spokes(?:man|woman|person)|representative)")
INSIDERS = wordset("insiders")
OWNER = re.compile(r"((?:[Tt]he )?[\w’'. -]+?)[’']s? (?:\w+ )?sources?\b")
RECENT = 100
FIRMS, STATE_BODIES = wordset("firms"), wordset("governing") | wordset("state_organs")
UNCLEAR = ("media", "press", REPORTS.word)


class Memory:
    """The sources met so far, latest last, for resolving later mentions."""

    def __init__(self, names: Names, attributions: Sequence[Attribution]) -> None:
        """Start with none of the text's ``attributions``."""
        self.names, self.people = names, People(names)
        self.later = Later(names, self.people, attributions)
        self.met: list[tuple[Source, Attribution]] = []
        self.pronouns = Pronouns(names, self.people, self.met)

    def add(self, source: Source, attribution: Attribution) -> None:
        """Remember a source with its resolved speaker."""
        self.met.append((source, attribution))

    def label(self, source: Source | None, speaker: Speaker, labels: dict[str, str]) -> str:
        """What to call a speaker as a relay: the name, or the words of the first mention."""
        if speaker.name or source is None:
            return speaker.name or ""
        if speaker.kind == "person" and speaker.affiliation in self.names.lexicon.outlet_of:
            return str(speaker.affiliation)
        if speaker.why:
            same = (m for _, m in reversed(self.met[-RECENT:]) if _same(m.speaker, speaker))
            return next((labels[m.id] for m in same), source.text)
        return source.text

    def resolve(self, source: Source, attribution: Attribution, outer: Attribution | None) -> Speaker:
        """The speaker that the source's words mean, given what came before."""
        found = self._resolve(source, attribution, outer)
        if found.naming == "unnamed" and found.kind == "person" and not found.affiliation and source.head:
            noun = house(source.main, source.head, self.names)
            whose = (
                called(self.names, noun, source_start(attribution)) if noun else self._spoken_for(source, attribution)
            )
            return replace(found, affiliation=whose)
        return found

    def _spoken_for(self, source: Source, attribution: Attribution) -> str | None:
        """The body that spoke right before "a spokesman" without more words."""
        if not BARE_SPOKESMAN.fullmatch(source.main) or not self.met:
            return None
        last = self.met[-1][1]
        near = last.content.end > source_start(attribution) - REACH_OF_BODY
        return last.speaker.name if near and last.speaker.kind == "organization" else None

    def _resolve(self, source: Source, attribution: Attribution, outer: Attribution | None) -> Speaker:
        if source.author and (author := self._author(source.author, attribution, outer)):
            return author
        word = source.text.lower().strip(".") if not source.text[1:].isupper() else ""
        if word in FIRST:
            return outer.speaker if outer else self.pronouns.quoted(source, attribution)
        if word in RELATIVE:
            return self.pronouns.antecedent(attribution, source)
        if word in PRONOUNS:
            return self.pronouns.meant(word, attribution, outer)
        if OF_AGE.match(source.text) and (described := self._described(source, attribution)):
            return described
        if source.speaker.name is None and source.head and source.definite:
            return self._mention(source, attribution, outer)
        if source.speaker.name is None:
            return self._described(source, attribution) or self.later.named(source, attribution) or source.speaker
        if source.speaker.why and source.definite and (met := self._met_before(source)):
            return met
        if met := in_full(source, self.met[: -RECENT - 1 : -1], self.names):
            return met
        common = source.definite and source.speaker.name == source.head
        whole = self.names.last_body(source_start(attribution), str(source.head)) if common else None
        return replace(source.speaker, name=whole) if whole else source.speaker

    def _author(self, words: str, attribution: Attribution, outer: Attribution | None) -> Speaker | None:
        """Who made a document, if the words for it say so much."""
        maker = describe(words, self.names)
        speaker = self.resolve(maker, attribution, outer)
        known = speaker.naming == "named" or (maker.head is not None and speaker.kind in ("person", "organization"))
        return speaker if known else None

    def _described(self, source: Source, attribution: Attribution) -> Speaker | None:
        """The one person in the text of whom the words are said elsewhere, as in "a golfer" and "golfer Dan Olsen"."""
        at = attribution.source.start if attribution.source else 0
        if age := OF_AGE.match(source.text):
            name = self.people.of_age(age[1]) or self.people.last_named(at)
        elif source.head and source.speaker.kind == "person" and not is_plural(source) and " and " not in source.main:
            office = source.main.split(" ", 1)[-1] if source.definite else ""
            name = self.people.in_office(office) if " " in office else None
            name = name or (None if source.head in VAGUE else self.people.with_role(source.head))
            name = name or (None if source.definite else self.people.apposed(source.head, at))
        else:
            return None
        return Speaker(name, "named", "person", why=f"{source.text!r}: the one person it fits") if name else None

    def _mention(self, source: Source, attribution: Attribution, outer: Attribution | None) -> Speaker:
        """For "the leader": the last source with that head noun, or the one person in the text with that role."""
        if met := self._met_before(source):
            return met
        known = [m.speaker for _, m in self.met[: -RECENT - 1 : -1]]
        if source.speaker.affiliation and (head := holder(source, known, self.names)):
            return head
        if source.head in PUBLISHED and not is_plural(source) and (outlet := self.last_outlet()):
            return Speaker(outlet, "named", "outlet", why=f"{source.text!r}: the last outlet named")
        person = None if outer else (
            self._described(source, attribution) or self.later.named(source, attribution)
            or self._last_person(source, attribution)
        )  # fmt: skip
        if person is not None:
            return person
        if source.speaker.kind not in BODIES or source.head in (*UNCLEAR, NEWS.word):
            return source.speaker
        if source.head in PUBLISHED:
            return replace(source.speaker, why=f"{source.text!r}: no outlet named before it")
        if source.head in GENERIC:
            return self._last_body(source, attribution)
        whole = self.names.last_body(source_start(attribution), str(source.head))
        return replace(source.speaker, name=whole or source.main.split(" ", 1)[-1], naming="named")

    def _met_before(self, source: Source) -> Speaker | None:
        """The last speaker whom the words of ``source`` may mean, by head noun, role or sort of body."""
        for earlier, met in self._likely(source):
            if earlier.head == source.head and not (earlier.speaker.name is None and source.speaker.affiliation not in (
                None, earlier.speaker.affiliation, met.speaker.affiliation, self.names.main_country)):  # fmt: skip
                return replace(met.speaker, why=f"{source.text!r}: mentioned before")
            if source.head and met.speaker.role and has_role(self.names, met.speaker.role, source.head):
                return replace(met.speaker, why=f"{source.text!r}: has that role")
            if source.speaker.kind == "document" and source.head == met.medium:
                return replace(met.speaker, why=f"{source.text!r}: said in it before")
            if (
                source.speaker.kind in BODIES
                and source.head not in UNCLEAR
                and self._may_be_called(source, met.speaker)
            ):
                return replace(met.speaker, why=f"{source.text!r}: the last body named")
        return None

    def _likely(self, source: Source) -> list[tuple[Source, Attribution]]:
        """The sources met before, latest first; for "the organization" outlets come last."""
        met = self.met[: -RECENT - 1 : -1]
        return sorted(met, key=lambda m: m[1].speaker.kind == "outlet") if source.head in GENERIC else met

    def _last_person(self, source: Source, attribution: Attribution) -> Speaker | None:
        """The last person named, if without a role that is known and not ruled out by the words of ``source``."""
        if source.speaker.kind != "person" or source.head in UNNAMED_HEADS or is_plural(source):
            return None
        at = attribution.source.start if attribution.source else 0
        people = [m.speaker for _, m in self.met[-RECENT:] if m.speaker.kind == "person" and m.speaker.name]
        bare = source.main.count(" ") == 1 and source.head not in VAGUE
        if not people and bare and (name := self.people.last_named(at)):
            people = [Speaker(name, "named", "person")]
        if people and at and not people[-1].role and self._may_be(source, people[-1]):
            return replace(people[-1], why=f"{source.text!r}: the last person named")
        return None

    def _last_body(self, source: Source, attribution: Attribution) -> Speaker:
        """The body that the text last named before "the company", or an abstention."""
        at = attribution.source.start if attribution.source else 0
        name = called(self.names, str(source.head), at)
        if not name:
            return replace(source.speaker, why=f"{source.text!r}: no body named before it")
        known = self.names.lexicon.body_of.get(name)
        whose = (known.country or known.affiliation or None) if known else None
        return Speaker(name, "named", "organization", whose, why=f"{source.text!r}: the last body in the text")

    def _may_be(self, source: Source, person: Speaker) -> bool:
        """Whether a description without a name does not rule the person out: somebody's kin, or of the other sex."""
        if source.head in KIN or re.search(r"[’']s? ", source.main):
            return False
        told = self.people.gender(Speaker(role=source.head))
        return told is None or not self.pronouns.other_gender(person, told)

    def _may_be_called(self, source: Source, met: Speaker) -> bool:
        """Whether a body met before may be called by the words of ``source``."""
        kinds = ("outlet",) if source.head in PUBLISHED else BODIES[:1] if source.head in FIRMS else BODIES
        return met.kind in kinds and bool(met.name) and not self._other_sort(source, met)

    def last_outlet(self) -> str | None:
        """The outlet that spoke, or was spoken through, last."""
        for _, met in reversed(self.met[-RECENT:]):
            if met.speaker.kind == "outlet" and met.speaker.name:
                return met.speaker.name
            if met.relays and as_outlet(met.relays[0], self.names) == met.relays[0]:
                return met.relays[0]
        return None

    def owner_of_sources(self, source: Source | None, attribution: Attribution) -> str | None:
        """The outlet or reporter whose source this is, as in "the paper's sources", who so passes it on."""
        found = OWNER.match(source.text) if source and source.head in INSIDERS else None
        if found is None:
            return None
        owner = self.resolve(describe(found[1], self.names), attribution, None)
        return owner.name if owner.kind == "outlet" or self.people.is_person(found[1]) else None

    @staticmethod
    def _other_sort(source: Source, met: Speaker) -> bool:
        """Whether the last body is of a sort that is not called so ("the company" after a union)."""
        name = str(met.name).lower()
        last, first = name.split()[-1], name.split(" of ")[0]
        state = source.head in GENERIC - {"force"} and (first in STATE_BODIES or last in STATE_BODIES)
        return (last != source.head and bool({last, source.head} <= SORTS)) or state


def _same(one: Speaker, two: Speaker) -> bool:
    """Whether two speakers without a name are described alike."""
    return (one.name, one.kind, one.affiliation, one.role) == (two.name, two.kind, two.affiliation, two.role)
