"""Makes the documentation's pictures: the web application over the sample story, seen by Chromium.

python docs/pictures.py [NAME…]  writes docs/pictures/NAME-THEME.png, all of them or those named.
"""

import shutil
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, NamedTuple

import click
import uvicorn
from playwright.sync_api import Browser, sync_playwright

from sayso import weighing
from sayso.adding import Tally, add_reports, embed
from sayso.record.ledger import Ledger
from sayso.samples import sample_reports
from sayso.web.app import create
from sayso.web.listening import listening
from sayso.web.settings import Settings

FOLDER = Path(__file__).with_name("pictures")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"]
HEIGHT = 800
CLAIM = "truce is due to begin"


class Shot(NamedTuple):
    """One picture: its name, the page, the width of the window, light or dark.

    ``{story}``, ``{claim}`` and ``{series}`` in a path stand for ids of the sample story.
    """

    name: str
    path: str
    width: int
    theme: Literal["light", "dark"]


PAGES = (
    ("desk", "/", 1100),
    ("claim", "/claims/{claim}", 1100),
    ("figure", "/figures/{story}/{series}", 1100),
    ("report", "/reports/v03?statement=a8", 1100),
    ("sources", "/sources", 1100),
    ("review", "/review", 1100),
)
SHOTS = [Shot(name, path, width, theme) for name, path, width in PAGES for theme in ("light", "dark")]


def main(names: list[str]) -> int:
    """Make the pictures; 1 if there is no Chromium, 2 if there is no picture of a name, 3 if a page is not there."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        click.echo("no Chromium here: install it (Debian: chromium); pages are built without pictures", err=True)
        return 1
    if unknown := set(names) - {shot.name for shot in SHOTS}:
        click.echo(f"no picture is named {', '.join(sorted(unknown))}", err=True)
        return 2
    FOLDER.mkdir(exist_ok=True)
    with served() as (address, ids), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        missing = [
            shot for shot in SHOTS if shot.name in (names or shot.name) and not _taken(browser, address, ids, shot)
        ]
        browser.close()
    for shot in missing:
        click.echo(f"{shot.name} ({shot.path}) is not there", err=True)
    return 3 if missing else 0


def _taken(browser: Browser, address: str, ids: dict[str, str], shot: Shot) -> bool:
    """Take the picture; False if there is no such page."""
    size = {"width": shot.width, "height": HEIGHT}
    with browser.new_context(viewport=size, color_scheme=shot.theme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        answer = page.goto(address + shot.path.format(**ids))
        if answer is None or not answer.ok:
            return False
        page.screenshot(path=FOLDER / f"{shot.name}-{shot.theme}.png")
    return True


@contextmanager
def served() -> Iterator[tuple[str, dict[str, str]]]:
    """The application's address over a ledger of the sample story, and the ids of what is shown."""
    with TemporaryDirectory(prefix="sayso-") as folder:
        place = str(Path(folder) / "ledger.db")
        with Ledger(place, embed=embed) as ledger:
            add_reports(ledger, sample_reports(), Tally())
            weighing.refresh(ledger)
            ids = _ids(ledger)
        with listening("127.0.0.1", 0) as (socket, address):
            server = uvicorn.Server(uvicorn.Config(create(Settings(place, who="Ada")), log_level="critical"))
            thread = threading.Thread(target=server.run, args=([socket],))
            thread.start()
            while not server.started and thread.is_alive():
                time.sleep(0.05)
            try:
                yield f"http://{address}", ids
            finally:
                server.should_exit = True
                thread.join()


def _ids(ledger: Ledger) -> dict[str, str]:
    whole = weighing.story(ledger)
    assert whole is not None  # noqa: S101 - the sample is a story
    claims = whole.story.claims
    shown = next((claim for claim in claims if CLAIM in claim.text), claims[0])
    return {"story": whole.story.id, "claim": shown.id, "series": whole.series[0].id}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
