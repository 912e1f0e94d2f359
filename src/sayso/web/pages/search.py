"""Search."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Literal, get_args

from fastapi import APIRouter, Query
from starlette.requests import Request
from starlette.responses import Response

from sayso import finding
from sayso.errors import SaysoError
from sayso.record.search import Filters, Hit
from sayso.terms import Act, Measure, Naming, Stance
from sayso.web.pages.stories import Kind
from sayso.web.rendering import desk_of, render, table

router = APIRouter(include_in_schema=False)
PAGE = 30
Word = Annotated[str, Query(max_length=300)]


@router.get("/search")
def search(
    request: Request, q: Word = "", by: Literal["words", "meaning"] = "words", speaker: Word = "", outlet: Word = "",
    naming: Word = "", act: Word = "", stance: Word = "", measure: Word = "", after: Word = "", before: Word = "",
    offset: Annotated[int, Query(ge=0, le=10_000)] = 0, kind: Kind = None,
) -> Response:  # fmt: skip
    """Statements by their words or their meaning, and by who said them."""
    given = {
        "speaker": speaker, "outlet": outlet, "naming": naming, "act": act, "stance": stance, "measure": measure,
        "after": after, "before": before,
    }  # fmt: skip
    problem = ""
    hits: Sequence[Hit] = ()
    try:
        hits = _found(request, q, by, {name: value or None for name, value in given.items()}, offset)
    except SaysoError as error:
        problem = str(error)
    if kind:
        return table([asdict(hit) for hit in hits[:PAGE]], kind, "statements")
    choices = {
        "naming": get_args(Naming),
        "act": get_args(Act),
        "stance": get_args(Stance),
        "measure": get_args(Measure),
    }
    return render(
        request, "search.html", status=422 if problem else 200, q=q, by=by, given=given, choices=choices,
        hits=hits[:PAGE], more=len(hits) > PAGE, offset=offset, page=PAGE, problem=problem,
        asked=bool(q or any(given.values())), again=request.url.remove_query_params(["offset", "as"]).query,
    )  # fmt: skip


def _found(request: Request, q: str, by: str, given: dict[str, str | None], offset: int) -> Sequence[Hit]:
    wanted = Filters(**given)  # type: ignore[arg-type]
    if not q and wanted == Filters():
        return ()
    find = finding.find_alike if by == "meaning" and q else finding.find_statements
    return find(desk_of(request).ledger, q, wanted, PAGE + 1, offset).hits
