"""Adding by URL and watching feeds, against a real server on this machine."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sayso.record.ledger import Ledger
from tests.ingest.server import Web, feed, page

SAYSO = str(Path(sys.executable).with_name("sayso"))
STORY = (
    "<html><head><title>Ferry to sail again</title><meta property='og:site_name' content='Orrin Post'></head><body>"
    "<nav><a href='/'>Home</a></nav><article><h1>Ferry to sail again</h1><p>SARENNA, May 4 — The ferry line will "
    "reopen on Monday, harbour master Ilva Dorn said after a meeting with the owners of the boats.</p>"
    "<blockquote>“We have waited long enough,” she told reporters on the quay, where some 40 people had gathered."
    "</blockquote><p>The owners could not be reached for comment on Sunday evening.</p></article></body></html>"
)


@pytest.fixture
def web() -> Iterator[Web]:
    web = Web()
    web.pages = {
        "/story.html": page(STORY, "text/html"),
        "/feed": page(feed(("story.html", "")), "application/rss+xml"),
    }
    yield web
    web.close()


def sayso(tmp_path: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    known = os.environ | {"SAYSO_LEDGER": str(tmp_path / "ledger.db")}
    return subprocess.run([SAYSO, *arguments], capture_output=True, text=True, env=known, timeout=60)


def test_an_address_of_this_machine_is_refused_unless_allowed(web: Web, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{web.port}/story.html"
    refused = sayso(tmp_path, "add", url)
    assert refused.returncode == 1
    assert f"skipped {url}" in refused.stderr
    assert web.asked == []
    assert sayso(tmp_path, "add", "--private", url).returncode == 0
    with Ledger(str(tmp_path / "ledger.db")) as ledger:
        (reading,) = ledger.readings()
    assert (reading.report.outlet, reading.report.title) == ("Orrin Post", "Ferry to sail again")
    assert "We have waited long enough" in reading.report.text
    assert "Home" not in reading.report.text
    assert "Ilva Dorn" in {a.speaker.name for a in reading.attributions}


def test_watching_once_takes_what_is_new(web: Web, tmp_path: Path) -> None:
    url = f"http://127.0.0.1:{web.port}/feed"
    first = sayso(tmp_path, "watch", "--once", "--private", url)
    assert first.returncode == 0, first.stderr
    assert f"{url}: 1 new" in first.stderr
    assert "1 added" in first.stderr
    again = sayso(tmp_path, "watch", "--once", "--private", url)
    assert "0 new" in again.stderr
    assert web.paths.count("/story.html") == 1


def test_watching_ends_when_asked(web: Web, tmp_path: Path) -> None:
    known = os.environ | {"SAYSO_LEDGER": str(tmp_path / "ledger.db")}
    command = [SAYSO, "watch", "--private", f"http://127.0.0.1:{web.port}/feed"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=known) as watching:
        until = time.monotonic() + 30
        while not web.paths and time.monotonic() < until:
            time.sleep(0.05)
        watching.send_signal(signal.SIGTERM)
        _, said = watching.communicate(timeout=30)
    assert watching.returncode == 0, said
    assert "added" in said
