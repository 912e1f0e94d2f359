"""The words by which passages are compared: stems of those that tell something, and names."""

import re

from sayso.weigh.wordlists import words

WORD = re.compile(r"[^\W_](?:[\w’'-]*[^\W_])?")
POSSESSIVE = re.compile(r"['’]s?$")
ENDINGS = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ies", "ers", "ors",
    "ed", "es", "er", "s", "e", "y",
)  # fmt: skip
LEAST_STEM = 4


def stem(word: str) -> str:
    """The word in lower case without its ending: "released" and "release" have one stem. A rough cut, not a lemma."""
    plain = POSSESSIVE.sub("", word.lower())
    ending = next((e for e in ENDINGS if plain.endswith(e) and len(plain) - len(e) >= LEAST_STEM), "")
    return plain[: len(plain) - len(ending)]


def telling(text: str) -> tuple[str, ...]:
    """The stems of the words that carry meaning, each once, in alphabetical order."""
    clinging = words("clinging")
    return tuple(sorted({stem(word) for word in WORD.findall(text) if word.lower() not in clinging}))


def names(text: str) -> tuple[str, ...]:
    """The stems of the words that are written with a capital, each once, in alphabetical order."""
    clinging = words("clinging")
    found = (word for word in WORD.findall(text) if word[0].isupper() and word.lower() not in clinging)
    return tuple(sorted({stem(word) for word in found}))
