"""What is new in a story: claims that came to be denied, figures that can't both be right, and figures revised."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sayso.show.views.intervals import in_words
from sayso.terms.weighing import CountSeries, Dispute, Passage, Relation, Story

MOST = 100
NewsKind = Literal["denial", "contradiction", "revision"]


@dataclass(frozen=True, slots=True)
class Half:
    """One of two things that go together: the words of a claim, or a number, and whose it is."""

    words: str
    source: str


@dataclass(frozen=True, slots=True)
class News:
    """Something new: ``claim`` is the id of the claim or of the counted thing, which ``about`` names.

    ``day`` is when the later of the two was published, None where no report tells. Of a revision ``other`` is the
    later one. ``reports`` are both reports.
    """

    kind: NewsKind
    story: str
    title: str
    claim: str
    about: str
    day: str | None
    one: Half
    other: Half
    reports: tuple[str, str]


def reports_in(disputes: Iterable[Dispute], series: Iterable[CountSeries]) -> set[str]:
    """The reports whose dates ``news`` needs."""
    pairs = [(one.one, one.other) for one in _denials(disputes)]
    pairs += [relation.passages for each in series for relation in _moves(each)]
    return {passage.report for pair in pairs for passage in pair}


def news(
    story: Story, disputes: Iterable[Dispute], series: Iterable[CountSeries], published: Mapping[str, str | None]
) -> list[News]:
    """What is new, the newest first; of each claim and each counted thing the newest of its kind alone."""
    found = [*_denied(story, disputes, published), *_moved(story, series, published)]
    found.sort(key=lambda one: (one.day or "", one.claim), reverse=True)
    newest: dict[tuple[NewsKind, str], News] = {}
    for one in found:
        newest.setdefault((one.kind, one.claim), one)
    return list(newest.values())


def _denials(disputes: Iterable[Dispute]) -> list[Dispute]:
    return [one for one in disputes if one.kind == "denial"][:MOST]


def _moves(series: CountSeries) -> list[Relation]:
    return [one for one in series.relations if one.kind in {"contradiction", "revision"}][-MOST:]


def _denied(story: Story, disputes: Iterable[Dispute], published: Mapping[str, str | None]) -> Iterator[News]:
    for one in _denials(disputes):
        said, denied = Half(one.one.text, one.one_source), Half(one.other.text, one.other_source)
        day, reports = _when((one.one, one.other), published)
        yield News("denial", story.id, story.title, one.claim, "", day, said, denied, reports)


def _moved(story: Story, series: Iterable[CountSeries], published: Mapping[str, str | None]) -> Iterator[News]:
    for each in series:
        counts = {one.id: one for one in each.counts}
        for relation in _moves(each):
            one, other = counts.get(relation.one), counts.get(relation.other)
            if one and other:
                halves = [Half(in_words(c.low, c.best, c.high), c.source) for c in (one, other)]
                day, reports = _when(relation.passages, published)
                kind: NewsKind = "revision" if relation.kind == "revision" else "contradiction"
                yield News(kind, story.id, story.title, each.id, _name(each), day, halves[0], halves[1], reports)


def _name(series: CountSeries) -> str:
    parts = (series.counted or "people", series.measure.replace("_", " "), series.place)
    return ", ".join(part for part in parts if part)


def _when(passages: tuple[Passage, Passage], published: Mapping[str, str | None]) -> tuple[str | None, tuple[str, str]]:
    days = [day[:10] for one in passages if (day := published.get(one.report))]
    return max(days, default=None), (passages[0].report, passages[1].report)
