"""The command line. Each command's module is imported when it is called: ``sayso --help`` stays quick."""

import importlib
import sys
from collections.abc import Callable, Sequence

import click

from sayso import __version__
from sayso.errors import LedgerError, SaysoError, WorkerError

COMMANDS = {
    "add": "Add reports to the ledger, with their readings.",
    "batch": "Read collections of any size into Parquet files.",
    "audit": "Sum up how reports are sourced.",
    "ledger": "Care for the ledger: info, check, backup.",
    "reread": "Read the reports of the ledger anew.",
    "search": "Find statements in the ledger.",
    "export": "Write the ledger's readings for other programs.",
    "judge": "Accept, reject or correct what was found.",
    "judgements": "List, import or withdraw judgements; those to review.",
    "watch": "Watch feeds, and add what is new.",
    "claims": "What several reports say, and on how many origins it rests.",
    "disputes": "What cannot both be right.",
    "figures": "Who gave which number, over time.",
    "sources": "Who speaks, how often, and through whom.",
    "story": "List the stories in the ledger.",
    "trace": "Where a claim comes from.",
    "serve": "Open the ledger in a browser.",
    "demo": "Read the sample story that Sayso ships.",
    "read": "Read reports: who says what, through whom.",
}
EPILOG = """\b
Examples:
  sayso read report.txt
  sayso read --json reports.jsonl > readings.jsonl
  cat report.txt | sayso read --outlet "Orrin Post" -"""


class Gone(Exception):  # noqa: N818 - it is no error
    """Whoever was reading the results has stopped; click would make a failure of a BrokenPipeError."""


class Lazy(click.Group):
    """A group whose commands are modules of this package."""

    def invoke(self, ctx: click.Context) -> object:
        """Run the command, and see to it that all of its results are written."""
        try:
            return _then_flush(lambda: super(Lazy, self).invoke(ctx))
        except BrokenPipeError as error:
            raise Gone from error

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


def _then_flush(run: Callable[[], object]) -> object:
    try:
        return run()
    finally:
        if sys.stdout is not None:
            sys.stdout.flush()


@click.group(cls=Lazy, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="sayso")
def cli() -> None:
    """On whose say-so? Sayso reads news reports and tells, for every statement, who says it and through whom."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; exits 0 done, 1 some inputs skipped, 2 wrong usage, 3 not finished, 130 interrupted."""
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    try:
        return int(cli.main(arguments, standalone_mode=False) or 0)
    except Gone:
        _discard_output()
        return 0
    except OSError as error:
        why = error.strerror or error
        click.echo(f"Error: stopped ({why}): results are missing, run it again once that is mended", err=True)
        _discard_output()
        return 3
    except click.ClickException as error:
        error.show()
        return 2
    except SaysoError as error:
        click.echo(f"Error: {error}", err=True)
        return 3 if isinstance(error, (WorkerError, LedgerError)) else 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("interrupted", err=True)
        return 130


def _discard_output() -> None:
    """Keep Python from complaining, at exit, that what it still holds cannot be written."""
    import os

    if sys.stdout is not None:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
