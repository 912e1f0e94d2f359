"""The desk: what is new."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sayso.web.rendering import desk_of, render
from sayso.web.summaries import summary

router = APIRouter(include_in_schema=False)
STORIES = 8


@router.get("/")
def home(request: Request) -> Response:
    """Stories by recency, with their liveliest claims, contradictions and revised figures."""
    desk = desk_of(request)
    listed = desk.stories(0, STORIES)
    told = [(one, desk.story(one.id)) for one in listed]
    return render(
        request, "home.html", counts=desk.ledger.count(),
        stories=[summary(one, whole) for one, whole in told if whole],
    )  # fmt: skip
