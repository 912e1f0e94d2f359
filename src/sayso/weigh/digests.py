"""What grouping by story looks at in a report: its title, its lead, whom it names and what it counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from sayso.lexicon.wordsets import wordset
from sayso.terms import Reading

LEAD = 1600
ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?…:]['\"”’»)]*\s+(?=[\"“„«'‘(]*[^\W\d_])|\n+")
OPENING = re.compile(r"^[\W_]+")
TITLE, NAME = 2, 3
MOST = 3
CACHED = 50_000
NO_TAB = {9: 32}


@dataclass(frozen=True)
class Digest:
    """A report as grouping sees it. ``published`` is an ISO date."""

    id: str
    title: str | None = None
    lead: str = ""
    names: tuple[str, ...] = ()
    counted: tuple[str, ...] = ()
    published: str | None = None

    @property
    def day(self) -> str | None:
        """The day of publication as an ISO date, None where that is unknown or coarser than a day."""
        day = (self.published or "")[:10]
        return day if day and ISO_DAY.fullmatch(day) and _exists(day) else None

    @property
    def headline(self) -> str:
        """The title, else the first sentence."""
        return self.title or next(sentences(self.lead), self.id)


@dataclass(frozen=True, slots=True)
class Gist:
    """What grouping needs of a digest: its words in alphabetical order, and how much each counts.

    Reports are taken in the order of ``order``: by date and hour, those without a day last, then by id.
    """

    id: str
    order: str
    day: str | None
    headline: str
    words: tuple[str, ...]
    worths: tuple[int, ...]


def gist(digest: Digest) -> Gist:
    """The gist of a digest."""
    found = sorted(terms(digest).items())
    when = digest.published if digest.day and digest.published else "~"
    order = f"{when.translate(NO_TAB)}\t{digest.id}"
    words, worths = tuple(word for word, _ in found), tuple(worth for _, worth in found)
    return Gist(digest.id, order, digest.day, digest.headline, words, worths)


def id_in(order: str) -> str:
    """The report's id in its order."""
    return order.split("\t", 1)[1]


def digest(reading: Reading) -> Digest:
    """The digest of a reading."""
    report = reading.report
    spoken = (a.speaker.name for a in reading.attributions if a.speaker.kind != "outlet")
    return Digest(
        id=report.id,
        title=report.title,
        lead=lead(report.text),
        names=tuple(sorted({name for name in spoken if name})),
        counted=tuple(sorted({f.counted for f in reading.figures if f.counted})),
        published=report.published,
    )


def lead(text: str) -> str:
    """The beginning of a text, up to the last whole word within ``LEAD`` characters."""
    return text if len(text) <= LEAD else text[:LEAD].rsplit(None, 1)[0]


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, roughly, without the space around them."""
    yield from (part for piece in _cut(text) if (part := piece.strip()))


def terms(digest: Digest) -> dict[str, int]:
    """How much each word of a digest counts: names more than others, the title more than the lead."""
    names = _names(digest)
    weights: dict[str, int] = {}
    for words, worth in ((digest.title or "", TITLE), (digest.lead, 1), (" ".join(digest.counted), 1)):
        for word in _words(words):
            weights[word] = min(weights.get(word, 0) + worth, MOST)
    for name in digest.names:
        weights.update((word, max(weights.get(word, 0), 1)) for word in _words(name))
    return {word: worth * (NAME if word in names else 1) for word, worth in weights.items()}


def _names(digest: Digest) -> frozenset[str]:
    """The words of names: of the speakers', and those with a capital inside a sentence."""
    found = {word for name in digest.names for word in _words(name)}
    for sentence in sentences(digest.lead):
        plain = OPENING.sub("", sentence)
        found.update(base(m[0]) for m in WORD.finditer(plain) if m.start() and m[0][0].isupper())
    return frozenset(found - wordset("not_names"))


def _words(text: str) -> Iterator[str]:
    plain = wordset("not_names")
    yield from (word for match in WORD.finditer(text) if len(word := base(match[0])) > 2 and word not in plain)


@lru_cache(maxsize=CACHED)
def base(word: str) -> str:
    """A word in lower case without its possessive or plural ending."""
    word = word.casefold().replace("’", "'").removesuffix("'s").strip("'-")
    return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word


def _exists(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def _cut(text: str) -> Iterator[str]:
    start = 0
    for match in SENTENCE_END.finditer(text):
        yield text[start : match.end()]
        start = match.end()
    yield text[start:]
