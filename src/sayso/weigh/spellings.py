"""One spelling per speaker over all reports of a story."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sayso.lexicon.lexicon import default_lexicon
from sayso.terms import Reading
from sayso.weigh.plain import countries, distance, key_of, plain_words, sounds

LONG, LONGER, MOST_ALIKE = 4, 8, 200
LEAST_SOUNDS = 3
PERSON = "person"


def spellings(readings: Sequence[Reading], apart: frozenset[frozenset[str]] = frozenset()) -> dict[str, str]:
    """Every name in the readings with the spelling that stands for it in all of them.

    A surname means the full name where only one has it; a misspelling means the name that more reports have, unless
    both stand in one report. Pairs of names that are ``apart`` never mean the same.
    """
    names = _Names(readings, apart)
    for find in (_same_words, _longer, _shorter, _misspelt):
        find(names)
    return names.chosen()


class _Names:
    """The names with the reports that they stand in, and which of them are the same."""

    def __init__(self, readings: Sequence[Reading], apart: frozenset[frozenset[str]]) -> None:
        self._apart = apart
        self.reports: defaultdict[str, set[str]] = defaultdict(set)
        self.kinds: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._same: dict[str, str] = {}
        for reading in readings:
            for name, kind in _named(reading):
                self.reports[name].add(reading.report.id)
                self.kinds[name][kind] += 1
        self.all = sorted(self.reports)
        self.words = {name: _telling(name, self.is_person(name)) for name in self.all}

    def is_person(self, name: str) -> bool:
        """Whether most of those who bear the name are people."""
        kinds = self.kinds[name]
        return kinds[PERSON] * 2 > sum(kinds.values())

    def root(self, name: str) -> str:
        """The name that stands for all that are the same so far."""
        while (above := self._same.get(name, name)) != name:
            name = above
        return name

    def join(self, name: str, other: str) -> None:
        """Take two names as the same, unless people have judged otherwise."""
        first, second = sorted((self.root(name), self.root(other)))
        if first != second and not any({self.root(one) for one in pair} == {first, second} for pair in self._apart):
            self._same[second] = first

    def chosen(self) -> dict[str, str]:
        """For each name the one of the most reports among those that are the same, then the longest."""
        groups: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.all:
            groups[self.root(name)].append(name)
        return {name: self._best(group) for group in groups.values() for name in group}

    def _best(self, group: Sequence[str]) -> str:
        known = default_lexicon().outlet_of
        outlets = sorted({known[name].name for name in group if name in known and not self.is_person(name)})
        full = max(min(len(self.words[name]), 2) for name in group)
        fit = [name for name in group if min(len(self.words[name]), 2) == full]
        often = min(fit, key=lambda name: (-len(self.reports[name]), self._padding(name), name))
        return outlets[0] if outlets else often

    def _padding(self, name: str) -> int:
        return len(name.split()) - len(self.words[name])


def _named(reading: Reading) -> Iterable[tuple[str, str]]:
    for item in reading.attributions:
        speaker = item.speaker
        for name in speaker.names or filter(None, (speaker.name,)):
            yield name, speaker.kind
        for relay in item.relays:
            yield relay, "outlet"
    if reading.report.outlet:
        yield reading.report.outlet, "outlet"


def _telling(name: str, person: bool) -> tuple[str, ...]:  # noqa: FBT001 - one of two ways to look at a name
    """The words of a name; of a person's without titles and nationalities before it."""
    if not person:
        outlet = default_lexicon().outlet_of.get(name)
        return key_of(outlet.name if outlet else name)
    parts = name.replace("-", " ").split() if _nationality(name.split()[0]) else name.split()
    while len(parts) > 2 and (_nationality(parts[0]) or parts[0].strip(".").lower() in default_lexicon().title_words):
        parts = parts[1:]
    return plain_words(" ".join(parts))


def _nationality(word: str) -> bool:
    return all(part in countries() for part in plain_words(word.replace("-", " "))) and bool(plain_words(word))


def _same_words(names: _Names) -> None:
    seen: dict[tuple[bool, tuple[str, ...]], str] = {}
    for name in names.all:
        names.join(name, seen.setdefault((names.is_person(name), names.words[name]), name))


def _longer(names: _Names) -> None:
    """What is left of a title or another word before a full name that is known without it."""
    known = {names.words[name]: name for name in names.all if names.is_person(name)}
    for words, name in known.items():
        for start in range(1, len(words) - 1):
            if words[start:] in known:
                names.join(name, known[words[start:]])


def _shorter(names: _Names) -> None:
    """A surname alone, or the telling word of a body's name, where only one has it."""
    having: defaultdict[tuple[bool, str], set[str]] = defaultdict(set)
    for name in names.all:
        words, person = names.words[name], names.is_person(name)
        for word in (words[-1:] + words[:1] if person else words) if len(words) > 1 else ():
            having[person, word].add(names.root(name))
    _parts_of_bodies(names, having)
    for name in names.all:
        words = names.words[name]
        if len(words) == 1 and not _complete(name, words[0]):
            known = having[names.is_person(name), words[0]] or having[not names.is_person(name), words[0]]
            found = {names.root(other) for other in known}
            if len(found) == 1:
                names.join(name, next(iter(found)))


def _parts_of_bodies(names: _Names, having: Mapping[tuple[bool, str], set[str]]) -> None:
    """Several words of a body's name, where only one body has them all; not where they are a known body's name."""
    known = default_lexicon()
    for name in names.all:
        words = names.words[name]
        if len(words) > 1 and not names.is_person(name) and not (name in known.body_of or name in known.outlet_of):
            alike = set.intersection(*(having[False, word] for word in words))
            others = {names.root(other) for other in alike} - {names.root(name)}
            if len(others) == 1:
                names.join(name, next(iter(others)))


def _complete(name: str, word: str) -> bool:
    """Whether a name of one word is a whole one, or no name: a country, a known outlet, a common noun."""
    return word in countries().values() or name in default_lexicon().outlet_of or name == name.lower()


def _misspelt(names: _Names) -> None:
    alike: defaultdict[str, list[str]] = defaultdict(list)
    for name in names.all:
        if names.is_person(name) and len(names.words[name]) > 1:
            for word in {names.words[name][0], names.words[name][-1]}:
                alike[word].append(name)
    for group in alike.values():
        for number, name in enumerate(group[:MOST_ALIKE]):
            for other in group[number + 1 : MOST_ALIKE]:
                if _misspelling(names.words[name], names.words[other]) and _apart(names, name, other):
                    names.join(name, other)


def _apart(names: _Names, name: str, other: str) -> bool:
    """Whether no report has both: one that does tells two people apart."""
    return not names.reports[name] & names.reports[other]


def _misspelling(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether two names of as many words differ in one word by a letter or, in a long word, two, or a short form.

    Names from another script are often spelt in several ways that sound the same.
    """
    if len(a) != len(b):
        return False
    differing = [(x, y) for x, y in zip(a, b, strict=True) if x != y]
    if len(differing) != 1:
        return False
    (x, y), first = differing[0], a[-1] == b[-1]
    most = 2 if min(len(x), len(y)) >= LONGER else 1
    if first and len(min(x, y, key=len)) > 2 and (x.startswith(y) or y.startswith(x)):
        return True
    if min(len(x), len(y)) >= LONG and distance(x, y, most) <= most:
        return True
    return sounds(x) == sounds(y) and len(sounds(x)) >= LEAST_SOUNDS
