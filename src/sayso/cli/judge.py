"""``sayso judge``."""

import json
import os
from typing import TYPE_CHECKING, Any

import click

from sayso.cli.ledgers import LEDGER

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

\b
`sayso search` shows the ids of reports and attributions; `sayso judgements` lists what was judged. A judgement wins
over the machine, outlives a re-reading, and can be withdrawn: `sayso judgements --withdraw ID`."""


@click.command("judge", epilog=EPILOG)
@click.argument("report")
@click.argument("thing", metavar="ATTRIBUTION|FIGURE")
@click.argument("verdict", type=click.Choice(["accept", "reject", "correct"]))
@click.argument("field", required=False)
@click.argument("value", required=False)
@click.option("--who", help="Who judges. [default: $SAYSO_WHO, else the user's name]")
@click.option("--note", default="", help="Why.")
@LEDGER
def command(
    report: str,
    thing: str,
    verdict: str,
    field: str | None,
    value: str | None,
    who: str | None,
    note: str,
    where: str | None,
) -> None:
    """Accept, reject or correct an attribution or a figure."""
    from sayso.cli.ledgers import opened
    from sayso.record.rows import report_id
    from sayso.record.store import now
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
            now(),
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


def judging_user() -> str:
    """Who judges when nobody is named."""
    import getpass

    return os.environ.get("SAYSO_WHO") or getpass.getuser()
