"""What people have judged of claims and sayings, brought to the sayings of today."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sayso.terms import Anchor, Judgement, Spans
from sayso.terms.weighing import Reason, Saying
from sayso.weigh.grouping import Held
from sayso.weigh.settling import Overruled, Word, counting, settled, when

ENOUGH = 0.5
LONGEST = 80
Echo = tuple[str, str]
Locate = Callable[[Anchor], Saying | None]


@dataclass(frozen=True, slots=True)
class Judged:
    """What counts, by the ids of sayings.

    ``held`` is for grouping. ``echoes`` give for each saying what it repeats, ``originals`` are those that repeat
    none; both say by whom. ``reasons`` are what is to be told of each saying. ``overruled`` is what does not count.
    """

    held: Held[str] = field(default_factory=Held)
    echoes: Mapping[str, Echo] = field(default_factory=dict)
    originals: Mapping[str, str] = field(default_factory=dict)
    reasons: Mapping[str, tuple[Reason, ...]] = field(default_factory=dict)
    overruled: tuple[Overruled, ...] = ()


def locator(sayings: Iterable[Saying]) -> Locate:
    """What finds the saying that an anchor names, or the one that overlaps it most; None where less than half does."""
    by_report: defaultdict[str, list[Saying]] = defaultdict(list)
    for saying in sayings:
        by_report[saying.report].append(saying)

    def locate(anchor: Anchor) -> Saying | None:
        fits = [(-_overlap(anchor.spans, one.spans), one.spans, one) for one in by_report.get(anchor.report, ())]
        best = min(fits, key=lambda fit: fit[:2], default=None)
        return best[2] if best and -best[0] >= ENOUGH else None

    return locate


def _overlap(one: Spans, two: Spans) -> float:
    """The shared share of the shorter one, and a little for all that is in both, so that the closest fit is best."""
    shared = sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in two)
    sizes = sorted(sum(span.end - span.start for span in spans) for spans in (one, two))
    return 2 * shared / sum(sizes) if shared >= ENOUGH * sizes[0] else 0.0


def judged(judgements: Iterable[Judgement], sayings: Sequence[Saying]) -> Judged:
    """Apply the judgements of claims and sayings; those of other reports are passed over.

    They must have passed the ledger's check, and name reports as ``sayings`` do. Their order does not matter.
    """
    known = counting(judgements)
    locate = locator(sayings)
    text = {saying.id: saying.text for saying in sayings}
    echoes, originals, disputed = _echoes(known, locate)
    words = [*_claim_words(known, locate), *(Word(one, other, True, by) for one, (other, by) in echoes.items())]
    pairs = settled(words)
    same = [word for word in pairs.same if word.by.target == "claim"]
    counted = {word.by.id for word in pairs.same}
    kept = {one: (other, by) for one, (other, by) in echoes.items() if by.id in counted}
    return Judged(
        Held(_both(same), _both(pairs.apart), frozenset((one, other) for one, (other, _) in kept.items())),
        {one: (other, f"judged by {by.who}: it repeats this one") for one, (other, by) in kept.items()},
        {one: f"judged by {by.who}: it repeats no other" for one, by in originals.items()},
        _reasons([*same, *pairs.apart], text),
        (*disputed, *pairs.overruled),
    )


def _claim_words(judgements: Sequence[Judgement], locate: Locate) -> Iterator[Word]:
    for judgement in judgements:
        if judgement.target == "claim":
            found = [anchor and locate(anchor) for anchor in map(Anchor.of, judgement.value)]
            if found[0] and found[1] and found[0].id != found[1].id:
                yield Word(found[0].id, found[1].id, judgement.verdict == "same", judgement)


Echoing = dict[str, tuple[str, Judgement]]


def _echoes(judgements: Sequence[Judgement], locate: Locate) -> tuple[Echoing, dict[str, Judgement], list[Overruled]]:
    """What repeats what, what repeats none, and the judgements of these that do not count."""
    last: dict[str, tuple[str | None, Judgement]] = {}
    echoes: Echoing = {}
    overruled = []
    for judgement in judgements:
        told = _told(judgement, locate)
        if told is None:
            continue
        one, other = told
        if one in last and last[one][0] != other:
            overruled.append(Overruled(judgement, (last[one][1],)))
        if one in last:
            continue
        round_ = _way(echoes, other, one)
        if round_:
            overruled.append(Overruled(judgement, round_))
            continue
        last[one] = (other, judgement)
        if other:
            echoes[one] = (other, judgement)
    return echoes, {one: by for one, (other, by) in last.items() if other is None}, overruled


def _told(judgement: Judgement, locate: Locate) -> tuple[str, str | None] | None:
    """The saying that is judged, and the one that it repeats."""
    own = locate(Anchor(judgement.report or "", judgement.spans)) if judgement.target == "saying" else None
    if own is None:
        return None
    if judgement.verdict == "no_echo":
        return own.id, None
    anchor = Anchor.of(judgement.value)
    other = locate(anchor) if anchor else None
    return (own.id, other.id) if other and other.id != own.id else None


def _way(echoes: Echoing, start: str | None, end: str) -> tuple[Judgement, ...]:
    """The judgements by which ``start`` repeats ``end``; none if it does not."""
    way: list[Judgement] = []
    while start in echoes:
        start, by = echoes[start]
        way.append(by)
        if start == end:
            return tuple(way)
    return ()


def _both(words: Iterable[Word]) -> frozenset[tuple[str, str]]:
    return frozenset((word.one, word.other) for word in words)


def _reasons(words: Iterable[Word], text: Mapping[str, str]) -> dict[str, tuple[Reason, ...]]:
    found: defaultdict[str, list[Reason]] = defaultdict(list)
    for word in sorted(words, key=lambda word: when(word.by)):
        told = "same claim as" if word.same else "not the same claim as"
        for one, other in ((word.one, word.other), (word.other, word.one)):
            detail = f"judged by {word.by.who}: {told} {_short(text[other])}"
            found[one].append(Reason("judged", float(word.same), detail))
    return {one: tuple(reasons) for one, reasons in found.items()}


def _short(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words if len(words) <= LONGEST else words[: LONGEST - 1] + '…'}”"


def with_echoes(sayings: Sequence[Saying], found: Mapping[str, Echo], judged: Judged) -> tuple[Saying, ...]:
    """The sayings of one claim with what each repeats: as the machine ``found`` it, unless people have judged."""
    here = {saying.id for saying in sayings}
    links = {one: echo for one, echo in judged.echoes.items() if one in here and echo[0] in here}
    for one, echo in sorted(found.items()):
        if one not in links and one not in judged.originals and _root(echo[0], links) != one:
            links[one] = echo
    return tuple(_linked(saying, links, judged.originals.get(saying.id)) for saying in sayings)


def _linked(saying: Saying, links: Mapping[str, Echo], original: str | None) -> Saying:
    if saying.id in links:
        return replace(saying, echo_of=_root(saying.id, links), why=links[saying.id][1])
    return replace(saying, why="; ".join(filter(None, (saying.why, original)))) if original else saying


def _root(saying: str, links: Mapping[str, Echo]) -> str:
    """The saying that one repeats in the end; itself if it repeats none."""
    while saying in links:
        saying = links[saying][0]
    return saying


def calling(judgements: Iterable[Judgement], names: Mapping[str, str]) -> tuple[Judgement, ...]:
    """The judgements with ``names`` for the reports that they give by id, wherever they do; others stay as they are."""
    return tuple(
        replace(one, report=names.get(one.report or "", one.report), value=_called(one.value, names))
        for one in judgements
    )


def _called(value: object, names: Mapping[str, str]) -> object:
    if isinstance(value, list | tuple):
        return [_called(one, names) for one in value]
    anchor = Anchor.of(value)
    return Anchor(names.get(anchor.report, anchor.report), anchor.spans).value() if anchor else value
