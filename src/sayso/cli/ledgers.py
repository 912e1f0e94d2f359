"""Which ledger a command works on."""

import os
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sayso.record.ledger import Ledger

LEDGER = click.option(
    "--ledger",
    "where",
    metavar="FILE|URL",
    help="The ledger: a file, or a database by postgresql://… [default: $SAYSO_LEDGER, else a file of yours]",
)


def place(where: str | None) -> str:
    """The ledger that was asked for, else the one of the environment, else a file in the user's data folder."""
    if where or (where := os.environ.get("SAYSO_LEDGER")):
        return where
    from platformdirs import user_data_path

    return str(user_data_path("sayso", appauthor=False) / "ledger.db")


def opened(where: str | None, **how: Any) -> "Ledger":
    """That ledger, opened; for looking only unless told otherwise."""
    from sayso.record.ledger import Ledger

    return Ledger(place(where), **{"readonly": True} | how)
