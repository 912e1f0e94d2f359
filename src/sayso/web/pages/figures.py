"""Counted things, and one of them."""

from dataclasses import asdict
from itertools import groupby
from operator import attrgetter
from typing import Annotated, Any, Literal

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import Response

from sayso.show.views.intervals import in_words, intervals, kind_of
from sayso.show.views.related import Related, related
from sayso.terms.weighing import Count, CountSeries
from sayso.web.pages.stories import Kind, told
from sayso.web.rendering import desk_of, path, render, table
from sayso.weighing import Listed

router = APIRouter(include_in_schema=False)
STORIES, LEAST, PAGE, COUNTS = 20, 2, 60, 150
Offset = Annotated[int, Query(ge=0, le=10**7)]
Word = Annotated[str, Query(max_length=40)]


@router.get("/figures")
def figures(
    request: Request, measure: Word = "", story: Word = "", least: Annotated[int, Query(ge=1, le=10**6)] = LEAST,
    offset: Offset = 0, kind: Kind = None,
) -> Response:  # fmt: skip
    """The counted things of the latest stories, or of one, those with most counts first."""
    story = told(request, story).story.id if story else ""
    stories = _stories(request, story)
    every = [
        (listed, series)
        for listed in stories
        if story in {"", listed.id} and (whole := desk_of(request).story(listed.id))
        for series in whole.series
        if len(series.counts) >= least
    ]
    found = [pair for pair in every if measure in {"", pair[1].measure}]
    found.sort(key=lambda pair: (-len(pair[1].counts), pair[1].id))
    if kind:
        return table([series_row(listed, series) for listed, series in found], kind, "figures")
    return render(
        request, "figures.html", found=found[offset : offset + PAGE], whole=len(found), offset=offset, page=PAGE,
        measures=sorted({series.measure for _, series in every} | ({measure} if measure else set())), measure=measure,
        stories=stories, story=story, least=least, in_words=in_words, kinds=_kinds,
        again=f"/figures?measure={path(measure)}&story={path(story)}&least={least}",
    )  # fmt: skip


def _stories(request: Request, story: str) -> list[Listed]:
    """The latest stories, with the chosen one."""
    desk = desk_of(request)
    listed = list(desk.stories(0, STORIES))
    if story and story not in {one.id for one in listed}:
        chosen = told(request, story).story
        listed.append(Listed(chosen.id, chosen.title, chosen.first, chosen.last, len(chosen.reports), 0, 0))
    return listed


def _kinds(series: CountSeries) -> dict[str, int]:
    kinds = [one.kind for one in series.relations]
    return {kind: kinds.count(kind) for kind in ("contradiction", "revision", "scope", "agreement")}


def series_row(listed: Listed, series: CountSeries) -> dict[str, Any]:
    """A counted thing as a row of a table."""
    kinds = _kinds(series)
    return {
        "id": series.id, "story": listed.id, "title": listed.title, "measure": series.measure,
        "counted": series.counted, "place": series.place, "counts": len(series.counts),
        "sources": len(series.estimates), "contradictions": kinds["contradiction"], "revisions": kinds["revision"],
        "latest": [
            {"source": one.source, "low": one.low, "best": one.best, "high": one.high, "on": one.on}
            for one in series.estimates
        ],
    }  # fmt: skip


@router.get("/figures/{story}/{id}")
def counted(
    request: Request, story: str, id: str, rows: Literal["counts", "relations"] = "counts", kind: Kind = None,
    offset: Offset = 0,
) -> Response:  # fmt: skip
    """One counted thing: who gave which number when, and how the numbers go together."""
    whole = told(request, story)
    series = next((one for one in whole.series if one.id == id), None)
    if series is None:
        raise HTTPException(404, f"There is no figure {id} in this story: figures change as reports come in.")
    relations = related(series, whole.series)
    if kind and rows == "relations":
        return table([_relation_row(one) for one in relations], kind, f"relations-{series.id}")
    reports = desk_of(request).known(_reports(series))
    if kind:
        outlets = {name: known.outlet for name, known in reports.items()}
        return table([_count_row(one, outlets.get(one.report)) for one in series.counts], kind, f"figure-{series.id}")
    return render(
        request, "figure.html", series=series, story=whole.story, picture=intervals(series), reports=reports,
        related=[(name, list(some)) for name, some in groupby(relations, attrgetter("kind"))],
        contested={end for one in relations if one.kind == "contradiction" for end in (one.one.count, one.other.count)},
        revised={one.one.count: one.other.count for one in reversed(relations) if one.kind == "revision"},
        in_words=in_words, kind_of=kind_of, offset=offset - offset % COUNTS, page=COUNTS,
        pages={one.id: at - at % COUNTS for at, one in enumerate(series.counts)},
    )  # fmt: skip


def _reports(series: CountSeries) -> set[str]:
    said = {passage.report for one in series.relations for passage in one.passages}
    return said | {one.report for one in series.counts}


def _count_row(one: Count, outlet: str | None) -> dict[str, Any]:
    return {
        "id": one.id, "on": one.on, "source": one.source, "known": kind_of(one), "low": one.low, "best": one.best,
        "high": one.high, "words": one.passage.text, "outlet": outlet, "report": one.report, "figure": one.figure,
        "attribution": one.attribution, "spans": [list(span) for span in one.passage.spans],
    }  # fmt: skip


def _relation_row(one: Related) -> dict[str, Any]:
    sides = (("one", one.one), ("other", one.other))
    columns = ("count", "source", "number", "on")
    told_of = {f"{name}_{column}": asdict(side)[column] for name, side in sides for column in columns}
    words = {f"{name}_words": side.passage.text for name, side in sides}
    return {"kind": one.kind, "why": one.why} | told_of | words
