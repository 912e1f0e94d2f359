"""``sayso claims``."""

import click

from sayso.cli.weighed import weighs

EPILOG = """\b
Examples:
  sayso claims
  sayso claims --least 3 --story 4f2a
  sayso claims --json > claims.json"""


@click.command("claims", epilog=EPILOG)
@click.option("--least", type=click.IntRange(1), default=2, show_default=True, help="Only claims in so many reports.")
@weighs
def command(least: int, story: str | None, as_json: bool, where: str | None) -> None:
    """List what several reports of a story say, and on how many independent origins each claim rests."""
    from sayso.cli.output import write_object
    from sayso.cli.weighed import weighed
    from sayso.show.lineage import claim_in_words
    from sayso.show.printable import printable
    from sayso.show.weighing import claims_to_json

    found = weighed(where, story)
    if as_json:
        write_object({"schema": 1, "claims": claims_to_json(found.story)})
        return
    click.echo(printable(found.story.title) + "\n")
    for claim in sorted(found.story.claims, key=lambda claim: (-claim.reports, claim.id)):
        if claim.reports >= least:
            click.echo(printable(f"{claim.id}  {claim.text}\n    {claim_in_words(claim)}").replace("\\n", "\n"))
