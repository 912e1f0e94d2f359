"""Adding reports: a pasted text, an address, or files."""

import shutil
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Depends, HTTPException
from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.errors import InputError
from sayso.ingest import Defaults
from sayso.ingest.dates import iso_date
from sayso.record.ledger import Added
from sayso.terms import Report
from sayso.web.jobs import Job, Jobs
from sayso.web.limits import FIELDS, FILES, megabytes
from sayso.web.pages.judging import may_write, must_write
from sayso.web.rendering import desk_of, render, safe_link
from sayso.web.settings import Settings

router = APIRouter(include_in_schema=False)
BLOCK = 1 << 20
NAMES = ("title", "outlet", "published", "url")
LONGEST = 2000
FULL = "Too much is waiting to be added: try again in a minute, when some of it is done."


@dataclass(frozen=True)
class Sent:
    """What a form sent: its fields and its files."""

    fields: dict[str, str]
    files: tuple[UploadFile, ...]

    def get(self, name: str) -> str:
        """A field without space around it, empty if there is none."""
        return self.fields.get(name, "").strip()


async def sent(request: Request) -> AsyncIterator[Sent]:
    """The form, its files lying on disk until the request is done."""
    may_write(request)
    settings: Settings = request.app.state.settings
    async with request.form(max_files=FILES, max_fields=FIELDS, max_part_size=settings.most_bytes) as form:
        given = form.multi_items()
        yield Sent(
            {name: value for name, value in given if isinstance(value, str)},
            tuple(value for _, value in given if isinstance(value, UploadFile) and value.filename),
        )


@router.get("/add")
def add_form(request: Request) -> Response:
    """The form."""
    may_write(request)
    return _form(request)


@router.post("/add")
def add(request: Request, form: Annotated[Sent, Depends(sent)]) -> Response:
    """Begin to add what was given."""
    must_write(request, form.get("key"))
    try:
        job = _asked(form, request.app.state.settings)
    except InputError as error:
        return _form(request, str(error), form.fields)
    if not jobs_of(request).put(job):
        raise HTTPException(503, FULL)
    return RedirectResponse(f"/add/{job.id}", 303)


@router.get("/add/{id}")
def progress(request: Request, id: str) -> Response:
    """How the adding goes, and what became of it."""
    jobs = jobs_of(request)
    found = jobs.get(id)
    if found is None:
        raise HTTPException(404, "There is no such job: it was long ago, or before the server was started.")
    job = found.now()
    added = [one for one in job.told if isinstance(one, Added)]
    names = desk_of(request).known(one.id for one in added)
    return render(
        request, "job.html", job=job, added=[(one, names[one.id]) for one in added if one.id in names],
        skipped=[one for one in job.told if not isinstance(one, Added)], before=jobs.before(found),
        untold=job.tally.done - len(job.told),
    )  # fmt: skip


def _form(request: Request, problem: str = "", filled: dict[str, str] | None = None) -> Response:
    settings: Settings = request.app.state.settings
    return render(
        request, "add.html", status=422 if problem else 200, problem=problem, filled=blank() | (filled or {}),
        most=megabytes(settings.most_bytes),
    )  # fmt: skip


def blank() -> dict[str, str]:
    """A form in which nothing is filled in."""
    return dict.fromkeys(("text", *NAMES), "")


def jobs_of(request: Request) -> Jobs:
    """The jobs of this server."""
    jobs: Jobs = request.app.state.jobs
    return jobs


def _asked(form: Sent, settings: Settings) -> Job:
    """What the form asks for. InputError if it can't be done."""
    title, outlet, published, url = map(form.get, NAMES)
    if long := [name for name in NAMES if len(form.get(name)) > LONGEST]:
        raise InputError(f"The {long[0]} has more than {LONGEST:,} characters: shorten it.")
    if url and not safe_link(url):
        raise InputError("The address must begin with http:// or https://.")
    defaults = Defaults(outlet or None, day_of(published), title or None)
    text = form.fields.get("text", "").replace("\r\n", "\n")
    if text.strip() and form.files:
        raise InputError("Give either a text or files, not both: they would be different reports.")
    if text.strip():
        return Job((Report(text, url=url or None, title=title or None),), defaults=defaults)
    if form.files:
        return Job(folder=kept(form.files, settings.most_bytes), defaults=defaults)
    if url:
        return Job(url=url, defaults=defaults)
    raise InputError("Paste a text, choose files, or give an address.")


def day_of(published: str) -> str | None:
    """A date as the ledger keeps it, None where nothing is said. InputError if it is no date."""
    found = iso_date(published)
    if published and found is None:
        raise InputError(f"“{published[:40]}” is no date: write one like 2031-05-04.")
    return found


def kept(uploads: Sequence[UploadFile], most: int) -> Path:
    """The files in a new folder, each in a folder of its own. 413 if one is too large."""
    folder = Path(tempfile.mkdtemp(prefix="sayso-"))
    try:
        for number, upload in enumerate(uploads):
            place = folder / f"{number:03}"
            place.mkdir()
            _copied(upload, place / plain_name(upload.filename or ""), most)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def plain_name(given: str) -> str:
    """A name that leads out of no folder and that every system takes."""
    last = given.replace("\\", "/").rpartition("/")[2]
    name = "".join(letter for letter in last if letter.isprintable() and letter not in '<>:"|?*').lstrip(".")
    while len(name.encode(errors="replace")) > 120:
        name = name[1:]
    return name.encode(errors="replace").decode() or "file"


def _copied(upload: UploadFile, to: Path, most: int) -> None:
    size = 0
    with to.open("wb") as out:
        while block := upload.file.read(BLOCK):
            size += len(block)
            if size > most:
                raise HTTPException(413, f"{to.name} is larger than {megabytes(most)}: add it with `sayso add`.")
            out.write(block)
