"""``sayso trace``."""

import click

from sayso.cli.ledgers import LEDGER
from sayso.cli.options import JSON
from sayso.cli.weighed import ANY_STORY

EPILOG = """\b
Examples:
  sayso trace 3b1f09c2a771
  sayso trace --why 3b1f09c2a771
  sayso trace --json 3b1f09c2a771"""


@click.command("trace", epilog=EPILOG)
@click.argument("claim")
@click.option("--why", is_flag=True, help="Also how each origin is known, and how each saying is like the claim.")
@ANY_STORY
@JSON
@LEDGER
def command(claim: str, why: bool, story: str | None, as_json: bool, where: str | None) -> None:
    """Show where a claim comes from: its origins, the sayings that lead to each, and what only repeats them."""
    from sayso.cli.output import write_object
    from sayso.cli.weighed import told
    from sayso.show.lineage import claim_in_words, lineage_lines
    from sayso.show.printable import printable
    from sayso.show.weighing import claim_to_json

    with told(where) as stories:
        found = stories.claim(claim, story=story or "")
    if found is None:
        place = f"in story {story}" if story else "in the ledger"
        raise click.UsageError(f"there is no claim {claim} {place}: `sayso claims` lists those of a story")
    _, chosen = found
    if as_json:
        write_object({"schema": 1} | claim_to_json(chosen))
        return
    for line in (chosen.text, claim_in_words(chosen), "", *lineage_lines(chosen, why=why)):
        click.echo(printable(line))
