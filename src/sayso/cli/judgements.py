"""``sayso judgements``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.ledgers import LEDGER
from sayso.cli.options import JSON

if TYPE_CHECKING:
    from sayso.record.ledger import Ledger

EPILOG = """\b
Examples:
  sayso judgements
  sayso judgements --json > judgements.jsonl
  sayso judgements --import judgements.jsonl
  sayso judgements --withdraw 3f2a9c0d11e7b845
  sayso judgements --review"""


@click.command("judgements", epilog=EPILOG)
@click.argument("report", required=False)
@click.option("--review", is_flag=True, help="Those that found no place, or that contradict one another, and why.")
@click.option(
    "--import", "taken", type=click.Path(exists=True, dir_okay=False), help="Take judgements from JSON lines."
)
@click.option("--withdraw", metavar="ID", help="Let a judgement no longer count. It is kept, with who withdrew it.")
@click.option("--who", help="Who withdraws. [default: $SAYSO_WHO, else the user's name]")
@JSON
@LEDGER
def command(
    report: str | None,
    review: bool,
    taken: str | None,
    withdraw: str | None,
    who: str | None,
    as_json: bool,
    where: str | None,
) -> None:
    """List what people have judged; take judgements in, or withdraw one."""
    from sayso.cli.judge import judging_user
    from sayso.cli.ledgers import opened

    with opened(where, readonly=not (taken or withdraw), create=False) as ledger:
        if taken:
            raise click.exceptions.Exit(_take(ledger, Path(taken)))
        if withdraw:
            ledger.withdraw(withdraw, who or judging_user())
            click.echo(f"withdrawn: {withdraw}", err=True)
        elif review:
            _review(ledger, as_json=as_json)
        else:
            _list(ledger, report, as_json=as_json)


def _take(ledger: "Ledger", path: Path) -> int:
    """Keep the judgements of a file; the exit status."""
    from sayso.errors import InputError
    from sayso.record.judging import from_json

    new = bad = 0
    with path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            try:
                new += ledger.judge(from_json(json.loads(line)))
            except (InputError, ValueError) as error:
                bad += 1
                click.echo(f"skipped {path}, line {number}: {error}", err=True)
    click.echo(f"{new} judgements taken, {bad} skipped", err=True)
    return 1 if bad else 0


def _list(ledger: "Ledger", report: str | None, *, as_json: bool) -> None:
    from sayso.cli.output import write_object
    from sayso.record.judging import to_json

    for judgement in ledger.judgements(report):
        record = to_json(judgement)
        if as_json:
            write_object(record)
        else:
            value = json.dumps(judgement.value, ensure_ascii=False)
            what = f" {judgement.field or 'new'} → {value}" if judgement.verdict == "correct" else ""
            gone = f" (withdrawn by {judgement.withdrawn_by})" if judgement.withdrawn_at else ""
            click.echo(
                f"{judgement.id} {judgement.made_at} {judgement.who}: {judgement.verdict} {judgement.target} "
                f"of {judgement.report}{what}{gone}"
            )


def _review(ledger: "Ledger", *, as_json: bool) -> None:
    from sayso.cli.output import write_object
    from sayso.record.judging import to_json

    for item in ledger.review():
        if as_json:
            write_object(
                {
                    "problem": item.problem,
                    "reason": item.reason,
                    "judgements": [to_json(judgement) for judgement in item.judgements],
                }
            )
        else:
            click.echo(f"{', '.join(judgement.id for judgement in item.judgements)}: {item.problem}: {item.reason}")
