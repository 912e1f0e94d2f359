"""Search."""

from typing import get_args

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import QueryError
from sayso.terms import Act, Measure, Naming, Stance
from sayso.web.pages.stories import Kind
from sayso.web.rendering import desk_of, render, table
from sayso.web.searching import By, Result, Search, Wanted, found, row

router = APIRouter(include_in_schema=False)
PAGE, MOST = 30, 1000
WAYS = {"words": "words", "meaning": "meaning", "reports": "words, in whole reports"}
CHOICES = {
    "naming": get_args(Naming), "act": get_args(Act), "stance": get_args(Stance), "measure": get_args(Measure),
}  # fmt: skip
NAMES = {"naming": "Source is", "act": "They", "stance": "Author is", "measure": "With a figure of"}


@router.get("/search")
def search(request: Request, asked: Search, kind: Kind = None) -> Response:
    """Statements by their words or their meaning, and by who said them; or whole reports."""
    problem, result = "", Result()
    try:
        result = found(request, asked, MOST if kind else PAGE + 1)
    except QueryError as error:
        problem = str(error)
    if kind:
        return table([row(hit) for hit in result.hits], kind, "reports" if asked.by == "reports" else "statements")
    return render(
        request, "search.html", status=422 if problem else 200, asked=asked, result=result, problem=problem, page=PAGE,
        most=MOST, ways=WAYS, choices=CHOICES, names=NAMES, again=_again(request), story=_story(request, asked),
        elsewhere=_elsewhere(request, asked),
    )  # fmt: skip


def _again(request: Request) -> str:
    """The same search without its place, as the rest of an address."""
    kept = [(name, text) for name, text in request.query_params.multi_items() if text]
    return request.url.replace(query="").include_query_params(**dict(kept)).remove_query_params(["offset", "as"]).query


def _elsewhere(request: Request, asked: Wanted) -> dict[By, str]:
    """The same words, looked for in the other ways."""
    others: tuple[By, ...] = tuple(one for one in get_args(By) if one != asked.by and asked.q)
    return {way: request.url.include_query_params(by=way).remove_query_params(["offset", "as"]).query for way in others}


def _story(request: Request, asked: Wanted) -> str:
    """The title of the story to look in."""
    whole = desk_of(request).story(asked.given["story"]) if asked.given["story"] else None
    return whole.story.title if whole else ""
