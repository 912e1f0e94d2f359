"""Judgements that contradict one another, settled: the last word counts, whatever order they come in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from sayso.terms import Judgement

When = tuple[datetime, str]


def when(judgement: Judgement) -> When:
    """What puts judgements in the order of time."""
    return datetime.fromisoformat(judgement.made_at), judgement.id


def counting(judgements: Iterable[Judgement]) -> list[Judgement]:
    """Those that are not withdrawn, each once, the last first."""
    known = list(judgements)
    gone = {judgement.id for judgement in known if judgement.withdrawn_at is not None}
    left = {judgement.id: judgement for judgement in known if judgement.id not in gone}
    return sorted(left.values(), key=when, reverse=True)


@dataclass(frozen=True, slots=True)
class Word:
    """What one judgement says of two things, by their keys: that they are the same, or not."""

    one: str
    other: str
    same: bool
    by: Judgement


@dataclass(frozen=True, slots=True)
class Overruled:
    """A judgement that later ones contradict."""

    judgement: Judgement
    later: tuple[Judgement, ...]

    @property
    def is_dispute(self) -> bool:
        """Whether somebody else contradicts it; who has changed their own mind disputes nothing."""
        return any(one.who != self.judgement.who for one in self.later)


@dataclass(slots=True)
class Pairs:
    """What people say is the same and what is not, without what later words contradict."""

    same: list[Word] = field(default_factory=list)
    apart: list[Word] = field(default_factory=list)
    overruled: list[Overruled] = field(default_factory=list)
    _above: dict[str, str] = field(default_factory=dict)

    def root(self, key: str) -> str:
        """A key that stands for all that are the same."""
        while (above := self._above.get(key, key)) != key:
            key = above
        return key

    def roots(self, word: Word) -> set[str]:
        """The one or two things that a word is about."""
        return {self.root(word.one), self.root(word.other)}

    def take(self, word: Word) -> None:
        """Keep a word that is earlier than all so far, unless these contradict it."""
        about = self.roots(word)
        if word.same:
            against = [other for other in self.apart if self.roots(other) == about]
        else:
            against = [other for other in self.same if self.roots(other) == about] if len(about) == 1 else []
        if against:
            self.overruled.append(Overruled(word.by, tuple(other.by for other in against)))
        elif not word.same:
            self.apart.append(word)
        else:
            self.same.append(word)
            first, second = min(about), max(about)
            if first != second:
                self._above[second] = first

    def members(self) -> dict[str, list[str]]:
        """The keys of each thing that several are, by the key that stands for it."""
        keys = sorted({key for word in self.same for key in (word.one, word.other)})
        found: dict[str, list[str]] = {}
        for key in keys:
            found.setdefault(self.root(key), []).append(key)
        return found


def settled(words: Iterable[Word]) -> Pairs:
    """The words that count."""
    found = Pairs()
    for word in sorted(words, key=lambda word: when(word.by), reverse=True):
        found.take(word)
    return found
