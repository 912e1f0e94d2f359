"""The list of stories, and one story."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from sayso.record.named import Known
from sayso.show.weighing import dispute_to_json
from sayso.terms.weighing import Claim
from sayso.web.rendering import desk_of, render, table
from sayso.web.summaries import liveliest
from sayso.weighing import Weighed

router = APIRouter(include_in_schema=False)
PAGE, CLAIMS, REPORTS = 50, 50, 100
Offset = Annotated[int, Query(ge=0, le=10**9)]
Kind = Annotated[str | None, Query(alias="as", pattern="^(csv|json)$")]


@router.get("/stories")
def stories(request: Request, offset: Offset = 0, kind: Kind = None) -> Response:
    """All stories, the one with the latest report first."""
    listed = desk_of(request).stories(offset, PAGE + 1)
    if kind:
        return table([_row(one) for one in desk_of(request).stories(0, 1_000_000)], kind, "stories")
    return render(request, "stories.html", stories=listed[:PAGE], offset=offset, more=len(listed) > PAGE, page=PAGE)


@router.get("/stories/{id}")
def story(
    request: Request, id: str, kind: Kind = None, rows: Literal["claims", "disputes"] = "claims",
    least: Annotated[int, Query(ge=1, le=10**9)] = 1, offset: Offset = 0,
) -> Response:  # fmt: skip
    """One story: its claims, a page of them, what is contested, its figures and its reports."""
    whole = told(request, id)
    claims = [claim for claim in liveliest(whole) if claim.reports >= least]
    if kind and rows == "disputes":
        return table([dispute_to_json(one) for one in whole.disputes], kind, f"contested-{whole.story.id}")
    if kind:
        return table([claim_row(claim) for claim in claims], kind, f"claims-{whole.story.id}")
    reports = _reports(request, whole)
    titles = {name: one.title or one.name for one in reports for name in (one.id, one.name)}
    return render(
        request, "story.html", story=whole.story, claims=claims[offset : offset + CLAIMS], whole=len(claims),
        offset=offset, page=CLAIMS, series=whole.series, disputes=whole.disputes, titles=titles, reports=reports,
        least=least,
    )  # fmt: skip


@router.get("/stories/{id}/reports")
def story_reports(request: Request, id: str, kind: Kind = None, offset: Offset = 0) -> Response:
    """The reports of a story, the first one first."""
    whole = told(request, id)
    found = _reports(request, whole)
    if kind:
        return table([asdict(one) for one in found], kind, f"reports-{whole.story.id}")
    return render(
        request, "story_reports.html", story=whole.story, reports=found[offset : offset + REPORTS], whole=len(found),
        offset=offset, page=REPORTS,
    )  # fmt: skip


def _reports(request: Request, whole: Weighed) -> list[Known]:
    known = {one.id: one for one in desk_of(request).known(whole.story.reports).values()}
    return sorted(known.values(), key=lambda one: (one.published or "~", one.id))


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
