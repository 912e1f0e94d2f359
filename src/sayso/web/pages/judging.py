"""People's judgements: accepted, rejected, corrected, and withdrawn again."""

import json
from datetime import UTC, datetime
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, Form, HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.record.rows import report_id
from sayso.terms import Judgement
from sayso.web.rendering import desk_of, render
from sayso.web.security import is_signed
from sayso.web.settings import Settings

router = APIRouter(include_in_schema=False)
FIELDS = (
    "speaker", "naming", "affiliation", "role", "kind", "act", "stance", "form", "medium", "said_on", "relays",
)  # fmt: skip
LATEST = 200
Word = Annotated[str, Form(max_length=2000)]


def must_write(request: Request, key: str) -> None:
    """403 unless the form is of this server and the ledger may be changed."""
    settings: Settings = request.app.state.settings
    if settings.read_only:
        raise HTTPException(403, "This ledger is open for looking only: start `sayso serve` without --read-only.")
    if not is_signed(request, key):
        raise HTTPException(403, "This form is too old: go back, load the page again, and send it once more.")


@router.post("/judge")
def judge(
    request: Request, report: Word, thing: Word, verdict: Word, key: Word = "", field: Word = "", value: Word = "",
    note: Word = "", back: Word = "/",
) -> Response:  # fmt: skip
    """Keep a judgement of a statement."""
    must_write(request, key)
    desk, settings = desk_of(request), request.app.state.settings
    judged = desk.ledger.judged(report)
    place = judged.place(thing) if judged else None
    target = judged.target(thing) if judged else None
    if judged is None or place is None or target is None:
        raise HTTPException(409, "That statement is no longer there: load the report again.")
    correcting = verdict == "correct"
    with desk.writable() as ledger:
        ledger.judge(Judgement(
            verdict, target, settings.who, datetime.now(UTC).isoformat(timespec="microseconds"),  # type: ignore[arg-type]
            report_id(judged.reading.report), place.spans, place.cue, field if correcting else None,
            _meant(field, value) if correcting else None, note,
        ))  # fmt: skip
    return RedirectResponse(own(back), 303)


@router.post("/undo")
def undo(request: Request, id: Word, key: Word = "", back: Word = "/judgements") -> Response:
    """Let a judgement no longer count."""
    must_write(request, key)
    with desk_of(request).writable() as ledger:
        ledger.withdraw(id, request.app.state.settings.who)
    return RedirectResponse(own(back), 303)


@router.get("/judgements")
def judgements(request: Request) -> Response:
    """What people have judged, the latest first."""
    found = sorted(desk_of(request).ledger.judgements(), key=lambda one: one.made_at, reverse=True)
    return render(request, "judgements.html", found=found[:LATEST], whole=len(found))


def _meant(field: str, value: str) -> Any:
    """Names of relays stand between commas; nothing means none."""
    if field == "relays":
        return [name.strip() for name in value.split(",") if name.strip()]
    try:
        return json.loads(value) if value.startswith("[") else value or None
    except ValueError:
        return value


def own(back: str) -> str:
    """An address of this server."""
    return back if back.startswith("/") and back[1:2] not in ("/", "\\") and not urlsplit(back).netloc else "/"
