"""A report."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, HTTPException, Query
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.record.judging import Judged
from sayso.record.ledger import Ledger
from sayso.record.named import called
from sayso.record.rows import report_id
from sayso.record.rulings import stories_of
from sayso.record.stories import plain
from sayso.show.audit import audit
from sayso.show.statements import figure_in_words
from sayso.show.views.report import Paragraph, cards, paragraphs, parts
from sayso.terms import Reading, Report
from sayso.web.correcting.fields import CHOICES
from sayso.web.correcting.notice import notice
from sayso.web.correcting.report import corrections
from sayso.web.correcting.who import who_of
from sayso.web.rendering import desk_of, render

router = APIRouter(include_in_schema=False)
CLAIMS = 4


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen in a report: a statement or a figure, by id, and a part of a long text, 0 for none."""

    statement: str | None = None
    figure: str | None = None
    part: int = 0


@router.get("/reports/{id:path}")
def report(
    request: Request, id: str, statement: Annotated[str | None, Query()] = None,
    figure: Annotated[str | None, Query()] = None, part: Annotated[int, Query(ge=0, le=10**6)] = 0,
) -> Response:  # fmt: skip
    """The text with its marks, its statements and how it is sourced; of a very long text a part."""
    found = desk_of(request).ledger.report(id)
    if found is None:
        return _namesakes(request, id)
    own = report_id(found)
    if own != id:
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(f"/reports/{own}{query}", 307)
    return report_page(request, own, Chosen(statement, figure, part))


def report_page(
    request: Request, own: str, chosen: Chosen, problem: str = "", filled: Mapping[str, str] | None = None
) -> Response:
    """The page; with what is wrong with a correction that was sent, and all that was ``filled`` in, if any."""
    ledger = desk_of(request).ledger
    found, judged = _found(ledger, own), ledger.judged(own)
    return render(
        request, "report.html", status=422 if problem else 200, report=found, id=own, problem=problem,
        filled=filled or {}, notice=notice(request), who=who_of(request), choices=CHOICES,
        **_read(ledger, judged, chosen), **_copies(request, own), **_weighed(request, found, own, chosen.statement),
    )  # fmt: skip


def _found(ledger: Ledger, id: str) -> Report:
    found = ledger.report(id)
    if found is None:
        raise HTTPException(404, f"There is no report {id} in this ledger.")
    return found


def _namesakes(request: Request, name: str) -> Response:
    """The reports of that name, where several have it."""
    with desk_of(request).ledger.looking() as connection:
        found = called(connection, name)
    if not found:
        raise HTTPException(404, f"There is no report {name} in this ledger.")
    query = f"?{request.url.query}" if request.url.query else ""
    return render(request, "namesakes.html", status=300, name=name, found=found, query=query)


def _read(ledger: Ledger, judged: Judged | None, chosen: Chosen) -> dict[str, Any]:
    """What the page shows of the reading."""
    if judged is None:
        return {"cards": (), "paragraphs": (), "sourcing": None, "chosen": None, "figures": (), "corrections": None,
                "figure": None, "part": 0, "parts": 1}  # fmt: skip
    told, reading = cards(judged.reading), judged.reading
    whole = parts(paragraphs(reading)) or ((),)
    part = _part(reading, whole, chosen)
    shown, stretches = _shown(whole[part]), [one for paragraph in whole[part] for one in paragraph]
    marked = {own for one in stretches for own in one.statements}
    return {
        "cards": [one for one in told if len(whole) == 1 or one.statement.id in marked], "paragraphs": whole[part],
        "sourcing": audit(reading), "part": part, "parts": len(whole), "figure": chosen.figure,
        "chosen": next((card for card in told if card.statement.id == chosen.statement), None),
        "figures": [(one.id, figure_in_words(one)) for one in reading.figures if one.span.start in shown],
        "corrections": corrections(ledger, judged, chosen.statement, chosen.figure, shown),
    }  # fmt: skip


def _shown(part: Sequence[Paragraph]) -> range:
    """The characters of a part."""
    return range(part[0][0].start, part[-1][-1].end) if part else range(0)


def _part(reading: Reading, whole: Sequence[Sequence[Paragraph]], chosen: Chosen) -> int:
    """Which part is asked for: the one of that number, from 1 on, else the one with what was chosen, else the first."""
    if chosen.part:
        return min(chosen.part, len(whole)) - 1
    statement = reading.attribution(chosen.statement) if chosen.statement else None
    starts = [one.span.start for one in reading.figures if one.id == chosen.figure]
    starts += [statement.content.spans[0].start] if statement else []
    return next((at for at, part in enumerate(whole) if starts and starts[-1] < _shown(part).stop), 0)


def _copies(request: Request, own: str) -> dict[str, Any]:
    copies = desk_of(request).ledger.copies(own)
    there = desk_of(request).known(other for other, _ in copies)
    return {"copies": [(other, share, there[other]) for other, share in copies if other in there]}


def _weighed(request: Request, report: Report, own: str, statement: str | None) -> dict[str, Any]:
    """The story that the report is of, and the claims that the chosen statement makes."""
    desk = desk_of(request)
    with desk.ledger.looking() as connection:
        there = stories_of(connection, {own}).get(own)
        story = plain(connection, there) if there else None
    whole = desk.story(story.id) if story and statement else None
    names = {own, report.id}
    made = [
        claim for claim in (whole.story.claims if whole else ())
        if any(one.sure and one.attribution == statement and one.report in names for one in claim.sayings)
    ]  # fmt: skip
    return {"story": story, "claims": made[:CLAIMS]}
