"""The documentation's sources: commands that exist, links that lead somewhere, fields that are explained."""

import re
import shlex
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import get_origin
from urllib.request import urlopen

import click
import pytest

from docs.building import commands, fields, floors, tables
from docs.building.stage import Stage, StageError
from sayso import errors
from sayso.cli import COMMANDS, cli

ROOT = Path(__file__).parents[2]
DOCS = [path for path in sorted((ROOT / "docs").rglob("*.md")) if "building" not in path.parts]
SHOWN = re.compile(r"(?:^ {4}|^\$ |`)(sayso [a-z][^`\n]*)", re.MULTILINE)
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")


def examples() -> Iterator[tuple[str, str]]:
    """Every command that a page or a help text shows, with its place."""
    for path in [*DOCS, ROOT / "README.md"]:
        for shown in SHOWN.findall(path.read_text()):
            yield path.name, shown
    for shown in SHOWN.findall(commands.reference()):
        yield "help", shown


def found(words: list[str]) -> tuple[click.Command, list[str]]:
    """The command that the words call, and the rest of them. LookupError if there is none."""
    at: click.Command = cli
    context = click.Context(cli)
    while isinstance(at, click.Group) and words:
        inner = at.get_command(context, words[0])
        if inner is None and at.name == "judge":
            inner = at.get_command(context, "statement")
        elif inner is not None:
            words = words[1:]
        if inner is None:
            raise LookupError(f"there is no command {words[0]}")
        at = inner
    return at, words


@pytest.mark.parametrize(("place", "shown"), sorted(set(examples())))
def test_commands_and_options_that_are_shown_exist(place: str, shown: str) -> None:
    first = re.split(r"[|<>]\s|…|\{", shown)[0]
    words = re.findall(r"\"[^\"]*\"|'[^']*'|\S+", first)[1:]
    command, rest = found(words)
    known = {name for one in command.get_params(click.Context(command)) for name in (*one.opts, *one.secondary_opts)}
    for word in rest:
        if re.match(r"--?[a-z]", word):
            assert re.split(r"[=/\s]", word)[0].rstrip(",.:;)") in known, (place, shown)


@pytest.mark.parametrize("path", [*DOCS, ROOT / "README.md"], ids=lambda path: path.name)
def test_links_between_files_lead_somewhere(path: Path) -> None:
    for link in LINK.findall(path.read_text()):
        if not link.startswith(("http:", "https:")):
            assert (path.parent / link).exists(), link


@pytest.mark.parametrize("name", fields.meanings())
def test_fields_and_choices_are_explained(name: str) -> None:
    write = fields.table if isinstance(fields.term(name), type) else fields.choices
    assert write(name).count("\n") == len(fields.meanings()[name]) + 2


def test_a_field_without_a_meaning_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    told = {**fields.meanings(), "When": {"earliest": "first day"}}
    monkeypatch.setattr(fields, "meanings", lambda: told)
    with pytest.raises(ValueError, match="latest"):
        fields.table("When")


def test_types_are_told_in_words() -> None:
    assert fields.in_words(str | None) == "text or null"
    assert fields.in_words(tuple[str, ...]) == "list of text"
    assert fields.in_words(fields.term("Act")) == "[Act](#act)"


@pytest.mark.parametrize("kind", tables.KINDS)
def test_tables_have_no_empty_cell(kind: str) -> None:
    text = tables.KINDS[kind]()
    assert "|  |" not in text
    assert text.count("\n| `") > 5


def test_every_error_is_documented() -> None:
    page = (ROOT / "docs/reference/python.md").read_text()
    for name, value in vars(errors).items():
        if isinstance(value, type):
            assert f".. autoexception:: {name}\n" in page


def test_numbers_are_those_that_are_pinned() -> None:
    assert floors.number("held out/who") == f"{floors.pinned()['held out/who']:.0f}"
    for group in ("readings", "stories"):
        for row in floors.table(group).splitlines()[2:]:
            assert re.search(r"\d", row.split("|", 2)[2]), row
    with pytest.raises(KeyError):
        floors.number("held out/nonsense")


def test_signatures_name_choices() -> None:
    assert all(get_origin(fields.term(name)) for name in ("Form", "Naming"))
    assert fields.named_choices("form: Literal['direct', 'indirect', 'mixed']") == "form: Form"


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def test_commands_are_run_one_after_the_other(stage: Stage) -> None:
    stage.write("news.txt", "The bridge is shut, Mayor Petra Lund said on Friday.\n")
    assert stage.run("export SAYSO_LEDGER=a.db") == ("export SAYSO_LEDGER=a.db", "")
    stage.run("sayso add news.txt")
    _, out = stage.run("sayso search bridge")
    assert "Petra Lund" in out
    typed, _ = stage.run('sayso judge {statement of "Petra Lund"} accept')
    assert re.fullmatch(r"sayso judge [0-9a-f]{16} a1 accept", typed)
    assert stage.run("ls *.db | head -1")[1] == "a.db\n"
    assert stage.run(f"{shlex.quote(sys.executable)} -c 'print(3)'")[1] == "3\n"


@pytest.mark.parametrize("command", ["sayso read nowhere.txt", "sayso nonsense", "false", 'sayso trace {id of "x"}'])
def test_a_command_that_fails_fails_the_build(stage: Stage, command: str) -> None:
    with pytest.raises(StageError):
        stage.run(command)


def test_pictures_are_those_that_pages_show_and_their_pages_exist() -> None:
    pictures = import_module("docs.pictures")  # there is a folder of that name, too
    shown = {name for path in DOCS for name in re.findall(r"\{picture\} (\w+)", path.read_text())}
    assert shown == {shot.name for shot in pictures.SHOTS}
    with pictures.served() as (address, ids):
        for _, path, _ in pictures.PAGES:
            with urlopen(address + path.format(**ids)) as answer:  # noqa: S310 - our own server
                assert answer.status == 200


def test_documented_commands_are_all_commands() -> None:
    text = commands.reference()
    assert re.findall(r"^## `sayso (\w+)`$", text, re.MULTILINE) == sorted(COMMANDS)


@pytest.mark.parametrize("name", ["Reading", "Attribution", "Speaker", "Figure", "Claim", "Saying", "Origin"])
def test_the_page_on_the_json_names_every_field(name: str) -> None:
    page = (ROOT / "docs/cli.md").read_text()
    for field in fields.meanings()[name]:
        assert f'"{field}"' in page
