"""A claim."""

from fastapi import APIRouter, HTTPException
from starlette.requests import Request
from starlette.responses import Response

from sayso.show.views.claim import claim_view
from sayso.show.views.flow import flow
from sayso.show.views.rise import rise
from sayso.show.weighing import claim_to_json
from sayso.web.pages.stories import Kind
from sayso.web.rendering import desk_of, render, table

router = APIRouter(include_in_schema=False)


@router.get("/claims/{id}")
def claim(request: Request, id: str, kind: Kind = None) -> Response:
    """The claim: on how many origins it rests, its lineage, and the very words."""
    desk = desk_of(request)
    found = desk.claim(id)
    if found is None:
        raise HTTPException(404, f"There is no claim {id} in this ledger: claims change as reports come in.")
    whole, chosen = found
    if kind:
        return table(claim_to_json(chosen)["sayings"], kind, f"claim-{chosen.id}")
    reports = desk.known(saying.report for saying in chosen.sayings)
    outlets = {saying.report: saying.report for saying in chosen.sayings}
    outlets |= {name: there.outlet for name, there in reports.items() if there.outlet}
    view = claim_view(chosen, outlets, {name: there.published for name, there in reports.items()})
    return render(
        request, "claim.html", view=view, claim=chosen, story=whole.story, outlets=outlets,
        picture=flow([saying for saying in chosen.sayings if saying.sure], outlets),
        rise=rise(chosen.growth),
        disputes=[one for one in whole.disputes if one.claim == chosen.id],
    )  # fmt: skip
