"""What can be corrected in a report, and what people have judged there."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.record.judging import Judged, Review
from sayso.record.ledger import Ledger
from sayso.show.statements import figure_in_words, flat, who
from sayso.show.views.judged import JudgedView, judged_view
from sayso.terms import Attribution, Figure, Judgement, Reading, Report, Spans
from sayso.web.correcting.fields import figure_values, owner_place, statement_values

LONGEST = 70


@dataclass(frozen=True, slots=True)
class Thing:
    """A statement or a figure that can be judged: its place as a form carries it, its fields, and what was judged."""

    id: str
    target: str
    words: str
    spans: str
    cue: str
    values: Mapping[str, str]
    judged: tuple[JudgedView, ...]
    disputes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """What people took out, with their judgements; ``undo`` are the ids of those that took it out."""

    words: str
    judged: tuple[JudgedView, ...]
    undo: str


@dataclass(frozen=True, slots=True)
class Lost:
    """Judgements that found no place, and why."""

    why: str
    judged: tuple[JudgedView, ...]


@dataclass(frozen=True, slots=True)
class Corrections:
    """All that can be judged in a report: the chosen statement with its figures, or the chosen figure.

    ``owners`` are the statements that a figure can be given to: their places and their words.
    """

    statement: Thing | None
    figures: tuple[Thing, ...]
    owners: tuple[tuple[str, str], ...]
    rejected: tuple[Rejected, ...]
    lost: tuple[Lost, ...]


def corrections(
    ledger: Ledger, judged: Judged, statement: str | None, figure: str | None, shown_text: range
) -> Corrections:
    """What can be corrected of the report with its judgements: of the chosen ``statement``, or ``figure``.

    Figures can be given to the statements of the text that is shown.
    """
    view = _View(judged, ledger)
    reading = judged.reading
    chosen = reading.attribution(statement) if statement else None
    shown = [one for one in reading.figures if one.id == figure or (chosen and one.by == chosen.id)]
    return Corrections(
        view.statement(chosen) if chosen else None,
        tuple(view.figure(one) for one in shown),
        tuple(
            (owner_place(one), _short(f"{who(one)}: {flat(one.content.text)}")) for one in reading.attributions
            if one.content.spans[0].start in shown_text or one.id in {each.by for each in shown}
        ),
        tuple(view.rejected(key, said) for key, said in judged.attached.items() if not _is_there(reading, key)),
        tuple(view.lost(one) for one in judged.review if one.problem in {"lost", "ownerless"}),
    )  # fmt: skip


def _is_there(reading: Reading, id: str) -> bool:
    return reading.attribution(id) is not None or any(one.id == id for one in reading.figures)


class _View:
    def __init__(self, judged: Judged, ledger: Ledger) -> None:
        self.judged, self._ledger = judged, ledger

    def _report(self, id: str) -> Report | None:
        return self._ledger.report(id)

    def _views(self, said: Iterable[Judgement]) -> tuple[JudgedView, ...]:
        return tuple(judged_view(one, self._report) for one in said)

    def statement(self, a: Attribution) -> Thing:
        return self._thing(a.id, "attribution", flat(a.content.text), statement_values(a))

    def figure(self, figure: Figure) -> Thing:
        return self._thing(figure.id, "figure", figure_in_words(figure), figure_values(figure, self.judged.reading))

    def _thing(self, id: str, target: str, words: str, values: Mapping[str, str]) -> Thing:
        place = self.judged.place(id)
        spans, cue = (place.spans, place.cue) if place else ((), ())
        disputes = tuple(one.reason for one in self.judged.review if one.problem == "disputed" and one.id == id)
        said = self._views(self.judged.attached.get(id, ()))
        return Thing(id, target, words, dumped(spans), dumped(cue), values, said, disputes)

    def rejected(self, id: str, said: tuple[Judgement, ...]) -> Rejected:
        place, text = self.judged.place(id), self.judged.reading.report.text
        words = " … ".join(text[span.start : span.end] for span in place.spans) if place else id
        undo = ",".join(one.id for one in said if one.verdict == "reject")
        return Rejected(_short(flat(words)), self._views(said), undo)

    def lost(self, one: Review) -> Lost:
        return Lost(one.reason, self._views(one.judgements))


def dumped(spans: Spans) -> str:
    """Spans as a form carries them."""
    return json.dumps([list(span) for span in spans])


def _short(words: str) -> str:
    return words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
