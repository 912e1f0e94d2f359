"""The word lists by which origins are told."""

from functools import cache

from sayso.lexicon.loader import load
from sayso.lexicon.wordsets import WordSet


@cache
def listed(name: str) -> frozenset[str]:
    """The words of the set ``name`` of ``origins.yml``; KeyError if there is none."""
    return {record.name: frozenset(record.words) for record in load("origins", WordSet)}[name]
