"""The first version of the API: ``/api/v1``. Lists have ``items`` and ``next``, the address of what follows."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from pydantic import BaseModel
from starlette.requests import Request

from sayso.show.json import reading_to_json
from sayso.show.weighing import claim_to_json, claims_to_json, dispute_to_json, series_to_json, story_to_json
from sayso.web.pages.stories import told
from sayso.web.rendering import as_json, desk_of

router = APIRouter(prefix="/api/v1", tags=["v1"])
Offset = Annotated[int, Query(ge=0, le=10**9)]
Limit = Annotated[int, Query(ge=1, le=500)]


class Error(BaseModel):
    """What went wrong."""

    status: int
    message: str


class Failed(BaseModel):
    """The one shape of errors."""

    error: Error


class Listing(BaseModel):
    """A page of a list."""

    items: list[dict[str, Any]]
    next: str | None


FAILS: dict[int | str, dict[str, Any]] = {404: {"model": Failed}, 422: {"model": Failed}, 503: {"model": Failed}}


@router.get("/stories", responses=FAILS)
def stories(request: Request, offset: Offset = 0, limit: Limit = 50) -> Listing:
    """The stories, the one with the latest report first."""
    found = desk_of(request).stories(offset, limit + 1)
    return listing(request, [as_json(one) for one in found], offset, limit)


@router.get("/stories/{id}", responses=FAILS)
def story(request: Request, id: str) -> dict[str, Any]:
    """A story without its claims."""
    return story_to_json(told(request, id).story)


@router.get("/stories/{id}/claims", responses=FAILS)
def claims(request: Request, id: str, offset: Offset = 0, limit: Limit = 50) -> Listing:
    """A story's claims, each with its sayings."""
    found = claims_to_json(told(request, id).story)
    return listing(request, found[offset : offset + limit + 1], offset, limit)


@router.get("/stories/{id}/figures", responses=FAILS)
def figures(request: Request, id: str, offset: Offset = 0, limit: Limit = 50) -> Listing:
    """A story's counted things, each with all its counts."""
    found = told(request, id).series[offset : offset + limit + 1]
    return listing(request, [as_json(series_to_json(one)) for one in found], offset, limit)


@router.get("/stories/{id}/disputes", responses=FAILS)
def disputes(request: Request, id: str, offset: Offset = 0, limit: Limit = 50) -> Listing:
    """What can't both be right."""
    found = told(request, id).disputes[offset : offset + limit + 1]
    return listing(request, [as_json(dispute_to_json(one)) for one in found], offset, limit)


@router.get("/claims/{id}", responses=FAILS)
def claim(request: Request, id: str) -> dict[str, Any]:
    """One claim with its sayings."""
    found = desk_of(request).claim(id)
    if found is None:
        raise HTTPException(404, f"There is no claim {id} in this ledger.")
    return claim_to_json(found[1])


@router.get("/reports/{id}", responses=FAILS)
def report(request: Request, id: str) -> dict[str, Any]:
    """The reading of a report, in the format of `sayso read --json`, with its text."""
    ledger = desk_of(request).ledger
    found, reading = ledger.report(id), ledger.reading(id)
    if found is None or reading is None:
        raise HTTPException(404, f"There is no reading of a report {id} in this ledger.")
    return reading_to_json(reading) | {"text": found.text}


def listing(request: Request, found: list[Any], offset: int, limit: int) -> Listing:
    """``found`` has one item more than a page, if there are more."""
    more = len(found) > limit
    following = request.url.include_query_params(offset=offset + limit, limit=limit) if more else None
    return Listing(items=found[:limit], next=f"{following.path}?{following.query}" if following else None)
