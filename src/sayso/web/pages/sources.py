"""Who speaks."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from sayso import finding
from sayso.record.search import Filters
from sayso.record.sources import sources as all_sources
from sayso.web.pages.stories import Kind
from sayso.web.rendering import bounded, desk_of, render, table

router = APIRouter(include_in_schema=False)
PAGE = 100
Offset = Annotated[int, Query(ge=0, le=10**7)]


@router.get("/sources")
def sources(
    request: Request, q: Annotated[str, Query(max_length=200)] = "", offset: Offset = 0, kind: Kind = None
) -> Response:
    """Everybody who speaks, the one who says most first."""
    with desk_of(request).ledger.looking() as connection:
        found = [one for one in all_sources(connection) if q.lower() in one.source.lower()]
    if kind:
        return table([asdict(one) | {"through": dict(one.through)} for one in found], kind, "sources")
    page, more = bounded(found, offset, PAGE)
    return render(request, "sources.html", found=page, more=more, offset=offset, page=PAGE, q=q, whole=len(found))


@router.get("/sources/{name:path}")
def speaker(request: Request, name: str, offset: Offset = 0, kind: Kind = None) -> Response:
    """Everything that one speaker says, the newest first."""
    found = finding.find_statements(desk_of(request).ledger, "", Filters(speaker=name), PAGE + 1, offset)
    if kind:
        return table([asdict(hit) for hit in found.hits[:PAGE]], kind, "statements")
    return render(
        request,
        "speaker.html",
        name=name,
        hits=found.hits[:PAGE],
        more=len(found.hits) > PAGE,
        offset=offset,
        page=PAGE,
    )
