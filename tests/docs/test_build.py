"""The documentation, built once: every command in it is run, and every warning is an error."""

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

from sayso.cli import COMMANDS

ROOT = Path(__file__).parents[2]
PAGES = sorted(
    path.relative_to(ROOT / "docs").with_suffix("").as_posix()
    for path in (ROOT / "docs").rglob("*.md")
    if "building" not in path.parts
)
LOADED = re.compile(r"<(?:script|img|iframe|source)\b[^>]*\bsrc=\"([^\"]+)|<link\b[^>]*\bhref=\"([^\"]+)")
ADDRESS = re.compile(r"<a\b[^>]*\bhref=\"([^\"]+)\"")


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("docs")
    command = [sys.executable, "-m", "sphinx", "-q", "-E", "-W", "--keep-going", "-b", "html", "docs", str(out)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return out


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_built_and_its_links_lead_somewhere(built: Path, page: str) -> None:
    path = built / f"{page}.html"
    for link in ADDRESS.findall(path.read_text()):
        if not re.match(r"https?:|mailto:", link):
            place, _, fragment = unquote(link).partition("#")
            target = (path.parent / place).resolve() if place else path
            assert target.is_file(), link
            assert not fragment or f'id="{fragment}"' in target.read_text(), link


def test_pages_load_nothing_from_elsewhere(built: Path) -> None:
    for path in built.rglob("*.html"):
        for script, sheet in LOADED.findall(path.read_text()):
            assert not re.match(r"(?:https?:)?//", script or sheet), path
    for path in built.rglob("*.css"):
        assert not re.search(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//", path.read_text()), path


def test_pages_name_no_place_of_the_machine_that_built_them(built: Path) -> None:
    for path in built.rglob("*.html"):
        for place in (str(ROOT), "sayso-docs-", str(built)):
            assert place not in path.read_text(), path


def test_every_command_has_its_section(built: Path) -> None:
    page = (built / "reference/commands.html").read_text()
    for command in [*COMMANDS, "judge-claims", "judge-speakers", "judge-saying", "ledger-backup"]:
        assert f'id="sayso-{command}"' in page


def test_what_is_shown_was_printed(built: Path) -> None:
    page = re.sub(r"<[^>]+>", "", (built / "tutorial.html").read_text())
    assert "this report ← Coastal Mail ← two engineers familiar with the inspection" in page
    assert not re.search(r"\{(?:id|statement) of", page)
