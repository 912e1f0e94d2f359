"""The application over a ledger of the sample story: asked by a client, and served to a browser."""

import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import pytest
import uvicorn
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, sync_playwright

from sayso import weighing
from sayso.adding import Tally, add_reports, embed
from sayso.ingest import reports
from sayso.record.ledger import Ledger
from sayso.web.app import create
from sayso.web.listening import listening
from sayso.web.settings import Settings

SAMPLE = str(resources.files("sayso.samples").joinpath("ceasefire.jsonl"))
HERE = "http://127.0.0.1:8000"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--no-first-run",
]  # fmt: skip


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("web") / "ledger.db"
    with Ledger(str(path), embed=embed) as ledger:
        add_reports(ledger, reports([SAMPLE]), Tally())
        weighing.refresh(ledger)
    return path


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> str:
    return str(shutil.copy(made, tmp_path / "ledger.db"))


@pytest.fixture
def client(ledger: str) -> Iterator[TestClient]:
    with TestClient(create(Settings(ledger, who="Ada")), base_url=HERE) as client:
        yield client


@contextmanager
def serving(settings: Settings) -> Iterator[str]:
    """The address of the application, served by a thread until this is left."""
    with listening("127.0.0.1", 0) as (socket, address):
        running = uvicorn.Server(uvicorn.Config(create(settings), log_level="warning"))
        thread = threading.Thread(target=running.run, args=([socket],))
        thread.start()
        try:
            while not running.started:
                assert thread.is_alive()
                time.sleep(0.02)
            yield f"http://{address}"
        finally:
            running.should_exit = True
            thread.join()


@pytest.fixture(scope="module")
def server(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(Settings(str(shutil.copy(made, tmp_path_factory.mktemp("served") / "ledger.db")))) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium here: install Debian's package chromium")
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield found
        found.close()


@contextmanager
def watched(browser: Browser, **how: Any) -> Iterator[BrowserContext]:
    """A browser's window, made as ``how`` says; on leaving, nothing may have gone wrong in any of its pages.

    Wrong is what a console would show as an error or a warning (what the content policy refuses among it), an error of
    a script, a dialog, and a request to anywhere but the server.
    """
    wrong: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def watch(page: Page) -> None:
        page.on("console", lambda said: wrong.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: wrong.append(str(error)))
        page.on("dialog", dismiss)
        page.on("request", lambda asked: None if _is_ours(asked.url) else wrong.append(asked.url))

    with browser.new_context(**how) as context:
        context.on("page", watch)
        yield context
    assert not wrong


def _is_ours(url: str) -> bool:
    return url.startswith(("http://127.0.0.1:", "data:", "blob:"))


@pytest.fixture
def page(browser: Browser, server: str) -> Iterator[Page]:
    with watched(browser, base_url=server, viewport={"width": 1280, "height": 900}) as context:
        yield context.new_page()
