"""``sayso judgements``."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sayso.cli.ledgers import LEDGER
from sayso.cli.options import JSON

if TYPE_CHECKING:
    from sayso.record.judging import Review
    from sayso.record.ledger import Ledger
    from sayso.weigh.reviewing import Remark

EPILOG = """\b
Examples:
  sayso judgements
  sayso judgements --json > judgements.jsonl
  sayso judgements --import judgements.jsonl
  sayso judgements --withdraw 3f2a9c0d11e7b845
  sayso judgements --review
  sayso judgements --unsure --story 4f2a"""


@click.command("judgements", epilog=EPILOG)
@click.argument("report", required=False)
@click.option("--review", is_flag=True, help="Those that found no place, or that contradict one another, and why.")
@click.option("--unsure", is_flag=True, help="What should be judged: claims and unnamed sources that may be the same.")
@click.option("--story", metavar="ID", help="With --unsure: of this story. [default: the largest]")
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
    unsure: bool,
    story: str | None,
    taken: str | None,
    withdraw: str | None,
    who: str | None,
    as_json: bool,
    where: str | None,
) -> None:
    """List what people have judged, or what they should judge; take judgements in, or withdraw one."""
    from sayso.cli.judging import judging_user
    from sayso.cli.ledgers import opened

    if unsure:
        _unsure(where, story, as_json=as_json)
        return
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
    from sayso.show.judgements import judgement_line
    from sayso.show.printable import printable

    for judgement in ledger.judgements(report):
        if as_json:
            write_object(to_json(judgement))
        else:
            click.echo(printable(judgement_line(judgement, ledger.report)))


def _review(ledger: "Ledger", *, as_json: bool) -> None:
    from sayso.cli.output import write_object
    from sayso.record.judging import to_json
    from sayso.weigh.reviewing import anchors_in
    from sayso.weigh.reviewing import review as review_weighed

    judgements = ledger.judgements()
    named = sorted({anchor.report for one in judgements for anchor in anchors_in(one)})
    readings = {report: reading for report in named if (reading := ledger.reading(report))}
    found: list[Review | Remark] = [*ledger.review(), *review_weighed(judgements, readings)]
    for item in found:
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


def _unsure(where: str | None, story: str | None, *, as_json: bool) -> None:
    from sayso.cli.output import write_object
    from sayso.cli.weighed import weighed
    from sayso.show.printable import printable
    from sayso.show.unsure import unsure_lines, unsure_to_json

    found = weighed(where, story).story
    if as_json:
        for record in unsure_to_json(found):
            write_object(record)
    else:
        for line in unsure_lines(found):
            click.echo(printable(line))
