"""People's judgements: accepted, rejected, corrected, and withdrawn again."""

from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import InputError
from sayso.record.allowed import ABOUT_ONE
from sayso.terms import Judgement
from sayso.web.correcting.back import own, telling
from sayso.web.correcting.forms import Asked, asked, this_moment
from sayso.web.correcting.notice import UNDONE
from sayso.web.correcting.twice import just_kept
from sayso.web.correcting.who import keep_who, who_of
from sayso.web.desk import Desk
from sayso.web.pages.reports import Chosen, report_page
from sayso.web.rendering import desk_of, render
from sayso.web.security import is_signed
from sayso.web.settings import Settings

__all__ = ["must_write", "own", "router"]
router = APIRouter(include_in_schema=False)
PATIENCE = 1.5
MOST_UNDONE = 100


async def sent(request: Request) -> dict[str, str]:
    """The fields of a form; files are passed over."""
    async with request.form(max_files=0, max_fields=200) as form:
        given = {name: value for name, value in form.items() if not isinstance(value, UploadFile)}
    return {name: value.replace("\0", "\ufffd") for name, value in given.items()}


Sent = Annotated[dict[str, str], Depends(sent)]


def may_write(request: Request) -> None:
    """403 unless the ledger may be changed."""
    settings: Settings = request.app.state.settings
    if settings.read_only:
        raise HTTPException(403, "This ledger is open for looking only: start `sayso serve` without --read-only.")


def must_write(request: Request, key: str) -> None:
    """403 unless the form is of this server and the ledger may be changed."""
    may_write(request)
    if not is_signed(request, key):
        raise HTTPException(403, "This form is too old: go back, load the page again, and send it once more.")


@router.post("/judge")
def judge(request: Request, form: Sent) -> Response:
    """Keep what a form judges, and go back to where one was."""
    must_write(request, form.get("key", ""))
    desk = desk_of(request)
    what = Asked(form, who_of(request, form.get("who", "")), this_moment())
    try:
        done = asked(desk.ledger, what)
        with desk.writable() as ledger:
            if there := just_kept(ledger, done):
                done = there
            else:
                ledger.judge_all(done)
    except InputError as error:
        return _refused(request, form, f"This judgement {error}.")
    await_weighing(desk, done)
    answer = RedirectResponse(telling(form.get("back", "/"), done), 303)
    keep_who(answer, form.get("who", ""))
    return answer


@router.post("/undo")
def undo(request: Request, form: Sent) -> Response:
    """Let judgements no longer count, and go back to where one was."""
    must_write(request, form.get("key", ""))
    desk, who = desk_of(request), who_of(request)
    try:
        with desk.writable() as ledger:
            done = ledger.withdraw_all(form.get("id", "").split(",")[:MOST_UNDONE], who)
    except InputError as error:
        raise HTTPException(422, f"Nothing was undone: {error}.") from error
    await_weighing(desk, done)
    return RedirectResponse(telling(form.get("back", "/judgements"), done, UNDONE), 303)


@router.post("/who")
def who(request: Request, form: Sent) -> Response:
    """Keep the name of who judges in this browser."""
    must_write(request, form.get("key", ""))
    answer = RedirectResponse(own(form.get("back", "/")), 303)
    keep_who(answer, form.get("who", ""))
    return answer


def await_weighing(desk: Desk, done: list[Judgement]) -> None:
    """Wait a moment until claims show what was judged of them; in a large story they follow later."""
    if not all(one.target in ABOUT_ONE for one in done):
        desk.wait(PATIENCE)


def _refused(request: Request, form: dict[str, str], problem: str) -> Response:
    """The page where one was, with what is wrong and all that was filled in."""
    if form.get("page") == "report":
        chosen = Chosen(form.get("statement"), form.get("figure"))
        return report_page(request, form.get("report", ""), chosen, problem=problem, filled=form)
    return render(request, "corrections_problem.html", status=422, problem=problem, back=own(form.get("back", "/")))
