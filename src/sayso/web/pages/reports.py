"""A report."""

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.record.judging import Judged
from sayso.record.ledger import Ledger
from sayso.record.rows import report_id
from sayso.show.audit import audit
from sayso.show.statements import figure_in_words
from sayso.show.views.report import cards, paragraphs
from sayso.terms import Report
from sayso.web.correcting.fields import CHOICES
from sayso.web.correcting.notice import notice
from sayso.web.correcting.report import corrections
from sayso.web.correcting.who import who_of
from sayso.web.rendering import desk_of, render

router = APIRouter(include_in_schema=False)


@router.get("/reports/{id:path}")
def report(
    request: Request, id: str, statement: Annotated[str | None, Query()] = None,
    figure: Annotated[str | None, Query()] = None,
) -> Response:  # fmt: skip
    """The text with its marks, its statements and how it is sourced."""
    found = _found(desk_of(request).ledger, id)
    own = report_id(found)
    if own != id:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/reports/{own}{query}", 307)
    return report_page(request, own, statement, figure)


def report_page(
    request: Request, own: str, statement: str | None, figure: str | None, problem: str = "",
    filled: Mapping[str, str] | None = None,
) -> Response:  # fmt: skip
    """The page; with what is wrong with a correction that was sent, and all that was ``filled`` in, if any."""
    ledger = desk_of(request).ledger
    found, judged = _found(ledger, own), ledger.judged(own)
    return render(
        request, "report.html", status=422 if problem else 200, report=found, id=own, problem=problem,
        filled=filled or {}, notice=notice(request), who=who_of(request), choices=CHOICES,
        **_read(ledger, judged, statement, figure), **_copies(request, own),
    )  # fmt: skip


def _found(ledger: Ledger, id: str) -> Report:
    found = ledger.report(id)
    if found is None:
        raise HTTPException(404, f"There is no report {id} in this ledger.")
    return found


def _read(ledger: Ledger, judged: Judged | None, statement: str | None, figure: str | None) -> dict[str, Any]:
    """What the page shows of the reading."""
    if judged is None:
        return {"cards": (), "paragraphs": (), "sourcing": None, "chosen": None, "figures": (), "corrections": None,
                "figure": None}  # fmt: skip
    told = cards(judged.reading)
    return {
        "cards": told, "paragraphs": paragraphs(judged.reading), "sourcing": audit(judged.reading),
        "chosen": next((card for card in told if card.statement.id == statement), None),
        "figures": [(one.id, figure_in_words(one)) for one in judged.reading.figures], "figure": figure,
        "corrections": corrections(ledger, judged, statement, figure),
    }  # fmt: skip


def _copies(request: Request, own: str) -> dict[str, Any]:
    copies = desk_of(request).ledger.copies(own)
    there = desk_of(request).known(other for other, _ in copies)
    return {"copies": [(other, share, there[other]) for other, share in copies if other in there]}
