"""``sayso audit``."""

from typing import TYPE_CHECKING

import click

from sayso.cli.options import JSON, Asked, to_read

if TYPE_CHECKING:
    from sayso.show.audit import Audit
    from sayso.terms import Reading

EPILOG = """\b
Examples:
  sayso audit report.txt
  sayso audit --json reports.jsonl > audits.jsonl"""


@click.command("audit", epilog=EPILOG)
@to_read
@JSON
def command(asked: Asked, as_json: bool) -> None:
    """Sum up how reports are sourced: named, unnamed, unsourced, second-hand, with flags and the rule behind each."""
    from dataclasses import asdict

    from sayso.cli.output import Tally, write_object
    from sayso.show.audit import audit

    tally = Tally()
    with tally.readings(asked) as readings:
        for reading in readings:
            result = audit(reading)
            write_object({"schema": 1} | asdict(result)) if as_json else _print(reading, result)
    raise click.exceptions.Exit(tally.status)


def _print(reading: "Reading", result: "Audit") -> None:
    from sayso.cli.output import console
    from sayso.show.terminal import audit_view, write

    write(audit_view(reading, result), console())
