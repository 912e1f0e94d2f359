"""Named sets of words."""

import re
from dataclasses import dataclass
from functools import cache

from sayso.lexicon.loader import load


@dataclass(frozen=True)
class WordSet:
    """A record of ``wordsets.yml``."""

    name: str
    meaning: str
    words: tuple[str, ...]


@cache
def wordset(name: str) -> frozenset[str]:
    """The words of the set ``name``; KeyError if there is none."""
    return _all()[name]


@cache
def alternatives(*names: str) -> str:
    """A pattern, without groups, for any word of the sets, longest first; ``*`` stands for any letters."""
    words = sorted({word for name in names for word in wordset(name)}, key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", " ").replace(r"\*", r"\w*") for word in words)


@cache
def _all() -> dict[str, frozenset[str]]:
    return {record.name: frozenset(record.words) for record in load("wordsets", WordSet)}
