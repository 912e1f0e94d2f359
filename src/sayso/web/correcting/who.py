"""Who judges: the name that this browser keeps, else the one that the server was started with."""

from urllib.parse import quote, unquote

from starlette.requests import Request
from starlette.responses import Response

from sayso.web.settings import Settings

WHO = "sayso_who"
LONGEST = 80
YEAR = 365 * 24 * 3600


def who_of(request: Request, given: str = "") -> str:
    """The name that was given, or kept."""
    settings: Settings = request.app.state.settings
    return _clean(given) or _clean(unquote(request.cookies.get(WHO, ""))) or settings.who


def keep_who(answer: Response, given: str) -> None:
    """Have the browser keep the name."""
    if name := _clean(given):
        answer.set_cookie(WHO, quote(name), max_age=YEAR, samesite="lax", httponly=True)


def _clean(name: str) -> str:
    return " ".join("".join(letter for letter in name if letter.isprintable()).split())[:LONGEST]
