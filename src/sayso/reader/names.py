"""Names in text: which runs of capitalised words are people, bodies and outlets."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from sayso.lexicon import Lexicon
from sayso.lexicon.wordsets import wordset
from sayso.reader.lookup import FIRST_NAMES, find_known
from sayso.reader.runs import OUTLET_WORDS, RUN, SAINTS, Run, runs
from sayso.terms.spans import Span

OFFICE_ENDINGS = ("-at-arms", "-in-chief", "-general", "-elect")
INSIDE = re.compile(r"[a-z,;'’] $")
NEXT_NOUNS = re.compile(r" ([a-z]+)(?: ([a-z]+))?")
NO_PART = re.compile(r"^(?:former|ex)$|-(?:old|based|born|backed|led|linked|run|owned|trained)$", re.IGNORECASE)


class Names:
    """What the words of one text are known to name."""

    def __init__(self, text: str, lexicon: Lexicon, outlet: str | None = None) -> None:
        """Look at ``text`` once. ``outlet`` is who published it."""
        self.text, self.lexicon, self.outlet = text, lexicon, outlet
        self._near: dict[str, tuple[str, ...]] = {}
        self._persons: dict[tuple[str, ...], tuple[str, ...] | None] = {}
        self._titles: dict[str, bool] = {}
        self._firms: dict[str, bool] = {}

    def body_ending(self, word: str) -> str | None:
        """The one longer name in the text that ends with ``word`` ("Highland Front" for "Front")."""
        found = self._endings.get(word, ())
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _endings(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for run in self.runs:
            if len(run.words) > 1:
                words = run.words[1:] if NO_PART.search(run.words[0]) and len(run.words) > 2 else run.words
                found.setdefault(run.words[-1], set()).add(" ".join(words))
        return found

    @cached_property
    def people(self) -> dict[str, tuple[str, ...]]:
        """Full names by their last word, in the order of the text."""
        found: dict[str, list[str]] = {}
        for run in self.runs:
            name = self.person(run.words) if len(run.words) > 1 else None
            thing = name == run.words and self.text[max(run.span.start - 4, 0) : run.span.start].lower() == "the "
            if name and len(name) > 1 and not thing:
                last = name[-2] if name[-1] in ("Jr", "Sr", "II", "III") and len(name) > 2 else name[-1]
                known = found.setdefault(last.lower(), [])
                if " ".join(name) not in known:
                    known.append(" ".join(name))
        return {last: tuple(names) for last, names in found.items()}

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """The runs of the whole text."""
        return tuple(runs(self.text))

    @cached_property
    def outlets_by_initials(self) -> dict[str, str]:
        """The outlets of the text whose names have three words or more, by their initials ("THR")."""
        found = {}
        for kind, record, span in self.known(self.text):
            words = self.text[span.start : span.end].removeprefix("the ").split()
            if kind == "outlet" and len(words) > 2:
                found["".join(word[0] for word in words)] = str(record.name)
        return found

    @cached_property
    def initials(self) -> dict[str, str]:
        """Bodies by the initials that the text gives them: "the Coastal Union (CU)", "the Union, or CU,"."""
        found = {}
        for match in INITIALS.finditer(self.text):
            before = tuple(runs(self.text, max(match.start() - 60, 0), match.start()))
            if before and before[-1].span.end == match.start() and len(before[-1].words) > 1:
                near = self.text[max(match.start() - 120, 0) : match.start()]
                whole = re.search(rf"(?:{RUN.pattern} (?:for|of|on) )?{re.escape(before[-1].text)}$", near)
                found[match[1] or match[2]] = whole.group() if whole else before[-1].text
        return found

    @cached_property
    def holders(self) -> dict[str, tuple[str, ...]]:
        """The people who stand in the text with a title, by each word of the title in lower case."""
        found: dict[str, dict[str, None]] = {}
        for run in self.runs:
            name = self.person(run.words)
            if name and len(name) < len(run.words):
                full = (self.full(name[-1]) if len(name) == 1 else None) or " ".join(name)
                for word in run.words[: -len(name)]:
                    plain = self.lexicon.long_title(word)
                    found.setdefault(plain, {})[
                        full if len(name) > 1 or full != name[0] else " ".join(run.words[-2:])
                    ] = None
        return {title: tuple(people) for title, people in found.items()}

    def known(self, words: str) -> Iterator[tuple[str, Any, Span]]:
        """The outlets, bodies and countries that the lexicon finds in ``words``, longest names first at each place."""
        return find_known(words, self.lexicon)

    def person(self, words: tuple[str, ...]) -> tuple[str, ...] | None:
        """The words that name a person at the end of a run, without titles and offices, if they can."""
        if words not in self._persons:
            self._persons[words] = self._person(words)
        return self._persons[words]

    def _person(self, words: tuple[str, ...]) -> tuple[str, ...] | None:
        if len(words) == 1 and self.is_title(words[0]) and words[0].lower() in self.people:
            return words
        addressed = len(words) == 2 and words[0].strip(".").lower() in HONORIFICS and words[1].lower() not in OFFICES
        surname = addressed or any(word.lower() in FIRST_NAMES and not self.is_title(word) for word in words[-3:-1])
        tested = words[:-1] if surname else words
        last = max((i for i, word in enumerate(tested) if self.is_title(word)), default=-1)
        name = words[last + 1 :]
        given = len(name) == 2 and name[0].lower() in FIRST_NAMES
        while (
            name and not given and (name[0] in self.lexicon.country_of or NO_PART.search(name[0]) or _is_origin(name))
        ):
            name = name[1:]
        if len(words) > len(name) == 1 and name[0].isupper() and len(name[0]) > len("JR"):
            return None
        tested = name[:-1] if surname else name
        body = max((i for i, word in enumerate(tested) if self.is_body_word(word)), default=-1)
        if body >= 0 and len(name) - body > 2 and name[body + 1].lower() in FIRST_NAMES:
            name, body = name[body + 1 :], -1
        if not name or len(name) > 4 or name[0] in SAINTS or self.known_body(words) or self.known_body(name):
            return None
        return name if body < 0 else None

    def is_title(self, word: str) -> bool:
        """Whether a word stands before names and is no part of them."""
        if word not in self._titles:
            plain = word.strip(".").lower()
            head = self.lexicon.head_of.get(plain)
            known = plain in self.lexicon.title_words or bool(head and head.role)
            self._titles[word] = known or plain.endswith(OFFICE_ENDINGS) or is_person_noun(word)
        return self._titles[word]

    def is_body_word(self, word: str) -> bool:
        """Whether a capitalised word marks a body or an outlet ("Ministry", "Times")."""
        head = self.lexicon.head_of.get(word.lower())
        return (
            word in OUTLET_WORDS
            or word in COMPANY_WORDS
            or (head is not None and head.kind in ("organization", "outlet", "document"))
        )

    def is_name(self, word: str) -> bool:
        """Whether a capitalised word is a name: one that is known, or that has its capital inside a sentence too."""
        if self.lexicon.name_sizes.get(word) or self.full(word):
            return True
        found = (match.start() for match in re.finditer(rf"\b{word}\b", self.text))
        return any(INSIDE.search(self.text, max(at - 3, 0), at) for at in found)

    def is_firm(self, word: str) -> bool:
        """Whether the text speaks of "a Sandvine study" or "Sandvine employees", as of a company, not a person."""
        if word not in self._firms:
            ends = (run.span.end for run in self.runs if run.words[-1] == word and not run.possessive)
            found = (match for end in ends if (match := NEXT_NOUNS.match(self.text, end)))
            heads = map(self.lexicon.head_of.get, (noun for match in found for noun in match.groups() if noun))
            self._firms[word] = any(head is not None and (head.role or head.kind == "document") for head in heads)
        return self._firms[word]

    def known_body(self, words: tuple[str, ...]) -> bool:
        """Whether the words are in a lexicon of outlets, bodies or countries."""
        text, lexicon = " ".join(words), self.lexicon
        return any(text in index for index in (lexicon.outlet_of, lexicon.body_of, lexicon.government_of))

    def full(self, last: str) -> str | None:
        """The full name in the text that ends with ``last``: of several the one that holds all, else the first."""
        names = self.people.get(last.lower()) or self._misspelt(last.lower())
        if len(names) > 1:
            longest = max(names, key=len)
            names = (longest,) if all(set(n.split()) <= set(longest.split()) for n in names) else names[:1]
        return names[0] if names else None

    def by_first_name(self, first: str) -> str | None:
        """The one full name in the text that starts with ``first``, else None."""
        found = self._first_names.get(first, ())
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _first_names(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for name in (name for known in self.people.values() for name in known):
            found.setdefault(name.split()[0], set()).add(name)
        return found

    def _misspelt(self, last: str) -> tuple[str, ...]:
        """The names under the one last word that differs from ``last`` by one letter inside it or by its ending."""
        if last not in self._near:
            near = [key for key in self.people if one_letter_apart(last, key) or _cut_short(last, key)]
            self._near[last] = self.people[near[0]] if len(near) == 1 and len(last) > 4 else ()
        return self._near[last]

    def last_body(self, at: int, head: str) -> str | None:
        """The body last named before ``at`` that "the hospital" means: whose name ends with ``head``, else None."""
        return next(
            (name for start, name in reversed(self._bodies) if start < at and name.lower().endswith(head)), None
        )

    def last_company(self, at: int) -> str | None:
        """The company last named before ``at``, as its last word tells, else None."""
        found = (run for run in reversed(self.runs) if run.span.start < at and run.words[-1] in COMPANY_WORDS)
        return next((run.text for run in found if len(run.words) > 1), None)

    @cached_property
    def _bodies(self) -> list[tuple[int, str]]:
        """Where the text names bodies by a noun of theirs, and their names."""
        return [
            (run.span.start, run.text) for run in self.runs if len(run.words) > 1 and self.is_body_word(run.words[-1])
        ]

    @cached_property
    def main_country(self) -> str | None:
        """The country that the text speaks of most, if it does so more than once."""
        counts: dict[str, int] = {}
        for run in self.runs:
            for size in (3, 2, 1):
                for at in range(len(run.words) - size + 1):
                    country = self.lexicon.country_of.get(" ".join(run.words[at : at + size]))
                    if country:
                        counts[country.name] = counts.get(country.name, 0) + 1
        best = max(counts, key=lambda name: counts[name], default=None)
        return best if best and counts[best] > 1 else None


COMPANY_WORDS = wordset("company_words")
INITIALS = re.compile(r" \(([A-Z]{2,6})\)|, or (?:the )?([A-Z]{2,6}),")
HONORIFICS, OFFICES = wordset("honorifics"), wordset("offices")
NO_PEOPLE = wordset("no_people")
TRADE = re.compile(r"[a-z-]{2,}(?:[^aeiou]er|or|ist|ian|eer|yer|man|person|boy|girl|ant|ee|smith)$")


def is_person_noun(word: str) -> bool:
    """Whether a word in lower case is, by its ending, somebody's trade or part ("golfer", "arachnologist")."""
    return bool(TRADE.fullmatch(word)) and word not in NO_PEOPLE


def _is_origin(name: tuple[str, ...]) -> bool:
    """Whether a name starts with a word for where somebody is from ("Londoner Amir Khatun")."""
    first = name[0].lower()
    return len(name) > 2 and name[1].lower() in FIRST_NAMES and first not in FIRST_NAMES and is_person_noun(first)


def _cut_short(short: str, long: str) -> bool:
    """Whether ``long`` is ``short`` with one letter more at its end, or with a part of a name before it."""
    return (long[:-1] == short and short not in FIRST_NAMES) or (long.endswith(short) and len(long) > len(short) > 5)


def one_letter_apart(one: str, two: str) -> bool:
    """Whether two words are alike but for one letter, missing or changed, that is not the first or last.

    Two neighbours that change places count as one letter.
    """
    short, long = sorted((one, two), key=len)
    if len(long) - len(short) > 1 or short[:1] != long[:1] or short[-1:] != long[-1:]:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    if len(short) == len(long) and short[at : at + 2] == long[at : at + 2][::-1]:
        return one != two and short[at + 2 :] == long[at + 2 :]
    return one != two and long[at + 1 :] == short[at + (len(short) == len(long)) :]
