"""``sayso read``."""

import click

EPILOG = """\b
Examples:
  sayso read report.txt
  sayso read --view text report.txt
  sayso read --json --jobs 2 reports.jsonl archive/ > readings.jsonl
  cat report.txt | sayso read --outlet "Orrin Post" --published 2031-05-04 -

\b
A PATH is a text file, a JSON-lines file, a folder of these, or - for standard input.
Exit status: 0 done, 1 some inputs skipped (each named on standard error), 2 wrong usage."""


@click.command("read", epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option(
    "--view",
    type=click.Choice(["list", "text"]),
    default="list",
    show_default=True,
    help="A list of statements, or the text with its spans marked.",
)
@click.option("--outlet", help="Who published the reports, where they do not say it.")
@click.option("--published", metavar="DATE", help="When, as an ISO date, where they do not say it.")
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to read with.")
@click.option("--lexicon", type=click.Path(exists=True, dir_okay=False), help="YAML file with word lists of your own.")
def command(
    paths: tuple[str, ...],
    as_json: bool,
    view: str,
    outlet: str | None,
    published: str | None,
    jobs: int,
    lexicon: str | None,
) -> None:
    """Read reports: for each statement who says it, in what words, within whose statement."""
    from sayso.api import read_many
    from sayso.cli.output import Tally, print_json, print_views
    from sayso.ingest import Defaults, reports

    _check_date(published)
    tally = Tally()
    found = tally.reports(reports(paths, Defaults(outlet, published)))
    readings = tally.readings(read_many(found, jobs, lexicon))
    print_json(readings) if as_json else print_views(readings, view)
    raise click.exceptions.Exit(tally.status)


def _check_date(published: str | None) -> None:
    from datetime import datetime

    if published is None:
        return
    try:
        datetime.fromisoformat(published)
    except ValueError as error:
        raise click.BadParameter(
            f"{published!r} is no ISO date such as 2031-05-04", param_hint="--published"
        ) from error
