"""Counts: the figures of readings that count one kind of thing, with their sources, dates and places."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from sayso.lexicon import default_lexicon
from sayso.terms import Attribution, Figure, Reading, Span
from sayso.terms.reading import Measure, Period
from sayso.terms.weighing import Count, Origin, Passage
from sayso.weigh.digests import WORD
from sayso.weigh.nouns import noun

OriginOf = Callable[[str, str], Origin | None]

FOLLOWED: frozenset[Measure] = frozenset(
    ["killed", "wounded", "killed_or_wounded", "held", "released", "missing", "displaced", "recruited",
     "participants", "vehicles"]
)  # fmt: skip
TOLLS: frozenset[Measure] = frozenset(["killed", "wounded", "killed_or_wounded", "missing", "displaced"])
WISHED = frozenset(["call_for", "offer", "vow", "ask", "deny", "reject"])
ROUGH = 0.2
MINISTER = re.compile(r"\b(\w+) minister\b", re.IGNORECASE)
SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


@dataclass(frozen=True)
class Counted:
    """A count with what decides which series it belongs to."""

    count: Count
    measure: Measure
    noun: str | None
    place: str | None
    period: Period | None
    part_of: str | None

    @property
    def order(self) -> tuple[str, str, int]:
        """By date, then report, then place in its text."""
        passage = self.count.passage
        return (self.count.on or "~", passage.report, passage.spans[0].start)


def counted(readings: Sequence[Reading], origin_of: OriginOf | None = None) -> list[Counted]:
    """The counts of the readings by date. What is only wished for, offered or rejected is left out."""
    trace = origin_of or speakers(readings)
    where = (_places(readings), _home(readings))
    found = [_counted(r, f, trace, *where) for r in readings for f in r.figures if _follows(r, f)]
    return sorted(found, key=lambda c: c.order)


def speakers(readings: Sequence[Reading]) -> OriginOf:
    """The origin of an attribution as its report alone gives it: its speaker."""
    said = {(r.report.id, a.id): a for r in readings for a in r.attributions}
    return lambda *key: _speaker(said[key]) if key in said else None


def bounds(figure: Figure) -> tuple[float | None, float | None, float | None]:
    """Low, best and high of a figure; "about" and "nearly" leave room of a fifth."""
    low, high, best = figure.low, figure.high, figure.value
    if figure.qualifier == "about" and best is not None:
        return best * (1 - ROUGH), best, best * (1 + ROUGH)
    if figure.qualifier == "nearly" and best is not None:
        return best * (1 - ROUGH), best, high
    if best is None and low is not None and low == high:
        best = low
    return low, best, high


def _follows(reading: Reading, figure: Figure) -> bool:
    by = reading.attribution(figure.by) if figure.by else None
    numbers = (figure.value, figure.low, figure.high)
    return figure.measure in FOLLOWED and any(n is not None for n in numbers) and (by is None or by.act not in WISHED)


def _counted(reading: Reading, figure: Figure, trace: OriginOf, places: frozenset[str], home: str | None) -> Counted:
    report = reading.report
    said = reading.attribution(figure.by) if figure.by else None
    origin = trace(report.id, figure.by) if figure.by else None
    low, best, high = bounds(figure)
    count = Count(
        id=f"{report.id}:{figure.id}",
        report=report.id,
        figure=figure.id,
        attribution=figure.by,
        origin=origin,
        source=_source(reading, figure, origin),
        passage=Passage(report.id, (sentence := _sentence(report.text, figure.span),), report.text[slice(*sentence)]),
        low=low,
        best=best,
        high=high,
        on=figure.as_of or (said.said_on if said else None) or (report.published or "")[:10] or None,
    )
    place = _place(report.text, figure, places, home)
    part = f"{report.id}:{figure.part_of}" if figure.part_of else None
    return Counted(count, figure.measure, noun(figure), place, figure.period, part)


def _source(reading: Reading, figure: Figure, origin: Origin | None) -> str:
    """One name a source: a person's body or ministry, where known, so that a spokesman's number revises its own.

    Unnamed sources are one where the same words of one outlet describe them.
    """
    if origin is None:
        return reading.report.outlet or f"report {reading.report.id}"
    if origin.identity:
        return origin.identity
    if not origin.name:
        told = origin.described or f"unnamed source {figure.by}"
        return f"{told} ({reading.report.outlet or reading.report.id})"
    said = reading.attribution(figure.by) if figure.by else None
    if said is None or said.speaker.kind != "person":
        return origin.name
    return origin.party or _ministry(said.speaker.role or "") or origin.name


def _ministry(role: str) -> str | None:
    found = MINISTER.search(role)
    return f"{found[1].lower()} ministry" if found and found[1].lower() != "prime" else None


def _speaker(said: Attribution) -> Origin:
    who = said.speaker
    return Origin(who.name, who.naming, who.affiliation, None, None if who.name else who.called)


def _places(readings: Sequence[Reading]) -> frozenset[str]:
    """The towns that figures of at least two reports have: one alone may be a slip."""
    seen = Counter(p for r in readings for p in {_plain(f.place) for f in r.figures if f.place})
    return frozenset(place for place, reports in seen.items() if reports > 1 and not _country(place))


def _home(readings: Sequence[Reading]) -> str | None:
    """The country that most figures name: all of the story is there, so that it tells nothing."""
    seen = Counter(p for r in readings for f in r.figures if f.place and _country(p := _plain(f.place)))
    return min(seen, key=lambda place: (-seen[place], place), default=None)


def _place(text: str, figure: Figure, places: frozenset[str], home: str | None) -> str | None:
    """Its own place, else for a toll the town named last before it: in its sentence, paragraph, an earlier paragraph.

    A number that was added up over a longer time is not looked up beyond its paragraph.
    """
    if figure.place or figure.measure not in TOLLS:
        place = _plain(figure.place or "")
        return place if place and place != home else None
    start, end = _sentence(text, figure.span)
    paragraph = text.rfind("\n", 0, start) + 1
    reach = [(start, end), (paragraph, start)] + ([] if figure.period == "cumulative" else [(0, paragraph)])
    for begin, stop in reach:
        if named := [m[0] for m in WORD.finditer(text, begin, stop) if _plain(m[0]) in places]:
            return _plain(named[-1])
    return None


def _country(place: str) -> bool:
    return place in default_lexicon().country_of


def _plain(word: str) -> str:
    return word.removesuffix("'s").removesuffix("’s")


def _sentence(text: str, span: Span) -> Span:
    """The sentence around a span, roughly, without the space around it."""
    starts = (". ", "! ", "? ", "\n", ".” ", '." ')
    start = max((at + len(end) for end in starts if (at := text.rfind(end, 0, span.start)) >= 0), default=0)
    ends = [at + len(end) for end in (". ", "! ", "? ", ".”", '."') if (at := text.find(end, span.end)) >= 0]
    line = text.find("\n", span.end)
    stop = min([*ends, line if line >= 0 else len(text)])
    return Span(start, start + len(text[start:stop].rstrip()))


def grouped(items: Sequence[Counted]) -> Iterator[list[Counted]]:
    """The counts of one measure and one noun, each list by date."""
    kinds: defaultdict[tuple[str, str], list[Counted]] = defaultdict(list)
    for item in items:
        kinds[item.measure, item.noun or ""].append(item)
    yield from (kinds[key] for key in sorted(kinds))


def size(count: Count) -> float:
    """The number by which a count is set beside others."""
    return next((n for n in (count.best, count.low, count.high) if n is not None), 0.0)
