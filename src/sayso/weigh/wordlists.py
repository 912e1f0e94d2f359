"""The word lists of weighing, as patterns."""

import re
from functools import cache

from sayso.lexicon.loader import load
from sayso.lexicon.wordsets import WordSet


@cache
def words(name: str) -> frozenset[str]:
    """The words of the set ``name``; KeyError if there is none."""
    return {record.name: frozenset(record.words) for record in load("weighing", WordSet)}[name]


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """Finds any word of the sets, whole, in any case; ``*`` stands for any letters, a space for any white space."""
    choices = sorted({word for name in names for word in words(name)}, key=lambda word: (-len(word), word))
    found = "|".join(re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"\s+") for word in choices)
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)
