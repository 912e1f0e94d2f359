"""``sayso sources``."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.ledgers import LEDGER
from sayso.cli.options import JSON, between_dates

if TYPE_CHECKING:
    from sayso.terms import Reading

EPILOG = """\b
Examples:
  sayso sources
  sayso sources --outlet "Orrin Post" --after 2031-05-01
  sayso sources --json --limit 1000"""


@click.command("sources", epilog=EPILOG)
@click.option("--outlet", metavar="NAME", help="Only what this outlet published.")
@between_dates
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True)
@JSON
@LEDGER
def command(
    outlet: str | None, after: str | None, before: str | None, limit: int, as_json: bool, where: str | None
) -> None:
    """List who speaks in the ledger: how often, named or not, in how many reports, and through whom."""
    from sayso.cli.ledgers import opened
    from sayso.cli.output import write_object
    from sayso.record.search import published_by
    from sayso.show.printable import printable

    with opened(where) as ledger:
        rows = tally(ledger.readings(*published_by(outlet, after, before)))
    for row in rows[:limit]:
        if as_json:
            write_object({"schema": 1} | row)
            continue
        through = ", ".join(f"{name} {count}" for name, count in list(row["through"].items())[:3])
        tail = f"; through {through}" if through else ""
        click.echo(
            printable(f"{row['statements']:5} in {row['reports']} reports  {row['source']} ({row['naming']}){tail}")
        )


def tally(readings: "Iterable[Reading]") -> list[dict[str, Any]]:
    """One row a source, the one that says most first."""
    said: Counter[tuple[str, str]] = Counter()
    reports: dict[tuple[str, str], set[str]] = {}
    through: dict[tuple[str, str], Counter[str]] = {}
    for reading in readings:
        for a in reading.attributions:
            affiliated = f"unnamed, {a.speaker.affiliation}" if a.speaker.affiliation else "no name"
            key = a.speaker.name or affiliated, a.speaker.naming
            said[key] += 1
            reports.setdefault(key, set()).add(reading.report.text_sha256 + str(reading.report.outlet))
            through.setdefault(key, Counter()).update(a.relays)
    return [
        {
            "source": name, "naming": naming, "statements": count, "reports": len(reports[name, naming]),
            "through": dict(through[name, naming].most_common()),
        }
        for (name, naming), count in sorted(said.items(), key=lambda item: (-item[1], item[0]))
    ]  # fmt: skip
