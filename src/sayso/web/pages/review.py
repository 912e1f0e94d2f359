"""What the machine is unsure of and people should look at, and what they have judged."""

from dataclasses import asdict
from typing import Annotated

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from sayso.record.exchange import to_json
from sayso.record.latest import count, latest
from sayso.show.views.judged import judged_view
from sayso.web.correcting.claim import address_of
from sayso.web.correcting.notice import notice
from sayso.web.correcting.reviewing import TITLES, Page, Reviewer, What
from sayso.web.correcting.who import who_of
from sayso.web.pages.stories import Kind
from sayso.web.rendering import desk_of, render, table
from sayso.weigh.reviewing import anchors_in

router = APIRouter(include_in_schema=False)
PAGE, FIRST, JUDGED = 20, 3, 100
Offset = Annotated[int, Query(ge=0, le=10**7)]


@router.get("/review")
def review(
    request: Request, what: What | None = None, offset: Offset = 0, within: Offset = 0, kind: Kind = None
) -> Response:
    """The first questions of every kind, or all of one kind a page at a time."""
    reviewer = _reviewer(request)
    pages: dict[What, Page] = (
        {what: reviewer.page(what, offset, within, PAGE)}
        if what
        else {each: reviewer.page(each, 0, 0, FIRST) for each in TITLES}
    )
    if kind:
        return table([_row(name, item) for name, page in pages.items() for item in page.items], kind, "review")
    return render(
        request, "review.html", pages=pages, titles=TITLES, what=what, offset=offset, notice=notice(request),
        who=who_of(request), again=f"/review?what={what}&offset={offset}&within={within}" if what else "/review",
    )  # fmt: skip


def _row(name: str, item: object) -> dict[str, object]:
    row = asdict(item)  # type: ignore[call-overload]
    passages = row.pop("passages")
    return {
        "kind": name, "question": row["question"], "why": row["why"],
        "passages": [one["words"] for one in passages], "addresses": [one["href"] for one in passages],
    }  # fmt: skip


def _reviewer(request: Request) -> Reviewer:
    """The one of this application, which remembers a little."""
    state = request.app.state
    if not hasattr(state, "reviewer"):
        state.reviewer = Reviewer(desk_of(request))
    found: Reviewer = state.reviewer
    return found


@router.get("/judgements")
def judgements(request: Request, offset: Offset = 0, kind: Kind = None) -> Response:
    """What people have judged, the latest first."""
    ledger = desk_of(request).ledger
    with ledger.looking() as connection:
        whole = count(connection)
        found = latest(connection, 0 if kind else offset, None if kind else JUDGED)
    if kind:
        return table([to_json(one) for one in found], kind, "judgements")
    return render(
        request, "judgements.html", found=[judged_view(one, ledger.report) for one in found], whole=whole,
        places={one.id: [address_of(each) for each in anchors_in(one) if each.spans] for one in found},
        offset=offset, page=JUDGED, more=whole > offset + JUDGED, notice=notice(request), who=who_of(request),
    )  # fmt: skip
