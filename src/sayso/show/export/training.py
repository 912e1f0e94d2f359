"""Readings that people have judged as passages to train on, in the markup that training/markup.py reads.

A passage is the paragraphs that hold an attribution, together with all others that share one with it. Those that nobody
has accepted are marked as optional there: whether the network finds them or not is neither owed nor punished.
"""

import heapq
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from sayso.show.export.around import PARAGRAPH
from sayso.show.export.utf8 import plain, sound
from sayso.terms import Attribution, Reading, Span, Spans

Accepted = Callable[[Reading, Attribution], bool] | Mapping[str, Collection[str]]
PHENOMENON = "judged"
LETTERS = {"content": "c", "source": "s", "cue": "k"}
UNWRITABLE = str.maketrans({"¶": "⁋", "\\": "＼"})
ESCAPED = str.maketrans({"[": "\\[", "]": "\\]", "\n": "¶"})
COMMENTS = ("#", "%")


@dataclass(frozen=True)
class Mark:
    """One bracket: a stretch of the passage, and the role and number of its attribution."""

    span: Span
    role: str
    number: int


def training_sentences(readings: Iterable[Reading], accepted: Accepted) -> Iterator[str]:
    """Two lines for each passage: its header ("% judged …") and its marked text.

    The readings come with people's judgements applied: what they rejected is not in them, and so goes unmarked.
    ``accepted`` tells which attributions people have accepted or corrected: a function of the reading and the
    attribution, or their ids by the report's id. Attributions without a cue have nothing to train on and are not
    marked; passages whose attributions would lie within each other in a circle, as the markup has it, are left out.
    """
    for reading in map(sound, readings):
        text = plain(reading.report.text).translate(UNWRITABLE)
        for place, held in _groups(text, reading.attributions):
            taken = [a for a in held if _is_accepted(accepted, reading, a)]
            if any(_markable(a) for a in taken):
                yield from _passage(text, place, held, {a.id for a in taken})


def _is_accepted(accepted: Accepted, reading: Reading, a: Attribution) -> bool:
    return accepted(reading, a) if callable(accepted) else a.id in accepted.get(reading.report.id, ())


def _markable(a: Attribution) -> bool:
    return a.cue is not None and bool(a.cue.spans and a.content.spans)


def _groups(text: str, attributions: Sequence[Attribution]) -> Iterator[tuple[Span, list[Attribution]]]:
    """Runs of paragraphs that share no attribution with others, and the attributions in each, in their order."""
    paragraphs = [Span(*match.span()) for match in PARAGRAPH.finditer(text)]
    order = {id(a): number for number, a in enumerate(attributions)}
    runs: list[tuple[int, int, list[Attribution]]] = []
    for first, last, attribution in sorted(_placed(paragraphs, attributions), key=lambda run: run[:2]):
        if runs and first <= runs[-1][1]:
            low, high, held = runs.pop()
            held.append(attribution)
            runs.append((low, max(high, last), held))
        else:
            runs.append((first, last, [attribution]))
    for first, last, held in runs:
        yield Span(paragraphs[first].start, paragraphs[last].end), sorted(held, key=lambda a: order[id(a)])


def _placed(paragraphs: Sequence[Span], attributions: Iterable[Attribution]) -> Iterator[tuple[int, int, Attribution]]:
    """The first and the last paragraph of each attribution that has any."""
    starts = [paragraph.start for paragraph in paragraphs]
    for a in attributions:
        spans = [span for role in LETTERS for span in _spans(a, role) if span.start < span.end]
        first = bisect_right(starts, min((span.start for span in spans), default=0)) - 1
        last = bisect_right(starts, max((span.end for span in spans), default=0) - 1) - 1
        if spans and last >= 0:
            yield max(first, 0), last, a


def _spans(a: Attribution, role: str) -> Spans:
    phrase = getattr(a, role)
    return phrase.spans if phrase is not None else ()


def _passage(text: str, place: Span, held: Sequence[Attribution], taken: Collection[str]) -> Iterator[str]:
    """The passage, unless none of those taken can be told in the markup."""
    place = _trimmed(text, place)
    passage = text[place.start : place.end]
    numbered = {number: a for number, a in enumerate(held, 1) if _markable(a)}
    pieces = _whole(nested(passage, _marks(text, place, numbered)))
    kept = {mark.number for mark in pieces}
    numbers = {a.id: number for number, a in numbered.items() if number in kept}
    within = {numbers[a.id]: numbers[a.within] for a in held if a.id in numbers and a.within in numbers}
    told = _to_tell(pieces, within)
    if told is None or not any(name in taken for name in numbers):
        return
    optional = [str(number) for name, number in numbers.items() if name not in taken]
    inside = [f"{inner}<{outer}" for inner, outer in told.items()]
    options = [f"{name}={','.join(values)}" for name, values in (("within", inside), ("optional", optional)) if values]
    line = written(passage, pieces)
    yield f"{' '.join(['%', PHENOMENON, *options])}\n{'¶' if line.startswith(COMMENTS) else ''}{line}"


def _marks(text: str, place: Span, numbered: Mapping[int, Attribution]) -> Iterator[Mark]:
    for number, a in numbered.items():
        for role in LETTERS:
            for start, end in _apart(text, _spans(a, role), place):
                yield Mark(Span(start - place.start, end - place.start), role, number)


def _whole(marks: list[Mark]) -> list[Mark]:
    """The marks of those that have both a cue and a content."""
    roles: dict[int, set[str]] = {}
    for mark in marks:
        roles.setdefault(mark.number, set()).add(mark.role)
    return [mark for mark in marks if {"cue", "content"} <= roles[mark.number]]


def _trimmed(text: str, span: Span) -> Span:
    words = text[span.start : span.end]
    start = span.start + len(words) - len(words.lstrip())
    return Span(start, max(start, start + len(words.strip())))


def _apart(text: str, spans: Spans, place: Span) -> Iterator[Span]:
    """The spans in order, within the passage, without overlaps, blanks at their edges or empty ones."""
    done = place.start
    for span in sorted(spans):
        found = _trimmed(text, Span(max(span.start, done), max(min(span.end, place.end), done)))
        if found.start < found.end:
            yield found
            done = found.end


def nested(text: str, marks: Iterable[Mark]) -> list[Mark]:
    """The marks so that brackets nest: by start, outer ones first; one that crosses another's end is cut in two."""
    ranks = {role: rank for rank, role in enumerate(LETTERS)}
    waiting = [(m.span.start, -m.span.end, m.number, ranks[m.role], m.role) for m in marks]
    heapq.heapify(waiting)
    out, open_ = list[Mark](), list[int]()
    while waiting:
        start, minus_end, number, rank, role = heapq.heappop(waiting)
        end = -minus_end
        while open_ and open_[-1] <= start:
            open_.pop()
        if open_ and open_[-1] < end:
            rest = _trimmed(text, Span(open_[-1], end))
            heapq.heappush(waiting, (rest.start, -rest.end, number, rank, role))
            end = _trimmed(text, Span(start, open_[-1])).end
        out.append(Mark(Span(start, end), role, number))
        open_.append(end)
    return out


def _to_tell(marks: Sequence[Mark], within: Mapping[int, int]) -> dict[int, int] | None:
    """Which of ``within`` must be told, as it does not follow from the places; None if all together go in a circle."""
    seen = _by_place(marks)
    told = {inner: outer for inner, outer in within.items() if seen.get(inner) != outer}
    whole = seen | told
    for number in whole:
        passed, at = {number}, whole.get(number)
        while at is not None:
            if at in passed:
                return None
            passed.add(at)
            at = whole.get(at)
    return told


def _by_place(marks: Sequence[Mark]) -> dict[int, int]:
    """The attribution with the shortest content around each one's cue, as the markup's reader takes it."""
    contents: dict[int, list[Span]] = {}
    cues: dict[int, Span] = {}
    for mark in marks:
        if mark.role == "content":
            contents.setdefault(mark.number, []).append(mark.span)
        elif mark.role == "cue":
            cues.setdefault(mark.number, mark.span)
    found: dict[int, int] = {}
    for number, cue in cues.items():
        holders = [
            (sum(span.end - span.start for span in spans), other)
            for other, spans in contents.items()
            if other != number and any(span.contains(cue) for span in spans)
        ]
        if holders:
            found[number] = min(holders)[1]
    return found


def written(text: str, marks: Iterable[Mark]) -> str:
    """The text with its brackets; the marks nest and come as ``nested`` gives them."""
    parts, done, open_ = list[str](), 0, list[int]()
    for mark in marks:
        while open_ and open_[-1] <= mark.span.start:
            parts += [text[done : open_[-1]].translate(ESCAPED), "]"]
            done = open_.pop()
        parts += [text[done : mark.span.start].translate(ESCAPED), f"[{LETTERS[mark.role]}{mark.number} "]
        done = mark.span.start
        open_.append(mark.span.end)
    while open_:
        parts += [text[done : open_[-1]].translate(ESCAPED), "]"]
        done = open_.pop()
    return "".join(parts) + text[done:].translate(ESCAPED)
