"""``sayso demo``."""

import click

from sayso.cli.options import JSON, VIEW

EPILOG = """\b
Examples:
  sayso demo --view text
  sayso demo --serve"""


@click.command("demo", epilog=EPILOG)
@click.option("--serve", is_flag=True, help="Then open the story in a browser; in a terminal only.")
@JSON
@VIEW
def command(serve: bool, as_json: bool, view: str) -> None:
    """Read the sample story that Sayso ships: one ceasefire, told by many outlets."""
    import sys

    from sayso.api import read_many
    from sayso.cli.output import print_json, print_views
    from sayso.samples import sample_reports

    readings = read_many(sample_reports())
    print_json(readings) if as_json else print_views(readings, view)
    if serve and not sys.stdin.isatty():
        click.echo("Run `sayso demo --serve` in a terminal to see this story in a browser.", err=True)
    elif serve:
        _serve()


def _serve() -> None:
    """Serve the sample story from a ledger that goes when the server stops."""
    from pathlib import Path
    from tempfile import TemporaryDirectory

    from sayso.adding import Tally, add_reports, embed
    from sayso.cli.judging import judging_user
    from sayso.cli.serve import run
    from sayso.record.ledger import Ledger
    from sayso.samples import sample_reports
    from sayso.web.settings import Settings

    with TemporaryDirectory(prefix="sayso-") as folder:
        place = str(Path(folder) / "demo.db")
        with Ledger(place, embed=embed) as ledger:
            add_reports(ledger, sample_reports(), Tally())
        run(Settings(place, who=judging_user()), browse=False)
