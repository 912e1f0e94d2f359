"""What every command that reads reports is given."""

import functools
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

import click

Command = Callable[..., Any]


@dataclass(frozen=True)
class Asked:
    """What a command that reads reports was asked for."""

    paths: tuple[str, ...]
    outlet: str | None
    title: str | None
    published: str | None
    jobs: int
    lexicon: str | None
    private: bool


NAMES = tuple(field.name for field in fields(Asked))


def iso_date(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:  # noqa: ARG001
    """The date as it was given, once it is known to be one."""
    from datetime import datetime

    try:
        if value is not None:
            datetime.fromisoformat({4: f"{value}-01-01", 7: f"{value}-01"}.get(len(value), value))
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no ISO date such as 2031-05-04") from error
    return value


def first_day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The first day that an ISO date, month or year takes in."""
    given = iso_date(ctx, param, value)
    return given and {4: f"{given}-01-01", 7: f"{given}-01"}.get(len(given), given[:10])


def last_day(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """The last day that an ISO date, month or year takes in."""
    import calendar

    given = iso_date(ctx, param, value)
    if given is None or len(given) >= 10:
        return given and given[:10]
    year, month = int(given[:4]), int(given[5:7] or 12)
    return f"{year:04}-{month:02}-{calendar.monthrange(year, month)[1]}"


DATES = (
    click.option("--after", metavar="DATE", callback=first_day, help="Published on that day or later."),
    click.option("--before", metavar="DATE", callback=last_day, help="Published on that day or earlier."),
)
INPUTS = (
    click.argument("paths", nargs=-1, required=True, metavar="PATH..."),
    click.option("--outlet", metavar="NAME", help="Who published the reports, where they do not say it."),
    click.option("--title", metavar="WORDS", help="Their headline, where they do not say it."),
    click.option("--published", metavar="DATE", callback=iso_date, help="When, as an ISO date, likewise."),
    click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to read with."),
    click.option(
        "--lexicon", type=click.Path(exists=True, dir_okay=False), help="YAML file with word lists of your own."
    ),
    click.option("--private", is_flag=True, help="Let URLs lead to this machine and to private networks."),
)
JSON = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
VIEW = click.option(
    "--view",
    type=click.Choice(["list", "table", "text"]),
    default="list",
    show_default=True,
    help="A list or a table of statements, or the text with its spans marked.",
)


def between_dates(command: Command) -> Command:
    """From which day to which."""
    for option in reversed(DATES):
        command = option(command)
    return command


def to_read(command: Command) -> Command:
    """PATHs, what holds where they do not say it, and how to read them; the command gets an ``Asked``."""

    @functools.wraps(command)
    def gathered(**given: Any) -> Any:
        return command(asked=Asked(**{name: given.pop(name) for name in NAMES}), **given)

    for option in reversed(INPUTS):
        gathered = option(gathered)
    return gathered
