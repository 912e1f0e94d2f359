"""How two numbers for one counted thing go together: revision, contradiction, agreement, or a difference in scope."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from sayso.terms.weighing import Count, Relation, RelationKind
from sayso.weigh.counts import TOLLS, Counted, size
from sayso.weigh.events import share_event

CLOSE = 1.5
NEAR = 2.0
LEFT = re.compile(r"\b(?:still|remain\w*|yet to|the rest)\b", re.IGNORECASE)
FOREVER = "9999-12-31"
TOLD = {"killed_or_wounded": "killed or wounded"}


@dataclass(frozen=True)
class Statement:
    """One number of one source, however often it is repeated: it stands from ``since`` until the source's next one."""

    source: str
    low: float | None
    best: float | None
    high: float | None
    since: str | None
    until: str
    count: Count
    item: Counted


def statements(items: Sequence[Counted]) -> list[Statement]:
    """The distinct numbers of each source, by date; of several wordings of one number the loosest holds."""
    found: dict[tuple[str, float | None], Statement] = {}
    for item in items:
        count = item.count
        key = (count.source, count.best if count.best is not None else count.low)
        found[key] = _loosest(found[key], item) if key in found else _statement(item)
    by_source: defaultdict[str, list[Statement]] = defaultdict(list)
    for said in found.values():
        by_source[said.source].append(said)
    ended = [said for line in by_source.values() for said in _ended(line)]
    return sorted(ended, key=lambda s: s.item.order)


def between(one: Statement, other: Statement) -> Iterator[Relation]:
    """How two statements of one series go together, if the texts tell. ``one`` is not the later of the two.

    Parts are left to ``scopes``.
    """
    if one.item.part_of == other.count.id or other.item.part_of == one.count.id:
        return
    if {one.item.period, other.item.period} == {"daily", "cumulative"}:
        yield _relation("scope", one, other, "one number is of a single day, the other has been added up")
    elif one.source == other.source:
        if one.since and other.since and one.until == other.since:
            yield _relation(
                "revision", one, other, f"{one.source} gave {tell(one)}, and on {other.since} {tell(other)}"
            )
    elif exclude(one, other):
        if overlap(one, other) and comparable(one.item, other.item):
            yield _against(one, other)
    elif _ratio(one.count, other.count) <= CLOSE and (one.count.origin or other.count.origin):
        yield _relation("agreement", one, other, f"{one.source} says {tell(one)}, {other.source} says {tell(other)}")


def _against(one: Statement, other: Statement) -> Relation:
    """Two numbers that can't both hold, if they are not told of different times."""
    left = [bool(LEFT.search(s.count.passage.text)) for s in (one, other)]
    if one.item.measure == "held" and left[0] != left[1]:
        return _relation("scope", one, other, "one number is of those who are left, the other may be of all")
    why = f"{one.source} says {tell(one)}, {other.source} says {tell(other)}: both can't hold"
    return _relation("contradiction", one, other, f"{why}, and neither is known to have changed its number by then")


def scopes(series: Sequence[Sequence[Counted]]) -> list[Relation]:
    """Differences in scope between series: parts of a whole, and numbers that could be taken for a contradiction."""
    found = list(_parts([item for items in series for item in items]))
    for at, one in enumerate(series):
        found += [r for other in series[at + 1 :] for r in _apart(one[0], other[0])]
    return found


def comparable(one: Counted, other: Counted) -> bool:
    """Whether two numbers are of one event as far as the texts tell. Loose words ("dozens") are not set against any.

    Tolls of one known place are, if at least one source is named or described, and if the numbers are not far apart or
    both passages name the place. Tolls without a place are, if the numbers are not far apart, both sources are told,
    and both passages have a word for the event. Who is held or freed must be of one stated kind.
    """
    if one.count.best is None or other.count.best is None or not _same_place(one, other):
        return False
    told = [item.count.origin is not None for item in (one, other)]
    near = _ratio(one.count, other.count) <= NEAR
    if one.measure not in TOLLS:
        return near and all(told) and one.noun is not None
    if one.place and one.place == other.place:
        return any(told) and (near or (_names_place(one) and _names_place(other)))
    return near and all(told) and one.place == other.place and share_event(_text(one), _text(other))


def _text(item: Counted) -> str:
    return item.count.passage.text


def _names_place(item: Counted) -> bool:
    return item.place is not None and item.place in _text(item)


def exclude(one: Statement, other: Statement) -> bool:
    """Whether the two numbers can't both hold."""
    return _below(one.high, other.low) or _below(other.high, one.low)


def overlap(one: Statement, other: Statement) -> bool:
    """Whether both numbers stood at one time. Numbers without a date may have stood at any."""
    return (one.since or "") < other.until and (other.since or "") < one.until


def tell(said: Statement) -> str:
    """The number in words."""
    if said.low is not None and said.low == said.high:
        return f"{said.low:,g}"
    if said.low is not None and said.high is not None:
        return f"{said.low:,g} to {said.high:,g}"
    if said.low is not None:
        return f"{said.low:,g} or more"
    return f"up to {said.high:,g}" if said.high is not None else f"about {said.best:,g}"


def _statement(item: Counted) -> Statement:
    c = item.count
    return Statement(c.source, c.low, c.best, c.high, c.on, FOREVER, c, item)


def _loosest(said: Statement, item: Counted) -> Statement:
    """A report that leaves out "at least" does not make a number exact; it may give the date that was not known."""
    low = None if said.low is None or item.count.low is None else min(said.low, item.count.low)
    high = None if said.high is None or item.count.high is None else max(said.high, item.count.high)
    return replace(said, low=low, high=high)


def _ended(line: Sequence[Statement]) -> Iterator[Statement]:
    """Each statement of one source up to the first later day on which it gave another number."""
    for said in line:
        later = [s.since for s in line if s.since and said.since and s.since > said.since]
        yield replace(said, until=min(later, default=FOREVER))


def _parts(items: Iterable[Counted]) -> Iterator[Relation]:
    known = {item.count.id: item for item in items}
    for item in known.values():
        whole = known.get(item.part_of or "")
        if whole:
            yield _scope(item, whole, "the first number is said to be a part of the second")


def _apart(one: Counted, other: Counted) -> Iterator[Relation]:
    """Why two series that are alike are not one."""
    if {one.measure, other.measure} in ({"killed", "killed_or_wounded"}, {"wounded", "killed_or_wounded"}):
        if one.noun == other.noun and _same_place(one, other):
            words = [TOLD.get(i.measure, i.measure) for i in (one, other)]
            yield _scope(one, other, f"the first counts {words[0]}, the second {words[1]}")
    elif one.measure != other.measure:
        return
    elif {one.noun, other.noun} == {None, "body"} and one.place == other.place:
        yield _scope(one, other, "one counts bodies that were found or received, the other all of the dead")
    elif one.noun != other.noun:
        return
    elif one.place and other.place and one.place != other.place and _ratio(one.count, other.count) <= NEAR:
        yield _scope(one, other, f"the first is for {one.place}, the second for {other.place}")
    elif "cumulative" in (one.period, other.period) and one.period != other.period:
        yield _scope(
            one, other, "one has been added up over a longer time, and they are too far apart to be of one event"
        )


def _same_place(one: Counted, other: Counted) -> bool:
    return one.place == other.place or None in (one.place, other.place)


def _below(high: float | None, low: float | None) -> bool:
    return high is not None and low is not None and high < low


def _ratio(one: Count, other: Count) -> float:
    less, more = sorted((size(one), size(other)))
    return 1.0 if less == more else more / less if less else float("inf")


def _relation(kind: RelationKind, one: Statement, other: Statement, why: str) -> Relation:
    return Relation(kind, one.count.id, other.count.id, why, (one.count.passage, other.count.passage))


def _scope(one: Counted, other: Counted, why: str) -> Relation:
    return Relation("scope", one.count.id, other.count.id, why, (one.count.passage, other.count.passage))
