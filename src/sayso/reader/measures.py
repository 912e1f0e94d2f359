"""What a number counts, and what happened to it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from sayso.lexicon.loader import load
from sayso.lexicon.wordsets import wordset
from sayso.reader.names import is_person_noun
from sayso.terms.reading import Measure

REACH_AFTER, REACH_BEFORE, NOUN_REACH = 16, 10, 5
Hit = tuple[float, int, Measure]
HELD_NOUN, JOINED = 5, 12
WORD = re.compile(r"[\w’'-]+|[;:]")
END_OF_PHRASE = wordset("end_of_phrase")


@dataclass(frozen=True)
class MeasureWords:
    """A record of ``measures.yml``."""

    measure: Measure
    before: tuple[str, ...]
    after: tuple[str, ...]
    nouns: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """A record of ``counted.yml``."""

    noun: str
    thing: bool


@lru_cache(maxsize=1)
def _index() -> tuple[dict[str, Measure], dict[str, Measure], dict[str, Measure]]:
    records = load("measures", MeasureWords)
    return (
        {word: r.measure for r in records for word in r.before},
        {word: r.measure for r in records for word in r.after},
        {word: r.measure for r in records for word in r.nouns},
    )


@lru_cache(maxsize=1)
def _counted() -> dict[str, bool]:
    return {record.noun: record.thing for record in load("counted", Counted)}


def measure_of(before: str, after: str) -> tuple[Measure, int]:
    """The measure of a number from its clause's words before and after it, and how far its word is (99: none)."""
    left, right = WORD.findall(before.lower())[-REACH_BEFORE:], WORD.findall(after.lower())[:REACH_AFTER]
    if ";" in right:
        right = right[: right.index(";")]
    found = [*_nouns(right), *_after(right), *_before(left)]
    if not found:
        return "other", 99
    distance, _, measure = min(found)
    return measure, int(distance)


def _nouns(right: list[str]) -> Iterator[Hit]:
    """What is counted: a telling noun in the phrase right after the number."""
    nouns, partitive = _index()[2], right[:1] == ["of"]
    for at, word in enumerate(right[:NOUN_REACH]):
        if word in nouns and not (partitive and at > NOUN_REACH - 2):
            yield at + 0.3 + (HELD_NOUN if nouns[word] == "held" else 0), 0, nouns[word]
        if word in END_OF_PHRASE and not (partitive and at == 0):
            return


def _after(right: list[str]) -> Iterator[Hit]:
    """What happened, told after the number."""
    afters = _index()[1]
    for at in range(len(right)):
        for size in (3, 2, 1):
            phrase = " ".join(right[at : at + size])
            if phrase in afters:
                yield at + 0.5, -size, afters[phrase]


def _before(left: list[str]) -> Iterator[Hit]:
    """What happened, told before the number; a joined clause has used it up."""
    befores = _index()[0]
    for at in range(len(left)):
        for size in range(1, min(5, len(left) - at) + 1):
            phrase, gap = " ".join(left[at : at + size]), left[at + size :]
            if phrase in befores and not (gap and befores[phrase] == "population"):
                yield len(gap) + 0.4 + (JOINED if "and" in gap or "but" in gap else 0), -size, befores[phrase]


def counted_words(after: str) -> str | None:
    """The noun phrase right after a number, or None."""
    words: list[str] = []
    for match in re.finditer(r"(?:[A-Z]\.){2,}|[\w’'-]+|[^\w\s]", after):
        word = match.group()
        if not word[0].isalnum() or word.lower() in END_OF_PHRASE or len(words) == 6:
            break
        words.append(word)
    return " ".join(words) or None


def matters(counted: str | None) -> bool:
    """Whether the counted words hold a noun whose numbers matter."""
    known, nouns = _counted(), _index()[2]
    words = re.findall(r"[\w’'-]+", (counted or ""))
    return any(
        word.lower() in known or word.lower() in nouns or is_person_noun(word.removesuffix("s")) for word in words
    )


def is_thing(counted: str | None) -> bool:
    """Whether the first known noun of the counted words is no person."""
    known = _counted()
    words = re.findall(r"[\w’'-]+", (counted or "").lower())
    return next((known[word] for word in words if word in known), False)


def is_vehicle(counted: str | None) -> bool:
    """Whether the counted words hold a noun for vehicles."""
    nouns = _index()[2]
    return any(nouns.get(word) == "vehicles" for word in re.findall(r"[\w’'-]+", (counted or "").lower()))
