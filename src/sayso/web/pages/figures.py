"""Counted things, and one of them."""

from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from sayso.show.views.intervals import intervals
from sayso.terms.weighing import Count, CountSeries
from sayso.web.pages.stories import Kind, told
from sayso.web.rendering import desk_of, render, table

router = APIRouter(include_in_schema=False)
STORIES, LEAST = 20, 2


@router.get("/figures")
def figures(
    request: Request, measure: Annotated[str | None, Query(max_length=40)] = None, kind: Kind = None
) -> Response:
    """The counted things of the latest stories, those with most counts first."""
    desk = desk_of(request)
    found = [
        (listed, series)
        for listed in desk.stories(0, STORIES)
        if (whole := desk.story(listed.id))
        for series in whole.series
        if len(series.counts) >= LEAST and measure in {None, "", series.measure}
    ]
    found.sort(key=lambda pair: (-len(pair[1].counts), pair[1].id))
    if kind:
        return table([_row(listed.title, series) for listed, series in found], kind, "figures")
    measures = sorted({series.measure for _, series in found} | ({measure} if measure else set()))
    return render(request, "figures.html", found=found[:200], measures=measures, measure=measure or "")


@router.get("/figures/{story}/{id}")
def counted(request: Request, story: str, id: str, kind: Kind = None) -> Response:
    """One counted thing: who gave which number when."""
    whole = told(request, story)
    series = next((one for one in whole.series if one.id == id), None)
    if series is None:
        raise HTTPException(404, f"There is no figure {id} in this story: figures change as reports come in.")
    if kind:
        return table([_count(one) for one in series.counts], kind, f"figure-{series.id}")
    by_id = {one.id: one for one in series.counts}
    relations = [one for one in series.relations if one.kind != "agreement"]
    return render(
        request, "figure.html", series=series, story=whole.story, picture=intervals(series), relations=relations,
        by_id=by_id,
    )  # fmt: skip


def _row(title: str, series: CountSeries) -> dict[str, Any]:
    kinds = [one.kind for one in series.relations]
    return {
        "id": series.id, "story": title, "measure": series.measure, "counted": series.counted, "place": series.place,
        "counts": len(series.counts), "sources": len(series.estimates), "revisions": kinds.count("revision"),
        "contradictions": kinds.count("contradiction"),
    }  # fmt: skip


def _count(one: Count) -> dict[str, Any]:
    return {
        "on": one.on, "source": one.source, "low": one.low, "best": one.best, "high": one.high, "report": one.report,
        "words": one.passage.text, "spans": [list(span) for span in one.passage.spans],
    }  # fmt: skip
