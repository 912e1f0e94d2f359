"""What weighing finds over many reports: stories, claims, the sayings that carry them, and where these come from."""

from dataclasses import dataclass, field
from typing import Literal

from sayso.terms.reading import Measure, Naming
from sayso.terms.spans import Spans

Position = Literal["affirm", "deny", "doubt"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a saying's chain ends. ``name`` is one spelling over all reports, None for an unnamed source.

    ``party`` is the body that speaks through it ("Government of Orrin"), where known; ``described`` are the words for
    an unnamed source. ``identity`` is there where people have judged who is who: the same for sources that are one.
    """

    name: str | None
    naming: Naming
    affiliation: str | None = None
    party: str | None = None
    described: str | None = None
    identity: str | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """What one comparator, or a person, finds about two passages: 0 (nothing in common) to 1, and the detail."""

    name: str
    score: float
    detail: str


@dataclass(frozen=True, slots=True)
class Alike:
    """How alike a saying and the one that stands for its claim are, from 0 to 1, and why."""

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """One report's passage that affirms, denies or doubts a claim.

    ``report`` is the report's id, ``spans`` are code points of its text; ``attribution`` is the id of the innermost
    attribution whose content it is or lies in, None for the report's own voice, whose ``origin`` is None too.
    ``relays`` stand between the report and the origin, nearest to the reader first. ``low`` and ``high`` bound the
    number that it gives, None where open or without one; where it begins with that number, ``measure`` and ``counted``
    say what happened to whom. ``echo_of`` is the id of the saying that it repeats, ``why`` says how that is known.
    ``alike`` says how it is like the saying that stands for the claim, None for that one and for a lone one.
    ``sure`` tells that it surely makes its claim; a saying that only may is shown with the claim, but not counted.
    """

    id: str
    report: str
    spans: Spans
    text: str
    attribution: str | None
    stance: Position
    origin: Origin | None
    relays: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None
    echo_of: str | None = None
    why: str = ""
    measure: Measure | None = None
    counted: str | None = None
    sure: bool = True
    alike: Alike | None = None


@dataclass(frozen=True, slots=True)
class Independent:
    """How many independent origins: ``low`` if unnamed sources that may be the same are, ``high`` if all differ.

    ``affirm``, ``deny`` and ``doubt`` count the origins that take each position (in the low count); one that takes
    several counts in each.
    """

    low: int
    high: int
    affirm: int = 0
    deny: int = 0
    doubt: int = 0


@dataclass(frozen=True, slots=True)
class Unsure:
    """Another claim of the story that may be the same, by its id: a person is to judge. The reasons are for that."""

    claim: str
    text: str
    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class UnsureSources:
    """Two unnamed sources of one claim that may be one, by a saying of each: a person is to judge."""

    one: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class Growth:
    """How far a claim had come by the end of a day (ISO date): independent origins, low and high, and reports."""

    day: str
    low: int
    high: int
    reports: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What several sayings have in common. ``text`` is the saying that stands for all of them, ``middle`` its id.

    ``independent``, ``outlets`` and ``reports`` count those ``sayings`` alone that are ``sure``. ``unsure`` and
    ``unsure_sources`` are what people should judge: other claims that may be this one, and sources of this one that
    count once in the low count and twice in the high one. ``growth`` has an entry for each day on which the claim came
    into further reports, about twenty of many; reports without a date are left out.
    """

    id: str
    text: str
    story: str
    independent: Independent
    outlets: int
    reports: int
    sayings: tuple[Saying, ...] = ()
    middle: str = ""
    unsure: tuple[Unsure, ...] = ()
    unsure_sources: tuple[UnsureSources, ...] = ()
    growth: tuple[Growth, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """Reports about one matter. ``first`` and ``last`` are ISO dates of publication, where known."""

    id: str
    title: str
    reports: tuple[str, ...]
    first: str | None = None
    last: str | None = None
    claims: tuple[Claim, ...] = field(default=())


RelationKind = Literal["revision", "contradiction", "scope", "agreement"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of one report's text, as evidence."""

    report: str
    spans: Spans
    text: str


@dataclass(frozen=True, slots=True)
class Count:
    """One report's passage that gives a number for a counted thing.

    ``figure`` and ``attribution`` are ids within the report's reading; ``origin`` is None for the report's own voice,
    whose ``source`` is its outlet. ``source`` is the same for all counts of one source. ``low``, ``best`` and ``high``
    are the number's bounds and most likely value, None where open. ``on`` is the ISO date that it holds for or was
    given on.
    """

    id: str
    report: str
    figure: str
    attribution: str | None
    origin: Origin | None
    source: str
    passage: Passage
    low: float | None
    best: float | None
    high: float | None
    on: str | None = None


@dataclass(frozen=True, slots=True)
class Estimate:
    """What one source says by now: its last number as low, best and high, and the ids of all its counts by date."""

    source: str
    low: float | None
    best: float | None
    high: float | None
    on: str | None
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Relation:
    """How two counts go together, by id, and why. Of a revision ``other`` is the later one."""

    kind: RelationKind
    one: str
    other: str
    why: str
    passages: tuple[Passage, Passage]


@dataclass(frozen=True, slots=True)
class CountSeries:
    """All counts of one counted thing by date: what happened (``measure``) to whom (``counted``), where.

    ``counted`` is None for people of no stated kind. ``estimates`` has one entry a source, in the order of their first
    counts. ``relations`` may lead to a count of another series (differences in scope).
    """

    id: str
    measure: Measure
    counted: str | None
    place: str | None
    counts: tuple[Count, ...]
    estimates: tuple[Estimate, ...]
    relations: tuple[Relation, ...] = ()


@dataclass(frozen=True, slots=True)
class Dispute:
    """Two passages that can't both be right, with their sources and the reason.

    ``claim`` is the id of the claim or count series that they belong to.
    """

    id: str
    kind: Literal["denial", "figures"]
    claim: str
    one: Passage
    one_source: str
    other: Passage
    other_source: str
    why: str
