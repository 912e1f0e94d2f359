"""``sayso disputes``."""

import click

from sayso.cli.weighed import weighs

EPILOG = """\b
Examples:
  sayso disputes
  sayso disputes --json"""


@click.command("disputes", epilog=EPILOG)
@weighs
def command(story: str | None, as_json: bool, where: str | None) -> None:
    """List what cannot both be right: denials, and figures that contradict each other, with both passages."""
    from sayso.cli.output import write_object
    from sayso.cli.weighed import nothing, weighed
    from sayso.show.printable import printable
    from sayso.show.weighing import dispute_to_json

    found = weighed(where, story)
    if not found.disputes:
        nothing("no disputes", found)
    for dispute in found.disputes:
        if as_json:
            write_object({"schema": 1} | dispute_to_json(dispute))
            continue
        click.echo(printable(f"{dispute.kind}: {dispute.why}"))
        for source, passage in ((dispute.one_source, dispute.one), (dispute.other_source, dispute.other)):
            click.echo(printable(f"    {source}, in {passage.report}: {' '.join(passage.text.split())}"))
