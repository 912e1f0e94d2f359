"""What pages may use beside Markdown: commands that are run, files, pictures, and what is written from the code."""

import re
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, ClassVar

from docutils import nodes  # type: ignore[import-untyped]
from docutils.parsers.rst import directives  # type: ignore[import-untyped]
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective, SphinxRole

from docs.building import commands, fields, floors, tables
from docs.building.stage import Stage, StageError

log = logging.getLogger(__name__)
STAGES: dict[str, Stage] = {}
PICTURES = Path(__file__).parents[1] / "pictures"
LANGUAGES = {".py": "python", ".sql": "sql", ".yml": "yaml", ".jsonl": "json", ".txt": "text"}


class OfAPage(SphinxDirective):
    """Something that happens in the folder of its page."""

    @property
    def stage(self) -> Stage:
        """The page's own."""
        if self.env.docname not in STAGES:
            STAGES[self.env.docname] = Stage(Path(mkdtemp(prefix="sayso-docs-")))
        return STAGES[self.env.docname]

    def warn(self, what: object) -> None:
        """Tell where it is; with -W the build fails."""
        log.warning("%s", what, location=self.get_location())


class Session(OfAPage):
    """Commands, one a line after “$ ”, shown with what they print.

    ``:lines:`` shows so many lines of each command's output, ``:expect:`` fails the build where the words (several
    parted by “ | ”) are not in what was printed, ``:status:`` is the exit status, if not 0.
    """

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "lines": directives.nonnegative_int,
        "expect": directives.unchanged,
        "status": directives.nonnegative_int,
    }

    def run(self) -> list[nodes.Node]:
        """Run and show them."""
        shown: list[str] = []
        printed = ""
        for line in self.content:
            try:
                typed, out = self.stage.run(line.removeprefix("$ "), self.options.get("status", 0))
            except StageError as error:
                self.warn(error)
                continue
            printed += out
            shown += [f"$ {typed}", *_first(out.rstrip().splitlines(), self.options.get("lines"))]
        for words in filter(None, self.options.get("expect", "").split(" | ")):
            if " ".join(words.split()) not in " ".join(printed.split()):
                self.warn(f"“{words}” is not in what is printed: mend the page")
        return [_literal("\n".join(shown), "console")]


class File(OfAPage):
    """A file that the page's commands use, shown with its name."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Write and show it."""
        name, text = self.arguments[0], "\n".join(self.content) + "\n"
        self.stage.write(name, text)
        body = _literal(text.rstrip(), LANGUAGES.get(Path(name).suffix, "text"))
        box = nodes.container("", nodes.caption(name, "", nodes.literal("", name)), body, literal_block=True)
        box["classes"].append("literal-block-wrapper")
        return [box]


class Picture(SphinxDirective):
    """A picture that ``docs/pictures.py`` made, in light and dark, with what is to be seen; the words alone without."""

    required_arguments = 1
    has_content = True

    def run(self) -> list[nodes.Node]:
        """Show it."""
        name, words = self.arguments[0], " ".join(self.content)
        themes = [theme for theme in ("light", "dark") if (PICTURES / f"{name}-{theme}.png").exists()]
        images = [self._image(name, theme, words) for theme in themes]
        if not images:
            return [nodes.paragraph("", "", nodes.emphasis("", f"Picture: {words}"))]
        return [nodes.figure("", *images, nodes.caption("", words))]

    def _image(self, name: str, theme: str, words: str) -> nodes.image:
        return nodes.image(uri=f"/pictures/{name}-{theme}.png", alt=words, classes=[f"only-{theme}"])


class Written(SphinxDirective):
    """Markdown that is written from the code."""

    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Write and parse it; with -W the build fails where the code and what is told of it differ."""
        try:
            text = self.text(*self.arguments)
        except (KeyError, ValueError) as error:
            log.warning("%r", error, location=self.get_location())
            return []
        return self.parse_text_to_nodes(text, allow_section_headings=True)

    def text(self, *arguments: str) -> str:
        """The Markdown."""
        raise NotImplementedError


class Commands(Written):
    """Every command of the command line."""

    def text(self, *arguments: str) -> str:  # noqa: ARG002
        """All of them."""
        return commands.reference()


class Fields(Written):
    """What a JSON object or a dataclass holds: ``{fields} Reading``."""

    def text(self, *arguments: str) -> str:
        """The table."""
        return fields.table(arguments[0])


class Choices(Written):
    """The values that a field may take."""

    def text(self, *arguments: str) -> str:
        """The table."""
        return fields.choices(arguments[0])


class Tables(Written):
    """Tables of columns: those of the ledger, its views, the exports, or of a batch."""

    def text(self, *arguments: str) -> str:
        """The tables."""
        return tables.KINDS[arguments[0]]()


class Floors(Written):
    """The pinned numbers of one group."""

    def text(self, *arguments: str) -> str:
        """The table."""
        return floors.table(arguments[0])


class Floor(SphinxRole):
    """One pinned number."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The number as text."""
        return [nodes.Text(floors.number(self.text))], []


ALL = {
    "session": Session, "file": File, "picture": Picture, "commands": Commands, "fields": Fields, "choices": Choices,
    "tables": Tables, "floors": Floors,
}  # fmt: skip


def _first(lines: list[str], most: int | None) -> list[str]:
    return lines if most is None or len(lines) <= most else [*lines[:most], "…"]


def _literal(text: str, language: str) -> nodes.literal_block:
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    return nodes.literal_block(text, text, language=language, force=True)
