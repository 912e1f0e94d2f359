"""Light or dark."""

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.responses import RedirectResponse, Response

from sayso.web.correcting.back import own
from sayso.web.rendering import THEME, THEMES

router = APIRouter(include_in_schema=False)
YEAR = 365 * 24 * 3600


@router.post("/theme")
def theme(theme: Annotated[str, Form()], back: Annotated[str, Form()] = "/") -> Response:
    """Keep the choice in this browser and go back to the page."""
    answer = RedirectResponse(own(back), 303)
    answer.set_cookie(THEME, theme if theme in THEMES else "auto", max_age=YEAR, samesite="lax")
    return answer
