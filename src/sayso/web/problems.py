"""What goes wrong, as one page and one JSON shape: {"error": {"status", "message"}}."""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from sayso.errors import SaysoError
from sayso.web.rendering import render
from sayso.web.settings import Settings

TITLES = {
    400: "That can't be done", 403: "Not allowed", 404: "Nothing here", 405: "Not that way",
    409: "Something is in the way", 413: "Too large", 422: "Not understood", 503: "Not at the moment",
}  # fmt: skip


def install(app: FastAPI) -> None:
    """Have every error answered so."""
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(SaysoError, _ledger)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101 - for the type
    return problem(request, error.status_code, str(error.detail))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101 - for the type
    parts = (f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in error.errors())
    return problem(request, 422, "; ".join(parts))


async def _ledger(request: Request, error: Exception) -> Response:
    assert isinstance(error, SaysoError)  # noqa: S101 - for the type
    settings: Settings = request.app.state.settings
    return problem(request, 503, settings.said(error))


def failed(request: Request) -> Response:
    """What to answer where the application is at fault."""
    return problem(request, 500, "This should not have happened. What the server printed tells more: please report it.")


def problem(request: Request, status: int, message: str) -> Response:
    """The answer: JSON below ``/api``, else a page."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"status": status, "message": message}}, status)
    title = TITLES.get(status, "Something went wrong")
    return render(request, "problem.html", status=status, title=title, message=message)
