"""The command line. Each command's module is imported when it is called: ``sayso --help`` stays quick."""

import importlib
import sys
from collections.abc import Sequence

import click

from sayso import __version__
from sayso.errors import SaysoError

COMMANDS = {
    "audit": "Sum up how reports are sourced.",
    "demo": "Read the sample story that Sayso ships.",
    "read": "Read reports: who says what, through whom.",
}
EPILOG = """\b
Examples:
  sayso read report.txt
  sayso read --json reports.jsonl > readings.jsonl
  cat report.txt | sayso read --outlet "Orrin Post" -"""


class Lazy(click.Group):
    """A group whose commands are modules of this package."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """The commands by name."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command, from its module."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(f"sayso.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """The list of commands, without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


@click.group(cls=Lazy, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sayso")
def cli() -> None:
    """On whose say-so? Sayso reads news reports and tells, for every statement, who says it and through whom."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exits 0 done, 1 some inputs skipped, 2 wrong usage, 130 interrupted."""
    try:
        sys.exit(cli.main(arguments, standalone_mode=False))
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except SaysoError as error:
        click.echo(f"Error: {error}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        sys.exit(130)
    except BrokenPipeError:
        _close_quietly()
        sys.exit(0)


def _close_quietly() -> None:
    """Keep Python from complaining, at exit, that nobody reads its output any more."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
