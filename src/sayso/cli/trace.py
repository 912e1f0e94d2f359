"""``sayso trace``."""

import click

from sayso.cli.weighed import weighs

EPILOG = """\b
Examples:
  sayso trace 3b1f09c2a771
  sayso trace --json 3b1f09c2a771"""


@click.command("trace", epilog=EPILOG)
@click.argument("claim")
@weighs
def command(claim: str, story: str | None, as_json: bool, where: str | None) -> None:
    """Show where a claim comes from: its origins, the sayings that lead to each, and what only repeats them."""
    from sayso.cli.output import write_object
    from sayso.cli.weighed import weighed
    from sayso.show.lineage import claim_in_words, lineage_lines
    from sayso.show.printable import printable
    from sayso.show.weighing import claims_to_json

    found = weighed(where, story).story
    place = next((n for n, one in enumerate(found.claims) if one.id.startswith(claim)), None)
    if place is None:
        raise click.UsageError(f"there is no claim {claim} in this story: `sayso claims` lists them")
    if as_json:
        write_object({"schema": 1} | claims_to_json(found)[place])
        return
    chosen = found.claims[place]
    for line in (chosen.text, claim_in_words(chosen), "", *lineage_lines(chosen)):
        click.echo(printable(line))
