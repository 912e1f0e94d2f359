"""A claim as a page shows it: who says it, by which ways it came, and what only repeats it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sayso.show.lineage import origin_in_words
from sayso.terms.reading import Naming
from sayso.terms.weighing import Claim, Origin, Position, Saying


@dataclass(frozen=True, slots=True)
class Echo:
    """A saying that repeats another, and why that is known."""

    saying: Saying
    why: str


@dataclass(frozen=True, slots=True)
class Told:
    """A saying with the sayings that only repeat it. ``by`` is the outlet of its report."""

    saying: Saying
    by: str
    published: str | None
    echoes: tuple[Echo, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All that leads back to one origin. ``stances`` are the positions that it takes, ``reports`` how many carry it."""

    name: str
    naming: Naming | None
    affiliation: str | None
    stances: tuple[Position, ...]
    reports: int
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim: who says so and who stands against it, and what may be another claim."""

    claim: Claim
    affirming: tuple[Group, ...]
    opposing: tuple[Group, ...]
    maybe: tuple[Saying, ...]


def claim_view(claim: Claim, outlets: Mapping[str, str], published: Mapping[str, str | None]) -> ClaimView:
    """``outlets`` and ``published`` tell the outlet and the date of each report by its name."""
    sure = [saying for saying in claim.sayings if saying.sure]
    return ClaimView(
        claim,
        _groups((saying for saying in sure if saying.stance == "affirm"), sure, outlets, published),
        _groups((saying for saying in sure if saying.stance != "affirm"), sure, outlets, published),
        tuple(saying for saying in claim.sayings if not saying.sure),
    )


def _groups(
    some: Iterable[Saying], whole: Iterable[Saying], outlets: Mapping[str, str], published: Mapping[str, str | None]
) -> tuple[Group, ...]:
    """The sayings by their origin; an echo stands under what it repeats, wherever that is."""
    there = {saying.id for saying in whole}
    echoes: defaultdict[str, list[Echo]] = defaultdict(list)
    groups: defaultdict[str, list[Saying]] = defaultdict(list)
    for saying in sorted(some, key=lambda one: (published.get(one.report) or "~", one.report, one.spans)):
        if saying.echo_of in there:
            echoes[saying.echo_of or ""].append(Echo(saying, saying.why))
        else:
            groups[origin_in_words(saying.origin)].append(saying)
    _adopt(echoes, groups)
    made = [_group(name, sayings, echoes, outlets, published) for name, sayings in groups.items()]
    return tuple(sorted(made, key=lambda group: (-group.reports, group.name)))


def _adopt(echoes: dict[str, list[Echo]], groups: dict[str, list[Saying]]) -> None:
    """What repeats a saying of another stance stands by itself."""
    shown = {saying.id for sayings in groups.values() for saying in sayings}
    for original in [key for key in echoes if key not in shown]:
        for echo in echoes.pop(original):
            groups[origin_in_words(echo.saying.origin)].append(echo.saying)


def _group(
    name: str,
    sayings: list[Saying],
    echoes: Mapping[str, list[Echo]],
    outlets: Mapping[str, str],
    published: Mapping[str, str | None],
) -> Group:
    told = tuple(
        Told(one, outlets.get(one.report, one.report), published.get(one.report), tuple(echoes.get(one.id, ())))
        for one in sayings
    )
    every = [saying for one in told for saying in (one.saying, *(echo.saying for echo in one.echoes))]
    origin: Origin | None = sayings[0].origin
    stances = tuple(dict.fromkeys(saying.stance for saying in every))
    return Group(
        name, origin.naming if origin else None, origin.affiliation if origin else None, stances,
        len({saying.report for saying in every}), told,
    )  # fmt: skip
