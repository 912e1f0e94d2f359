"""Which sayings repeat another: copies, shared passages, the same quotation, retellings of one outlet's report.

Sayings are taken from the most original to the least (by date, agencies first, then by name): each run of words belongs
to the first that has it, so that the work grows with the number of sayings, whatever their order.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sayso.lexicon.lexicon import default_lexicon
from sayso.terms import Reading, Report
from sayso.terms.weighing import Origin, Saying
from sayso.weigh.described import head_of, somebody, whose
from sayso.weigh.lists import listed
from sayso.weigh.passages import Words
from sayso.weigh.plain import words_in

COPIED, QUOTED, QUOTED_RUNS = 0.5, 0.25, 2
REWORDED, UNNAMED, LEAST_STEMS, STEM = 0.6, 0.75, 4, 5
RAREST, MOST_COMPARED = 8, 200
UNDATED = "9999"
Echo = tuple[str, str]
Found = dict[str, Echo]


def echoes(sayings: Sequence[Saying], readings: Sequence[Reading]) -> Found:
    """For each saying that repeats another: the id of the most original one, and why in words.

    ``sayings`` are those of one claim or story, with their origins; ``readings`` hold their reports.
    """
    reports = {reading.report.id: reading.report for reading in readings}
    ordered = sorted(sayings, key=lambda saying: _rank(saying, reports[saying.report]))
    copies, retold = _Copies(reports), _Retellings(ordered, reports)
    found: Found = {}
    for saying in ordered:
        echo = copies.of(saying) or retold.of(saying)
        if echo:
            original, why = echo
            found[saying.id] = (found[original][0] if original in found else original, why)
        copies.keep(saying)
        retold.keep(saying)
    return found


def _rank(saying: Saying, report: Report) -> tuple[str, bool, str, str, object, str]:
    outlet = report.outlet or ""
    return (
        report.published or UNDATED, not is_agency(outlet), outlet or "~", saying.report, saying.spans, saying.id,
    )  # fmt: skip


def is_agency(outlet: str) -> bool:
    """Whether the outlet is a news agency."""
    known = default_lexicon().outlet_of.get(outlet)
    name = known.name if known else outlet
    return name.lower() in listed("agencies") or "agency" in name.lower().split()


class _Copies:
    """Runs of words, each with the first saying that has it."""

    def __init__(self, reports: Mapping[str, Report]) -> None:
        self._reports = reports
        self._words: dict[str, Words] = {}
        self._owner: dict[tuple[str, int], Saying] = {}

    def words(self, report: str) -> Words:
        """The words of a report."""
        if report not in self._words:
            self._words[report] = Words(self._reports[report])
        return self._words[report]

    def of(self, saying: Saying) -> Echo | None:
        """The saying of another report that has enough of the same runs."""
        words = self.words(saying.report)
        runs = list(words.runs(saying.spans))
        owners = [(at, self._owner.get((saying.stance, run))) for at, run in runs]
        shared = Counter(owner.id for _, owner in owners if owner and owner.report != saying.report)
        if not shared:
            return None
        original, count = min(shared.items(), key=lambda pair: (-pair[1], pair[0]))
        owner = next(owner for _, owner in owners if owner and owner.id == original)
        if not self._enough(count, len(runs), saying, owner):
            return None
        places = [at for at, found in owners if found and found.id == original]
        return original, self._why(saying, owner, words.between(places[0], places[-1]))

    def keep(self, saying: Saying) -> None:
        """Remember the runs of a saying that nobody had before."""
        for _, run in self.words(saying.report).runs(saying.spans):
            self._owner.setdefault((saying.stance, run), saying)

    def _enough(self, count: int, size: int, saying: Saying, owner: Saying) -> bool:
        if count >= COPIED * size:
            return True
        quoted = self.words(saying.report).quoted(saying.spans) and self.words(owner.report).quoted(owner.spans)
        return quoted and count >= QUOTED_RUNS and count >= QUOTED * size

    def _why(self, saying: Saying, owner: Saying, shared: str) -> str:
        report, original = self._reports[saying.report], self._reports[owner.report]
        credited = original.outlet in report.credit or any(is_agency(name) for name in report.credit)
        whose = f"{original.outlet or 'another report'}" + (", which it credits" if credited else "")
        return f"the same words as in {whose}: “{_short(shared)}”"


class _Retellings:
    """Sayings in other words: by the same speaker, or of an outlet that is cited."""

    def __init__(self, sayings: Sequence[Saying], reports: Mapping[str, Report]) -> None:
        self._reports = reports
        self._stems = {saying.id: _stems(saying.text) for saying in sayings}
        self._common = Counter(stem for stems in self._stems.values() for stem in stems)
        self._having: defaultdict[tuple[str, str, str], list[Saying]] = defaultdict(list)

    def of(self, saying: Saying) -> Echo | None:
        """The saying of another report by the same speaker, or of an outlet it cites, that has most of its words."""
        stems = self._stems[saying.id]
        if len(stems) < LEAST_STEMS:
            return None
        fits: dict[str, tuple[float, str]] = {}
        for key, why, least in self._sought(saying):
            for other in self._near(saying, key):
                theirs = self._stems[other.id]
                share = len(stems & theirs) / max(min(len(stems), len(theirs)), 1)
                if share >= least and len(theirs) >= LEAST_STEMS:
                    fits[other.id] = max(fits.get(other.id, (0.0, why)), (share, why), key=lambda fit: fit[0])
        best = min(fits, key=lambda other: (-fits[other][0], other), default=None)
        return (best, fits[best][1]) if best else None

    def keep(self, saying: Saying) -> None:
        """Remember a saying for later ones."""
        for key in self._offered(saying):
            for stem in self._rarest(saying):
                kept = self._having[saying.stance, key, stem]
                if len(kept) < MOST_COMPARED:
                    kept.append(saying)

    def _near(self, saying: Saying, key: str) -> list[Saying]:
        near = {s.id: s for stem in self._rarest(saying) for s in self._having.get((saying.stance, key, stem), ())}
        return [other for other in near.values() if other.report != saying.report]

    def _rarest(self, saying: Saying) -> list[str]:
        return sorted(self._stems[saying.id], key=lambda stem: (self._common[stem], stem))[:RAREST]

    def _offered(self, saying: Saying) -> Iterator[str]:
        if saying.origin and saying.origin.name:
            yield f"by {saying.origin.name}"
        elif saying.origin and somebody(saying.origin):
            yield _kind(saying.origin)
        for outlet in {*saying.relays, *filter(None, (self._reports[saying.report].outlet,))}:
            yield f"of {outlet}"

    def _sought(self, saying: Saying) -> Iterator[tuple[str, str, float]]:
        """Where to look, why what is found there is the same, and how much of the words it must share."""
        origin = saying.origin
        name = origin.name if origin else None
        if name:
            yield f"by {name}", f"{name} says the same in nearly the same words", REWORDED
        elif origin and somebody(origin):
            yield _kind(origin), "a source that is described alike says the same in nearly the same words", UNNAMED
        for outlet in (*saying.relays, *filter(None, (name,))):
            yield f"of {outlet}", f"it has this from {outlet}, in nearly the same words", REWORDED


def _kind(origin: Origin) -> str:
    return f"like {whose(origin)} {head_of(origin)}"


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:STEM] for word in words_in(text) if len(word) >= STEM - 1)


def _short(text: str, most: int = 120) -> str:
    words = " ".join(text.split())
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " …"
