"""The list of stories, and one story."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from sayso.terms.weighing import Claim
from sayso.web.rendering import desk_of, render, table
from sayso.web.summaries import liveliest
from sayso.weighing import Weighed

router = APIRouter(include_in_schema=False)
PAGE = 50
Kind = Annotated[str | None, Query(alias="as", pattern="^(csv|json)$")]


@router.get("/stories")
def stories(request: Request, offset: Annotated[int, Query(ge=0, le=10**9)] = 0, kind: Kind = None) -> Response:
    """All stories, the one with the latest report first."""
    listed = desk_of(request).stories(offset, PAGE + 1)
    if kind:
        return table([_row(one) for one in desk_of(request).stories(0, 1_000_000)], kind, "stories")
    return render(request, "stories.html", stories=listed[:PAGE], offset=offset, more=len(listed) > PAGE, page=PAGE)


@router.get("/stories/{id}")
def story(request: Request, id: str, kind: Kind = None, least: Annotated[int, Query(ge=1, le=10**9)] = 1) -> Response:
    """One story: its claims and its reports."""
    whole = told(request, id)
    claims = [claim for claim in liveliest(whole) if claim.reports >= least]
    if kind:
        return table([claim_row(claim) for claim in claims], kind, f"claims-{whole.story.id}")
    reports = desk_of(request).known(whole.story.reports)
    return render(
        request, "story.html", story=whole.story, claims=claims, series=whole.series, disputes=whole.disputes,
        reports=sorted(reports.values(), key=lambda one: (one.published or "~", one.id)), least=least,
    )  # fmt: skip


def told(request: Request, id: str) -> Weighed:
    """The story of that id. 404 if there is none."""
    whole = desk_of(request).story(id)
    if whole is None:
        raise HTTPException(404, f"There is no story {id} in this ledger.")
    return whole


def _row(one: Any) -> dict[str, Any]:
    return {
        "id": one.id, "title": one.title, "first": one.first, "last": one.last, "reports": one.reports,
        "outlets": one.outlets, "claims": one.claims,
    }  # fmt: skip


def claim_row(claim: Claim) -> dict[str, Any]:
    """A claim as a row of a table."""
    count = claim.independent
    return {
        "id": claim.id, "claim": claim.text, "low": count.low, "high": count.high, "affirm": count.affirm,
        "deny": count.deny, "doubt": count.doubt, "outlets": claim.outlets, "reports": claim.reports,
    }  # fmt: skip
