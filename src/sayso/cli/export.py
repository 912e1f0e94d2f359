"""``sayso export``."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import click

from sayso.cli.ledgers import LEDGER
from sayso.cli.options import between_dates

if TYPE_CHECKING:
    from sayso.record.ledger import Ledger
    from sayso.terms import Reading

EPILOG = """\b
Examples:
  sayso export attributions.csv
  sayso export --what figures figures.parquet
  sayso export --outlet "Orrin Post" --after 2031-05-01 post.xlsx
  sayso export --what readings - | head -1
  sayso export --format brat annotations/
  sayso export --format webannotation annotations.jsonl
  sayso export --format training judged.txt

\b
The format follows from the file's name (.jsonl, .csv, .parquet, .xlsx) where --format does not say it.
brat is a folder of standoff files, webannotation W3C Web Annotations as JSON lines, training the passages of
accepted and corrected attributions in the markup that training reads."""
TABLES = ("readings", "reports", "attributions", "figures")
FORMATS = ("jsonl", "csv", "parquet", "xlsx", "brat", "webannotation", "training")


@click.command("export", epilog=EPILOG)
@click.argument("to", metavar="FILE|FOLDER|-")
@click.option("--what", type=click.Choice(TABLES), default=None, help="[default: attributions; readings for .xlsx]")
@click.option("--format", "kind", type=click.Choice(FORMATS), help="[default: by the file's name, else jsonl]")
@click.option("--outlet", metavar="NAME", help="Only what this outlet published.")
@between_dates
@click.option("--bom", is_flag=True, help="Put an order mark before a CSV file, for spreadsheets that ask for one.")
@click.option("--overwrite", is_flag=True, help="Replace what is there.")
@LEDGER
def command(
    to: str,
    what: str | None,
    kind: str | None,
    outlet: str | None,
    after: str | None,
    before: str | None,
    bom: bool,
    overwrite: bool,
    where: str | None,
) -> None:
    """Write the ledger's readings for other programs: tables, standoff files, annotations, training sentences."""
    from sayso.cli.ledgers import opened
    from sayso.cli.output import standard_output
    from sayso.record.search import published_by

    suffix = Path(to).suffix.lower().lstrip(".")
    form = kind or (suffix if suffix in FORMATS else "jsonl")
    target = standard_output().buffer if to == "-" else Path(to)
    table = what or ("readings" if form == "xlsx" else "attributions")
    with opened(where) as ledger:
        found = ledger.readings(*published_by(outlet, after, before))
        count = _write(ledger, found, target, form, table, overwrite=overwrite, bom=bom)
    click.echo(f"{count} written to {'standard output' if to == '-' else to}", err=True)


def _write(
    ledger: "Ledger",
    found: Iterator["Reading"],
    to: "Path | BinaryIO",
    form: str,
    what: str,
    *,
    overwrite: bool,
    bom: bool,
) -> int:
    """Write the readings in one of ``FORMATS``; how many rows, lines or readings that were."""
    from sayso.show.export.brat import export_brat
    from sayso.show.export.files import export
    from sayso.show.export.webannotation import export_annotations

    if form == "training":
        return _training(ledger, found, to, overwrite=overwrite)
    if form == "webannotation":
        return export_annotations(map(_by_ledger_id, found), to, overwrite=overwrite)
    if form == "brat":
        if not isinstance(to, Path):
            raise click.UsageError("brat writes many files: name a folder")
        return export_brat(map(_by_ledger_id, found), to, overwrite=overwrite)
    named = found if form == "jsonl" and what in {"reports", "readings"} else map(_by_ledger_id, found)
    return export(named, to, what, form, overwrite=overwrite, bom=bom)  # type: ignore[arg-type]


def _by_ledger_id(reading: "Reading") -> "Reading":
    """The reading of a report that goes by the ledger's id: names are not always one report's alone."""
    from dataclasses import replace

    from sayso.record.rows import report_id

    return replace(reading, report=replace(reading.report, id=report_id(reading.report)))


def _training(ledger: "Ledger", found: Iterator["Reading"], to: "Path | BinaryIO", *, overwrite: bool) -> int:
    from sayso.record.rows import report_id
    from sayso.show.export.training import training_sentences
    from sayso.show.export.whole import opened

    attached = {report: judged.attached for report, judged in ledger.judged_reports().items()}
    lines = training_sentences(found, lambda reading, a: a.id in attached.get(report_id(reading.report), ()))
    with opened(to, overwrite=overwrite) as stream:
        count = 0
        for count, line in enumerate(lines, 1):  # noqa: B007
            stream.write(line.encode() + b"\n")
    return count
