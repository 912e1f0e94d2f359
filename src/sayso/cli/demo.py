"""``sayso demo``."""

import click

from sayso.cli.options import JSON, VIEW

EPILOG = """\b
Example:
  sayso demo --view text"""


@click.command("demo", epilog=EPILOG)
@JSON
@VIEW
def command(as_json: bool, view: str) -> None:
    """Read the sample story that Sayso ships: one ceasefire, told by many outlets."""
    from sayso.api import read_many
    from sayso.cli.output import print_json, print_views
    from sayso.samples import sample_reports

    readings = read_many(sample_reports())
    print_json(readings) if as_json else print_views(readings, view)
