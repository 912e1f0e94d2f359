"""What every command that reads reports is given."""

from collections.abc import Callable
from typing import Any

import click

Command = Callable[..., Any]


def iso_date(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
    """The date as it was given, once it is known to be one."""
    from datetime import datetime

    try:
        if value is not None:
            datetime.fromisoformat(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no ISO date such as 2031-05-04") from error
    return value


READ = (
    click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line."),
    click.option("--outlet", metavar="NAME", help="Who published the reports, where they do not say it."),
    click.option("--title", metavar="WORDS", help="Their headline, where they do not say it."),
    click.option("--published", metavar="DATE", callback=iso_date, help="When, as an ISO date, likewise."),
    click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to read with."),
    click.option(
        "--lexicon", type=click.Path(exists=True, dir_okay=False), help="YAML file with word lists of your own."
    ),
)
VIEW = click.option(
    "--view",
    type=click.Choice(["list", "table", "text"]),
    default="list",
    show_default=True,
    help="A list or a table of statements, or the text with its spans marked.",
)


def reports_to_read(command: Command) -> Command:
    """PATHs, what holds where they do not say it, and how to read them."""
    for option in reversed(READ):
        command = option(command)
    return command
