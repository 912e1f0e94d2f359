"""Who speaks, as JSON."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Path, Query
from starlette.requests import Request

from sayso.record.outlets import Copies
from sayso.record.speaker import Spoken
from sayso.record.speaking import Who
from sayso.web.api.v1 import FAILS, Limit, Listing, Offset, listing
from sayso.web.pages.sources import outlet_row
from sayso.web.remembering import remembered
from sayso.web.rendering import as_json
from sayso.web.sourcing import Group, Sort, outlet_page, outlet_rows, source_rows, speaker_page

router = APIRouter(prefix="/api/v1", tags=["v1"])
Name = Annotated[str, Path(max_length=1000, pattern=r"^[^\x00]+$")]
Object = dict[str, Any]
COUNTERS = ("through", "outlets", "stances", "acts", "kinds", "roles", "affiliations")


@router.get("/sources", responses=FAILS)
def sources(
    request: Request, who: Group = "speakers", q: Annotated[str, Query(max_length=300)] = "",
    sort: Sort | None = None, offset: Offset = 0, limit: Limit = 50,
) -> Listing:  # fmt: skip
    """Who speaks: named speakers, the unnamed by whom they belong to, or outlets and how they source their reports."""
    if who == "outlets":
        found = [
            outlet_row(one)
            for one in outlet_rows(remembered(request), q, sort or "reports")[offset : offset + limit + 1]
        ]
    else:
        rows, _ = source_rows(remembered(request), who, q, sort or "statements", offset, limit + 1)
        found = [as_json(row) | {"through": dict(row.through)} for row in rows]
    return listing(request, found, offset, limit)


@router.get("/sources/speaker/{name:path}", responses=FAILS)
def speaker(request: Request, name: Name, offset: Offset = 0, limit: Limit = 50) -> Object:
    """What one speaker says: counted, its figures, the claims that it takes a position on, and a page of statements."""
    page = speaker_page(request, Who(name, "named"), offset, limit + 1)
    if page is None:
        raise HTTPException(404, f"Nobody in this ledger is called so: {name}.")
    claims = [{"id": one.claim.id, "text": one.claim.text, "stances": one.stances} for one in page.claims]
    return _spoken(page.spoken) | {
        "claims": claims, "figures": as_json(page.figures),
        "said": listing(request, as_json(page.statements), offset, limit),
    }  # fmt: skip


def _spoken(found: Spoken) -> Object:
    counts = {name: dict(getattr(found, name).most_common()) for name in COUNTERS}
    months = [
        {"month": one.month or None, "statements": one.statements, "stances": dict(one.stances)}
        for _, one in sorted(found.months.items())
    ]
    plain = {"statements": found.statements, "reports": found.reports, "direct": found.direct}
    return {"name": found.who.name, "naming": found.who.naming} | plain | counts | {"months": months}


@router.get("/sources/outlet/{name:path}", responses=FAILS)
def outlet(request: Request, name: Name, offset: Offset = 0, limit: Limit = 50) -> Object:
    """How one outlet sources its reports, whom it repeats, how often it is first, and a page of its reports."""
    page = outlet_page(request, name, offset, limit + 1)
    if page is None:
        raise HTTPException(404, f"There is no outlet {name} in this ledger.")
    return outlet_row(page.sourcing) | {
        "speakers": [as_json(who) | {"statements": count} for who, count in (*page.named, *page.unnamed)],
        "relayed_by": dict(page.relayed_by), "copies": _copies(page.copies),
        "published": listing(request, as_json(page.reports), offset, limit),
    }  # fmt: skip


def _copies(found: Copies) -> Object:
    return {
        "reports": found.reports, "first": found.first, "tied": found.tied, "later": found.later,
        "earlier": dict(found.earlier.most_common()), "copied_by": dict(found.copied_by.most_common()),
    }  # fmt: skip
