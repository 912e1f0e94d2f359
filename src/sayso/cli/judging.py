"""What the commands that keep judgements share."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from sayso.cli.ledgers import LEDGER

if TYPE_CHECKING:
    from sayso.terms import Judgement


def judges(command: Callable[..., object]) -> Callable[..., object]:
    """--who, --note and --ledger."""
    who = click.option("--who", help="Who judges. [default: $SAYSO_WHO, else the user's name]")
    note = click.option("--note", default="", help="Why.")
    return who(note(LEDGER(command)))


def judging_user() -> str:
    """Who judges when nobody is named."""
    import getpass

    return os.environ.get("SAYSO_WHO") or getpass.getuser()


def this_moment() -> str:
    """When a judgement is made: to the microsecond, so that of two the later one is the last word."""
    return datetime.now(UTC).isoformat(timespec="microseconds")


def keep(where: str | None, judgement: "Judgement") -> None:
    """Keep a judgement, and tell its id."""
    from sayso.cli.ledgers import opened

    with opened(where, readonly=False, create=False) as ledger:
        new = ledger.judge(judgement)
    click.echo(f"kept as {judgement.id}" if new else "there already", err=True)
