"""Which attribution lies within which."""

from collections.abc import Sequence

from sayso.reader.decode import Found
from sayso.terms.reading import Attribution, Phrase
from sayso.terms.spans import Spans

SHARED = 0.5
NEAR = 40


def nest(text: str, found: Sequence[Found]) -> tuple[Attribution, ...]:
    """Attributions in the order of the text, enclosing ones first, with ids and ``within``."""
    placed = sorted(found, key=lambda f: (_first(f), f.cue))
    holders = [_holder(index, placed) for index in range(len(placed))]
    order = _order(holders)
    ids = {index: f"a{number}" for number, index in enumerate(order, 1)}
    within = [None if holder is None else ids[holder] for holder in holders]
    return tuple(_attribution(text, placed[i], ids[i], within[i]) for i in order)


def _attribution(text: str, found: Found, id: str, within: str | None) -> Attribution:
    source = Phrase.of(text, found.source) if found.source else None
    cue = Phrase.of(text, found.cue) if found.cue else None
    return Attribution(id, within, source, cue, Phrase.of(text, found.content), round(found.confidence, 3))


def _holder(index: int, found: Sequence[Found]) -> int | None:
    """The attribution that most closely encloses number ``index``: by its cue, else, if nested, by its content."""
    mine = found[index]
    near = [(n, found[n]) for n in range(max(index - NEAR, 0), min(index + NEAR, len(found))) if n != index]
    by_cue = [
        (_size(other.content), number)
        for number, other in near
        if _covers(other.content, mine.cue) and not _holds_cue_of(mine, other)
    ]
    if by_cue:
        return min(by_cue)[1]
    if not mine.nested:
        return None
    shared = [
        (-_shared(other.content, mine.content), abs(other.cue[0].start - mine.cue[0].start), number)
        for number, other in near
        if not other.nested and _shared(other.content, mine.content) >= SHARED
    ]
    return min(shared)[2] if shared else None


def _holds_cue_of(mine: Found, other: Found) -> bool:
    return _covers(mine.content, other.cue) and _size(mine.content) >= _size(other.content)


def _size(spans: Spans) -> int:
    return sum(span.end - span.start for span in spans)


def _covers(content: Spans, cue: Spans) -> bool:
    return any(span.contains(cue[0]) for span in content)


def _shared(one: Spans, two: Spans) -> float:
    """How much of the larger of two contents both hold."""
    both = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in two)
    return both / max(_size(one), _size(two))


def _order(holders: Sequence[int | None]) -> list[int]:
    """Indexes in order, each after the one that holds it; a circle is broken where it is entered."""
    out: dict[int, None] = {}
    for index in range(len(holders)):
        chain = [index]
        while (holder := holders[chain[-1]]) is not None and holder not in out and holder not in chain:
            chain.append(holder)
        for one in reversed(chain):
            out.setdefault(one)
    return list(out)


def _first(found: Found) -> int:
    return min(span.start for span in (*found.source, *found.cue, *found.content))
