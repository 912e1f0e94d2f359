"""How the counts of one thing go together: what was revised, what is contested, what counts something else."""

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.show.views.intervals import in_words
from sayso.terms.weighing import Count, CountSeries, Passage, Relation, RelationKind

ORDER: tuple[RelationKind, ...] = ("contradiction", "revision", "scope", "agreement")


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two counts: who gave which number when, and the very words. ``count`` is its id."""

    count: str
    source: str
    number: str
    on: str | None
    passage: Passage
    attribution: str | None
    figure: str | None


@dataclass(frozen=True, slots=True)
class Related:
    """Two counts, how they go together, and why. Of a revision ``other`` is the later one."""

    kind: RelationKind
    why: str
    one: Side
    other: Side


def related(series: CountSeries, every: Iterable[CountSeries]) -> tuple[Related, ...]:
    """The relations of a series, what is contested first; ``every`` series of the story, for those that lead there."""
    of = {count.id: count for one in (*every, series) for count in one.counts}
    found = [_related(one, of.get(one.one), of.get(one.other)) for one in series.relations]
    return tuple(sorted(found, key=lambda one: ORDER.index(one.kind)))


def _related(relation: Relation, one: Count | None, other: Count | None) -> Related:
    mine, theirs = relation.passages
    return Related(relation.kind, relation.why, _side(relation.one, one, mine), _side(relation.other, other, theirs))


def _side(own: str, count: Count | None, passage: Passage) -> Side:
    if count is None:
        return Side(own, "", "", None, passage, None, None)
    number = in_words(count.low, count.best, count.high)
    return Side(own, count.source, number, count.on, passage, count.attribution, count.figure)
