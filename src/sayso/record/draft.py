"""A reading while people's judgements change it: what lies within what, and whose a figure is, stay in order."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from sayso.record.attach import ENOUGH, Fit, Place, fit, place_of, size
from sayso.terms import Attribution, Figure, Reading, Spans

NONE: Fit = (0.0, 0.0)


class Draft:
    """Attributions and figures by id, in order. Every change leaves ``within``, ``by`` and ``part_of`` whole."""

    def __init__(self, attributions: Iterable[Attribution], figures: Iterable[Figure]) -> None:
        """Take those of a reading."""
        self.attributions = {a.id: a for a in attributions}
        self.figures = {f.id: f for f in figures}
        self._holders: dict[str, str | None] = {}

    def reading(self, of: Reading) -> Reading:
        """The reading of the same report with what is here."""
        return Reading(of.report, _enclosing_first(self.attributions.values()), tuple(self.figures.values()))

    def kept(self, id: str | None) -> str | None:
        """The id of that attribution, or of the nearest around it if it was dropped."""
        kept = id
        while kept is not None and kept in self._holders:
            kept = self._holders[kept]
        return kept

    def drop(self, attributions: Collection[str], figures: Collection[str]) -> None:
        """Take these out. What lay within them, and figures that were theirs, go to what lay around them."""
        self._holders |= {key: self.attributions[key].within for key in attributions}
        self.attributions = {
            a.id: replace(a, within=self.kept(a.within)) for a in self.attributions.values() if a.id not in attributions
        }
        wholes = {key: self.figures[key].part_of for key in figures}
        for figure in list(self.figures.values()):
            whole = figure.part_of
            while whole is not None and whole in wholes:
                whole = wholes[whole]
            self.figures[figure.id] = replace(figure, by=self.kept(figure.by), part_of=whole)
        self.figures = {key: figure for key, figure in self.figures.items() if key not in figures}

    def add(self, new: Attribution) -> None:
        """Put a new attribution in its place, within the innermost that encloses it and around what it encloses."""
        around = [a for a in self.attributions.values() if _encloses(a, new)]
        innermost = min(reversed(around), key=lambda a: size(a.content.spans), default=None)
        placed = replace(new, within=innermost.id if innermost else None)
        items = list(self.attributions.values())
        at = next((i for i, a in enumerate(items) if _first(a) > _first(new)), len(items))
        self.attributions = {a.id: a for a in (*items[:at], placed, *items[at:])}
        self.hold_anew(placed.id, ())

    def hold_anew(self, id: str, before: Spans) -> None:
        """Let an attribution whose content was ``before`` hold what its content newly covers, and no more."""
        mine = self.attributions[id]
        now = mine.content.spans
        for a in self.attributions.values():
            spans = a.content.spans
            if a.within == id and _inside(spans, before) and not _inside(spans, now):
                self.attributions[a.id] = replace(a, within=mine.within)
            elif a.id != id and a.within == mine.within and not _inside(spans, before) and _takes_in(mine, a):
                self.attributions[a.id] = replace(a, within=id)
        around = self._around(id)
        for f in self.figures.values():
            was, is_now = _inside((f.span,), before), _inside((f.span,), now)
            if f.by == id and was and not is_now:
                self.figures[f.id] = replace(f, by=mine.within)
            elif f.by in around and is_now and not was:
                self.figures[f.id] = replace(f, by=id)

    def _around(self, id: str) -> set[str | None]:
        """The ids of what an attribution lies within, at whatever depth, and None for the report's own voice."""
        out: set[str | None] = {None}
        holder = self.attributions[id].within
        while holder is not None:
            out.add(holder)
            holder = self.attributions[holder].within
        return out

    def add_figure(self, new: Figure) -> None:
        """Put a new figure in its place, the innermost attribution that holds it its owner."""
        around = [a for a in self.attributions.values() if _inside((new.span,), a.content.spans)]
        owner = min(reversed(around), key=lambda a: size(a.content.spans), default=None)
        items = list(self.figures.values())
        at = next((i for i, f in enumerate(items) if f.span > new.span), len(items))
        placed = replace(new, by=owner.id if owner else None)
        self.figures = {f.id: f for f in (*items[:at], placed, *items[at:])}

    def owner(self, sought: Place, also: Mapping[str, Iterable[Place]]) -> str | None:
        """The id of the attribution that is, or by ``also`` was, most nearly there; the most nested of equals."""
        known = {a.id: [place_of(a)] for a in self.attributions.values()}
        for key, places in also.items():
            known[key] = [*known.get(key, ()), *places]
        fits = {key: max(fit(sought, place, ENOUGH) or NONE for place in places) for key, places in known.items()}
        best = max(reversed(fits), key=fits.__getitem__, default=None)
        return best if best is not None and fits[best] > NONE else None


def _encloses(outer: Attribution, inner: Attribution) -> bool:
    """Whether one content holds another; of equal contents, whether it is introduced earlier."""
    if not _inside(inner.content.spans, outer.content.spans):
        return False
    return not _inside(outer.content.spans, inner.content.spans) or _introduced(outer) < _introduced(inner)


def _takes_in(outer: Attribution, inner: Attribution) -> bool:
    """Whether the content holds the whole of another statement, its cue too; or just the same, and is outside of it."""
    if not _inside(inner.content.spans, outer.content.spans):
        return False
    if _inside(outer.content.spans, inner.content.spans):
        return _introduced(outer) < _introduced(inner)
    return inner.cue is None or _inside(inner.cue.spans, outer.content.spans)


def _introduced(attribution: Attribution) -> int:
    """Where its cue begins, which of two with the same content is earlier for the outer one."""
    return (attribution.cue or attribution.source or attribution.content).start


def _inside(inner: Spans, outer: Spans) -> bool:
    return all(any(span.contains(one) for span in outer) for one in inner)


def _first(attribution: Attribution) -> int:
    roles = (attribution.source, attribution.cue, attribution.content)
    return min(role.start for role in roles if role is not None)


def _enclosing_first(attributions: Iterable[Attribution]) -> tuple[Attribution, ...]:
    """The same in the same order, but each after the one that it lies within."""
    items = {a.id: a for a in attributions}
    out: dict[str, Attribution] = {}
    for item in items.values():
        chain = [item]
        while (holder := chain[-1].within) is not None and holder not in out:
            chain.append(items[holder])
        out |= {one.id: one for one in reversed(chain) if one.id not in out}
    return tuple(out.values())
