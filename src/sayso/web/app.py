"""The application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from sayso import __version__
from sayso.web import problems
from sayso.web.desk import Desk
from sayso.web.jobs import Jobs
from sayso.web.rendering import environment
from sayso.web.security import Guard
from sayso.web.settings import Settings

STATIC = Path(__file__).with_name("static")
ROUTERS = (
    "pages.home", "pages.stories", "pages.reports", "pages.claims", "pages.figures", "pages.sources", "pages.search",
    "pages.adding", "pages.judging", "pages.theme", "api.v1",
)  # fmt: skip


def create(settings: Settings) -> FastAPI:
    """The application for a ledger. LedgerError if it can't be opened."""
    desk = Desk(settings)
    jobs = Jobs(desk.ledger, desk.changed)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        desk.start()
        if not settings.read_only:
            jobs.start()
        yield
        jobs.stop()
        desk.stop()

    app = FastAPI(
        title="Sayso", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json", description="On whose say-so? The ledger's reports, readings and claims.",
    )  # fmt: skip
    app.state.settings, app.state.desk, app.state.jobs = settings, desk, jobs
    app.state.templates = environment()
    app.add_middleware(Guard, settings=settings)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    problems.install(app)
    for name in ROUTERS:
        app.include_router(import_module(f"sayso.web.{name}").router)
    return app
