"""Judgements over the API: kept, listed and withdrawn.

A browser that is on another site can send forms here, but it can't read an answer or set a header of its own. So what
changes the ledger needs either the token as ``Authorization: Bearer …``, where the server has one, or the value that
``GET /api/v1/form`` gives, as ``X-Sayso-Form``, with the cookie that came with it.
"""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, Header, HTTPException, Path, Query
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from sayso.errors import InputError
from sayso.record.exchange import from_json, to_json
from sayso.record.latest import latest, of_ids
from sayso.terms import Target, Verdict
from sayso.web.api.v1 import FAILS, Failed, Limit, Listing, Offset, listing
from sayso.web.correcting.forms import this_moment
from sayso.web.correcting.who import who_of
from sayso.web.pages.judging import may_write
from sayso.web.rendering import desk_of
from sayso.web.security import form_key, is_bearer, is_signed

router = APIRouter(prefix="/api/v1", tags=["v1"])
WRITES: dict[int | str, dict[str, Any]] = FAILS | {403: {"model": Failed}}
TIME = r"^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,6})?)?(Z|\+00:00)$"
Id = Annotated[str, Path(pattern="^[0-9a-f]{16}$")]
Key = Annotated[str | None, Header(alias="X-Sayso-Form", description="from GET /api/v1/form; or send the token")]
Spans = list[list[int]]


class NewJudgement(BaseModel):
    """A judgement, as `sayso judgements --json` writes it. ``who`` and ``made_at`` are filled in where left out."""

    model_config = ConfigDict(extra="forbid")
    schema_: Literal[1] = Field(1, alias="schema")
    id: str | None = Field(None, description="checked against what it says, if given")
    verdict: Verdict
    target: Target
    who: str | None = Field(None, max_length=200)
    made_at: str | None = Field(None, pattern=TIME)
    report: str | None = None
    spans: Spans = []
    cue: Spans = []
    field: str | None = None
    value: Any = None
    note: str = Field("", max_length=20_000)
    withdrawn_at: str | None = Field(None, pattern=TIME)
    withdrawn_by: str | None = Field(None, max_length=200)


class FormKey(BaseModel):
    """What a request that changes something must carry, and who judges if it doesn't say."""

    header: str
    key: str
    who: str


@router.get("/form")
def form(request: Request) -> FormKey:
    """The value for the header X-Sayso-Form; good for whoever sends the cookie that comes with it."""
    return FormKey(header="X-Sayso-Form", key=form_key(request), who=who_of(request))


@router.get("/judgements", responses=FAILS)
def judgements(request: Request, report: str | None = None, offset: Offset = 0, limit: Limit = 50) -> Listing:
    """What people have judged, withdrawn or not, the latest first; all, or of a report by its id."""
    with desk_of(request).ledger.looking() as connection:
        found = latest(connection, offset, limit + 1, report)
    return listing(request, [to_json(one) for one in found], offset, limit)


@router.get("/judgements/{id}", responses=FAILS)
def judgement(request: Request, id: Id) -> dict[str, Any]:
    """One judgement."""
    with desk_of(request).ledger.looking() as connection:
        found = of_ids(connection, [id]).get(id)
    if found is None:
        raise HTTPException(404, f"There is no judgement {id} in this ledger.")
    return to_json(found)


@router.post("/judgements", status_code=201, responses=WRITES | {200: {"description": "was there already"}})
def judge(request: Request, answer: Response, new: Annotated[NewJudgement, Body()], key: Key = None) -> dict[str, Any]:
    """Keep a judgement. It wins over the machine, and over earlier ones."""
    must_be_safe(request, key)
    record = new.model_dump(by_alias=True, exclude_unset=True)
    record |= {"who": new.who or who_of(request), "made_at": new.made_at or this_moment()}
    desk = desk_of(request)
    try:
        made = from_json({name: value for name, value in record.items() if name != "id" or value is not None})
        with desk.writable() as ledger:
            answer.status_code = 201 if ledger.judge(made) else 200
    except InputError as error:
        raise HTTPException(422, f"This judgement {error}.") from error
    return to_json(made)


@router.delete("/judgements/{id}", responses=WRITES)
def withdraw(
    request: Request, id: Id, who: Annotated[str | None, Query(max_length=80)] = None, key: Key = None
) -> dict[str, Any]:
    """Let a judgement no longer count. It stays in the ledger, with who withdrew it and when."""
    must_be_safe(request, key)
    try:
        with desk_of(request).writable() as ledger:
            return to_json(ledger.withdraw(id, who_of(request, who or "")))
    except InputError as error:
        raise HTTPException(404, f"There is no judgement {id} in this ledger.") from error


def must_be_safe(request: Request, key: str | None) -> None:
    """403 unless no other site can have had this sent."""
    may_write(request)
    if not (is_bearer(request) or is_signed(request, key)):
        raise HTTPException(403, "Send the value of GET /api/v1/form as X-Sayso-Form with its cookie, or the token.")
