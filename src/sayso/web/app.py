"""The application."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module
from pathlib import Path

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from sayso import __version__
from sayso.web import problems
from sayso.web.desk import Desk
from sayso.web.jobs import Jobs
from sayso.web.nearness import Nearness
from sayso.web.remembering import Remembered
from sayso.web.rendering import environment
from sayso.web.security import Guard
from sayso.web.settings import Settings
from sayso.web.sourcing import ask_first

THREADS = 16
STATIC = Path(__file__).with_name("static")
ROUTERS = (
    "pages.home", "pages.stories", "pages.reports", "pages.claims", "pages.figures", "pages.sources", "pages.search",
    "pages.adding", "pages.judging", "pages.review", "pages.theme", "api.v1", "api.judgements",
    "api.sources", "api.search", "api.adding",
)  # fmt: skip


def create(settings: Settings) -> FastAPI:
    """The application for a ledger. LedgerError if it can't be opened."""
    desk = Desk(settings)
    jobs = Jobs(desk.ledger, desk.changed, settings.said)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        desk.start()
        app.state.remembered.start(ask_first)
        if not settings.read_only:
            jobs.start()
        yield
        jobs.stop()
        app.state.remembered.close()
        app.state.nearness.close()
        desk.stop()

    app = FastAPI(
        title="Sayso", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None,
        openapi_url="/api/openapi.json", description="On whose say-so? The ledger's reports, readings and claims.",
    )  # fmt: skip
    app.state.settings, app.state.desk, app.state.jobs = settings, desk, jobs
    app.state.templates, app.state.remembered = environment(), Remembered(desk.ledger)
    app.state.nearness = Nearness(desk.ledger)
    app.add_middleware(Guard, settings=settings, failed=problems.failed)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    problems.install(app)
    for name in ROUTERS:
        app.include_router(import_module(f"sayso.web.{name}").router)
    return app
