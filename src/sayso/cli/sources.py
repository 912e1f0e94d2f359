"""``sayso sources``."""

from dataclasses import asdict

import click

from sayso.cli.ledgers import LEDGER
from sayso.cli.options import JSON, between_dates

EPILOG = """\b
Examples:
  sayso sources
  sayso sources --outlet "Orrin Post" --after 2031-05-01
  sayso sources --json --limit 1000"""


@click.command("sources", epilog=EPILOG)
@click.option("--outlet", metavar="NAME", help="Only what this outlet published.")
@between_dates
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@JSON
@LEDGER
def command(
    outlet: str | None, after: str | None, before: str | None, limit: int, as_json: bool, where: str | None
) -> None:
    """List who speaks in the ledger: how often, named or not, in how many reports, and through whom."""
    from sayso.cli.ledgers import opened
    from sayso.cli.output import write_object
    from sayso.record.search import published_by
    from sayso.record.sources import sources
    from sayso.show.printable import many, printable

    with opened(where) as ledger, ledger.looking() as connection:
        found = sources(connection, *published_by(outlet, after, before))
    for one in found[:limit]:
        through = one.through.most_common()
        if as_json:
            write_object({"schema": 1} | asdict(one) | {"through": dict(through)})
            continue
        names = ", ".join(f"{name} {count}" for name, count in through[:3])
        tail = f"; through {names}" if names else ""
        click.echo(printable(f"{one.statements:5} in {many(one.reports, 'report')}  {one.source} ({one.naming}){tail}"))
