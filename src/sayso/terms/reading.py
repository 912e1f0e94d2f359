"""A reading: what Sayso found in one report."""

from dataclasses import dataclass, field
from typing import Literal

from sayso.terms.report import Report
from sayso.terms.spans import Span, Spans, join_text

Form = Literal["direct", "indirect", "mixed"]
Act = Literal[
    "state", "confirm", "deny", "estimate", "call_for", "offer", "vow", "warn",
    "accept", "reject", "ask", "believe", "refuse_comment",
]  # fmt: skip
Stance = Literal["neutral", "distanced", "endorsed"]
Naming = Literal["named", "unnamed", "unsourced"]
Kind = Literal["person", "organization", "outlet", "document", "group", "none"]
Grain = Literal["day", "week", "month", "year"]
Period = Literal["daily", "cumulative"]
Qualifier = Literal["exact", "at_least", "more_than", "nearly", "at_most", "about", "between", "indefinite"]
Measure = Literal[
    "killed", "wounded", "killed_or_wounded", "held", "released", "missing", "displaced",
    "population", "recruited", "participants", "money", "duration", "distance", "vehicles", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Phrase:
    """One role of an attribution (source, cue or content): one or more spans and their text."""

    spans: Spans
    text: str

    @classmethod
    def of(cls, text: str, spans: Spans) -> "Phrase":
        """The phrase that ``spans`` cut out of the report's ``text``."""
        return cls(spans, join_text(text, spans))

    @property
    def start(self) -> int:
        """The first character."""
        return self.spans[0].start

    @property
    def end(self) -> int:
        """One past the last character."""
        return self.spans[-1].end


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks. ``name`` is canonical and None when unnamed or unresolved.

    ``names`` lists all when several named people speak together. ``basis`` keeps the stated closeness of an
    unnamed source ("familiar with the talks"), ``count`` how many there are said to be, ``called`` the words of its
    first mention. ``candidates`` and ``why`` explain a resolution or an abstention.
    """

    name: str | None = None
    naming: Naming = "unsourced"
    kind: Kind = "none"
    affiliation: str | None = None
    role: str | None = None
    names: tuple[str, ...] = ()
    basis: str | None = None
    count: int | None = None
    candidates: tuple[str, ...] = ()
    why: str = ""
    called: str | None = None


@dataclass(frozen=True, slots=True)
class When:
    """An interval of days, both ISO dates inclusive, no finer than the text's own grain."""

    earliest: str
    latest: str
    grain: Grain


@dataclass(frozen=True, slots=True)
class Attribution:
    """One act of saying, writing, reporting, believing, demanding … credited to somebody.

    ``within`` is the id of the enclosing attribution; ``relays`` stand between the report and the speaker,
    nearest to the reader first; ``said_on`` is an ISO date and ``said`` its interval; ``confidence`` is 0 to 1.
    """

    id: str
    within: str | None
    source: Phrase | None
    cue: Phrase | None
    content: Phrase
    confidence: float = 1.0
    form: Form = "indirect"
    act: Act = "state"
    stance: Stance = "neutral"
    speaker: Speaker = field(default_factory=Speaker)
    relays: tuple[str, ...] = ()
    medium: str | None = None
    said_on: str | None = None
    said: When | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that counts something, and whose it is.

    ``low`` and ``high`` are inclusive bounds or None where open; ``by`` is the id of the innermost attribution
    that carries it, None for the report's own voice. ``part_of`` is the id of the figure it is a part of. ``period``
    tells a toll of one day from one that has been added up, where the words do.
    """

    id: str
    span: Span
    text: str
    value: float | None
    low: float | None
    high: float | None
    qualifier: Qualifier
    measure: Measure
    counted: str | None = None
    by: str | None = None
    as_of: str | None = None
    place: str | None = None
    unit: str | None = None
    part_of: str | None = None
    period: Period | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found in one report: attributions and figures in the order of the text."""

    report: Report
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[Figure, ...] = ()

    def attribution(self, id: str) -> Attribution | None:
        """The attribution of that id, or None."""
        return next((a for a in self.attributions if a.id == id), None)
