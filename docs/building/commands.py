"""The command line, from its own declarations."""

from collections.abc import Iterator

import click

from sayso.cli import COMMANDS, cli

SAME = ("--help",)


def reference() -> str:
    """Every command with its usage, options and examples, in Markdown."""
    context = click.Context(cli, info_name="sayso")
    return "\n".join(line for name in sorted(COMMANDS) for line in _command(cli, context, name))


def _command(group: click.Group, around: click.Context, name: str, depth: int = 2) -> Iterator[str]:
    command = group.get_command(around, name)
    assert command is not None, name  # noqa: S101 - it is listed
    context = click.Context(command, info_name=name, parent=around)
    path = context.command_path
    yield from (f"({path.replace(' ', '-')})=", f"{'#' * depth} `{path}`", "", command.help or "", "")
    yield from ("```text", _usage(command, context), "```", "")
    yield from _options(command, context)
    yield from _told(command.epilog or "")
    if isinstance(command, click.Group):
        for inner in command.list_commands(context):
            yield from _command(command, context, inner, depth + 1)


def _usage(command: click.Command, context: click.Context) -> str:
    return f"{context.command_path} {' '.join(command.collect_usage_pieces(context))}"


def _options(command: click.Command, context: click.Context) -> Iterator[str]:
    found = [one for one in command.get_params(context) if isinstance(one, click.Option)]
    told = [record for one in found if one.opts[-1] not in SAME and (record := one.get_help_record(context))]
    if told:
        yield from ("| option | what it does |", "|---|---|")
        yield from (f"| {_names(names)} | {cell(what)} |" for names, what in told)
        yield ""


def _names(names: str) -> str:
    """``--naming [named|unnamed]`` with breaks where a cell may be folded."""
    return "<br>".join(f"`{part}`" for part in names.replace("|", " \\| ").split("  ") if part)


def cell(text: str) -> str:
    """The text for a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("[default", "\\[default")


def _told(epilog: str) -> Iterator[str]:
    """The examples as commands, other paragraphs as they are."""
    for block in epilog.replace("\b\n", "").strip().split("\n\n"):
        head, *lines = block.split("\n")
        if head.startswith("Example"):
            yield from ("```console", *(f"$ {line.strip()}" for line in lines), "```", "")
        elif block:
            yield from (block, "")
