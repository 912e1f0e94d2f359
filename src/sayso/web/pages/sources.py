"""Who speaks: speakers, outlets, and sources without a name."""

from typing import Annotated, Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.record.outlets import NAMINGS, Sourcing, reports_of
from sayso.record.sources import sources as all_sources
from sayso.record.speaker import said
from sayso.record.speaking import Who
from sayso.show.views.months import months
from sayso.terms import Naming
from sayso.web.correcting.notice import notice
from sayso.web.correcting.who import who_of
from sayso.web.pages.stories import Kind
from sayso.web.remembering import remembered
from sayso.web.rendering import as_json, desk_of, path, render, table
from sayso.web.sourcing import (
    PAGE,
    Group,
    Sort,
    counted,
    is_outlet,
    label,
    outlet_page,
    outlet_rows,
    source_rows,
    speaker_page,
)

router = APIRouter(include_in_schema=False)
STATEMENTS, REPORTS, MOST = 30, 30, 10_000
Offset = Annotated[int, Query(ge=0, le=10**7)]
Words = Annotated[str, Query(max_length=300)]


@router.get("/sources")
def sources(
    request: Request, who: Group = "speakers", q: Words = "", sort: Sort | None = None, offset: Offset = 0,
    kind: Kind = None,
) -> Response:  # fmt: skip
    """Everybody who speaks: how often, named or not, and through whom."""
    by: Sort = sort or ("reports" if who == "outlets" else "statements")
    again = f"/sources?{request.url.remove_query_params(['offset', 'as', 'sort']).query}"
    shown: dict[str, Any] = {"who": who, "q": q, "sort": by, "offset": offset, "page": PAGE, "again": again}
    if who == "outlets":
        outlets = outlet_rows(remembered(request), q, by)
        if kind:
            return table([outlet_row(one) for one in outlets], kind, "outlets")
        return render(
            request, "outlets.html", found=outlets[offset : offset + PAGE], whole=len(outlets), namings=NAMINGS, **shown
        )
    if kind:
        return table(_whole(request, who, q), kind, who)
    found, whole = source_rows(remembered(request), who, q, by, offset, PAGE)
    return render(request, "sources.html", found=found, whole=whole, **shown)


def _whole(request: Request, who: Group, q: str) -> list[dict[str, Any]]:
    """All of a list, which takes longer than a page of it."""
    with desk_of(request).ledger.looking() as connection:
        found = [one for one in all_sources(connection) if q.casefold() in one.source.casefold()]
    return [
        {"source": one.source, "naming": one.naming, "statements": one.statements, "reports": one.reports,
         "through": dict(one.through)}
        for one in found if (one.naming == "named") == (who == "speakers")
    ]  # fmt: skip


def outlet_row(one: Sourcing) -> dict[str, Any]:
    """An outlet as a row of a table."""
    return {
        "outlet": one.outlet, "reports": one.reports, "first": one.first, "last": one.last,
        "statements": one.statements, **{naming: one.namings[naming] for naming in NAMINGS},
        "second_hand": one.second_hand, "relays": dict(one.relays.most_common()),
    }  # fmt: skip


@router.get("/sources/speaker/{name:path}")
def speaker(request: Request, name: str, offset: Offset = 0, kind: Kind = None) -> Response:
    """Everything that one speaker says, the newest first, through whom, and how that changed.

    A name that nobody has as it stands leads to the outlet that has it, as one that others cite may say nothing itself,
    else to the speakers in whose names it occurs.
    """
    who, memory = Who(name, "named"), remembered(request)
    if counted(request, who) is None:
        if is_outlet(memory, name):
            return RedirectResponse(f"/sources/outlet/{path(name)}", 307)
        if source_rows(memory, "speakers", name, "name", 0, 1)[1]:
            return RedirectResponse(f"/sources?q={path(name)}", 307)
    return _source(request, who, offset, kind, None)


@router.get("/sources/unnamed")
def unnamed(
    request: Request, affiliation: Annotated[str | None, Query(max_length=300)] = None, naming: Naming = "unnamed",
    outlet: Annotated[str | None, Query(max_length=300)] = None, offset: Offset = 0, kind: Kind = None,
) -> Response:  # fmt: skip
    """What sources without a name say that belong to somebody; to nobody known, where that is empty."""
    if affiliation is None:
        return RedirectResponse("/sources?who=unnamed", 307)
    return _source(request, Who(None, naming, affiliation or None), offset, kind, outlet)


def _source(request: Request, who: Who, offset: int, kind: str | None, outlet: str | None) -> Response:
    if kind:
        with desk_of(request).ledger.looking() as connection:
            return table(as_json(said(connection, who, 0, MOST, outlet)), kind, "statements")
    page = speaker_page(request, who, offset, STATEMENTS + 1, outlet)
    if page is None:
        raise HTTPException(404, f"Nobody in this ledger is called so: {label(who)}.")
    found = page.spoken
    return render(
        request, "speaker.html", who=who, name=label(who), spoken=found, hits=page.statements[:STATEMENTS],
        more=len(page.statements) > STATEMENTS, offset=offset, page=STATEMENTS, figures=page.figures,
        claims=page.claims, picture=months({key: one.stances for key, one in found.months.items()}), outlet=outlet,
        again=_address(who, outlet), notice=notice(request), judge=who_of(request),
        most=MOST,
    )  # fmt: skip


def _address(who: Who, outlet: str | None) -> str:
    if who.name is not None:
        return f"/sources/speaker/{path(who.name)}?"
    rest = {"affiliation": who.affiliation or "", "naming": who.naming} | ({"outlet": outlet} if outlet else {})
    return f"/sources/unnamed?{urlencode(rest)}"


@router.get("/sources/outlet/{name:path}")
def outlet(request: Request, name: str, offset: Offset = 0, kind: Kind = None) -> Response:
    """How an outlet sources what it publishes, whom it repeats, and its reports."""
    if kind:
        with desk_of(request).ledger.looking() as connection:
            return table(as_json(reports_of(connection, name, 0, MOST)), kind, "reports")
    page = outlet_page(request, name, offset, REPORTS + 1)
    if page is None:
        raise HTTPException(404, f"There is no outlet {name} in this ledger.")
    return render(
        request, "outlet.html", name=name, page=page, namings=get_args(Naming), reports=page.reports[:REPORTS],
        more=len(page.reports) > REPORTS, offset=offset, size=REPORTS, most=MOST,
    )  # fmt: skip
