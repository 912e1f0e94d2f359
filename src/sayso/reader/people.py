"""What the whole text tells about the people in it: whom they speak for, and whether they are men or women."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from sayso.lexicon.wordsets import wordset
from sayso.reader.employers import belonging
from sayso.reader.lookup import FIRST_NAMES
from sayso.reader.names import Names
from sayso.reader.namesakes import gender_of
from sayso.reader.runs import RUN, Run
from sayso.terms.reading import Speaker

STATE_TITLES = wordset("state_titles")
FORMER = re.compile(r"\b(?:former|ex|late|onetime|retired)\b", re.IGNORECASE)
WORD = re.compile(r"[\w.’'-]+")
CLAUSE_END = re.compile(r"[;:“”\"\n()–—]|[.!?](?=\s+[A-Z])(?<!\b[A-Z][a-z]\.)(?<!\b[A-Z][a-z][a-z]\.)")
OPENS = re.compile(r"(?:^|[.!?][”\"]?\s+|\n\s*|\A)$")
LINKS, REACH, APPOSED = wordset("title_links"), 500, 3000
RELATED = re.compile(r"\b(?:his|her|their) (?:\w+ )?(\w+),? $|\b([a-z]+) $")
AGE = re.compile(r",\s\d{1,3}\b|\s\(\d{1,3}\)")
APPOSITION = re.compile(r",\s*((?:(?:an?|the|his|her|its|who (?:is|was))\s)?[^,;“”\"\n]{3,140})")
OWN_PRESIDENT = re.compile(r"\b[A-Z][\w-]+ (?:[Vv]ice )?(?:[Pp]resident|[Gg]eneral [Ss]ecretary)\b")
ARTICLED = re.compile(r",\s(?:an?|the)\s((?:[\w-]+\s?){1,3})")
NO_APPOSITION = re.compile(r"(?:\w+ing|\w+ed|as|but|while|after|and|or|in|on|at|by|with|for|from|to|when|which)\b")
VERB = re.compile(r"\b(?:said|says|told|tells|added|has|had|was|were|is|will|would|wrote|tweeted)\b|[.!?]\s")
DEEDS = re.compile(rf"{VERB.pattern}|\b(?:who|which|whose|against|held|killed|captured|kidnapped|abducted|accused)\b")
PLACE = re.compile(
    r"([A-Z][\w-]+(?: [A-Z][\w-]+)?) (?:(?:state|province|provincial|county|regional)\b|[Gg]overnor\b|Gov\b|[Mm]ayor\b)"
)
THE_NAMED = re.compile(rf"\b[Tt]he (\w+), ({RUN.pattern}),")


class People:
    """The people of one text, looked up once each."""

    def __init__(self, names: Names) -> None:
        """Nothing is looked at before it is asked for."""
        self.names = names
        self.known: dict[str, str | None] = {}
        self._genders: dict[str, str | None] = {}

    def complete(self, speaker: Speaker) -> Speaker:
        """The same speaker with the affiliation that the text gives elsewhere, if its own words give none."""
        if speaker.kind != "person" or speaker.naming != "named" or not speaker.name or speaker.names:
            return speaker
        if speaker.affiliation:
            self.known[speaker.name] = speaker.affiliation
            return speaker
        if speaker.name not in self.known:
            self.known[speaker.name] = self._affiliation(speaker.name)
        return replace(speaker, affiliation=self.known[speaker.name])

    def gender(self, speaker: Speaker) -> str | None:
        """The pronoun, he or she, where a title, a role or a first name tells it."""
        if speaker.role and (told := gender_of(WORD.findall(speaker.role)[-1:])):
            return told
        if not speaker.name or speaker.kind != "person":
            return None
        if speaker.name not in self._genders:
            self._genders[speaker.name] = self._told_gender(speaker.name)
        return self._genders[speaker.name]

    def _told_gender(self, name: str) -> str | None:
        first, *others = name.split()
        if others and (told := gender_of([first])):
            return told
        for run in self._mentions.get(name.split()[-1].lower(), ()):
            person = self.names.person(run.words) or run.words
            same = len(person) == 1 or person[0] == first
            if same and (told := gender_of(run.words[:-1]) or self._gender_about(run)):
                return told
        return None

    def _gender_about(self, run: Run) -> str | None:
        """What "his wife, Tess Abara," or "Isak Rune, an actor," tells: the word before the name, or soon after it."""
        before = RELATED.search(self.names.text, max(run.span.start - 24, 0), run.span.start)
        after = ARTICLED.match(self.names.text, run.span.end)
        return gender_of([*(before.group(1, 2) if before else ()), *(after[1].split() if after else ())])

    @cached_property
    def _mentions(self) -> dict[str, list[Run]]:
        found: dict[str, list[Run]] = {}
        for run in self.names.runs:
            found.setdefault(run.words[-1].lower(), []).append(run)
        return found

    def _affiliation(self, name: str) -> str | None:
        first, *_, last = name.lower().split() if " " in name else ("", name.lower())
        for run in self._mentions.get(last, ()):
            person = self.names.person(run.words) or run.words
            if first and len(person) > 1 and person[0].lower() != first:
                continue
            for words in self._about(run):
                if whose := self._whose(words):
                    return whose
        return None

    def _about(self, run: Run) -> Iterator[str]:
        """The words before a name that belong to it, and the apposition after it."""
        name = self.names.person(run.words) or run.words
        before = " ".join((self._leading(run.span.start), *run.words[: -len(name)]))
        if before.strip():
            yield before
        after = APPOSITION.match(self.names.text, run.span.end)
        if after and not run.possessive and not NO_APPOSITION.match(after.group(1)):
            yield DEEDS.split(after.group(1).removeprefix("who is ").removeprefix("who was "))[0]

    def subject(self, at: int) -> str | None:
        """The full name of the person who opens the sentence before the one at ``at``, or that one's own clause."""
        index = bisect_left(self._openers, at, key=lambda run: run.span.start)
        found = self._openers[index - 1] if index else None
        if found is None or len(CLAUSE_END.findall(self.names.text[found.span.end : at])) > 1:
            return None
        return self._full(found)

    @cached_property
    def _openers(self) -> list[Run]:
        """The people at the start of a sentence, before a verb."""
        text = self.names.text
        return [
            run
            for run in self.names.runs
            if not run.possessive
            and OPENS.search(text[max(run.span.start - 6, 0) : run.span.start])
            and not text[run.span.end : run.span.end + 5].startswith((" and ", ", and"))
            and self._full(run)
        ]

    def with_role(self, role: str) -> str | None:
        """The one person in the text whom the words around the name give ``role`` (lower case), else None."""
        found = self._roles.get(role, {})
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _roles(self) -> dict[str, dict[str, None]]:
        found: dict[str, dict[str, None]] = {}
        for run in self.names.runs:
            if name := self._full(run):
                for words in self._about(run):
                    for word in WORD.findall(words):
                        if self.names.is_title(word):
                            found.setdefault(self.names.lexicon.long_title(word), {})[name] = None
        return found

    def in_office(self, office: str) -> str | None:
        """The one person before whose name the words of an office stand ("interior minister Aris"), else None."""
        text, people = self.names.text, set[str]()
        for run in self.names.runs:
            before = text[max(run.span.start - len(office) - 2, 0) : run.span.start].lower()
            if before.rstrip(", ").endswith(office.lower()) and (name := self._full(run)):
                people.add(name)
        return people.pop() if len(people) == 1 else None

    def is_person(self, name: str) -> bool:
        """Whether the text or a first name shows that ``name`` is a person's."""
        last = name.split()[-1].lower()
        return any(self._full(run) and self._is_human(run) for run in self._mentions.get(last, ()))

    def last_named(self, at: int, since: int = -1) -> str | None:
        """The only person named in the text before ``at``, if that is first done after ``since``, else None."""
        firsts: dict[str, int] = {}
        for start, name in self._humans:
            if start >= at or len(firsts) > 1:
                break
            firsts.setdefault(name, start)
        return next(iter(firsts)) if len(firsts) == 1 and next(iter(firsts.values())) > since else None

    def of_age(self, age: str) -> str | None:
        """The one person after whose name ``age`` stands ("Mia Hollen, 31,")."""
        before = re.search(rf"\b{age}-year-old ({RUN.pattern})", self.names.text)
        if before and (name := self.names.full(before[1].split()[-1])):
            return name
        names = {name for run in self.names.runs if (found := AGE.match(self.names.text, run.span.end))
                 and found.group().strip(" ,()") == age and (name := self._full(run))}  # fmt: skip
        return names.pop() if len(names) == 1 else None

    def only_aged(self, at: int, *, after: bool) -> str | None:
        """The one person with an age, named before ``at``, or first named soon ``after`` it and before all others."""
        firsts: dict[str, int] = {}
        for start, name in self._humans:
            firsts.setdefault(name, start)
        aged = [name for name in firsts if name in self._aged]
        if len(aged) != 1:
            return None
        first = firsts[aged[0]]
        if not after:
            return aged[0] if first < at else None
        return aged[0] if at < first < at + APPOSED and first == min(firsts.values()) else None

    @cached_property
    def _aged(self) -> set[str]:
        return {name for run in self.names.runs
                if AGE.match(self.names.text, run.span.end) and (name := self._full(run))}  # fmt: skip

    def nearest(self, at: int, word: str, *, sure: bool) -> str | None:
        """The person named last before ``at`` whom ``word`` (he, she) may mean; if ``sure``, only one whom it fits."""
        for index in range(bisect_left(self._humans, (at, "")) - 1, -1, -1):
            start, name = self._humans[index]
            if start < at - REACH:
                return None
            if (self.gender(Speaker(name, "named", "person")) or (None if sure else word)) == word:
                return name
        return None

    def following(self, at: int) -> str | None:
        """The person who is named first after ``at`` in its sentence."""
        end = CLAUSE_END.search(self.names.text, at)
        index = bisect_left(self._humans, (at + 1, ""))
        if index == len(self._humans) or (end is not None and self._humans[index][0] >= end.start()):
            return None
        return self._humans[index][1]

    def apposed(self, role: str, at: int) -> str | None:
        """The name that a later "the lawyer, Petra Voss," gives to the ``role``."""
        found = next((name for start, name in self._apposed.get(role, ()) if at <= start < at + APPOSED), None)
        return self.names.full(found.split()[-1]) if found else None

    @cached_property
    def _apposed(self) -> dict[str, list[tuple[int, str]]]:
        found: dict[str, list[tuple[int, str]]] = {}
        for match in THE_NAMED.finditer(self.names.text):
            found.setdefault(match[1], []).append((match.start(), match[2]))
        return found

    def _full(self, run: Run) -> str | None:
        name = self.names.person(run.words)
        if not name:
            return None
        return self.names.full(name[-1]) if len(name) == 1 else self._longer(" ".join(name))

    def _longer(self, name: str) -> str:
        """The name in full where the text has a longer form of it."""
        full = self.names.full(name.split()[-1])
        return full if full and set(name.split()) < set(full.split()) else name

    @cached_property
    def _humans(self) -> list[tuple[int, str]]:
        """Where people are named, and who they are."""
        return [(run.span.start, name) for run in self.names.runs if self._is_human(run) and (name := self._full(run))]

    def _is_human(self, run: Run) -> bool:
        """Whether a first name, a title, a role or an age shows that the run names a person."""
        if AGE.match(self.names.text, run.span.end) or run.words[0].lower() in FIRST_NAMES:
            return True
        return any(self.names.is_title(word) for words in self._about(run) for word in WORD.findall(words))

    def _leading(self, at: int) -> str:
        """The noun phrase that ends before ``at``: capitals, roles and what links them."""
        near = CLAUSE_END.split(self.names.text[max(at - 90, 0) : at + 1])[-1][:-1].rstrip(" ,")
        taken: list[str] = []
        for word in reversed(WORD.findall(near)):
            if not (word[0].isupper() or word.lower() in LINKS or self.names.is_title(word)):
                break
            taken.append(word)
        return " ".join(reversed(taken))

    def _whose(self, words: str) -> str | None:
        plain = [word.strip(".").lower() for word in WORD.findall(words)]
        if not any(self.names.is_title(word) for word in plain):
            return None
        if (place := PLACE.search(words)) and self._is_place(place[1]):
            return place[1]
        if whose := belonging(words, self.names):
            return whose
        official = STATE_TITLES.intersection(plain) and not FORMER.search(words) and not OWN_PRESIDENT.search(words)
        return self.names.main_country if official else None

    def _is_place(self, words: str) -> bool:
        return self.names.text.count(words) > 1 and words not in self.names.lexicon.country_of
