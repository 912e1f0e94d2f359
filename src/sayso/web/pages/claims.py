"""A claim."""

from collections import Counter, defaultdict
from typing import Annotated

from fastapi import APIRouter, HTTPException, Path, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.record.rulings import stories_of
from sayso.show.views.claim import claim_view
from sayso.show.views.flow import flow
from sayso.show.views.rise import rise
from sayso.show.weighing import claim_to_json
from sayso.terms import Span
from sayso.terms.weighing import Claim, CountSeries
from sayso.web.correcting.claim import claim_corrections
from sayso.web.correcting.merging import merging
from sayso.web.correcting.notice import notice
from sayso.web.correcting.who import who_of
from sayso.web.pages.stories import Kind
from sayso.web.rendering import desk_of, render, table
from sayso.weighing import Weighed

router = APIRouter(include_in_schema=False)
NUMBERS = 4


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
def claim(
    request: Request, id: str, kind: Kind = None, saying: Annotated[str | None, Query()] = None,
    find: Annotated[str, Query(max_length=300)] = "",
) -> Response:  # fmt: skip
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
    names = {*reports, *(saying.report for saying in chosen.sayings)}
    published = {name: there.published if (there := reports.get(name)) else None for name in names}
    titles = {name: (there.title or there.name) if (there := reports.get(name)) else name for name in names}
    view = claim_view(chosen, outlets, published)
    return render(
        request, "claim.html", view=view, claim=chosen, story=whole.story, outlets=outlets, titles=titles,
        published=published,
        picture=flow([saying for saying in chosen.sayings if saying.sure], outlets),
        rise=rise(chosen.growth),
        numbers=_numbers(whole, chosen),
        corrections=claim_corrections(desk.ledger, whole, chosen, reports, saying),
        merging=merging(desk, whole, chosen, find), notice=notice(request), who=who_of(request),
    )  # fmt: skip


def _numbers(whole: Weighed, claim: Claim) -> list[CountSeries]:
    """The counted things that the claim's sayings give a number of, the one that most of them count first."""
    said: defaultdict[str, list[Span]] = defaultdict(list)
    for saying in claim.sayings:
        said[saying.report] += saying.spans if saying.sure else ()
    found = Counter[str](
        series.id for series in whole.series for count in series.counts
        if any(a.start < b.end and b.start < a.end for a in count.passage.spans for b in said.get(count.report, ()))
    )  # fmt: skip
    by_id = {series.id: series for series in whole.series}
    return [by_id[one] for one, _ in found.most_common(NUMBERS)]
