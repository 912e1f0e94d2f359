"""Who speaks, as pages and API show it: a page of a list, one speaker, one outlet."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from starlette.requests import Request

from sayso.record.named import Known
from sayso.record.outlets import Copies, Sourcing, copies, outlets, relayed_by, reports_of, sourced, speakers_in
from sayso.record.rulings import stories_of
from sayso.record.search import Hit
from sayso.record.speaker import Given, Spoken, given, said, spoken
from sayso.record.speaking import Reach, Tally, Who, everybody, reach
from sayso.terms.weighing import Claim, Position
from sayso.web.remembering import Remembered, remembered
from sayso.web.rendering import desk_of

Group = Literal["speakers", "outlets", "unnamed"]
Sort = Literal["statements", "name", "reports", "named", "unnamed", "unsourced", "second-hand"]
PAGE, STORIES, RECENT, CLAIMS, NAMES = 50, 3, 50, 12, 12
NO_NAME = {"unnamed": "unnamed", "unsourced": "no source given", "named": "named, but not made out"}


@dataclass(frozen=True, slots=True)
class SourceRow:
    """One source in a list: how often it speaks, in how many reports, and through whom."""

    name: str | None
    naming: str
    affiliation: str | None
    label: str
    statements: int
    reports: int
    through: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Taken:
    """A claim that a speaker takes a position on, with all positions that it took."""

    claim: Claim
    stances: tuple[Position, ...]


@dataclass(frozen=True, slots=True)
class SpeakerPage:
    """All that one speaker says: counted, a page of the statements, figures, and the claims of the latest stories."""

    spoken: Spoken
    statements: tuple[Hit, ...]
    figures: tuple[Given, ...]
    claims: tuple[Taken, ...]


@dataclass(frozen=True, slots=True)
class OutletPage:
    """How an outlet sources its reports, whom it repeats, whether it ``speaks`` itself, and a page of its reports."""

    sourcing: Sourcing
    named: tuple[tuple[Who, int], ...]
    unnamed: tuple[tuple[Who, int], ...]
    relayed_by: tuple[tuple[str, int], ...]
    copies: Copies
    reports: tuple[Known, ...]
    speaks: bool


def label(who: Who) -> str:
    """What to call a source."""
    return who.name or ", ".join(filter(None, (NO_NAME.get(who.naming, who.naming), who.affiliation)))


def ask_first(memory: Remembered) -> None:
    """Have counted what the first pages of the lists need."""
    source_rows(memory, "speakers", "", "statements", 0, PAGE)
    outlet_rows(memory, "", "reports")
    source_rows(memory, "unnamed", "", "statements", 0, PAGE)


def source_rows(
    memory: Remembered, group: Group, q: str, sort: Sort, offset: int, limit: int
) -> tuple[list[SourceRow], int]:
    """A page of those who speak, and how many they are: the named, or the unnamed by whom they belong to."""
    found = _matching(memory.get("everybody", everybody), group, q)
    if sort == "name":
        found = sorted(found, key=lambda one: label(one.who).casefold())
    some = tuple(one.who for one in found[offset : offset + limit])
    reached = memory.get(("reach", some), lambda connection: reach(connection, some)) if some else {}
    return [_row(one, reached.get(one.who, Reach())) for one in found[offset : offset + limit]], len(found)


def _matching(tallies: Iterable[Tally], group: Group, q: str) -> list[Tally]:
    named, part = group == "speakers", q.casefold()
    return [one for one in tallies if (one.who.name is not None) == named and part in label(one.who).casefold()]


def _row(one: Tally, reached: Reach) -> SourceRow:
    who = one.who
    through = tuple(reached.through.most_common())
    return SourceRow(
        who.name, who.naming, who.affiliation, label(who), one.statements, max(reached.reports, 1), through
    )


SORTS: dict[str, Callable[[Sourcing], Any]] = {
    "name": lambda one: one.outlet.casefold(),
    "reports": lambda one: -one.reports,
    "statements": lambda one: -one.statements,
    "named": lambda one: -one.share(one.namings["named"]),
    "unnamed": lambda one: -one.share(one.namings["unnamed"]),
    "unsourced": lambda one: -one.share(one.namings["unsourced"]),
    "second-hand": lambda one: -one.share(one.second_hand),
}


def outlet_rows(memory: Remembered, q: str, sort: Sort) -> list[Sourcing]:
    """The outlets whose names hold ``q``, sorted."""
    found = memory.get("outlets", sourced).values()
    return sorted((one for one in found if q.casefold() in one.outlet.casefold()), key=SORTS[sort])


def counted(request: Request, who: Who) -> Spoken | None:
    """What a source says, counted; None if it says nothing."""
    return remembered(request).get(("spoken", who), lambda connection: spoken(connection, who))


def speaker_page(request: Request, who: Who, offset: int, limit: int, outlet: str | None = None) -> SpeakerPage | None:
    """One source; None if it says nothing."""
    memory = remembered(request)
    found = counted(request, who)
    if found is None:
        return None
    asked = "said", who, offset, limit, outlet
    hits = memory.get(asked, lambda connection: tuple(said(connection, who, offset, limit, outlet)))
    figures = memory.get(("given", who), lambda connection: tuple(given(connection, who)))
    return SpeakerPage(found, hits, figures, _claims(request, who) if who.name else ())


def _claims(request: Request, who: Who) -> tuple[Taken, ...]:
    """What a speaker affirms, denies or doubts in the latest stories that it speaks in."""
    desk = desk_of(request)
    recent = remembered(request).get(("recent", who), lambda connection: said(connection, who, 0, RECENT))
    with desk.ledger.looking() as connection:
        where = stories_of(connection, {hit.report for hit in recent})
    stories = list(dict.fromkeys(where[hit.report] for hit in recent if hit.report in where))[:STORIES]
    found = [taken for one in stories if (whole := desk.story(one)) for taken in _taken(whole.story.claims, who)]
    return tuple(sorted(found, key=lambda one: (one.stances == ("affirm",), -one.claim.reports))[:CLAIMS])


def _taken(claims: Iterable[Claim], who: Who) -> Iterable[Taken]:
    for claim in claims:
        mine = [one.stance for one in claim.sayings if one.sure and one.origin and one.origin.name == who.name]
        if mine:
            yield Taken(claim, tuple(sorted(set(mine))))


def is_outlet(memory: Remembered, name: str) -> bool:
    """Whether an outlet of that name has reports."""
    return name in memory.get("names of outlets", lambda connection: {one.outlet for one in outlets(connection)})


def outlet_page(request: Request, name: str, offset: int, limit: int) -> OutletPage | None:
    """One outlet; None if it has no reports."""
    memory = remembered(request)
    if not is_outlet(memory, name):
        return None
    mine = memory.get(("outlet", name), lambda connection: sourced(connection, name))[name]
    speak = memory.get(("speakers in", name), lambda connection: speakers_in(connection, name, NAMES))
    through = memory.get(("relayed by", name), lambda connection: relayed_by(connection, name))
    with desk_of(request).ledger.looking() as connection:
        copied, reports = copies(connection, name), tuple(reports_of(connection, name, offset, limit))
    named = tuple(pair for pair in speak if pair[0].name is not None)
    unnamed = tuple(pair for pair in speak if pair[0].name is None)
    speaks = memory.get(("speaks", name), lambda connection: bool(said(connection, Who(name, "named"), 0, 1)))
    return OutletPage(mine, named, unnamed, tuple(through.most_common()), copied, reports, speaks)
