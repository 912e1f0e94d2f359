"""Pronouns and "the minister" → who was meant, or an abstention that says why."""

import re
from dataclasses import replace

from sayso.lexicon.wordsets import wordset
from sayso.reader.bodies import GENERIC
from sayso.reader.describe import Source, describe
from sayso.reader.heads import NEWS
from sayso.reader.names import Names
from sayso.reader.people import People
from sayso.reader.relays import as_outlet
from sayso.terms.reading import Attribution, Speaker

PERSONAL = frozenset({"he", "she"})
PLURAL = frozenset({"they"})
NEUTER = frozenset({"it", "its"})
FIRST = frozenset({"i", "we", "me", "us"})
RELATIVE = frozenset({"who", "which", "that"})
PRONOUNS = PERSONAL | PLURAL | NEUTER | FIRST | RELATIVE
KIN, SORTS = wordset("kin"), wordset("bodies_of_a_sort")
UNNAMED_HEADS = wordset("unnamed_heads")
WANTED: dict[str, tuple[str, ...]] = {
    "personal": ("person",),
    "plural": ("person", "group", "organization"),
    "neuter": ("organization", "outlet", "document"),
}
BODIES = ("organization", "outlet")
PUBLISHED, VAGUE = wordset("published"), wordset("vague_people")
OF_AGE = re.compile(r"(?:the|a) (\d+)-year-old", re.IGNORECASE)
REACH = 2500
RECENT, NEAR = 100, 600


class Memory:
    """The sources met so far, latest last, for resolving later mentions."""

    def __init__(self, names: Names) -> None:
        """Start with none."""
        self.names, self.people = names, People(names)
        self.met: list[tuple[Source, Attribution]] = []
        self.genders: dict[str, str] = {}

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
        if source.author and (author := self._author(source.author, attribution, outer)):
            return author
        word = source.text.lower().strip(".") if not source.text[1:].isupper() else ""
        if word in FIRST and outer is not None:
            return outer.speaker
        if word in RELATIVE:
            return self._antecedent(attribution, source)
        if word in PRONOUNS:
            return self._pronoun(word, attribution, outer)
        if OF_AGE.match(source.text) and (described := self._described(source, attribution)):
            return described
        if source.speaker.name is None and source.head and source.definite:
            return self._mention(source, attribution, outer)
        if source.speaker.name is None:
            return self._described(source, attribution) or source.speaker
        return self._in_full(source) or source.speaker

    def _in_full(self, source: Source) -> Speaker | None:
        """The body met before that "the Ledger" or "the army" is short for."""
        speaker = source.speaker
        if speaker.kind not in BODIES or " " in str(speaker.name).split(" of ")[0]:
            return None
        for _, met in reversed(self.met[-RECENT:]):
            name = met.speaker.name or ""
            if met.speaker.kind in BODIES and name.lower().endswith(f" {str(speaker.name).lower()}"):
                return replace(met.speaker, why=f"{source.text!r}: short for {name}")
        return None

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
        elif source.head and source.speaker.kind == "person" and not _plural(source) and " and " not in source.main:
            name = None if source.head in VAGUE else self.people.with_role(source.head)
            name = name or (None if source.definite else self.people.apposed(source.head, at))
        else:
            return None
        return Speaker(name, "named", "person", why=f"{source.text!r}: the one person it fits") if name else None

    def _pronoun(self, word: str, attribution: Attribution, outer: Attribution | None) -> Speaker:
        wanted = WANTED["personal" if word in PERSONAL else "plural" if word in PLURAL else "neuter"]
        at = attribution.source.start if attribution.source else attribution.content.start
        candidates: list[Speaker] = []
        inner: list[Speaker] = []
        for source, earlier in reversed(self.met[-RECENT:]):
            speaker = earlier.speaker
            if earlier.content.end < at - REACH or speaker.kind not in wanted or (outer and earlier.id == outer.id):
                continue
            if word in PERSONAL and (self._other_gender(speaker, word) or _plural(source)):
                continue
            if word in PLURAL and speaker.kind == "person" and not (_plural(source) or speaker.names):
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
        return nearest if nearest and not self._other_gender(Speaker(nearest, "named", "person"), word) else (
            self.people.nearest(at, word, sure=True) or self.people.following(at)
        )  # fmt: skip

    def _opener(self, word: str, at: int, last: Speaker) -> Speaker:
        """The person who opens the sentence before the pronoun, if later than the last fitting speaker."""
        name = self.people.subject(at)
        if name is None or name == last.name:
            return last
        opener = self.people.complete(Speaker(name, "named", "person"))
        return last if self._other_gender(opener, word) or self._spoke_after(name, at) else opener

    def _known_speaker(self, name: str) -> bool:
        """Whether ``name`` has spoken before, and so could have been chosen."""
        return any(met.speaker.name == name for _, met in self.met[-RECENT:])

    def _spoke_after(self, name: str, at: int) -> bool:
        """Whether somebody else spoke between the last words about ``name`` and ``at``."""
        text, last = self.names.text, name.split()[-1]
        since = text.rfind(last, 0, at)
        return any(since < m.source.start < at for _, m in self.met[-RECENT:] if m.source)

    def _other_gender(self, speaker: Speaker, word: str) -> bool:
        told = self.people.gender(speaker) or self.genders.get(str(speaker.name), word)
        return told != word

    def _mention(self, source: Source, attribution: Attribution, outer: Attribution | None) -> Speaker:
        """For "the leader": the last source with that head noun, or the one person in the text with that role."""
        if met := self._met_before(source):
            return met
        if source.head in PUBLISHED and not _plural(source) and (outlet := self.last_outlet()):
            return Speaker(outlet, "named", "outlet", why=f"{source.text!r}: the last outlet named")
        person = None if outer else self._described(source, attribution) or self._last_person(source, attribution)
        if person is not None:
            return person
        if source.speaker.kind not in BODIES or source.head in ("media", NEWS.word):
            return source.speaker
        if source.head in PUBLISHED:
            return replace(source.speaker, why=f"{source.text!r}: no outlet named before it")
        if source.head in GENERIC:
            return self._last_body(source, attribution)
        return replace(source.speaker, name=source.main.split(" ", 1)[-1], naming="named")

    def _met_before(self, source: Source) -> Speaker | None:
        """The last speaker whom the words of ``source`` may mean, by head noun, role or sort of body."""
        for earlier, met in reversed(self.met[-RECENT:]):
            if earlier.head == source.head and not (earlier.speaker.name is None and source.speaker.affiliation not in (
                None, earlier.speaker.affiliation, met.speaker.affiliation, self.names.main_country)):  # fmt: skip
                return replace(met.speaker, why=f"{source.text!r}: mentioned before")
            if source.head and met.speaker.role and self._has_role(met.speaker.role, source.head):
                return replace(met.speaker, why=f"{source.text!r}: has that role")
            if source.speaker.kind == "document" and source.head == met.medium:
                return replace(met.speaker, why=f"{source.text!r}: said in it before")
            if source.speaker.kind in BODIES and source.head != "media" and self._may_be_called(source, met.speaker):
                return replace(met.speaker, why=f"{source.text!r}: the last body named")
        return None

    def _has_role(self, role: str, head: str) -> bool:
        """Whether the words of a role hold ``head``, titles written out."""
        return head in role.lower() or head in map(self.names.lexicon.long_title, role.split())

    def _last_person(self, source: Source, attribution: Attribution) -> Speaker | None:
        """The last person named, if without a role that is known and not ruled out by the words of ``source``."""
        if source.speaker.kind != "person" or source.head in UNNAMED_HEADS or _plural(source):
            return None
        at = attribution.source.start if attribution.source else 0
        people = [m.speaker for _, m in self.met[-RECENT:] if m.speaker.kind == "person" and m.speaker.name]
        if people and at and not people[-1].role and self._may_be(source, people[-1]):
            return replace(people[-1], why=f"{source.text!r}: the last person named")
        return None

    def _last_body(self, source: Source, attribution: Attribution) -> Speaker:
        """The body that the text last named before "the company", or an abstention."""
        at = attribution.source.start if attribution.source else 0
        known = [
            record for kind, record, _ in self.names.known(self.names.text[max(at - NEAR, 0) : at]) if kind == "body"
        ]
        if not known:
            return replace(source.speaker, why=f"{source.text!r}: no body named before it")
        whose = known[-1].country or known[-1].affiliation or None
        return Speaker(
            known[-1].name, "named", "organization", whose, why=f"{source.text!r}: the last body in the text"
        )

    def _may_be(self, source: Source, person: Speaker) -> bool:
        """Whether a description without a name does not rule the person out: somebody's kin, or of the other sex."""
        if source.head in KIN or re.search(r"[’']s? ", source.main):
            return False
        told = self.people.gender(Speaker(role=source.head))
        return told is None or not self._other_gender(person, told)

    def _may_be_called(self, source: Source, met: Speaker) -> bool:
        """Whether a body met before may be called by the words of ``source``."""
        kinds = ("outlet",) if source.head in PUBLISHED else BODIES
        return met.kind in kinds and bool(met.name) and not self._other_sort(source, met)

    def last_outlet(self) -> str | None:
        """The outlet that spoke, or was spoken through, last."""
        for _, met in reversed(self.met[-RECENT:]):
            if met.speaker.kind == "outlet" and met.speaker.name:
                return met.speaker.name
            if met.relays and as_outlet(met.relays[0], self.names):
                return met.relays[0]
        return None

    @staticmethod
    def _other_sort(source: Source, met: Speaker) -> bool:
        """Whether the last body is of a sort that is not called so ("the company" after a union)."""
        last = str(met.name).split()[-1].lower()
        return last != source.head and bool({last, source.head} <= SORTS)

    def _antecedent(self, attribution: Attribution, source: Source) -> Speaker:
        """The noun phrase right before a relative pronoun."""
        at = attribution.source.start if attribution.source else attribution.content.start
        before = re.split(r"[.;:“”\"\n]", self.names.text[max(at - 90, 0) : at])[-1].strip(" ,")
        phrase = re.split(r"\b(?:by|from|to|with|and|but|of the|in|on|for|said|told|that)\b", before)[-1].strip(" ,")
        return describe(phrase, self.names).speaker if phrase else source.speaker


def _same(one: Speaker, two: Speaker) -> bool:
    """Whether two speakers without a name are described alike."""
    return (one.name, one.kind, one.affiliation, one.role) == (two.name, two.kind, two.affiliation, two.role)


def _plural(source: Source) -> bool:
    """Whether a source's head is plural."""
    main = source.main.lower().rstrip(".,")
    last = re.findall(r"[\w’'-]+", main)
    return bool(source.head) and any(w != source.head and w.startswith(str(source.head)[:-1]) for w in last) and (
        main.split()[0] not in ("a", "an")
    )  # fmt: skip
