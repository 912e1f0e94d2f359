"""``sayso watch``."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from sayso.cli.ledgers import LEDGER

if TYPE_CHECKING:
    from threading import Event

    from sayso.cli.progress import Progress
    from sayso.ingest.web.watch import Polled
    from sayso.terms import Report, Skipped

EPILOG = """\b
Examples:
  sayso watch https://post.example/feed.xml
  sayso watch --every 30 https://post.example/feed.xml https://courier.example/atom
  sayso watch --once https://post.example/feed.xml

\b
Goes on until Ctrl-C; started again, it takes only what is new. Feeds are asked politely: unchanged ones cost nothing,
faulty ones are asked less and less often."""


@click.command("watch", epilog=EPILOG)
@click.argument("feeds", nargs=-1, required=True, metavar="FEED...")
@click.option("--every", type=click.FloatRange(1), default=15.0, show_default=True, help="Minutes between two looks.")
@click.option("--once", is_flag=True, help="Look once at each feed, then stop.")
@click.option("--private", is_flag=True, help="Let URLs lead to this machine and to private networks.")
@click.option("--lexicon", type=click.Path(exists=True, dir_okay=False), help="YAML file with word lists of your own.")
@LEDGER
def command(
    feeds: tuple[str, ...], every: float, once: bool, private: bool, lexicon: str | None, where: str | None
) -> None:
    """Watch RSS and Atom feeds, and add what is new in them to the ledger."""
    from threading import Event

    from sayso.adding import Tally, add_reports, embed
    from sayso.cli.add import summary
    from sayso.cli.ledgers import opened
    from sayso.cli.progress import Quiet
    from sayso.ingest.web.fetch import Fetcher, Limits
    from sayso.ingest.web.watch import watch
    from sayso.record.memory import FeedMemory
    from sayso.show.printable import printable
    from sayso.terms import Skipped

    stop, tally, lines = Event(), Tally(), Quiet()

    def tell(outcome: object) -> None:
        if isinstance(outcome, Skipped):
            lines.say(printable(f"skipped {outcome.where}: {outcome.reason}"))

    with opened(where, readonly=False, embed=embed) as ledger, Fetcher(Limits(private=private)) as fetcher:
        _stop_on_signals(stop)
        found = watch(feeds, fetcher, FeedMemory(ledger), stop=stop, every=60 * every, once=once)
        add_reports(ledger, _reports(found, lines), tally, lexicon=lexicon, tell=tell)
        for line in summary(tally, ledger.where):
            lines.say(line)
    raise click.exceptions.Exit(1 if tally.skipped else 0)


def _stop_on_signals(stop: "Event") -> None:
    """Ctrl-C and a polite kill end the watch between two reports."""
    import signal

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())


def _reports(found: "Iterator[Report | Skipped | Polled]", lines: "Progress") -> "Iterator[Report | Skipped]":
    """The reports and what was skipped; how each feed answered is told as it happens."""
    from sayso.ingest.inputs import completed
    from sayso.ingest.web.watch import Polled
    from sayso.terms import Report

    for item in found:
        if not isinstance(item, Polled):
            yield completed(item) if isinstance(item, Report) else item
            continue
        news = "unchanged" if item.unchanged else f"{item.new} new"
        again = f", again in {item.next_in / 60:.0f} min" if item.next_in is not None else ""
        lines.say(f"{item.feed}: {news}{again}" + (f" ({item.note})" if item.note else ""))
