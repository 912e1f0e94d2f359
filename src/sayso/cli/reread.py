"""``sayso reread``."""

import click

from sayso.cli.ledgers import LEDGER

EPILOG = """\b
Examples:
  sayso reread
  sayso reread --jobs 2 --lexicon desk.yml

\b
The old readings count until every report has a new one; stopped and started again, it goes on where it was.
Judgements are attached to the new readings; `sayso judgements --review` lists those that found no place."""


@click.command("reread", epilog=EPILOG)
@click.option("--jobs", type=click.IntRange(1, 256), default=1, show_default=True, help="Processes to read with.")
@click.option("--lexicon", type=click.Path(exists=True, dir_okay=False), help="YAML file with word lists of your own.")
@LEDGER
def command(jobs: int, lexicon: str | None, where: str | None) -> None:
    """Read the reports of the ledger anew, where another version of Sayso or other word lists read them."""
    from sayso.adding import embed, reader_version, reread
    from sayso.cli.ledgers import opened
    from sayso.cli.progress import progress

    with opened(where, readonly=False, create=False, embed=embed) as ledger:
        whole = sum(1 for _ in ledger.outdated(reader_version(lexicon)))
        with progress("reading anew", whole) as bar:
            switched = reread(ledger, jobs=jobs, lexicon=lexicon, tell=bar.at)
        left = sum(1 for _ in ledger.review())
    click.echo(f"{switched} reports read anew; {left} judgements to review", err=True)
