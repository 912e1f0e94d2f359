"""The desk: what is new."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sayso.record.named import known
from sayso.show.views.news import News, news, reports_in
from sayso.web.limits import megabytes
from sayso.web.pages.adding import blank
from sayso.web.remembering import remembered
from sayso.web.rendering import desk_of, render
from sayso.web.summaries import summary
from sayso.weighing import Weighed

router = APIRouter(include_in_schema=False)
STORIES, NEWS = 8, 5


@router.get("/")
def home(request: Request) -> Response:
    """New contradictions and revised figures, then stories by recency with their liveliest claims."""
    desk = desk_of(request)
    told = [(one, whole) for one in desk.stories(0, STORIES) if (whole := desk.story(one.id))]
    found = _news(request, [whole for _, whole in told])
    counts = remembered(request).get("counts", lambda _: desk.ledger.count())
    return render(
        request, "home.html", counts=counts, stories=[summary(*pair) for pair in told],
        contested=[one for one in found if one.kind != "revision"][:NEWS],
        revised=[one for one in found if one.kind == "revision"][:NEWS], filled=blank(),
        most=megabytes(desk.settings.most_bytes),
    )  # fmt: skip


def _news(request: Request, wholes: Sequence[Weighed]) -> list[News]:
    """What is new in the stories, the newest first."""
    names = tuple(sorted(set().union(*(reports_in(one.disputes, one.series) for one in wholes))))
    published = remembered(request).get(
        ("published", names), lambda connection: {name: one.published for name, one in known(connection, names).items()}
    )
    found = [new for one in wholes for new in news(one.story, one.disputes, one.series, published)]
    return sorted(found, key=lambda one: one.day or "", reverse=True)
