"""A claim."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.record.rulings import stories_of
from sayso.show.views.claim import claim_view
from sayso.show.views.flow import flow
from sayso.show.views.rise import rise
from sayso.show.weighing import claim_to_json
from sayso.web.correcting.claim import claim_corrections
from sayso.web.correcting.notice import notice
from sayso.web.correcting.who import who_of
from sayso.web.pages.stories import Kind
from sayso.web.rendering import desk_of, render, table

router = APIRouter(include_in_schema=False)


@router.get("/claims/at/{report}/{place}")
def claim_at(request: Request, report: str, place: Annotated[str, Path(pattern=r"^\d+-\d+$")]) -> Response:
    """The claim that is made at a place of a report's text, whatever its id is by now."""
    desk = desk_of(request)
    with desk.ledger.looking() as connection:
        story = stories_of(connection, {report}).get(report)
    whole, known = desk.story(story) if story else None, desk.known([report]).get(report)
    start, end = map(int, place.split("-"))
    for claim in whole.story.claims if whole and known else ():
        for saying in claim.sayings:
            there = (saying.spans[0].start, saying.spans[-1].end) == (start, end)
            if known and there and saying.report in (known.id, known.name):
                query = f"?{request.url.query}" if request.url.query else ""
                return RedirectResponse(f"/claims/{claim.id}{query}", 307)
    raise HTTPException(404, "No claim is made there by now: look for it in the story.")


@router.get("/claims/{id}")
def claim(request: Request, id: str, kind: Kind = None, saying: Annotated[str | None, Query()] = None) -> Response:
    """The claim: on how many origins it rests, its lineage, and the very words."""
    desk = desk_of(request)
    found = desk.claim(id)
    if found is None:
        raise HTTPException(404, f"There is no claim {id} in this ledger: claims change as reports come in.")
    whole, chosen = found
    if kind:
        return table(claim_to_json(chosen)["sayings"], kind, f"claim-{chosen.id}")
    rivals = [one for one in whole.story.claims if one.id in {unsure.claim for unsure in chosen.unsure}]
    reports = desk.known(said.report for one in (chosen, *rivals) for said in one.sayings)
    outlets = {saying.report: saying.report for saying in chosen.sayings}
    outlets |= {name: there.outlet for name, there in reports.items() if there.outlet}
    view = claim_view(chosen, outlets, {name: there.published for name, there in reports.items()})
    return render(
        request, "claim.html", view=view, claim=chosen, story=whole.story, outlets=outlets,
        picture=flow([saying for saying in chosen.sayings if saying.sure], outlets),
        rise=rise(chosen.growth),
        disputes=[one for one in whole.disputes if one.claim == chosen.id],
        corrections=claim_corrections(desk.ledger, whole, chosen, reports, saying),
        notice=notice(request), who=who_of(request),
    )  # fmt: skip
