"""``sayso judge claims``, ``speakers`` and ``saying``: what people say of what weighing found."""

from typing import TYPE_CHECKING, Any, Literal

import click

from sayso.cli.judging import judges, judging_user, keep, this_moment

if TYPE_CHECKING:
    from sayso.cli.anchors import Finder, Found

STORY = click.option("--story", metavar="ID", help="Look for ids in this story alone: quicker in a large ledger.")
VERDICTS: "dict[str, Literal['same', 'not_same']]" = {"same": "same", "not-same": "not_same"}
CLAIMS = """\b
Examples:
  sayso judge claims same 3b1f09c2a771 90ce55d1f0aa
  sayso judge claims not-same 5f3a9c01 77b0e2d4 --note "two different attacks"
  sayso judge claims same bk07:120-188 bk19:64-131

\b
`sayso claims` shows the ids of claims, `sayso trace` those of sayings. Of claims that are the same all sayings are put
together. Of two sayings that are not, each keeps what is more like it."""
SPEAKERS = """\b
Examples:
  sayso judge speakers same "Alex Orr" "Defence Chief"
  sayso judge speakers same "Alex Orr" 5f3a9c01
  sayso judge speakers not-same 5f3a9c01 77b0e2d4

\b
A speaker is a name as `sayso sources` or `sayso trace` shows it, or, for one without a name, a saying of theirs. Of two
that are the same, the first gives the name."""
SAYING = """\b
Examples:
  sayso judge saying 5f3a9c01 echo 77b0e2d4
  sayso judge saying 5f3a9c01 no-echo --note "they were there themselves"

\b
An echo only repeats the other saying and does not count; a saying that is no echo rests on an origin of its own.
`sayso trace` shows the ids of sayings."""


@click.command("claims", epilog=CLAIMS)
@click.argument("verdict", type=click.Choice(list(VERDICTS)))
@click.argument("one", metavar="CLAIM|SAYING")
@click.argument("other", metavar="CLAIM|SAYING")
@STORY
@judges
def claims(
    verdict: str, one: str, other: str, story: str | None, who: str | None, note: str, where: str | None
) -> None:
    """Say that two sayings make the same claim, or that they do not."""
    from sayso.cli.anchors import Finder

    with Finder(where, story) as finder:
        pair = finder.claim(one), finder.claim(other)
    _warn_of_two_stories(*pair)
    _judge(where, "claim", VERDICTS[verdict], who, note, value=[found.anchor.value() for found in pair])


@click.command("speakers", epilog=SPEAKERS)
@click.argument("verdict", type=click.Choice(list(VERDICTS)))
@click.argument("one", metavar="NAME|SAYING")
@click.argument("other", metavar="NAME|SAYING")
@STORY
@judges
def speakers(
    verdict: str, one: str, other: str, story: str | None, who: str | None, note: str, where: str | None
) -> None:
    """Say that two speakers are one, or that they are not."""
    from sayso.cli.anchors import Finder

    with Finder(where, story) as finder:
        value = [_speaker(finder, one), _speaker(finder, other)]
    _judge(where, "speaker", VERDICTS[verdict], who, note, value=value)


@click.command("saying", epilog=SAYING)
@click.argument("saying", metavar="SAYING")
@click.argument("verdict", type=click.Choice(["echo", "no-echo"]))
@click.argument("other", metavar="[SAYING]", required=False)
@STORY
@judges
def saying(
    saying: str,
    verdict: str,
    other: str | None,
    story: str | None,
    who: str | None,
    note: str,
    where: str | None,
) -> None:
    """Say that a saying only repeats another, or that it repeats none."""
    from sayso.cli.anchors import Finder

    if (verdict == "echo") != (other is not None):
        raise click.UsageError("echo needs the saying that is repeated; no-echo takes none")
    with Finder(where, story) as finder:
        own = finder.saying(saying)
        repeated = None if other is None else finder.saying(other)
    if repeated is not None:
        _warn_of_two_stories(own, repeated)
    place = {"report": own.anchor.report, "spans": own.anchor.spans}
    value = None if repeated is None else repeated.anchor.value()
    _judge(where, "saying", "no_echo" if verdict == "no-echo" else "echo", who, note, value=value, **place)


def _speaker(finder: "Finder", typed: str) -> dict[str, Any]:
    """A speaker by a saying, else by name."""
    found = finder.passage(typed) or finder.saying_of_id(typed)
    return found.anchor.value() if found else {"name": typed}


def _warn_of_two_stories(one: "Found", other: "Found") -> None:
    if one.story and other.story and one.story != other.story:
        click.echo("these are of two stories, which are weighed apart: it counts once one story has both", err=True)


def _judge(where: str | None, target: Any, verdict: Any, who: str | None, note: str, **fields: Any) -> None:
    from sayso.terms import Judgement

    keep(where, Judgement(verdict, target, who or judging_user(), this_moment(), note=note, **fields))
