"""Named sets of words."""

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
def _all() -> dict[str, frozenset[str]]:
    return {record.name: frozenset(record.words) for record in load("wordsets", WordSet)}
