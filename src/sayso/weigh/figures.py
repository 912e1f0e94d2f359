"""Figures over time: for each counted thing, who said which number when, and how the numbers go together."""

import hashlib
from collections.abc import Iterable, Sequence
from itertools import pairwise

from sayso.terms import Reading
from sayso.terms.weighing import Count, CountSeries, Estimate, Relation
from sayso.weigh.counts import TOLLS, Counted, OriginOf, counted, grouped, size
from sayso.weigh.relations import Statement, between, scopes, statements

NEAR = 3.0
FAR = 10.0


def figures(readings: Sequence[Reading], origin_of: OriginOf | None = None) -> tuple[CountSeries, ...]:
    """The series of counts in the readings of one story, those with most counts first.

    ``origin_of`` gives the origin for a report's id and an attribution's id, by default its speaker. Figures that are
    only wished for, offered or rejected are left out, and so is money, time and length.
    """
    found = [part for kind in grouped(counted(readings, origin_of)) for part in _scopes(kind)]
    apart = scopes(found)
    series = (_series(items, apart) for items in found)
    return tuple(sorted(series, key=lambda s: (-len(s.counts), s.counts[0].on or "~", s.id)))


def _series(items: Sequence[Counted], apart: Sequence[Relation]) -> CountSeries:
    said = statements(items)
    mine = {item.count.id for item in items}
    relations = [*_first_agreements(r for pair in _pairs(said) for r in between(*pair))] + [
        r for r in apart if r.one in mine
    ]
    head = items[0]
    return CountSeries(
        id=_id(head),
        measure=head.measure,
        counted=head.noun,
        place=next((i.place for i in items if i.place), None),
        counts=tuple(i.count for i in items),
        estimates=tuple(_estimates(items, said)),
        relations=tuple(relations),
    )


def _first_agreements(relations: Iterable[Relation]) -> Iterable[Relation]:
    """Leave out that a count agrees with a further one: only the first is told."""
    told: set[str] = set()
    for relation in relations:
        if relation.kind != "agreement" or relation.other not in told:
            yield relation
        if relation.kind == "agreement":
            told.add(relation.other)


def _pairs(said: Sequence[Statement]) -> Iterable[tuple[Statement, Statement]]:
    return ((one, other) for at, one in enumerate(said) for other in said[at + 1 :])


def _estimates(items: Sequence[Counted], said: Sequence[Statement]) -> Iterable[Estimate]:
    for source in dict.fromkeys(i.count.source for i in items):
        last = [s for s in said if s.source == source][-1]
        counts = tuple(i.count.id for i in items if i.count.source == source)
        yield Estimate(source, last.low, last.best, last.high, last.since, counts)


def _scopes(items: Sequence[Counted]) -> Iterable[list[Counted]]:
    """Split the counts of one kind by size and, tolls, by place: 54 and 2,000 dead are not of one event.

    Counts without a place go with the one place whose numbers theirs are near, else by themselves.
    """
    if items[0].measure not in TOLLS:
        yield from _by_size(items, NEAR)
        return
    placed = [part for place in sorted({i.place for i in items if i.place})
              for part in _by_size([i for i in items if i.place == place], FAR)]  # fmt: skip
    loose: list[Counted] = []
    homes: list[list[Counted]] = [list(part) for part in placed]
    for item in (i for i in items if i.place is None):
        near = [n for n, part in enumerate(placed) if any(_near(item.count, i.count, NEAR) for i in part)]
        (homes[near[0]] if len(near) == 1 else loose).append(item)
    yield from (sorted(home, key=lambda i: i.order) for home in homes)
    yield from _by_size(loose, NEAR)


def _by_size(items: Sequence[Counted], factor: float) -> list[list[Counted]]:
    """Cut the counts wherever the next larger number is more than ``factor`` times as large."""
    if not items:
        return []
    ranked = sorted(items, key=lambda i: (size(i.count), i.order))
    parts = [[ranked[0]]]
    for one, other in pairwise(ranked):
        if _near(one.count, other.count, factor):
            parts[-1].append(other)
        else:
            parts.append([other])
    return [sorted(part, key=lambda i: i.order) for part in parts]


def _near(one: Count, other: Count, factor: float) -> bool:
    less, more = sorted((size(one), size(other)))
    return more <= factor * less or more == less


def _id(head: Counted) -> str:
    words = f"{head.measure}\n{head.noun}\n{head.count.id}"
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]
