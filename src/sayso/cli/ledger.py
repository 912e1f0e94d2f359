"""``sayso ledger``: care for the store itself."""

import click

from sayso.cli.ledgers import LEDGER

EPILOG = """\b
Examples:
  sayso ledger info
  sayso ledger check
  sayso ledger backup ledger-2031-05-04.db
  sayso ledger backup postgresql://desk@db.example/ledger"""


@click.group("ledger", epilog=EPILOG)
def command() -> None:
    """Care for the ledger: what is in it, whether it is whole, a copy of it."""


@command.command("info", epilog="\b\nExample:\n  sayso ledger info --ledger desk.db")
@LEDGER
def info(where: str | None) -> None:
    """Say where the ledger is, and how much is in it."""
    from sayso.cli.ledgers import opened
    from sayso.record.dialect import named

    with opened(where) as ledger:
        click.echo(f"ledger: {named(ledger.where)}")
        for name, count in ledger.count().items():
            click.echo(f"{name}: {count}")


@command.command("check", epilog="\b\nExample:\n  sayso ledger check --ledger desk.db")
@LEDGER
def check(where: str | None) -> None:
    """Verify hashes, offsets and references. Exit status: 0 all is well, 3 something is not."""
    from sayso.cli.ledgers import opened
    from sayso.cli.progress import progress
    from sayso.record.check import Problem
    from sayso.record.check import check as problems

    bad = 0
    with opened(where) as ledger, progress("checking", ledger.count()["reports"]) as bar:
        for found in problems(ledger):
            if isinstance(found, Problem):
                bad += 1
                click.echo(f"{found.where} {found.what}")
            else:
                bar.at(found)
    click.echo(f"{bad} problems: go back to a backup" if bad else "all is well", err=True)
    raise click.exceptions.Exit(3 if bad else 0)


@command.command("backup", epilog="\b\nExample:\n  sayso ledger backup ledger-2031-05-04.db")
@click.argument("to", metavar="FILE|URL")
@LEDGER
def backup(to: str, where: str | None) -> None:
    """Copy the ledger, while it is in use, into a new file or an empty database."""
    from sayso.cli.ledgers import opened
    from sayso.cli.progress import progress
    from sayso.record.backup import backup as copy

    with opened(where) as ledger, progress("copying") as bar:
        copy(ledger, to, lambda done, whole: bar.at(done, f"of {whole}"))
    click.echo(f"copied to {to}", err=True)
