"""Whether two passages tell of one event."""

import re
from functools import cache

from sayso.lexicon.loader import load
from sayso.lexicon.wordsets import WordSet


def share_event(one: str, other: str) -> bool:
    """Whether both passages have a word for the same event: a flood, a blast."""
    return bool(events(one) & events(other))


def events(passage: str) -> set[str]:
    """The names of the events in ``events.yml`` that a passage has a word for."""
    return {found.lastgroup for found in _pattern().finditer(passage) if found.lastgroup}


@cache
def _pattern() -> re.Pattern[str]:
    groups = (f"(?P<{record.name}>{'|'.join(map(_choice, record.words))})" for record in load("events", WordSet))
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)", re.IGNORECASE)


def _choice(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*").replace(r"\ ", r"[\s-]+")
