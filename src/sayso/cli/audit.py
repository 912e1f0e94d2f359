"""``sayso audit``."""

from typing import TYPE_CHECKING

import click

from sayso.cli.options import reports_to_read

if TYPE_CHECKING:
    from sayso.show.audit import Audit
    from sayso.terms import Reading

EPILOG = """\b
Examples:
  sayso audit report.txt
  sayso audit --json reports.jsonl > audits.jsonl"""


@click.command("audit", epilog=EPILOG)
@reports_to_read
def command(
    paths: tuple[str, ...],
    as_json: bool,
    outlet: str | None,
    title: str | None,
    published: str | None,
    jobs: int,
    lexicon: str | None,
) -> None:
    """Sum up how reports are sourced: named, unnamed, unsourced, second-hand, with flags and the rule behind each."""
    from dataclasses import asdict

    from sayso.cli.output import Tally, write_object
    from sayso.ingest import Defaults
    from sayso.show.audit import audit

    tally = Tally()
    for reading in tally.readings(paths, Defaults(outlet, published, title), jobs, lexicon):
        result = audit(reading)
        if as_json:
            write_object({"schema": 1} | asdict(result))
        else:
            _print(reading, result)
    raise click.exceptions.Exit(tally.status)


def _print(reading: "Reading", result: "Audit") -> None:
    from sayso.cli.output import console
    from sayso.show.terminal import audit_view, write

    write(audit_view(reading, result), console())
