"""A reading as the lines that an editor reads: one a statement, nested ones under what carries them."""

from dataclasses import dataclass

from sayso.terms import Attribution, Reading

NOBODY = "no source given"


@dataclass(frozen=True)
class Statement:
    """One attribution for a person. ``depth`` counts what it lies within, ``chain`` goes from reader to speaker."""

    id: str
    depth: int
    who: str
    cue: str
    content: str
    chain: tuple[str, ...]
    confidence: float


def statements(reading: Reading) -> tuple[Statement, ...]:
    """The reading's statements in the order of the text, each directly after what it lies within."""
    children: dict[str | None, list[Attribution]] = {}
    for attribution in reading.attributions:
        children.setdefault(attribution.within, []).append(attribution)
    out: list[Statement] = []
    first = (reading.report.outlet or "this report",)

    def add(attribution: Attribution, depth: int, above: tuple[str, ...]) -> None:
        chain = (*first, *attribution.relays, who(attribution)) if attribution.relays else (*above, who(attribution))
        out.append(_statement(attribution, depth, chain))
        for child in children.get(attribution.id, ()):
            add(child, depth + 1, chain)

    for attribution in children.get(None, ()):
        add(attribution, 0, first)
    return tuple(out)


def who(attribution: Attribution) -> str:
    """How to call the attribution's source in words."""
    if attribution.speaker.name:
        return attribution.speaker.name
    return flat(attribution.source.text) if attribution.source else NOBODY


def _statement(attribution: Attribution, depth: int, chain: tuple[str, ...]) -> Statement:
    source = flat(attribution.source.text) if attribution.source else NOBODY
    cue = flat(attribution.cue.text) if attribution.cue else ""
    return Statement(attribution.id, depth, source, cue, flat(attribution.content.text), chain, attribution.confidence)


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
