"""Marked passages as attributions, for tests that need no network."""

from sayso.terms import Attribution, Phrase, Span
from training.markup import Passage


def attributions_of(passage: Passage) -> list[Attribution]:
    """The passage's attributions with the numbers as ids, enclosing ones first."""
    done: dict[int, Attribution] = {}
    waiting = sorted(passage.attributions)
    while waiting:
        number = next(n for n in waiting if passage.attributions[n].within in (None, *done))
        waiting.remove(number)
        marks = passage.attributions[number]
        content = _phrase(passage.text, marks.content)
        assert content is not None
        source, cue = _phrase(passage.text, marks.source), _phrase(passage.text, marks.cue)
        within = str(marks.within) if marks.within else None
        done[number] = Attribution(str(number), within, source, cue, content)
    return list(done.values())


def _phrase(text: str, spans: list[tuple[int, int]]) -> Phrase | None:
    return Phrase.of(text, tuple(Span(*span) for span in sorted(spans))) if spans else None
