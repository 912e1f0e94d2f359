"""Whether a passage affirms, denies or doubts: by the act of who says it, and by its own words."""

from sayso.terms.reading import Attribution
from sayso.terms.weighing import Position
from sayso.weigh.wordlists import pattern

DENIALS = frozenset({"deny", "reject"})
CLOSING = "\"'”’ "


def stance(passage: str, said: Attribution | None) -> Position:
    """The stance of ``passage``; ``said`` is the innermost attribution that it lies in.

    What an outer attribution does to it is that one's own saying: "A denied B's claim that X" has B affirm X.
    """
    cue = _plain(said.cue.text) if said and said.cue else ""
    if (said and said.act == "ask") or _tells(cue, "doubting"):
        return "doubt"
    if (said and said.act in DENIALS) or _tells(cue, "denying", "opposing"):
        return "deny"
    return _own(_plain(passage))


def _own(passage: str) -> Position:
    if _tells(passage, "doubting") or passage.rstrip(CLOSING).endswith("?"):
        return "doubt"
    return "deny" if _tells(passage, "denying", "opposing") else "affirm"


def _tells(words: str, *kinds: str) -> bool:
    return bool(pattern(*kinds).search(words))


def _plain(words: str) -> str:
    """The words without phrases that only look like a negation ("not only")."""
    return pattern("seeming").sub(" ", words)
