"""``sayso add``."""

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from sayso.cli.ledgers import LEDGER
from sayso.cli.options import Asked, to_read

if TYPE_CHECKING:
    from sayso.adding import Tally

EPILOG = """\b
Examples:
  sayso add reports/ archive.warc.gz newsletter.eml
  sayso add --jobs 2 --outlet "Orrin Post" post.jsonl
  sayso add out/
  sayso add https://post.example/ceasefire.html
  sayso add --ledger postgresql://desk@db.example/ledger reports/

\b
Takes the same inputs as `sayso read`, and folders that `sayso batch` wrote, which need not be read again. What is
there already is passed over, so the same command, given again after Ctrl-C or a power cut, goes on where it stopped.
Exit status: 0 done, 1 some inputs skipped (each named on standard error), 2 wrong usage,
3 the ledger could not be written, 130 interrupted."""


@click.command("add", epilog=EPILOG)
@to_read
@LEDGER
def command(asked: Asked, where: str | None) -> None:
    """Add reports to the ledger, with their readings."""
    from sayso.adding import Tally, add_reports, embed
    from sayso.batch.loading import add_batch, documents_in, is_batch
    from sayso.cli.ledgers import opened
    from sayso.cli.output import inputs
    from sayso.cli.progress import progress
    from sayso.ingest.counting import expected
    from sayso.show.printable import printable
    from sayso.terms import Skipped

    tally, batches = Tally(), [path for path in asked.paths if is_batch(path)]
    others = replace(asked, paths=tuple(path for path in asked.paths if path not in batches))
    unread = expected(others.paths)
    whole = None if unread is None else unread + sum(map(documents_in, batches))
    with opened(where, readonly=False, embed=embed) as ledger, progress("adding", whole) as bar:

        def tell(outcome: object) -> None:
            if isinstance(outcome, Skipped):
                bar.say(printable(f"skipped {outcome.where}: {outcome.reason}"))
            bar.at(tally.done, f"{rate(tally)} words/s")

        try:
            for batch in batches:
                add_batch(ledger, batch, tally, tell)
            with inputs(others) as items:
                add_reports(ledger, items, tally, jobs=asked.jobs, lexicon=asked.lexicon, tell=tell)
        finally:
            for line in summary(tally, ledger.where):
                bar.say(line)
    raise click.exceptions.Exit(1 if tally.skipped else 0)


def rate(tally: "Tally") -> int:
    """Words a second so far."""
    return round(tally.words / max(tally.seconds, 0.001))


def summary(tally: "Tally", where: str) -> list[str]:
    """What became of the inputs, in lines for a person."""
    from sayso.record.dialect import named

    lines = [
        f"{tally.added} added ({tally.copies} near-copies of others), {tally.there} already there, "
        f"{tally.skipped.total()} skipped, in {tally.seconds:.1f} s ({rate(tally)} words/s), ledger {named(where)}"
    ]
    return lines + [f"  skipped {count}: {reason}" for reason, count in tally.skipped.most_common(10)]
