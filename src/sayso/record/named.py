"""What is known of reports without their texts: for lists of many."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, or_, select

from sayso.record.schema import reports

MOST = 500
COLUMNS = tuple(reports.c[name] for name in ("id", "name", "outlet", "title", "published", "url"))


@dataclass(frozen=True, slots=True)
class Known:
    """A report without its text. ``id`` is the ledger's, ``name`` what the input called it."""

    id: str
    name: str
    outlet: str | None
    title: str | None
    published: str | None
    url: str | None


def known(connection: Connection, names: Iterable[str]) -> dict[str, Known]:
    """Each report by the name or the ledger's id that it was asked by; those that aren't there are left out."""
    wanted, found = sorted(set(names)), dict[str, Known]()
    for start in range(0, len(wanted), MOST):
        some = wanted[start : start + MOST]
        asked = select(*COLUMNS).where(or_(reports.c.name.in_(some), reports.c.id.in_(some)))
        for row in connection.execute(asked).mappings():
            one = Known(**row)
            found |= {called: one for called in (one.name, one.id) if called in some}
    return found


def called(connection: Connection, name: str) -> list[Known]:
    """The reports that the input called so, the one that was added first first, so many at most."""
    asked = select(*COLUMNS).where(reports.c.name == name).order_by(reports.c.key).limit(MOST)
    return [Known(**row) for row in connection.execute(asked).mappings()]
