"""Generated stories with a known truth: who said what first, and which reports repeat it in what way.

Every dispatch is one origin's statement in an agency's words. Reports carry dispatches as they are, cut, inside longer
reports, reworded in another order, at second hand ("X reported that"), two in one, or with another figure.
"""

import itertools
import random
from dataclasses import dataclass, field
from datetime import date, timedelta

from sayso.terms import Attribution, Phrase, Reading, Report, Span, Speaker
from sayso.terms.weighing import Saying

AGENCIES = ("Reuters", "Associated Press", "Agence France-Presse", "Xinhua", "Bloomberg")
WAYS = ("copy", "copy", "cut", "partial", "reworded", "second hand", "second hand, speaker", "merged", "figure")
DESCRIBED = ("a senior official", "a security source", "a diplomat", "an aid worker")
COUNTRY = "Orrin"
TOPIC, OWN, REPLACED, LEAST, MOST = 8, 20, 0.25, 4, 60


@dataclass(frozen=True)
class Dispatch:
    """One statement: ``origin`` is the number of the true one, ``source`` what it is called, ``clauses`` its words."""

    id: int
    origin: int
    agency: str
    name: str | None
    source: str
    clauses: tuple[tuple[str, ...], ...]
    figure: int


@dataclass
class Made:
    """A story about one claim. ``dispatch_of`` leads from a saying's report and attribution to its dispatch."""

    readings: list[Reading] = field(default_factory=list)
    dispatch_of: dict[tuple[str, str], int] = field(default_factory=dict)
    origins: int = 0


class Maker:
    """Makes stories, always the same ones for one seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        parts = [a + b for a in "bdfgklmnprstvz" for b in ("a", "e", "i", "o", "u", "an", "er", "ol", "is")]
        made = {"".join(self.random.choice(parts) for _ in range(self.random.choice((3, 3, 4)))) for _ in range(9_000)}
        self.words = sorted(made)
        self.random.shuffle(self.words)
        half = len(self.words) // 2
        self.synonym = dict(zip(self.words[:half], self.words[half:], strict=False))
        self.outlets = [f"{word.title()} {kind}" for word in self.words[:60] for kind in ("Post", "Times", "Courier")]
        self.made = 0

    def story(self, number: int) -> Made:
        """One story of ``LEAST`` to ``MOST`` reports, small ones far more often."""
        size = int(LEAST + (MOST - LEAST) * self.random.random() ** 3)
        dispatches = self._dispatches(max(1, min(6, size // 3)))
        story = Made(origins=len({dispatch.origin for dispatch in dispatches}))
        for place, dispatch in enumerate(dispatches):
            self._report(story, f"{number}-{place}", dispatch.agency, [(dispatch, "as it is")], day=0)
        for place in range(len(dispatches), max(size, len(dispatches) + 2)):
            self._repeat(story, f"{number}-{place}", dispatches)
        return story

    def _dispatches(self, most: int) -> list[Dispatch]:
        topic = self.random.sample(self.words[: len(self.synonym)], TOPIC)
        out: list[Dispatch] = []
        for number in range(self.random.randint(1, most)):
            again = bool(out) and self.random.random() < 0.15
            near = out[0].clauses if out and not again and self.random.random() < 0.25 else ()
            said = [word for clause in near for word in clause]
            share = self.random.uniform(0.3, 0.7)
            words = [*topic, *self.random.sample(said, int(share * len(said)))]
            out.append(self._dispatch(number, list(dict.fromkeys(words)), out[0] if again else None))
        return out

    def _dispatch(self, number: int, topic: list[str], same: Dispatch | None) -> Dispatch:
        """A statement with these words of the topic; ``same`` is one of the same person, to another agency."""
        words = [*topic, *self.random.sample(self.words[: len(self.synonym)], TOPIC + OWN - len(topic))]
        self.random.shuffle(words)
        cuts = (0, len(words) // 3, 2 * len(words) // 3, len(words))
        clauses = tuple(tuple(words[a:b]) for a, b in itertools.pairwise(cuts))
        named = self.random.random() < 0.65
        name = f"{self.random.choice(self.words).title()} {self.random.choice(self.words).title()}" if named else None
        source = name or self.random.choice(DESCRIBED)
        if same:
            hidden = self.random.random() < 0.3
            name, source = (None, self.random.choice(DESCRIBED)) if hidden else (same.name, same.source)
        agency = AGENCIES[number % len(AGENCIES)]
        origin = same.origin if same else number
        return Dispatch(number, origin, agency, name, source, clauses, self.random.randint(3, 900))

    def _repeat(self, story: Made, id: str, dispatches: list[Dispatch]) -> None:
        way = self.random.choice(WAYS)
        carried = [(self.random.choice(dispatches), way)]
        if way == "merged" and len(dispatches) > 1:
            carried = [(dispatch, "partial") for dispatch in self.random.sample(dispatches, 2)]
        self._report(story, id, self.random.choice(self.outlets), carried, self.random.randint(1, 5))

    def _report(self, story: Made, id: str, outlet: str, carried: list[tuple[Dispatch, str]], day: int) -> None:
        text = ""
        pieces: list[_Piece] = []
        for dispatch, way in carried:
            text += self._padding(way)
            text = self._say(text, dispatch, way, pieces)
        text += self._padding(carried[0][1])
        published = (date(2031, 5, 4) + timedelta(days=day)).isoformat()
        credit = (carried[0][0].agency,) if day and self.random.random() < 0.4 else ()
        title = " ".join(self.random.sample(carried[0][0].clauses[0], 4)).capitalize()
        report = Report(text, id=id, outlet=outlet, title=title, published=published, credit=credit)
        found = [piece.attribution(text, f"a{n}") for n, piece in enumerate(pieces, 1)]
        story.readings.append(Reading(report, tuple(found)))
        story.dispatch_of |= {(id, f"a{n}"): piece.dispatch.id for n, piece in enumerate(pieces, 1)}

    def _say(self, text: str, dispatch: Dispatch, way: str, pieces: "list[_Piece]") -> str:
        """The text with the dispatch told in one way; its places are added to ``pieces``."""
        clauses = list(dispatch.clauses)
        if way == "cut":
            clauses = clauses[:2]
        if way in ("reworded", "second hand", "second hand, speaker"):
            clauses = self._reworded(clauses)
        figure = dispatch.figure + (7 if way == "figure" else 0)
        content = f"{', '.join(' '.join(clause) for clause in clauses)} with {figure} people".capitalize()
        told = way == "second hand, speaker" or (way == "reworded" and self.random.random() < 0.6)
        source = dispatch.agency if way == "second hand" else dispatch.source
        cue = "reported that" if way == "second hand" else "told" if told else "said"
        source = source[0].upper() + source[1:]
        opening = f"{source} {cue} {dispatch.agency + ' ' if told else ''}"
        start = len(text) + len(opening)
        relays = (dispatch.agency,) if told else ()
        places = Span(len(text), len(text) + len(source)), Span(start, start + len(content))
        pieces.append(_Piece(dispatch, *places, relays, outlet=way == "second hand"))
        return f"{text}{opening}{content}.\n"

    def _reworded(self, clauses: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        out = [
            tuple(self.synonym.get(word, word) if self.random.random() < REPLACED else word for word in clause)
            for clause in clauses
        ]
        return [tuple(self.random.sample(clause, len(clause))) for clause in self.random.sample(out, len(out))]

    def _padding(self, way: str) -> str:
        count = self.random.randint(2, 5) if way in ("partial", "reworded", "second hand", "merged") else 0
        return "".join(" ".join(self.random.sample(self.words, 14)).capitalize() + ".\n" for _ in range(count))


@dataclass(frozen=True)
class _Piece:
    dispatch: Dispatch
    source: Span
    content: Span
    relays: tuple[str, ...]
    outlet: bool

    def attribution(self, text: str, id: str) -> Attribution:
        """The attribution that a reading has for the piece."""
        dispatch = self.dispatch
        cue = Span(self.source.end + 1, self.content.start - 1)
        speaker = (
            Speaker(dispatch.agency, "named", "outlet") if self.outlet
            else Speaker(dispatch.name, "named", "person") if dispatch.name
            else Speaker(None, "unnamed", "person", affiliation=COUNTRY, role=dispatch.source.split()[-1])
        )  # fmt: skip
        source, content = Phrase.of(text, (self.source,)), Phrase.of(text, (self.content,))
        return Attribution(id, None, source, Phrase.of(text, (cue,)), content, speaker=speaker, relays=self.relays)


def sayings_of(story: Made) -> list[Saying]:
    """What each attribution says, as a saying of the story's one claim, without its origin."""
    return [
        Saying(f"{report}/{item.id}", report, item.content.spans, item.content.text, item.id, "affirm", None)
        for reading in story.readings
        for report in (reading.report.id,)
        for item in reading.attributions
    ]
