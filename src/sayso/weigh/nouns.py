"""The noun of what a figure counts, so that "girls", "kidnapped schoolgirls" and "schoolgirls taken" go together."""

from dataclasses import dataclass
from functools import cache

from sayso.lexicon import load
from sayso.terms import Figure
from sayso.weigh.digests import WORD


@dataclass(frozen=True)
class Means:
    """A record of ``nouns.yml``."""

    word: str
    means: str


@dataclass(frozen=True)
class Noun:
    """A record of ``counted.yml``."""

    noun: str
    thing: bool


def noun(figure: Figure) -> str | None:
    """The kind of the first noun in what is counted that the word lists know, None for people of no stated kind."""
    words = (singular(m[0].lower()) for m in WORD.finditer(figure.counted or ""))
    known = next((word for word in words if word in _known()), "anybody")
    kind = _means().get(known, known)
    return None if kind == "anybody" else kind


def singular(word: str) -> str:
    """The word, or without the ending of a plural where the lists know it so."""
    forms = (word, word.removesuffix("s"), word.removesuffix("es"), word.removesuffix("ies") + "y")
    return next((form for form in forms[1:] if form != word and form in _known()), word)


@cache
def _means() -> dict[str, str]:
    return {record.word: record.means for record in load("nouns", Means)}


@cache
def _known() -> frozenset[str]:
    return frozenset(record.noun for record in load("counted", Noun)) | frozenset(_means())
