"""What judgements are about: by the overlap of spans, one to one, also after a re-read.

Judgements of the same spans and cue are about one *thing*. A thing is looked for in a reading at the place where it was
judged and at every place that a correction gave it, the best fits first. Two things never end on one statement or
figure: what is left over goes back to people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from sayso.record.allowed import adds
from sayso.record.rules import spans_of
from sayso.terms import Attribution, Figure, Judgement, Spans

ENOUGH = 0.5
GONE = "this reading no longer has it"
OPEN = "it fits two equally well, and no cue was given that tells them apart"
TAKEN = "what this reading has in its place belongs to other judgements"
Fit = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: its own spans, and those of its cue, which alone tell some nested ones apart."""

    spans: Spans
    cue: Spans = ()


@dataclass(slots=True)
class Thing:
    """Judgements of one thing in the order of time, and its places: where it was judged, then as corrected."""

    judgements: list[Judgement] = field(default_factory=list)
    places: list[Place] = field(default_factory=list)

    @property
    def counting(self) -> list[Judgement]:
        """The judgements that are not withdrawn."""
        return [j for j in self.judgements if j.withdrawn_at is None]

    @property
    def added(self) -> bool:
        """Whether a judgement that counts adds it."""
        return any(map(adds, self.counting))

    @property
    def enough(self) -> float:
        """How much overlap makes it the same: figures lie apart, and a number without its "at least" is still it."""
        return ENOUGH if self.judgements[0].target == "attribution" else 0.0

    def take(self, judgement: Judgement) -> None:
        """Keep one more judgement."""
        self.judgements.append(judgement)
        self.places = places_of(self.judgements, withdrawn=True)


@dataclass(frozen=True, slots=True)
class Found:
    """Where things are in a reading: the things of each id, and those of none, with the reason."""

    at: Mapping[str, tuple[Thing, ...]]
    nowhere: tuple[tuple[Thing, str], ...]


def place_of(item: Attribution | Figure) -> Place:
    """The place of an attribution or figure."""
    if isinstance(item, Figure):
        return Place((item.span,))
    return Place(item.content.spans, item.cue.spans if item.cue else ())


def judged_place(judgement: Judgement) -> Place:
    """The place that a judgement is about; of what it adds, its own."""
    if not adds(judgement):
        return Place(judgement.spans, judgement.cue)
    value = judgement.value
    own = [value["span"]] if judgement.target == "figure" else value["content"]
    return Place(spans_of(own), spans_of(value.get("cue")))


def owners_place(value: Any) -> Place:
    """The place of the statement that a corrected ``by`` names: by its content, or by its content and cue."""
    if isinstance(value, dict):
        return Place(spans_of(value["content"]), spans_of(value.get("cue")))
    return Place(spans_of(value))


def corrected_place(place: Place, judgement: Judgement) -> Place:
    """The place as the judgement corrects it."""
    if judgement.field == "content":
        return replace(place, spans=spans_of(judgement.value))
    if judgement.field == "cue":
        return replace(place, cue=spans_of(judgement.value))
    return judged_place(judgement) if adds(judgement) else place


def places_of(judgements: Iterable[Judgement], *, withdrawn: bool) -> list[Place]:
    """Where a thing was judged and to where it was corrected, in the order of time, also by what is ``withdrawn``."""
    out: list[Place] = []
    for judgement in judgements:
        judged = judged_place(judgement)
        out += [judged, out[-1] if out else judged]
        if withdrawn or judgement.withdrawn_at is None:
            out.append(corrected_place(out[-1], judgement))
    return list(dict.fromkeys(out))


def overlap(one: Spans, two: Spans) -> float:
    """How well two stretches of text agree: the F measure of their characters, 0 to 1."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in two)
    return 2 * shared / (size(one) + size(two)) if shared else 0.0


def size(spans: Spans) -> int:
    """How many characters."""
    return sum(span.end - span.start for span in spans)


def fit(one: Place, two: Place, enough: float) -> Fit | None:
    """How well two places agree in their spans and in their cues; None if they are not of one thing."""
    spans = overlap(one.spans, two.spans)
    if not spans or spans < enough:
        return None
    if not (one.cue and two.cue):
        return spans, float(one.cue == two.cue)
    cue = overlap(one.cue, two.cue)
    return (spans, cue) if cue else None


def things(judgements: Iterable[Judgement]) -> list[Thing]:
    """What the judgements, which must be in the order of time, are about; without what only withdrawn ones are."""
    found: list[Thing] = []
    for judgement in judgements:
        place = judged_place(judgement)
        thing = _known(found, place) or (_alike(found, place) if adds(judgement) else None)
        if thing is None:
            thing = Thing()
            found.append(thing)
        thing.take(judgement)
    return [thing for thing in found if thing.counting]


def _known(found: Sequence[Thing], place: Place) -> Thing | None:
    """What was judged at this very place, else what was last corrected to it."""
    judged = (thing for thing in found if thing.places[0] == place)
    return next(judged, None) or next((thing for thing in reversed(found) if place in thing.places), None)


def _alike(found: Sequence[Thing], place: Place) -> Thing | None:
    """What somebody else has added in nearly the same place."""
    return next((t for t in found if any(map(adds, t.judgements)) and _fits(t, place)), None)


def _fits(thing: Thing, place: Place) -> bool:
    return any(_is_it(fit(known, place, thing.enough)) for known in thing.places)


def _is_it(fits: Fit | None) -> bool:
    """Whether a fit is enough to take what somebody adds for something that is there: the cues must agree too."""
    return fits is not None and fits[1] > 0


def find(sought: Sequence[Thing], places: Mapping[str, Place]) -> Found:
    """Where in a reading each thing is; ``places`` are those of the reading's attributions, or figures, by id."""
    candidates = [_candidates(thing, places) for thing in sought]
    ranked = sorted(
        (rank, number, position, key)
        for number, (thing, own) in enumerate(zip(sought, candidates, strict=True))
        if not _is_open(thing, own)
        for rank, position, key in own
    )
    at: dict[str, list[int]] = {}
    done: set[int] = set()
    for _, number, _, key in ranked:
        if number not in done and all(_same(sought[number], sought[other]) for other in at.get(key, ())):
            at.setdefault(key, []).append(number)
            done.add(number)
    left = [(sought[n], _why(sought[n], candidates[n])) for n in range(len(sought)) if n not in done]
    return Found({key: tuple(sought[n] for n in sorted(at[key])) for key in places if key in at}, tuple(left))


Rank = tuple[float, float, int]


def _candidates(thing: Thing, places: Mapping[str, Place]) -> list[tuple[Rank, int, str]]:
    """What the thing may be, the best first: each with its rank, position and id."""
    out, own = [], places_of(thing.judgements, withdrawn=False)
    for position, (key, place) in enumerate(places.items()):
        fits = [(fit(known, place, thing.enough), number) for number, known in enumerate(own)]
        ranks = [(-f[0], -f[1], number) for f, number in fits if f is not None and (not thing.added or _is_it(f))]
        if ranks:
            out.append((min(ranks), position, key))
    return sorted(out)


def _is_open(thing: Thing, own: Sequence[tuple[Rank, int, str]]) -> bool:
    """Whether two candidates are equally good and no cue was given that would tell them apart."""
    return not thing.places[0].cue and len(own) > 1 and own[0][0] == own[1][0]


def _same(one: Thing, two: Thing) -> bool:
    """Whether two things are one: of the same spans, but one was judged without its cue."""
    first, second = one.places[0], two.places[0]
    return first.spans == second.spans and not (first.cue and second.cue)


def _why(thing: Thing, own: Sequence[tuple[Rank, int, str]]) -> str:
    if not own:
        return GONE
    return OPEN if _is_open(thing, own) else TAKEN
