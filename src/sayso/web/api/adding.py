"""Adding reports over the API: texts are taken, and read in the background."""

from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Body, HTTPException, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request

from sayso.errors import InputError
from sayso.record.ledger import Added
from sayso.terms import Report
from sayso.web.api.judgements import WRITES, Key, must_be_safe
from sayso.web.api.v1 import FAILS
from sayso.web.jobs import Job
from sayso.web.pages.adding import FULL, day_of, jobs_of
from sayso.web.rendering import safe_link

router = APIRouter(prefix="/api/v1", tags=["v1"])
MOST = 500
Text = Annotated[str | None, Field(max_length=2000)]
TAKEN: dict[int | str, dict[str, Any]] = WRITES | {503: FAILS[503]}


class NewReport(BaseModel):
    """A report to add. What it does not say of itself is looked for in its text, as `sayso add` does."""

    model_config = ConfigDict(extra="forbid")
    text: str = Field(min_length=1)
    id: str = Field("", max_length=200)
    title: Text = None
    outlet: Text = None
    url: Text = None
    published: Text = Field(None, description="a date, or a part of one: 2031, 2031-05, 2031-05-04")
    language: str | None = Field(None, max_length=35)
    byline: Text = None


class NewReports(BaseModel):
    """The reports to add."""

    model_config = ConfigDict(extra="forbid")
    reports: list[NewReport] = Field(min_length=1, max_length=MOST)


class Outcome(BaseModel):
    """What became of one report: the ledger's id of it, or the reason why it was skipped."""

    id: str | None
    new: bool
    copies: list[str]
    where: str | None
    reason: str | None


class Progress(BaseModel):
    """How the adding goes; ``outcomes`` are those of the first reports, in their order."""

    id: str
    state: Literal["waiting", "adding", "done", "failed"]
    problem: str
    added: int
    there: int
    skipped: int
    outcomes: list[Outcome]


@router.post("/reports", status_code=202, responses=TAKEN)
def add(request: Request, new: Annotated[NewReports, Body()], key: Key = None) -> Progress:
    """Take reports; they are read one after the other, and ``GET /api/v1/jobs/{id}`` tells how that goes.

    Texts are kept as they are given, so that offsets hold. A report that is there already is not added again.
    """
    must_be_safe(request, key)
    try:
        job = Job(tuple(_report(one) for one in new.reports))
    except InputError as error:
        raise HTTPException(422, str(error)) from error
    if not jobs_of(request).put(job):
        raise HTTPException(503, FULL)
    return _progress(job.now())


@router.get("/jobs/{id}", responses=FAILS)
def job(request: Request, id: Annotated[str, Path(max_length=40)]) -> Progress:
    """What became of the reports that were sent together."""
    found = jobs_of(request).get(id)
    if found is None:
        raise HTTPException(404, "There is no such job: it was long ago, or before the server was started.")
    return _progress(found.now())


def _report(new: NewReport) -> Report:
    if not new.text.strip():
        raise InputError("A text is empty: send what was published.")
    if new.url and not safe_link(new.url):
        raise InputError("An address must begin with http:// or https://.")
    return Report(**new.model_dump() | {"published": day_of(new.published or "")})


def _progress(job: Job) -> Progress:
    nothing: dict[str, Any] = {"id": None, "new": False, "copies": [], "where": None, "reason": None}
    outcomes = [
        Outcome(**nothing | (asdict(one) | {"copies": list(one.copies)} if isinstance(one, Added) else asdict(one)))
        for one in job.told
    ]
    return Progress(
        id=job.id, state=job.state, problem=job.problem, added=job.tally.added, there=job.tally.there,
        skipped=job.tally.skipped.total(), outcomes=outcomes,
    )  # fmt: skip
