"""``sayso judge``."""

import json
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.judge_weighed import claims, saying, speakers
from sayso.cli.judging import judges, judging_user, this_moment

if TYPE_CHECKING:
    from sayso.record.judging import Judged

EPILOG = """\b
Examples:
  sayso judge 76538f3cc2df0898 a3 accept
  sayso judge 76538f3cc2df0898 a4 reject --note "a rhetorical question"
  sayso judge 76538f3cc2df0898 a3 correct speaker "Nadia Ferro"
  sayso judge 76538f3cc2df0898 a3 correct relays '["Radio Orrin"]'
  sayso judge 76538f3cc2df0898 a3 correct content '[[120, 188]]'
  sayso judge 76538f3cc2df0898 f1 correct value 60
  sayso judge 76538f3cc2df0898 f1 correct by a2
  sayso judge claims same 3b1f09c2a771 90ce55d1f0aa
  sayso judge speakers same "Alex Orr" "Defence Chief"
  sayso judge saying 5f3a9c01 echo 77b0e2d4

\b
`sayso search` shows the ids of reports and attributions, `sayso trace` those of sayings; `sayso judgements` lists what
was judged, and with --unsure what should be. A judgement wins over the machine, outlives a re-reading, and can be
withdrawn: `sayso judgements --withdraw ID`."""
STATEMENT = "statement"


class Judging(click.Group):
    """A group in which the word ``statement`` may be left out."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put in the word that was left out."""
        if args and args[0] not in {*self.commands, "-h", "--help"}:
            args = [STATEMENT, *args]
        return super().parse_args(ctx, args)


@click.group("judge", cls=Judging, epilog=EPILOG, subcommand_metavar="[statement] REPORT ATTRIBUTION|FIGURE VERDICT …")
def command() -> None:
    """Accept, reject or correct what was found in a report, or say which claims, speakers and sayings are the same."""


for one in (claims, speakers, saying):
    command.add_command(one)


@command.command(STATEMENT)
@click.argument("report")
@click.argument("thing", metavar="ATTRIBUTION|FIGURE")
@click.argument("verdict", type=click.Choice(["accept", "reject", "correct"]))
@click.argument("field", required=False)
@click.argument("value", required=False)
@judges
def statement(
    report: str,
    thing: str,
    verdict: str,
    field: str | None,
    value: str | None,
    who: str | None,
    note: str,
    where: str | None,
) -> None:
    """Accept, reject or correct an attribution or a figure; the word `statement` may be left out."""
    from sayso.cli.ledgers import opened
    from sayso.record.rows import report_id
    from sayso.terms import Judgement

    if (verdict == "correct") != (field is not None and value is not None):
        raise click.UsageError("correct needs a field and a value; accept and reject take none")
    with opened(where, readonly=False, create=False) as ledger:
        judged = ledger.judged(report)
        if judged is None:
            raise click.UsageError(f"there is no reading of report {report}: `sayso search` shows the ids")
        place, target = judged.place(thing), judged.target(thing)
        if place is None or target is None:
            raise click.UsageError(f"report {report} has no {thing}: `sayso export --what readings -` shows the ids")
        judgement = Judgement(
            verdict,  # type: ignore[arg-type]
            target,
            who or judging_user(),
            this_moment(),
            report_id(judged.reading.report),
            place.spans,
            place.cue,
            field,
            _owner(judged, value) if field == "by" and value is not None else value and _meant(value),
            note,
        )
        new = ledger.judge(judgement)
    click.echo(f"kept as {judgement.id}" if new else "there already", err=True)


def _owner(judged: "Judged", value: str) -> Any:
    """Where the attribution of that id stands; other values as they are."""
    owner = judged.reading.attribution(value)
    if owner is None:
        return _meant(value)
    cue = owner.cue.spans if owner.cue else ()
    return {"content": [list(span) for span in owner.content.spans], "cue": [list(span) for span in cue]}


def _meant(value: str) -> Any:
    """The value as JSON, else the words as they are."""
    try:
        return json.loads(value)
    except ValueError:
        return value
