"""Names in text: runs of capitalised words, and which of them are people."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sayso.lexicon import Lexicon
from sayso.lexicon.wordsets import wordset
from sayso.terms.spans import Span

WORD = r"(?<!\w)(?:[ie](?=[A-Z]))?[A-Z][\w’'.-]*[\w.]|(?<!\w)[A-Z]\b"
PARTICLE = r"(?:al|el|de|da|di|del|der|den|van|von|bin|ben|ibn|la|le|dos|du)"
RUN = re.compile(rf"(?:al-|el-|bin )?(?:{WORD})(?:[ \xa0](?:{PARTICLE}[ -])?(?:al-)?(?:{WORD}))*")
LONGEST_NAME = 6
PLURAL_OWNER = re.compile(r"s[’']\s[a-z]")
POSSESSIVE = re.compile(r"[’']s?$")
NO_PART = re.compile(r"^(?:former|ex)$|-(?:based|born|backed|led|linked|run|owned|trained)$", re.IGNORECASE)
ARTICLE_ONLY = wordset("article_only")
NOT_NAMES = wordset("not_names")


@dataclass(frozen=True)
class Run:
    """A run of capitalised words, without a possessive ending, and whether it had one."""

    words: tuple[str, ...]
    span: Span
    possessive: bool

    @property
    def text(self) -> str:
        """The words with blanks between."""
        return " ".join(self.words)


def runs(text: str, start: int = 0, end: int | None = None) -> Iterator[Run]:
    """The runs of capitals between two places, split after possessives and sentences, without function words."""
    for match in RUN.finditer(text, start, len(text) if end is None else end):
        words: list[str] = []
        begin = at = match.start()
        pieces = match.group().split()
        for word, following in zip(pieces, (*pieces[1:], ""), strict=True):
            at = text.index(word, at)
            bare = word if _joins(word, following) else POSSESSIVE.sub("", word)
            weekly = bare.endswith("day") and following in OUTLET_WORDS
            if not words and bare.lower().strip(".") in NOT_NAMES and not weekly:
                at += len(word)
                begin = at
                continue
            begin = begin if words else at
            words.append(bare if _abbreviation(bare) else bare.rstrip("."))
            at += len(word)
            if bare != word or (following and _ends_sentence(bare)):
                yield Run(tuple(words), Span(begin, at), possessive=bare != word)
                words = []
        if words:
            yield Run(tuple(words), Span(begin, at), possessive=bool(PLURAL_OWNER.match(text, at - 1)))


def _joins(word: str, following: str) -> bool:
    """Whether a possessive is part of a name, as in "Dockers' Guild"."""
    return word.endswith(("s'", "s’")) and following[:1].isupper()


def _abbreviation(word: str) -> bool:
    return word.count(".") > 1 or (len(word) == 2 and word.endswith("."))


def _ends_sentence(word: str) -> bool:
    return word.endswith(".") and len(word) > 3 and not _abbreviation(word) and word[:-1].lower() not in ABBREVIATED


class Names:
    """What the words of one text are known to name."""

    def __init__(self, text: str, lexicon: Lexicon, outlet: str | None = None) -> None:
        """Look at ``text`` once. ``outlet`` is who published it."""
        self.text, self.lexicon, self.outlet = text, lexicon, outlet
        self.bodies: set[str] = set()
        self._near: dict[str, tuple[str, ...]] = {}
        self._persons: dict[tuple[str, ...], tuple[str, ...] | None] = {}
        self._titles: dict[str, bool] = {}

    def body_ending(self, word: str) -> str | None:
        """The one longer name in the text that ends with ``word`` ("Highland Front" for "Front")."""
        found = self._endings.get(word, ())
        return next(iter(found)) if len(found) == 1 else None

    @cached_property
    def _endings(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for run in self.runs:
            if len(run.words) > 1:
                found.setdefault(run.words[-1], set()).add(run.text)
        return found

    @cached_property
    def people(self) -> dict[str, tuple[str, ...]]:
        """Full names by their last word, in the order of the text."""
        found: dict[str, list[str]] = {}
        for run in self.runs:
            name = self.person(run.words) if len(run.words) > 1 else None
            if name and len(name) > 1:
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
        tokens = list(re.finditer(r"[\w&][\w’'.&-]*[\w.]|\w", words))
        at = 0
        while at < len(tokens):
            size = self._longest(words, tokens, at)
            if size is None:
                at += 1
                continue
            yield size[0], size[1], Span(tokens[at].start(), size[2])
            at += size[3]

    def _longest(self, words: str, tokens: list[re.Match[str]], at: int) -> tuple[str, Any, int, int] | None:
        if not words[tokens[at].start()].isupper() and words[tokens[at].start()] not in "at":
            return None
        for size in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
            end = tokens[at + size - 1].end()
            name = words[tokens[at].start() : end]
            bare = POSSESSIVE.sub("", name).rstrip(".") if not _abbreviation(name) else name
            for kind, index in self._indexes:
                if bare in index and not self._goes_on(bare, words, end):
                    return kind, index[bare], tokens[at].start() + len(bare), size
        return None

    def _goes_on(self, name: str, words: str, end: int) -> bool:
        """Whether the name is the start of a longer one ("The National Archive", "Dawn Brigades")."""
        plain = name.lower().removeprefix("the ")
        following = re.match(r"\s([A-Z][\w’'-]+)", words[end : end + 30])
        if following is None:
            return False
        head = self.lexicon.head_of.get(following[1].lower())
        return plain in ARTICLE_ONLY or (" " not in name and head is not None and head.kind == "organization")

    @cached_property
    def _indexes(self) -> tuple[tuple[str, dict[str, Any]], ...]:
        lexicon = self.lexicon
        return (("outlet", lexicon.outlet_of), ("body", lexicon.body_of), ("country", lexicon.country_of),
                ("country", lexicon.government_of))  # fmt: skip

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
        while name and (name[0] in self.lexicon.country_of or NO_PART.search(name[0])):
            name = name[1:]
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
            self._titles[word] = known or is_person_noun(word)
        return self._titles[word]

    def is_body_word(self, word: str) -> bool:
        """Whether a capitalised word marks a body or an outlet ("Ministry", "Times")."""
        head = self.lexicon.head_of.get(word.lower())
        return (
            word in OUTLET_WORDS
            or word in COMPANY_WORDS
            or (head is not None and head.kind in ("organization", "outlet", "document"))
        )

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


OUTLET_WORDS, COMPANY_WORDS = wordset("outlet_words"), wordset("company_words")
INITIALS = re.compile(r" \(([A-Z]{2,6})\)|, or (?:the )?([A-Z]{2,6}),")
ABBREVIATED = wordset("abbreviated")
HONORIFICS, OFFICES = wordset("honorifics"), wordset("offices")
NO_PEOPLE, FIRST_NAMES = wordset("no_people"), wordset("men") | wordset("women")
SAINTS = ("St", "St.", "Saint")
TRADE = re.compile(r"[a-z-]{2,}(?:[^aeiou]er|or|ist|ian|eer|yer|man|person|boy|girl|ant|ee|smith)$")


def is_person_noun(word: str) -> bool:
    """Whether a word in lower case is, by its ending, somebody's trade or part ("golfer", "arachnologist")."""
    return bool(TRADE.fullmatch(word)) and word not in NO_PEOPLE


def _cut_short(short: str, long: str) -> bool:
    """Whether ``long`` is ``short`` with one letter more at its end, or with a part of a name before it."""
    return (long[:-1] == short and short not in FIRST_NAMES) or (long.endswith(short) and len(long) > len(short) > 5)


def one_letter_apart(one: str, two: str) -> bool:
    """Whether two words are alike but for one letter, missing or changed, that is not the first or last."""
    short, long = sorted((one, two), key=len)
    if len(long) - len(short) > 1 or short[:1] != long[:1] or short[-1:] != long[-1:]:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return one != two and long[at + 1 :] == short[at + (len(short) == len(long)) :]
