"""A report."""

from typing import Annotated

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.record.ledger import Ledger
from sayso.record.rows import report_id
from sayso.show.audit import audit
from sayso.show.views.report import cards, paragraphs
from sayso.terms import Judgement
from sayso.web.pages.judging import FIELDS
from sayso.web.rendering import desk_of, render

router = APIRouter(include_in_schema=False)


@router.get("/reports/{id:path}")
def report(request: Request, id: str, statement: Annotated[str | None, Query()] = None) -> Response:
    """The text with its marks, its statements and how it is sourced."""
    ledger = desk_of(request).ledger
    found = ledger.report(id)
    if found is None:
        raise HTTPException(404, f"There is no report {id} in this ledger.")
    own = report_id(found)
    if own != id:
        return RedirectResponse(f"/reports/{own}" + (f"?statement={statement}" if statement else ""), 307)
    reading = ledger.reading(own)
    told = cards(reading) if reading else ()
    copies = ledger.copies(own)
    there = desk_of(request).known(other for other, _ in copies)
    return render(
        request, "report.html", report=found, id=own, cards=told,
        paragraphs=paragraphs(reading) if reading else (), sourcing=audit(reading) if reading else None,
        copies=[(other, share, there[other]) for other, share in copies if other in there],
        fields=FIELDS, said=_judgements(ledger, own, statement),
        chosen=next((card for card in told if card.statement.id == statement), None),
    )  # fmt: skip


def _judgements(ledger: Ledger, report: str, statement: str | None) -> tuple[Judgement, ...]:
    """What people have said of the statement and still hold."""
    outcome = ledger.judged(report) if statement else None
    found = outcome.attached.get(statement or "", ()) if outcome else ()
    return tuple(one for one in found if one.withdrawn_at is None)
