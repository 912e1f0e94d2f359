"""Names that the lexicon knows: outlets, bodies, countries."""

import re
from collections.abc import Iterator
from typing import Any

from sayso.lexicon import Lexicon
from sayso.lexicon.lexicon import NAME_WORD
from sayso.lexicon.wordsets import wordset
from sayso.reader.runs import POSSESSIVE, is_abbreviation
from sayso.terms.spans import Span

ARTICLE_ONLY = wordset("article_only")
FIRST_NAMES = wordset("names_of_men") | wordset("names_of_women")


def find_known(words: str, lexicon: Lexicon) -> Iterator[tuple[str, Any, Span]]:
    """The outlets, bodies and countries that the lexicon finds in ``words``, longest names first at each place."""
    tokens = list(NAME_WORD.finditer(words))
    at = 0
    while at < len(tokens):
        size = _longest(words, tokens, at, lexicon)
        if size is None:
            at += 1
            continue
        yield size[0], size[1], Span(tokens[at].start(), size[2])
        at += size[3]


def _longest(words: str, tokens: list[re.Match[str]], at: int, lexicon: Lexicon) -> tuple[str, Any, int, int] | None:
    longest = _longest_with(tokens[at].group(), lexicon)
    if not longest:
        return None
    surname = at > 0 and tokens[at - 1].group().lower() in FIRST_NAMES and tokens[at - 1].group()[0].isupper()
    for size in range(min(longest, len(tokens) - at), 0, -1):
        end = tokens[at + size - 1].end()
        name = words[tokens[at].start() : end]
        straight = name.replace("’", "'")
        owned = straight in lexicon.body_of
        bare = straight if owned else name if is_abbreviation(name) else POSSESSIVE.sub("", name).rstrip(".")
        for kind, index in _indexes(lexicon):
            if (
                bare in index
                and not _goes_on(kind, words[end : end + 30], bare, lexicon)
                and not (surname and size == 1)
            ):
                return kind, index[bare], tokens[at].start() + len(bare), size
    return None


def _longest_with(first: str, lexicon: Lexicon) -> int:
    """How many words the longest known name has that starts with ``first``, possessive or not; 0 if none does."""
    if not (first[0].isupper() or first[0] in "at"):
        return 0
    sizes = lexicon.name_sizes
    return sizes.get(first.replace("’", "'")) or sizes.get(POSSESSIVE.sub("", first).rstrip("."), 0)


def _goes_on(kind: str, following: str, name: str, lexicon: Lexicon) -> bool:
    """Whether the name is the start of a longer one ("The National Archive", "Dawn Brigades")."""
    plain = name.lower().removeprefix("the ")
    found = re.match(r"\s([\w’'-]+)", following)
    if found is None:
        return False
    head = lexicon.head_of.get(found[1].lower())
    if found[1][0].islower():
        return kind == "outlet" and plain in ARTICLE_ONLY and head is not None and head.kind != "outlet"
    return plain in ARTICLE_ONLY or (" " not in name and head is not None and head.kind == "organization")


def _indexes(lexicon: Lexicon) -> tuple[tuple[str, dict[str, Any]], ...]:
    return (("outlet", lexicon.outlet_of), ("body", lexicon.body_of), ("country", lexicon.country_of),
            ("country", lexicon.government_of))  # fmt: skip
