"""Search, as JSON."""

from fastapi import APIRouter, HTTPException
from starlette.requests import Request

from sayso.errors import QueryError
from sayso.web.api.v1 import FAILS, Limit, Listing, listing
from sayso.web.searching import Search, found, row

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/search", responses=FAILS)
def search(request: Request, asked: Search, limit: Limit = 50) -> Listing:
    """Statements by words or meaning and by who said them, or whole reports; with neither, nothing.

    ``by`` is ``words``, ``meaning`` or ``reports``; ``after`` and ``before`` are days, both inclusive; ``story`` is the
    id of the only story to look in. Of hits by words the best come first, unless they are too many: then the newest.
    """
    try:
        result = found(request, asked, limit + 1)
    except QueryError as error:
        raise HTTPException(422, str(error)) from error
    if result.loading:
        raise HTTPException(503, "The search by meaning is being made ready: ask again in a few seconds.")
    return listing(request, [row(hit) for hit in result.hits], asked.offset, limit)
