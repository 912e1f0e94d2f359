"""From an outlet that is cited on into that outlet's own report, where the story has it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sayso.terms import Reading
from sayso.weigh.plain import words_in

LEAST_WORDS, LEAST_SHARE, LONG_WORD = 4, 0.6, 4
RAREST, MOST_COMPARED = 8, 100
Key = tuple[str, str]


class Outlets:
    """What the reports of each outlet say, by who says it there."""

    def __init__(self, readings: Sequence[Reading], spelling: Mapping[str, str]) -> None:
        self.names = {spelling.get(name, name) for reading in readings if (name := reading.report.outlet)}
        self._words = {
            (reading.report.id, item.id): _telling(item.content.text)
            for reading in readings if self.names
            for item in reading.attributions
        }  # fmt: skip
        self._common = Counter(word for words in self._words.values() for word in words)
        self._having: defaultdict[tuple[str, str], list[Key]] = defaultdict(list)
        for reading in readings:
            if name := reading.report.outlet:
                for item in reading.attributions:
                    self._keep(spelling.get(name, name), (reading.report.id, item.id))

    def said(self, outlet: str, key: Key) -> Key | None:
        """The attribution in a report of the outlet that has most words of the one at ``key``; None if too few."""
        words = self._words[key]
        near = {other for word in self._rarest(words) for other in self._having.get((outlet, word), ())}
        fits = sorted((-self._share(words, self._words[other]), other) for other in near if other[0] != key[0])
        return fits[0][1] if fits and -fits[0][0] >= LEAST_SHARE else None

    def _keep(self, outlet: str, key: Key) -> None:
        for word in self._rarest(self._words[key]):
            kept = self._having[outlet, word]
            if len(kept) < MOST_COMPARED:
                kept.append(key)

    def _rarest(self, words: frozenset[str]) -> list[str]:
        return sorted(words, key=lambda word: (self._common[word], word))[:RAREST]

    def _share(self, words: frozenset[str], other: frozenset[str]) -> float:
        size = min(len(words), len(other))
        return len(words & other) / size if size >= LEAST_WORDS else 0.0


def _telling(text: str) -> frozenset[str]:
    return frozenset(word for word in words_in(text) if len(word) >= LONG_WORD)
