"""Adding reports: a pasted text, an address, or files."""

import shutil
import tempfile
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, HTTPException, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sayso.ingest import Defaults
from sayso.ingest.inputs import completed
from sayso.record.ledger import Added
from sayso.terms import Report
from sayso.web.jobs import Job, Jobs
from sayso.web.pages.judging import must_write
from sayso.web.rendering import desk_of, render, safe_link
from sayso.web.settings import Settings

router = APIRouter(include_in_schema=False)
BLOCK = 1 << 20
Word = Annotated[str, Form(max_length=2000)]


@router.get("/add")
def form(request: Request) -> Response:
    """The form."""
    return render(request, "add.html", problem="")


@router.post("/add")
def add(
    request: Request, key: Word = "", text: Annotated[str, Form()] = "", title: Word = "", outlet: Word = "",
    published: Word = "", url: Word = "", files: Annotated[list[UploadFile] | None, File()] = None,
) -> Response:  # fmt: skip
    """Begin to add what was given."""
    must_write(request, key)
    settings: Settings = request.app.state.settings
    defaults = Defaults(outlet or None, published or None, title or None)
    given = [upload for upload in files or () if upload.filename]
    if text.strip():
        report = Report(text.replace("\r\n", "\n"), title=title or None, url=url or None)
        job = Job(completed(report, defaults))
    elif given:
        job = Job(folder=_kept(given, settings.most_bytes), defaults=defaults)
    elif safe_link(url):
        job = Job(url=url, defaults=defaults)
    else:
        return render(request, "add.html", status=422, problem="Paste a text, choose files, or give an http address.")
    if not _jobs(request).put(job):
        raise HTTPException(503, "Too much is waiting to be added: try again in a minute.")
    return RedirectResponse(f"/add/{job.id}", 303)


@router.get("/add/{id}")
def progress(request: Request, id: str) -> Response:
    """How the adding goes, and what became of it."""
    job = _jobs(request).get(id)
    if job is None:
        raise HTTPException(404, "There is no such job in this server, or it was long ago.")
    added = [one for one in job.told if isinstance(one, Added)]
    names = desk_of(request).known(one.id for one in added)
    return render(
        request, "job.html", job=job, added=[(one, names[one.id]) for one in added if one.id in names],
        skipped=[one for one in job.told if not isinstance(one, Added)],
    )  # fmt: skip


def _jobs(request: Request) -> Jobs:
    jobs: Jobs = request.app.state.jobs
    return jobs


def _kept(uploads: list[UploadFile], most: int) -> Path:
    """The files in a new folder. 413 if one is too large."""
    folder = Path(tempfile.mkdtemp(prefix="sayso-"))
    try:
        for number, upload in enumerate(uploads):
            name = Path(upload.filename or "file").name.replace("\0", "")[-100:] or "file"
            (folder / str(number)).mkdir()
            _copied(upload, folder / str(number) / name, most)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return folder


def _copied(upload: UploadFile, to: Path, most: int) -> None:
    size = 0
    with to.open("wb") as out:
        while block := upload.file.read(BLOCK):
            size += len(block)
            if size > most:
                raise HTTPException(413, f"{to.name} is larger than {most >> 20} MiB: add it with `sayso add`.")
            out.write(block)
