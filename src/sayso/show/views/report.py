"""A report as a page shows it: its text cut into marked stretches, and a card for every statement."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, pairwise

from sayso.show.statements import Statement, figure_in_words, statements
from sayso.terms import Attribution, Reading, Span

ROLES = ("source", "cue", "content")
PART = 40_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text that has the same marks from end to end.

    ``roles`` are those of the marks on it: ``source``, ``cue``, ``content``, ``figure``. ``depth`` counts the contents
    that it lies in. ``statements`` are the ids of the attributions that mark it, the innermost last; ``begins`` those
    whose content begins here.
    """

    start: int
    end: int
    text: str
    roles: tuple[str, ...]
    depth: int
    statements: tuple[str, ...]
    begins: tuple[str, ...]


Paragraph = tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """Everything about one statement, in words. ``facts`` are pairs of a field's name and its value."""

    statement: Statement
    facts: tuple[tuple[str, str], ...]
    why: str
    citation: str


def paragraphs(reading: Reading) -> tuple[Paragraph, ...]:
    """The text's paragraphs, each cut into stretches; together they are the whole text but for its line breaks."""
    text, found = reading.report.text, list[Paragraph]()
    stretches, start, first = list(_stretches(reading)), 0, 0
    for line in text.split("\n"):
        end = start + len(line)
        while first < len(stretches) and stretches[first].end <= start:
            first += 1
        last = first
        while last < len(stretches) and stretches[last].start < end:
            last += 1
        if line and first < last:
            found.append(tuple(_clipped(stretch, start, end) for stretch in stretches[first:last]))
        start = end + 1
    return tuple(found)


def parts(some: Iterable[Paragraph], most: int = PART) -> tuple[tuple[Paragraph, ...], ...]:
    """The paragraphs in parts of about ``most`` characters, for texts that are too long for one page."""
    found: list[list[Paragraph]] = []
    size = most
    for one in chain.from_iterable(_broken(paragraph, most) for paragraph in some):
        if size >= most:
            found.append([])
            size = 0
        found[-1].append(one)
        size += one[-1].end - one[0].start
    return tuple(map(tuple, found))


def _broken(paragraph: Paragraph, most: int) -> Iterator[Paragraph]:
    """A paragraph that is too long for a part, broken between stretches."""
    start = 0
    for at, stretch in enumerate(paragraph):
        if stretch.end - paragraph[start].start > most and at > start:
            yield paragraph[start:at]
            start = at
    yield paragraph[start:]


def _clipped(stretch: Stretch, start: int, end: int) -> Stretch:
    first, last = max(stretch.start, start), min(stretch.end, end)
    text = stretch.text[first - stretch.start : last - stretch.start]
    return Stretch(
        first,
        last,
        text,
        stretch.roles,
        stretch.depth,
        stretch.statements,
        stretch.begins if first == stretch.start else (),
    )


def _stretches(reading: Reading) -> Iterator[Stretch]:
    marks = list(_marks(reading))
    edges = sorted({0, len(reading.report.text), *(place for span, *_ in marks for place in span)})
    starting: defaultdict[int, list[tuple[Span, str, str]]] = defaultdict(list)
    for mark in marks:
        starting[mark[0].start].append(mark)
    begun, open_marks = set[str](), list[tuple[Span, str, str]]()
    for start, end in pairwise(edges):
        open_marks = [mark for mark in open_marks if mark[0].end > start] + starting[start]
        contents = [mark for mark in open_marks if mark[1] == "content"]
        begins = tuple(mark[2] for mark in starting[start] if mark[1] == "content" and mark[2] not in begun)
        begun.update(begins)
        yield Stretch(
            start, end, reading.report.text[start:end], tuple(dict.fromkeys(role for _, role, _ in open_marks)),
            len(contents), tuple(dict.fromkeys(whose for _, role, whose in open_marks if role != "figure")), begins,
        )  # fmt: skip


def _marks(reading: Reading) -> Iterator[tuple[Span, str, str]]:
    """Every marked span with its role and whose it is, the wider before the narrower."""
    found = [
        (span, role, attribution.id)
        for attribution in reading.attributions
        for role in ROLES
        if (phrase := getattr(attribution, role)) is not None
        for span in phrase.spans
        if span.start < span.end
    ]
    found += [(figure.span, "figure", figure.id) for figure in reading.figures]
    yield from sorted(found, key=lambda mark: (mark[0].start, -mark[0].end))


def cards(reading: Reading) -> tuple[Card, ...]:
    """A card for every statement, in the order of the text."""
    return tuple(_card(reading, statement) for statement in statements(reading))


def _card(reading: Reading, statement: Statement) -> Card:
    attribution = reading.attribution(statement.id)
    assert attribution is not None  # noqa: S101 - statements are of the reading's own attributions
    return Card(statement, tuple(_facts(reading, attribution)), attribution.speaker.why, citation(reading, attribution))


def _facts(reading: Reading, attribution: Attribution) -> Iterator[tuple[str, str]]:
    speaker = attribution.speaker
    whole = (
        ("source", speaker.naming), ("kind", speaker.kind if speaker.kind != "none" else ""),
        ("of", speaker.affiliation),
        ("role", speaker.role), ("act", attribution.act.replace("_", " ")), ("distance", attribution.stance),
        ("quoted", attribution.form), ("through", ", ".join(attribution.relays)), ("medium", attribution.medium),
        ("said", _when(attribution)), ("may be", ", ".join(speaker.candidates)),
    )  # fmt: skip
    yield from ((name, value) for name, value in whole if value)
    for figure in reading.figures:
        if figure.by == attribution.id:
            yield "figure", figure_in_words(figure)
    yield "confidence", f"{attribution.confidence:.0%}"


def _when(attribution: Attribution) -> str:
    said = attribution.said
    if said is None:
        return attribution.said_on or ""
    return said.earliest if said.earliest == said.latest else f"{said.earliest} to {said.latest}"


def citation(reading: Reading, attribution: Attribution) -> str:
    """Passage, report, offsets and hash: enough to find the very words again."""
    report = reading.report
    where = ", ".join(part for part in (report.outlet, report.title, (report.published or "")[:10], report.url) if part)
    spans = ", ".join(f"{span.start}–{span.end}" for span in attribution.content.spans)
    passage = " ".join(attribution.content.text.split())
    return f"“{passage}” — {where or report.id} (characters {spans}; text SHA-256 {report.text_sha256})"
