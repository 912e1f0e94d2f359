"""``sayso read``."""

import click

from sayso.cli.options import VIEW, reports_to_read

EPILOG = """\b
Examples:
  sayso read report.txt
  sayso read --view text report.txt
  sayso read --json --jobs 2 reports.jsonl archive/ > readings.jsonl
  cat report.txt | sayso read --outlet "Orrin Post" --published 2031-05-04 -

\b
A PATH is a text file, a JSON-lines file, a folder of these, or - for standard input.
Exit status: 0 done, 1 some inputs skipped (each named on standard error), 2 wrong usage,
3 the results could not all be written."""


@click.command("read", epilog=EPILOG)
@reports_to_read
@VIEW
def command(
    paths: tuple[str, ...],
    as_json: bool,
    outlet: str | None,
    title: str | None,
    published: str | None,
    jobs: int,
    lexicon: str | None,
    view: str,
) -> None:
    """Read reports: for each statement who says it, in what words, within whose statement."""
    from sayso.cli.output import Tally, print_json, print_views
    from sayso.ingest import Defaults

    tally = Tally()
    readings = tally.readings(paths, Defaults(outlet, published, title), jobs, lexicon)
    print_json(readings) if as_json else print_views(readings, view)
    raise click.exceptions.Exit(tally.status)
