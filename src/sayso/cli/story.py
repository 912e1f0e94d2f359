"""``sayso story``."""

import click

from sayso.cli.ledgers import LEDGER
from sayso.cli.options import JSON

EPILOG = """\b
Examples:
  sayso story
  sayso story --json | jq .title"""


@click.command("story", epilog=EPILOG)
@JSON
@LEDGER
def command(as_json: bool, where: str | None) -> None:
    """List the stories that the ledger's reports tell, the largest first."""
    from sayso.cli.output import write_object
    from sayso.cli.weighed import told
    from sayso.show.printable import many, printable
    from sayso.show.weighing import story_to_json

    with told(where) as stories:
        for story in stories.whole_stories():
            if as_json:
                write_object({"schema": 1} | story_to_json(story))
                continue
            days = " to ".join(sorted({day for day in (story.first, story.last) if day})) or "no date"
            click.echo(printable(f"{story.id}  {many(len(story.reports), 'report')}, {days}: {story.title}"))
