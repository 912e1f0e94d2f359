"""All word lists together, indexed for look-up."""

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from sayso.lexicon.loader import load, load_file
from sayso.lexicon.wordsets import wordset
from sayso.terms import Act, Kind, Stance

NAME_WORD = re.compile(r"[\w&][\w’'.&-]*[\w.]|\w")
LONGEST_NAME = 6


@dataclass(frozen=True)
class Country:
    """A country and what stands for it."""

    name: str
    demonyms: tuple[str, ...] = ()
    seats: tuple[str, ...] = ()
    houses: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Body:
    """An armed group, organisation, agency or company."""

    name: str
    aliases: tuple[str, ...] = ()
    affiliation: str = ""
    country: str | None = None


@dataclass(frozen=True)
class Outlet:
    """A news outlet or agency."""

    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class CueWord:
    """A verb or phrase that signals an attribution."""

    cue: str
    act: Act
    stance: Stance
    forms: tuple[str, ...] = ()


@dataclass(frozen=True)
class Head:
    """A noun for somebody or something that speaks."""

    word: str
    kind: Kind
    named: bool
    role: bool


@dataclass(frozen=True)
class Title:
    """A title before a name, and the word that it is short for."""

    title: str
    long: str = ""


@dataclass(frozen=True)
class Medium:
    """A way of saying something, and the words for it."""

    words: tuple[str, ...]
    medium: str


KINDS: dict[str, type[Any]] = {
    "countries": Country, "bodies": Body, "outlets": Outlet, "cues": CueWord, "heads": Head, "titles": Title,
    "mediums": Medium,
}  # fmt: skip


@dataclass(frozen=True)
class Lexicon:
    """The word lists, with a user's own records before the shipped ones."""

    countries: tuple[Country, ...]
    bodies: tuple[Body, ...]
    outlets: tuple[Outlet, ...]
    cues: tuple[CueWord, ...]
    heads: tuple[Head, ...]
    titles: tuple[Title, ...]
    mediums: tuple[Medium, ...]

    @cached_property
    def country_of(self) -> dict[str, Country]:
        """Country by name, alias or demonym."""
        return _index((c, (c.name, *c.aliases, *c.demonyms)) for c in self.countries)

    @cached_property
    def government_of(self) -> dict[str, Country]:
        """Country by the names that stand for its government."""
        return _index((c, (c.name, *c.aliases, *c.seats, *c.houses)) for c in self.countries)

    @cached_property
    def body_of(self) -> dict[str, Body]:
        """Body by name or alias."""
        return _index((b, (b.name, *b.aliases)) for b in self.bodies)

    @cached_property
    def outlet_of(self) -> dict[str, Outlet]:
        """Outlet by name or alias, with and without its article."""
        return _index((o, _with_articles((o.name, *o.aliases))) for o in self.outlets)

    @cached_property
    def name_sizes(self) -> dict[str, int]:
        """How many words the longest name of a country, body or outlet has, by its first word."""
        sizes: dict[str, int] = {}
        for index in (self.outlet_of, self.body_of, self.country_of, self.government_of):
            for name in index:
                if words := NAME_WORD.findall(name):
                    sizes[words[0]] = max(sizes.get(words[0], 0), min(len(words), LONGEST_NAME))
        return sizes

    @cached_property
    def head_of(self) -> dict[str, Head]:
        """Head noun by singular or plural, in lower case."""
        return _index((h, (h.word.lower(), _plural(h.word.lower()))) for h in self.heads)

    @cached_property
    def cue_of(self) -> dict[str, CueWord]:
        """Cue by base form, inflection or phrase, in lower case."""
        return _index((c, _inflections(c)) for c in self.cues)

    @cached_property
    def medium_of(self) -> dict[str, str]:
        """Medium by the words for it, in lower case."""
        return {words.lower(): m.medium for m in reversed(self.mediums) for words in m.words}

    @cached_property
    def medium_words(self) -> re.Pattern[str]:
        """Finds the words for any medium, longest first."""
        words = sorted(self.medium_of, key=len, reverse=True)
        return re.compile(rf"\b(?:{'|'.join(map(re.escape, words))})\b", re.IGNORECASE)

    def long_title(self, word: str) -> str:
        """A word of a title in lower case, written out ("general" for "Gen.")."""
        plain = word.strip(".").lower()
        return self._long_titles.get(plain, plain)

    @cached_property
    def _long_titles(self) -> dict[str, str]:
        return {t.title.strip(".").lower(): t.long for t in self.titles if t.long}

    @cached_property
    def title_words(self) -> frozenset[str]:
        """Every word of a title, in lower case, without a full stop."""
        return frozenset(word.strip(".").lower() for t in self.titles for word in t.title.split())


def _index(pairs: Any) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for record, names in pairs:
        for name in names:
            out.setdefault(name, record)
    return out


def _with_articles(names: tuple[str, ...]) -> tuple[str, ...]:
    bare = [name.removeprefix("The ") for name in names]
    alone = [name for name in (*names, *bare) if name.lower() not in wordset("article_only")]
    return (*alone, *("The " + name for name in bare), *("the " + name for name in bare))


def _plural(word: str) -> str:
    if word.endswith("man"):
        return word[:-3] + "men"
    if word.endswith("y") and word[-2:-1] not in ("a", "e", "o"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "ch", "sh", "x")) else "s")


def _inflections(cue: CueWord) -> tuple[str, ...]:
    verb, _, rest = cue.cue.partition(" ")
    stem = verb[:-1] if verb.endswith("e") else verb
    third = verb[:-1] + "ies" if verb.endswith("y") and verb[-2:-1] not in "aeo" else verb + "s"
    if verb.endswith(("ch", "sh", "s", "x")):
        third = verb + "es"
    made = (verb, third, stem + "ed", stem + "ing")
    return (*cue.forms, *(f"{form} {rest}".strip() for form in made))


@lru_cache(maxsize=1)
def default_lexicon() -> Lexicon:
    """The shipped word lists."""
    return Lexicon(**{name: load(name, kind) for name, kind in KINDS.items()})


def lexicon_with(path: Path) -> Lexicon:
    """The shipped word lists with the records of a user's file before them."""
    own = load_file(path, KINDS)
    return Lexicon(**{name: (*own.get(name, ()), *load(name, kind)) for name, kind in KINDS.items()})
