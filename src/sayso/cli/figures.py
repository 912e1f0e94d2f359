"""``sayso figures``."""

from typing import TYPE_CHECKING

import click

from sayso.cli.weighed import weighs

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sayso.terms.weighing import CountSeries

EPILOG = """\b
Examples:
  sayso figures
  sayso figures --measure killed
  sayso figures --json"""


@click.command("figures", epilog=EPILOG)
@click.option("--measure", metavar="MEASURE", help="Only such figures: killed, wounded, held, …")
@weighs
def command(measure: str | None, story: str | None, as_json: bool, where: str | None) -> None:
    """Show who gave which number for what, over time, as low, best and high; revisions and contradictions."""
    from sayso.cli.output import write_object
    from sayso.cli.weighed import nothing, weighed
    from sayso.show.printable import printable
    from sayso.show.weighing import series_to_json

    found = weighed(where, story)
    shown = [series for series in found.series if measure in {None, series.measure}]
    if not shown:
        nothing("no such figures" if measure else "no figures", found)
    for series in shown:
        if as_json:
            write_object({"schema": 1} | series_to_json(series))
        else:
            for line in _lines(series):
                click.echo(printable(line))


def _lines(series: "CountSeries") -> "Iterator[str]":
    from sayso.show.printable import many

    what = " ".join(part for part in (series.measure, series.counted, series.place and f"in {series.place}") if part)
    yield f"{what}: {many(len(series.counts), 'figure')} by {many(len(series.estimates), 'source')}"
    for count in series.counts:
        bounds = [f"{number:g}" if number is not None else "?" for number in (count.low, count.best, count.high)]
        number = bounds[1] if len(set(bounds)) == 1 else "–".join(bounds)
        yield f"    {count.on or 'no date':10}  {number:>12}  {count.source} ({count.report})"
    for relation in series.relations:
        if relation.kind != "agreement":
            yield f"    {relation.kind}: {relation.why}"
