"""Small stories about invented people, for the tests of weighing."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sayso.terms import Attribution, Naming, Phrase, Reading, Report, Span, Speaker
from sayso.terms.weighing import Origin, Position, Saying


def said(text: str, source: str, content: str, speaker: Speaker, **more: Any) -> Attribution:
    """An attribution whose source and content are the first such words of the text."""
    at, start = text.index(source), text.index(content)
    cue = Span(at + len(source), at + len(source) + 1)
    phrases = Phrase.of(text, (Span(at, at + len(source)),)), Phrase.of(text, (Span(start, start + len(content)),))
    fields = {"id": "a1", "within": None} | more
    return Attribution(source=phrases[0], cue=Phrase.of(text, (cue,)), content=phrases[1], speaker=speaker, **fields)


def person(name: str | None, role: str | None = None, affiliation: str | None = None, **more: Any) -> Speaker:
    """A named person, or an unnamed one without a name."""
    naming: Naming = "named" if name else "unnamed"
    return Speaker(name, naming, "person", affiliation, role, **more)


def report(id: str, text: str, *found: Attribution, **more: Any) -> Reading:
    """The reading of one report."""
    return Reading(Report(text, id=id, **more), found)


def quote(id: str, source: str, content: str, speaker: Speaker, relays: Sequence[str] = (), **more: Any) -> Reading:
    """A report of one sentence in which somebody says something."""
    text = f"{source} said {content}."
    return report(id, text, said(text, source, content, speaker, relays=tuple(relays)), **more)


def saying(
    reading: Reading, origin: Origin | None, number: int = 0, stance: Position = "affirm", relays: tuple[str, ...] = ()
) -> Saying:
    """What one attribution of a reading says."""
    item = reading.attributions[number]
    key = f"{reading.report.id}/{item.id}"
    return Saying(key, reading.report.id, item.content.spans, item.content.text, item.id, stance, origin, relays)


def echoing(one: Saying, other: Saying, why: str = "the same words") -> Saying:
    """``one`` as an echo of ``other``."""
    return replace(one, echo_of=other.id, why=why)
