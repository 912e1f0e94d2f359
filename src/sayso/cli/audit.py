"""``sayso audit``."""

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sayso.show.audit import Audit
    from sayso.terms import Reading

EPILOG = """\b
Examples:
  sayso audit report.txt
  sayso audit --json reports.jsonl > audits.jsonl"""


@click.command("audit", epilog=EPILOG)
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")
@click.option("--outlet", help="Who published the reports, where they do not say it.")
def command(paths: tuple[str, ...], as_json: bool, outlet: str | None) -> None:
    """Sum up how reports are sourced: named, unnamed, unsourced, second-hand, with flags and the rule behind each."""
    import json
    from dataclasses import asdict

    from sayso.api import read_many
    from sayso.cli.output import Tally, write_line
    from sayso.ingest import Defaults, reports
    from sayso.show.audit import audit

    tally = Tally()
    found = tally.reports(reports(paths, Defaults(outlet)))
    for reading in tally.readings(read_many(found)):
        result = audit(reading)
        if as_json:
            write_line(json.dumps({"schema": 1} | asdict(result), ensure_ascii=False))
        else:
            _print(reading, result)
    raise click.exceptions.Exit(tally.status)


def _print(reading: "Reading", result: "Audit") -> None:
    from rich.console import Console

    from sayso.show.terminal import audit_view, write

    write(audit_view(reading, result), Console())
