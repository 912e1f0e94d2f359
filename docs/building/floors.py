"""The pinned numbers, so that pages can't quote others."""

import json
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
WORDS = {
    "lenient": "attributions found, with about the right source and content (F1)",
    "strict": "the same, almost to the word (F1)",
    "exact source": "source to the word (F1)",
    "exact cue": "cue to the word (F1)",
    "exact content": "content to the word (F1)",
    "token content": "words that are part of a content (F1)",
    "nested": "nested attributions found",
    "who": "found, and naming, speaker or affiliation, and relays are right",
    "naming": "named, unnamed or unsourced",
    "kind": "kind of speaker",
    "form": "direct, indirect or mixed",
    "act": "act",
    "stance": "the author's distance",
    "speaker": "speaker, of the named ones",
    "affiliation": "affiliation, where there is one",
    "relays": "all relays in their order",
    "said_on": "day on which it was said, where it is told",
    "figures found": "figures found (F1)",
    "figures value": "with the right value and bounds (F1)",
    "figures full": "with measure and owner, too (F1)",
}  # fmt: skip
STORIES = {
    "found": "sayings found",
    "stance": "affirms, denies or doubts",
    "origin": "origin of the sayings found",
    "relays": "relays of the sayings found",
    "value": "number of the claims that give one",
    "traced": "of all sayings: found, with origin and relays right",
    "cluster": "which sayings make the same claim (B-cubed F1)",
}


@cache
def pinned() -> dict[str, float]:
    """The numbers by name."""
    found: dict[str, float] = json.loads((ROOT / "bench/floors.json").read_text(encoding="utf-8"))["pinned"]
    return found


def number(name: str) -> str:
    """One number; KeyError if none is pinned by that name."""
    value = pinned()[name]
    return f"{value:g}" if name.startswith("cost/") else f"{value:.0f}"


def table(group: str) -> str:
    """The numbers of ``readings`` (three sets) or of ``stories`` (two), side by side, in Markdown."""
    words, sets = {
        "readings": (WORDS, {"polnear": "PolNeAR", "readings": "hand-made", "held out": "held out"}),
        "stories": (STORIES, {"story 1": "story 1", "story 2": "story 2"}),
    }[group]
    lines = [f"| per cent | {' | '.join(sets.values())} |", f"|---|{'---|' * len(sets)}"]
    for name, what in words.items():
        cells = [f"{pinned()[f'{one}/{name}']:.1f}" if f"{one}/{name}" in pinned() else "–" for one in sets]
        lines.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join(lines) + "\n"
