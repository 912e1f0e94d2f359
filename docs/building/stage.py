"""A folder in which the commands of one page run, one after the other, as a reader would type them."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass, field
from pathlib import Path

from click.testing import CliRunner

from sayso.cli import cli

ROOT = Path(__file__).parents[2]
ID = re.compile(r"\b[0-9a-f]{8,16}\b")
STATEMENT = re.compile(r"\b[0-9a-f]{16}(?: |\", \"id\": \")[af]\d+\b")
ASKED = re.compile(r"\{(id|statement) of \"(.+?)\"\}")
EXPORT = re.compile(r"export (\w+)=(\S+)")
OURS = re.compile(r"sayso ([^|<>&;$`]+)(?: (?:\| (?P<then>.+)|> (?P<file>\S+)))?")
WIDTH = "100"


class StageError(Exception):
    """A command of a page that does not work, or that prints something else than the page says."""


@dataclass
class Stage:
    """The folder, what the page has exported, and all that was printed so far."""

    folder: Path
    exported: dict[str, str] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Lay the sources of the checkout beside what the page writes, so that paths are those of a reader."""
        (self.folder / "src").symlink_to(ROOT / "src")

    def write(self, name: str, text: str) -> None:
        """A file that the page shows."""
        (self.folder / name).write_text(text, encoding="utf-8")

    def run(self, command: str, status: int = 0) -> tuple[str, str]:
        """The command with its ids filled in, and what it prints. StageError if it doesn't end with ``status``."""
        typed = ASKED.sub(lambda asked: self._found(asked[1], asked[2]), command)
        if exported := EXPORT.fullmatch(typed):
            self.exported[exported[1]] = exported[2]
            return typed, ""
        if ours := OURS.fullmatch(typed):
            out, ended = self._here(shlex.split(ours[1]))
            if then := ours["then"] or (f"cat > {ours['file']}" if ours["file"] else ""):
                out, ended = self._in_a_shell(then, out)
        else:
            out, ended = self._in_a_shell(typed)
        if ended != status:
            raise StageError(f"`{typed}` ended with {ended}, not with {status}")
        self.printed += out.splitlines()
        return typed, out

    def _environment(self) -> Mapping[str, str]:
        ledger = str(self.folder / "ledger.db")
        return {"COLUMNS": WIDTH, "SAYSO_LEDGER": ledger, "SAYSO_WHO": "Ada", "NO_COLOR": "1"} | self.exported

    def _here(self, arguments: list[str]) -> tuple[str, int]:
        """Run it in this process: the network is loaded once for all pages."""
        with chdir(self.folder):
            result = CliRunner().invoke(cli, arguments, env=self._environment(), standalone_mode=False)
        if result.exception:
            raise StageError(f"`sayso {shlex.join(arguments)}`: {result.exception!r}")
        return result.stdout, int(result.return_value or 0)

    def _in_a_shell(self, command: str, given: str = "") -> tuple[str, int]:
        path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
        environment = {**os.environ, **self._environment(), "PATH": path}
        shell = ["bash", "-c", command]
        done = subprocess.run(  # noqa: S603 - what a page shows
            shell, cwd=self.folder, env=environment, input=given, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise StageError(f"`{command}` ended with {done.returncode}: {done.stderr.strip()}")
        return done.stdout, done.returncode

    def _found(self, kind: str, words: str) -> str:
        """The id that was printed in the line that has the words, or beside it."""
        pattern = STATEMENT if kind == "statement" else ID
        for at, line in enumerate(self.printed):
            if words in line:
                near = (line, *self.printed[at + 1 : at + 3], *self.printed[max(at - 1, 0) : at])
                if ids := [found for one in near for found in pattern.findall(one)]:
                    return str(ids[0]).replace('", "id": "', " ")
        raise StageError(f"no id beside “{words}” was printed so far")
