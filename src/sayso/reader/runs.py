"""Runs of capitalised words, which may name somebody or something."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sayso.lexicon.wordsets import wordset
from sayso.terms.spans import Span

WORD = r"(?<!\w)(?:[ie](?=[A-Z]))?[A-Z][\w’'.-]*(?:s[’'](?=[ \xa0][A-Z])|[\w.])|(?<!\w)[A-Z]\b"
PARTICLE = r"(?:al|el|de|da|di|del|der|den|van|von|bin|ben|ibn|la|le|dos|du)"
RUN = re.compile(rf"(?:al-|el-|bin )?(?:{WORD})(?:[ \xa0](?:{PARTICLE}[ -])?(?:al-)?(?:{WORD}))*")
PEOPLES_BODIES = wordset("peoples_bodies")
SAINTS = ("St", "St.", "Saint")
JOINING = re.compile(r"(?:[Mm]en|[Pp]eople|[Cc]hildren)['’]s$")
PLURAL_OWNER = re.compile(r"\w[’']\s[a-z]")
POSSESSIVE = re.compile(r"[’']s?$")
NOT_NAMES, OUTLET_WORDS, ABBREVIATED = wordset("not_names"), wordset("outlet_words"), wordset("abbreviated")


@dataclass(frozen=True)
class Run:
    """A run of capitalised words, without a possessive ending, and whether it had one."""

    words: tuple[str, ...]
    span: Span
    possessive: bool

    @property
    def text(self) -> str:
        """The words with blanks between."""
        return " ".join(self.words)


def runs(text: str, start: int = 0, end: int | None = None) -> Iterator[Run]:
    """The runs of capitals between two places, split after possessives and sentences, without function words."""
    for match in RUN.finditer(text, start, len(text) if end is None else end):
        words: list[str] = []
        begin = at = match.start()
        pieces = match.group().split()
        for word, following in zip(pieces, (*pieces[1:], ""), strict=True):
            at = text.index(word, at)
            of_saint = bool(words) and words[0] in SAINTS and following[:1].isupper()
            bare = word if of_saint or _joins(word, following) else POSSESSIVE.sub("", word)
            weekly = bare.endswith("day") and following in OUTLET_WORDS
            if not words and bare.lower().strip(".") in NOT_NAMES and not weekly:
                at += len(word)
                begin = at
                continue
            begin = begin if words else at
            words.append(bare if is_abbreviation(bare) else bare.rstrip("."))
            at += len(word)
            if bare != word or (following and _ends_sentence(bare)):
                yield Run(tuple(words), Span(begin, at), possessive=bare != word)
                words = []
        if words:
            yield Run(tuple(words), Span(begin, at), possessive=bool(PLURAL_OWNER.match(text, at - 1)))


def _joins(word: str, following: str) -> bool:
    """Whether a possessive is part of a name, as in "Dockers' Guild" or "Women's Forum"."""
    if not following[:1].isupper():
        return False
    return following in PEOPLES_BODIES and (word.endswith(("s'", "s’")) or bool(JOINING.search(word)))


def is_abbreviation(word: str) -> bool:
    """Whether a word keeps its full stop: initials and single letters."""
    return word.count(".") > 1 or (len(word) == 2 and word.endswith("."))


def _ends_sentence(word: str) -> bool:
    return word.endswith(".") and len(word) > 3 and not is_abbreviation(word) and word[:-1].lower() not in ABBREVIATED
