"""``sayso read``."""

import click

from sayso.cli.options import JSON, VIEW, Asked, to_read

EPILOG = """\b
Examples:
  sayso read report.txt
  sayso read --view text report.txt
  sayso read --json --jobs 2 reports.jsonl archive/ > readings.jsonl
  cat report.txt | sayso read --outlet "Orrin Post" --published 2031-05-04 -

\b
A PATH is a file (text, HTML, PDF, mail, JSON lines, CSV, Parquet, WARC, ninjs, any of them gzipped), a folder of
these, a URL, or - for standard input. Only URLs make Sayso use the network.
Exit status: 0 done, 1 some inputs skipped (each named on standard error), 2 wrong usage,
3 the results could not all be written."""


@click.command("read", epilog=EPILOG)
@to_read
@JSON
@VIEW
def command(asked: Asked, as_json: bool, view: str) -> None:
    """Read reports: for each statement who says it, in what words, within whose statement."""
    from sayso.cli.output import Tally, print_json, print_views

    tally = Tally()
    with tally.readings(asked) as readings:
        print_json(readings) if as_json else print_views(readings, view)
    raise click.exceptions.Exit(tally.status)
