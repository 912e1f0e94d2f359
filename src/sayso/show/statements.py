"""A reading as the lines that an editor reads: one a statement, nested ones under what carries them."""

from dataclasses import dataclass

from sayso.terms import Attribution, Figure, Reading

NOBODY = "no source given"
UNTOLD = "this report"


@dataclass(frozen=True)
class Statement:
    """One attribution for a person.

    ``depth`` counts what it lies within; ``chain`` goes from the reader to the speaker; ``notes`` are short remarks:
    how the source is named, the author's distance, what is done by saying it, when, through which medium.
    """

    id: str
    depth: int
    who: str
    named: bool
    cue: str
    content: str
    chain: tuple[str, ...]
    notes: tuple[str, ...]
    figures: tuple[str, ...]
    confidence: float


def statements(reading: Reading) -> tuple[Statement, ...]:
    """The reading's statements in the order of the text, each directly after what it lies within."""
    children: dict[str | None, list[Attribution]] = {}
    for attribution in reading.attributions:
        children.setdefault(attribution.within, []).append(attribution)
    out: list[Statement] = []

    def add(attribution: Attribution, depth: int) -> None:
        out.append(_statement(reading, attribution, depth))
        for child in children.get(attribution.id, ()):
            add(child, depth + 1)

    for attribution in children.get(None, ()):
        add(attribution, 0)
    return tuple(out)


def who(attribution: Attribution) -> str:
    """How to call the attribution's source in words."""
    speaker = attribution.speaker
    if len(speaker.names) > 1:
        return ", ".join(speaker.names[:-1]) + " and " + speaker.names[-1]
    return speaker.name or speaker.called or (flat(attribution.source.text) if attribution.source else NOBODY)


def chain(attribution: Attribution, outlet: str | None) -> tuple[str, ...]:
    """From the reader to the speaker: the outlet, the relays and the source in words."""
    first = outlet or UNTOLD
    return (first, *(name for name in attribution.relays if name != first), who(attribution))


def _statement(reading: Reading, attribution: Attribution, depth: int) -> Statement:
    mine = tuple(figure_in_words(f) for f in reading.figures if f.by == attribution.id)
    return Statement(
        attribution.id, depth, who(attribution), attribution.speaker.naming == "named",
        flat(attribution.cue.text) if attribution.cue else "", flat(attribution.content.text),
        chain(attribution, reading.report.outlet), _notes(attribution), mine, attribution.confidence,
    )  # fmt: skip


def _notes(attribution: Attribution) -> tuple[str, ...]:
    speaker, notes = attribution.speaker, list[str]()
    if speaker.naming == "unnamed":
        notes.append("unnamed" + (f", {speaker.affiliation}" if speaker.affiliation else ""))
    elif speaker.naming == "unsourced":
        notes.append("unsourced")
    if speaker.basis:
        notes.append(speaker.basis)
    if attribution.stance != "neutral":
        notes.append(attribution.stance)
    if attribution.act != "state":
        notes.append(attribution.act.replace("_", " "))
    if attribution.said:
        same = attribution.said.earliest == attribution.said.latest
        notes.append(attribution.said.earliest if same else f"{attribution.said.earliest} to {attribution.said.latest}")
    return (*notes, attribution.medium) if attribution.medium else tuple(notes)


def figure_in_words(figure: Figure) -> str:
    """A figure on a few words: "more than 200 girls: held"."""
    counted = f" {figure.counted}" if figure.counted else ""
    return f"{flat(figure.text)}{counted}: {figure.measure.replace('_', ' ')}"


def flat(text: str) -> str:
    """The text on one line."""
    return " ".join(text.split())
