"""What people's judgements make of a reading: they win over the machine, and what they find no place for comes back."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Literal

from sayso.errors import InputError
from sayso.record.allowed import ABOUT_ONE, adds, check, time_of
from sayso.record.attach import (
    GONE,
    Found,
    Place,
    Thing,
    find,
    judged_place,
    owners_place,
    place_of,
    size,
    things,
)
from sayso.record.corrections import correct_attribution, correct_figure, last_words, new_attribution, new_figure
from sayso.record.disputes import DOES, LONGEST, disputes, is_rejected
from sayso.record.draft import Draft
from sayso.record.exchange import from_json, to_json
from sayso.terms import Attribution, Figure, Judgement, Reading, Target
from sayso.terms.spans import join_text

__all__ = ["Judged", "Problem", "Review", "check", "from_json", "judge", "to_json"]

Problem = Literal["lost", "settled", "ownerless", "disputed", "unusable"]
NO_OWNER = "gives the figure to a statement that this reading does not have: correct its owner again, or withdraw this"


@dataclass(frozen=True, slots=True)
class Review:
    """Judgements that somebody should look at again, and why.

    ``problem``: *lost*, nothing in the reading to attach to; *settled*, rejected and no longer found, so that nothing
    needs to be done; *ownerless*, a figure's corrected owner is not found; *disputed*, people contradict each other,
    and the last word counts; *unusable*, it says what no judgement can. ``id`` is the attribution's or figure's, if it
    is known.
    """

    problem: Problem
    reason: str
    judgements: tuple[Judgement, ...]
    id: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A reading with people's judgements applied.

    ``attached`` gives the judgements of each attribution and figure in the order of time; the rejected, which are no
    longer in the reading, are there too. What people have added has the ids h1, h2, …
    """

    reading: Reading
    attached: dict[str, tuple[Judgement, ...]] = field(default_factory=dict)
    review: tuple[Review, ...] = ()

    def place(self, id: str) -> Place | None:
        """The spans and cue to give to a new judgement of that attribution or figure; None if there is none.

        They are those of its earliest judgement, so that all of them stay together whatever a re-read finds.
        """
        if id in self.attached:
            return judged_place(self.attached[id][0])
        return next((place_of(item) for item in _items(self.reading) if item.id == id), None)

    def target(self, id: str) -> Target | None:
        """What that id is of; None if it is of nothing here."""
        if id in self.attached:
            return self.attached[id][0].target
        if any(figure.id == id for figure in self.reading.figures):
            return "figure"
        return None if self.reading.attribution(id) is None else "attribution"


def _items(reading: Reading) -> tuple[Attribution | Figure, ...]:
    return (*reading.attributions, *reading.figures)


def judge(reading: Reading, judgements: Iterable[Judgement], *, report: str | None = None) -> Judged:
    """Apply the judgements of this report; in whatever order they come, the result is the same.

    ``report`` is the id that judgements give to the report, the reading's own unless said. Withdrawn judgements don't
    count, but pass them too: they tell what later ones are about. Those of speakers and claims are passed over.
    """
    about = reading.report.id if report is None else report
    mine = [j for j in judgements if j.report == about and j.target in ABOUT_ONE]
    usable, review = _usable(mine, reading.report.text)
    if not usable:
        return Judged(reading, {}, tuple(review))
    return _Case(reading, usable).judged(review)


def _usable(judgements: Iterable[Judgement], text: str) -> tuple[list[Judgement], list[Review]]:
    """Each judgement once, in the order of time; and those that cannot be applied."""
    usable: dict[str, Judgement] = {}
    unusable: dict[str, Review] = {}
    for judgement in judgements:
        try:
            check(judgement, text)
        except InputError as error:
            if judgement.withdrawn_at is None:
                unusable[repr(judgement)] = Review("unusable", str(error), (judgement,))
            continue
        same = usable.get(judgement.id, judgement)
        usable[judgement.id] = min(same, judgement, key=lambda j: (j.withdrawn_at is None, str(j.withdrawn_at)))
    return sorted(usable.values(), key=_when), [unusable[key] for key in sorted(unusable)]


def _when(judgement: Judgement) -> tuple[str, str]:
    moment = time_of(judgement.made_at)
    return moment.isoformat(timespec="microseconds") if moment else "", judgement.id


class _Case:
    """One reading and its judgements, brought together."""

    def __init__(self, reading: Reading, judgements: Sequence[Judgement]) -> None:
        self.reading, self.text = reading, reading.report.text
        sought = [things(j for j in judgements if j.target == target) for target in ABOUT_ONE]
        self.statements = find(sought[0], {a.id: place_of(a) for a in reading.attributions})
        self.figures = find(sought[1], {f.id: place_of(f) for f in reading.figures})
        nowhere = (*self.statements.nowhere, *self.figures.nowhere)
        ids = _new_ids(judgements, reading)
        self.added = {ids[first.id]: t for t, _ in nowhere if t.added for first in [next(filter(adds, t.judgements))]}
        self.lost = [(thing, why) for thing, why in nowhere if not thing.added]
        self.said = _counting(self.statements) | _counting(self.figures)
        self.said |= {key: thing.counting for key, thing in self.added.items()}

    def judged(self, unusable: Iterable[Review]) -> Judged:
        """The outcome; what was ``unusable`` is added to what people should look at."""
        draft = Draft(map(self._attribution, self.reading.attributions), map(self._figure, self.reading.figures))
        self._hold(draft)
        for key, said in self._new("figure"):
            draft.add_figure(new_figure(key, last_words(said), self.text))
        ownerless = list(self._give_owners(draft))
        self._give_days(draft)
        lost = [_lost(thing, why, self.text) for thing, why in self.lost]
        disputed = [Review("disputed", why, who, key) for key, said in self.said.items() for who, why in disputes(said)]
        attached = {key: tuple(said) for key, said in self.said.items()}
        return Judged(draft.reading(self.reading), attached, (*lost, *ownerless, *disputed, *unusable))

    def _attribution(self, attribution: Attribution) -> Attribution:
        said = self.said.get(attribution.id)
        if not said:
            return attribution
        return replace(correct_attribution(attribution, last_words(said), self.text), confidence=1.0)

    def _figure(self, figure: Figure) -> Figure:
        said = self.said.get(figure.id)
        return correct_figure(figure, last_words(said)) if said else figure

    def _hold(self, draft: Draft) -> None:
        """Take the rejected out, and let corrected and added statements hold what their contents cover."""
        before = {a.id: a.content.spans for a in self.reading.attributions}
        rejected = {key for key, said in self.said.items() if is_rejected(said)}
        draft.drop(rejected & draft.attributions.keys(), rejected & draft.figures.keys())
        for attribution in list(draft.attributions.values()):
            if attribution.content.spans != before[attribution.id]:
                draft.hold_anew(attribution.id, before[attribution.id])
        added = [new_attribution(key, last_words(said), self.text) for key, said in self._new("attribution")]
        for new in sorted(added, key=lambda a: -size(a.content.spans)):
            draft.add(new)

    def _new(self, target: str) -> list[tuple[str, list[Judgement]]]:
        """What people have added and not rejected since, by its new id."""
        added = [(key, self.said[key]) for key in self.added]
        return [(key, said) for key, said in added if said[0].target == target and not is_rejected(said)]

    def _give_owners(self, draft: Draft) -> Iterator[Review]:
        """Let each figure belong to whom people say, and tell where that one is not found."""
        places = {key: [place for thing in at for place in thing.places] for key, at in self.statements.at.items()}
        for figure in list(draft.figures.values()):
            word = last_words(self.said.get(figure.id, ())).get("by")
            if word is None:
                continue
            owner = None if word.value is None else draft.owner(owners_place(word.value), places)
            if owner is None and word.value is not None:
                yield Review("ownerless", f"{word.judgement.who} {NO_OWNER}", (word.judgement,), figure.id)
            else:
                draft.figures[figure.id] = replace(figure, by=draft.kept(owner))

    def _give_days(self, draft: Draft) -> None:
        """Let figures that are of the day when their owner said them stay so."""
        days = {a.id: a.said_on for a in self.reading.attributions}
        apart = {f.id for f in self.reading.figures if f.as_of != days.get(f.by or "")}
        for figure in list(draft.figures.values()):
            if figure.id not in apart:
                owner = draft.attributions.get(figure.by or "")
                draft.figures[figure.id] = replace(figure, as_of=owner.said_on if owner else None)


def _new_ids(judgements: Iterable[Judgement], reading: Reading) -> dict[str, str]:
    """An id for whatever each judgement adds, withdrawn or not, so that a withdrawal moves no other id."""
    used = {item.id for item in _items(reading)}
    free = (key for number in count(1) if (key := f"h{number}") not in used)
    return {judgement.id: next(free) for judgement in judgements if adds(judgement)}


def _counting(found: Found) -> dict[str, list[Judgement]]:
    return {key: sorted((j for t in at for j in t.counting), key=_when) for key, at in found.at.items()}


def _lost(thing: Thing, why: str, text: str) -> Review:
    """What to tell of judgements that found nothing."""
    said = thing.counting
    told = ", ".join(f"{j.who} {DOES[j.verdict]}" for j in said)
    words = " ".join(join_text(text, thing.places[0].spans).split())
    quoted = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    settled = why == GONE and is_rejected(said)
    what_now = "nothing needs to be done" if settled else "judge again what is there now, or withdraw this"
    return Review("settled" if settled else "lost", f"{told} [{quoted}], but {why}: {what_now}", tuple(said))
