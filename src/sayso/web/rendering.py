"""Templates and answers."""

import csv
import io
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, is_dataclass
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from sayso import __version__
from sayso.web.desk import Desk
from sayso.web.security import form_key
from sayso.web.settings import Settings

THEME = "sayso_theme"
THEMES = ("auto", "light", "dark")
UNSAFE, LONGEST = re.compile(r"[^A-Za-z0-9_-]+"), 80
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def environment() -> Environment:
    """The templates, with everything in them escaped."""
    made = Environment(
        loader=PackageLoader("sayso.web"), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
        lstrip_blocks=True,
    )  # fmt: skip
    made.filters |= {"day": day, "number": number, "path": path, "plural": plural, "safe_link": safe_link}
    made.globals |= {"version": __version__}
    return made


def desk_of(request: Request) -> Desk:
    """What the pages work on."""
    desk: Desk = request.app.state.desk
    return desk


def render(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """A page."""
    settings: Settings = request.app.state.settings
    theme = request.cookies.get(THEME, "auto")
    html = request.app.state.templates.get_template(template).render(
        request=request,
        here=request.url.path,
        read_only=settings.read_only,
        form_key=form_key(request),
        theme=theme if theme in THEMES else "auto",
        progress=desk_of(request).progress,
        **context,
    )
    return HTMLResponse(html, status)


def as_json(value: Any) -> Any:
    """Dataclasses as JSON values."""
    return json.loads(json.dumps(value, default=_plain))


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return list(value) if isinstance(value, set | frozenset) else str(value)


def table(rows: Sequence[Mapping[str, Any]], kind: str, name: str) -> Response:
    """A table as a file: ``csv`` or ``json``."""
    plain = UNSAFE.sub("-", name)[:LONGEST].strip("-.") or "table"
    saved = {"content-disposition": f'attachment; filename="{plain}.{kind}"'}
    if kind == "json":
        return JSONResponse(as_json(rows), headers=saved)
    return Response(_csv(rows), media_type="text/csv; charset=utf-8", headers=saved)


def _csv(rows: Sequence[Mapping[str, Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    columns = list(dict.fromkeys(name for row in rows for name in row))
    writer.writerow(columns)
    writer.writerows([_cell(row.get(name)) for name in columns] for row in rows)
    return out.getvalue()


def _cell(value: Any) -> Any:
    """A value that no spreadsheet takes for a formula."""
    if isinstance(value, list | tuple | dict):
        value = json.dumps(value, ensure_ascii=False, default=_plain)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def day(when: str | None) -> str:
    """A date of publication, no finer than a day."""
    return (when or "")[:10] or "no date"


def number(value: float | None) -> str:
    """A number as people write it."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == int(value) else f"{value:,}"


def plural(count: int, one: str, many: str | None = None) -> str:
    """A count with its word: "3 reports"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def path(part: str) -> str:
    """A part of an address, quoted."""
    return quote(part, safe="")


def safe_link(url: str | None) -> str | None:
    """The address, if following it can do no harm."""
    return url if url and url.lower().startswith(("http://", "https://")) else None
