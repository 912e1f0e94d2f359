"""Names and roles without what differs between two ways of writing the same one."""

import re
import unicodedata
from functools import cache, lru_cache

from sayso.lexicon.lexicon import default_lexicon

WORD = re.compile(r"[^\W_]+")
LINKS = frozenset({"the", "a", "an", "of", "for", "and", "to", "in", "s"})
BRITISH = {"defense": "defence", "center": "centre", "organization": "organisation", "labor": "labour"}
SOFT, MUTE, REPEATED = re.compile(r"c(?=[eiy])|z"), re.compile(r"[^bdfgjklmnprstvx]"), re.compile(r"(.)\1+")
SOUNDS = (("ph", "f"), ("ck", "k"), ("c", "k"), ("q", "k"), ("w", "v"), ("x", "ks"), ("y", ""))


@lru_cache(maxsize=100_000)
def plain_words(name: str) -> tuple[str, ...]:
    """``words_in`` for names and other short texts that come again and again."""
    return words_in(name)


def words_in(text: str) -> tuple[str, ...]:
    """The words in lower case, without accents, apostrophes and link words."""
    letters = text.replace("’", "'").replace("'s ", " ").replace("'", "")
    if not letters.isascii():
        letters = "".join(c for c in unicodedata.normalize("NFKD", letters) if not unicodedata.combining(c))
    letters = letters.casefold()
    return tuple(BRITISH.get(word, word) for word in WORD.findall(letters) if word not in LINKS)


@lru_cache(maxsize=100_000)
def key_of(text: str) -> tuple[str, ...]:
    """What two spellings of one body share: its words, the people's adjectives as the country, in any order."""
    return tuple(sorted({countries().get(word, word) for word in plain_words(text)}))


@cache
def countries() -> dict[str, str]:
    """Every one-word adjective, people and name of a country, in lower case, with the country's key."""
    out: dict[str, str] = {}
    for country in default_lexicon().countries:
        for form in (country.name, *country.demonyms, *country.aliases):
            if len(words := plain_words(form)) == 1:
                out.setdefault(words[0], "-".join(plain_words(country.name)))
    return out


def singular(word: str) -> str:
    """A rough singular, for look-up only."""
    if word.endswith("men"):
        return word[:-3] + "man"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word


def distance(a: str, b: str, most: int) -> int:
    """How many letters must be changed, added or left out; ``most`` + 1 where it is more."""
    if abs(len(a) - len(b)) > most:
        return most + 1
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return min(row[-1], most + 1)


def sounds(word: str) -> str:
    """The consonants of a word as they sound, so that "Cicero" and "Sisero" are the same; a rough key."""
    plain = SOFT.sub("s", word.lower())
    for letters, sound in SOUNDS:
        plain = plain.replace(letters, sound)
    return REPEATED.sub(r"\1", MUTE.sub("", plain))
