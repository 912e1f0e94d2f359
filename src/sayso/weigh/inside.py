"""Whom an outlet has something from, where only its words tell: "Radio Orrin says that aid workers reported …"."""

import re

from sayso.lexicon.lexicon import default_lexicon
from sayso.terms import Attribution
from sayso.terms.weighing import Origin
from sayso.weigh.parties import adjective_of
from sayso.weigh.plain import singular

WORD = re.compile(r"[^\W_][\w’'-]*")
OPENING, BETWEEN = 7, 3
QUOTES = '“”"‘'


def source_inside(item: Attribution) -> Origin | None:
    """The unnamed source that the content of an outlet's attribution opens with; None where it names none."""
    text = item.content.text
    words = [(word.group(), word.end()) for word in WORD.finditer(text)][: OPENING + BETWEEN + 1]
    for place, (word, end) in enumerate(words[:OPENING]):
        if _source(word) and _cue(words[place + 1 : place + 1 + BETWEEN]):
            described = text[:end].lstrip(QUOTES + " ").removeprefix("that ")
            return Origin(None, "unnamed", adjective_of(described), described=described)
    return None


def _source(word: str) -> bool:
    """Whether a noun is for people or outlets without a name, in the plural."""
    head = default_lexicon().head_of.get(word.lower())
    plural = singular(word.lower()) != word.lower()
    return bool(head and plural and not head.named and head.kind in {"person", "group", "outlet"})


def _cue(words: list[tuple[str, int]]) -> bool:
    cues = default_lexicon().cue_of
    return any(word.lower() in cues for word, _ in words)
