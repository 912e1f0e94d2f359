"""Schema versions: new ledgers are made at the newest, older ones brought forward a step at a time, newer refused."""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, inspect, select, update

from sayso.errors import LedgerError
from sayso.record import statements, views
from sayso.record.dialect import insert_new, keep_out
from sayso.record.schema import (
    VERSION,
    about,
    attributions_unsure,
    claims,
    metadata,
    parts,
    pieces,
    speakers_unresolved,
    stories,
    story_reports,
)

Step = Callable[[Connection], None]


def _add_stories(connection: Connection) -> None:
    """What weighing keeps. It is made of the rest, so it may start empty, as the tables are by now."""
    metadata.create_all(connection, tables=[story_reports, parts, pieces, stories, claims])


def _find_unsure(connection: Connection) -> None:
    """What finds the statements quickly that people should look at."""
    for index in (speakers_unresolved, attributions_unsure):
        index.create(connection, checkfirst=True)


STEPS: Mapping[int, Step] = {1: _add_stories, 2: _find_unsure}
"""From a version to the next one. Version 1 is the first that was released."""


def is_new(connection: Connection) -> bool:
    """Whether the database holds nothing yet."""
    return not inspect(connection).has_table("about")


def version(connection: Connection) -> int:
    """The ledger's schema version. LedgerError if it is newer than this program, or no ledger."""
    found = connection.execute(select(about.c.value).where(about.c.name == "schema")).scalar()
    if found is None:
        raise LedgerError("holds tables that are no ledger's: name another file or database")
    if int(found) > VERSION:
        raise LedgerError(f"was written by a newer Sayso (schema {found}, this one knows {VERSION}): upgrade Sayso")
    return int(found)


def create(connection: Connection) -> None:
    """Make all tables, indexes and views, unless another program just did."""
    keep_out(connection)
    if not is_new(connection):
        return
    if inspect(connection).get_table_names():
        raise LedgerError("holds tables that are no ledger's: name another file or database")
    metadata.create_all(connection)
    statements.create(connection)
    views.create(connection)
    connection.execute(insert_new(connection, about), {"name": "schema", "value": str(VERSION)})


def bring_forward(connection: Connection, steps: Mapping[int, Step] = STEPS, newest: int = VERSION) -> None:
    """Every step from the ledger's version to the newest, within one transaction; views are made anew."""
    keep_out(connection)
    at = version(connection)
    if at == newest:
        return
    views.drop(connection)
    for step in range(at, newest):
        steps[step](connection)
    views.create(connection)
    connection.execute(update(about).where(about.c.name == "schema").values(value=str(newest)))
