"""What was just kept or undone, told on the page where one was."""

from dataclasses import dataclass

from starlette.requests import Request

from sayso.record.latest import of_ids
from sayso.show.views.judged import JudgedView, judged_view
from sayso.web.rendering import desk_of

KEPT, UNDONE = "kept", "undone"
MOST = 40


@dataclass(frozen=True, slots=True)
class Notice:
    """Judgements, their ids, and whether they were just undone."""

    ids: str
    judged: tuple[JudgedView, ...]
    undone: bool


def notice(request: Request) -> Notice | None:
    """What the address says was done, if it was."""
    name = next((name for name in (KEPT, UNDONE) if name in request.query_params), None)
    if name is None:
        return None
    ledger = desk_of(request).ledger
    wanted = request.query_params[name].split(",")[:MOST]
    with ledger.looking() as connection:
        found = of_ids(connection, wanted)
    ready = [one for each in wanted if (one := found.get(each)) and bool(one.withdrawn_at) == (name == UNDONE)]
    if not ready:
        return None
    return Notice(",".join(one.id for one in ready), tuple(judged_view(one, ledger.report) for one in ready),
                  name == UNDONE)  # fmt: skip
