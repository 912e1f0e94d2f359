"""``sayso search``."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, get_args

import click

from sayso.cli.ledgers import LEDGER
from sayso.cli.options import JSON, between_dates
from sayso.terms import Act, Measure, Naming, Stance

if TYPE_CHECKING:
    from sayso.record.search import Hit, ReportHit

EPILOG = """\b
Examples:
  sayso search ceasefire --speaker "Nadia Ferro"
  sayso search '"prisoner exchange" -denied' --naming unnamed --after 2031-05-01
  sayso search 'kill* NEAR/5 valley' --measure killed --json
  sayso search --like "the fighting has stopped" --act state
  sayso search --reports "flood OR dam" --outlet "Orrin Post"

\b
All words must occur; "…" is a phrase, word* a beginning, -word must not occur, OR stands between alternatives,
a NEAR/5 b means at most five words apart. Without words, the newest statements that fit the filters are shown."""


def one_of(literal: Any) -> click.Choice[str]:
    """The values of a Literal as a choice."""
    return click.Choice(get_args(literal))


@click.command("search", epilog=EPILOG)
@click.argument("words", nargs=-1)
@click.option("--like", "alike", is_flag=True, help="By meaning instead of by words.")
@click.option("--reports", "whole", is_flag=True, help="Whole reports instead of statements.")
@click.option("--speaker", metavar="NAME", help="Whose statements: a name, or a part of one.")
@click.option("--naming", type=one_of(Naming), help="How the source is named.")
@click.option("--outlet", metavar="NAME", help="Published by.")
@click.option("--act", type=one_of(Act), help="What the speaker does in saying it.")
@click.option("--stance", type=one_of(Stance), help="The author's distance.")
@click.option("--measure", type=one_of(Measure), help="With a figure of this kind.")
@between_dates
@click.option("--story", metavar="ID", help="Only reports of this story (`sayso story` lists them).")
@click.option("--limit", type=click.IntRange(1, 10_000), default=20, show_default=True)
@click.option("--offset", type=click.IntRange(0), default=0, help="How many to pass over first.")
@JSON
@LEDGER
def command(
    words: tuple[str, ...],
    alike: bool,
    whole: bool,
    story: str | None,
    limit: int,
    offset: int,
    as_json: bool,
    where: str | None,
    **filters: Any,
) -> None:
    """Find statements in the ledger: by words, by meaning, by who said them and how."""
    from sayso import finding
    from sayso.cli.ledgers import opened
    from sayso.record.search import Filters

    query = " ".join(words)
    if (alike or whole) and not query:
        raise click.UsageError("--like and --reports need words to look for")
    wanted = Filters(**filters, within=_reports(where, story) if story else None)
    with opened(where) as ledger:
        if whole:
            print_hits(finding.find_reports(ledger, query, wanted, limit, offset), as_json=as_json)
            return
        find = finding.find_alike if alike else finding.find_statements
        found = find(ledger, query, wanted, limit, offset)
    print_hits(found.hits, as_json=as_json)
    if query and not found.ranked:
        click.echo("too many to rank: the newest come first", err=True)


def _reports(where: str | None, story: str) -> tuple[str, ...]:
    """The reports of a story. UsageError if there is none."""
    from sayso.cli.weighed import no_story, told

    with told(where) as stories:
        found = stories.reports_in(story)
    if not found:
        raise no_story(story)
    return found


def print_hits(hits: Sequence["Hit | ReportHit"], *, as_json: bool) -> None:
    """Each hit on lines of its own, for a person or as JSON."""
    from sayso.cli.output import console, write_object
    from sayso.show.printable import printable

    if as_json:
        for hit in hits:
            write_object({"schema": 1} | asdict(hit))
        return
    screen = console()
    for hit in hits:
        for line in _lines(hit):
            screen.print(printable(line), markup=False, highlight=False)
    if not hits:
        click.echo("nothing found", err=True)


def _lines(hit: "Hit | ReportHit") -> list[str]:
    place = hit.title or hit.name
    where = " · ".join(part for part in (hit.outlet, hit.published, place, hit.report) if part)
    if hasattr(hit, "snippet"):
        return [where, f"    {hit.snippet}"]
    who = hit.speaker or hit.source or "no source given"
    notes = [hit.naming] * (hit.naming != "named") + [hit.act.replace("_", " ")] * (hit.act != "state")
    said = f"{who} ({', '.join(notes)}): {hit.content}" if notes else f"{who}: {hit.content}"
    return [said, f"    {where} {hit.attribution}"]
