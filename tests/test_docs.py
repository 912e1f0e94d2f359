"""The README's and the documentation's promises."""

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from sayso.cli import COMMANDS

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(language: str) -> list[str]:
    return [b for page in PAGES for b in re.findall(rf"```{language}\n(.*?)```", page.read_text(), re.DOTALL)]


@pytest.mark.parametrize("code", blocks("python"))
def test_python_examples_run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_the_readme_shows_what_the_program_prints(tmp_path: Path) -> None:
    session = re.search(
        r"```console\n\$ cat bridge.txt\n(.*?)\n\$ sayso read bridge.txt\n(.*?)```", PAGES[0].read_text(), re.DOTALL
    )
    assert session
    (tmp_path / "bridge.txt").write_text(session.group(1))
    sayso = Path(sys.executable).with_name("sayso")
    done = subprocess.run(
        [sayso, "read", "bridge.txt"], cwd=tmp_path, capture_output=True, text=True, env={"COLUMNS": "100"}
    )
    shown = [line.rstrip() for line in done.stdout.strip().splitlines()]
    assert shown == [line.rstrip() for line in session.group(2).strip().splitlines()]


def test_the_readme_shows_what_a_ledger_finds(tmp_path: Path) -> None:
    session = re.search(r"```console\n\$ cat dam.jsonl\n(.*?)```", PAGES[0].read_text(), re.DOTALL)
    assert session
    reports, *steps = re.split(r"^\$ sayso ", session.group(1), flags=re.MULTILINE)
    (tmp_path / "dam.jsonl").write_text(reports)
    sayso = Path(sys.executable).with_name("sayso")
    env = {"COLUMNS": "100", "SAYSO_LEDGER": str(tmp_path / "ledger.db")}
    for step in steps:
        command, _, expected = step.partition("\n")
        done = subprocess.run([sayso, *shlex.split(command)], cwd=tmp_path, capture_output=True, text=True, env=env)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip() == expected.strip()


def test_every_command_is_documented() -> None:
    page = (ROOT / "docs/cli.md").read_text()
    for command in COMMANDS:
        assert f"`sayso {command}" in page


def test_the_two_commands_of_the_readme_are_in_the_makefile() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:`|    )make (\w+)", PAGES[0].read_text())) <= targets


def test_every_dependency_has_its_reason() -> None:
    project = (ROOT / "pyproject.toml").read_text()
    page = (ROOT / "docs/dependencies.md").read_text()
    listed = re.search(r"^dependencies = \[(.*?)\]", project, re.DOTALL | re.MULTILINE)
    assert listed
    for name in re.findall(r'"([\w-]+)', listed.group(1)):
        assert f"| {name} |" in page
