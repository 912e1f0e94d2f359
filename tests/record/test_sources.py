"""Who speaks, how often, in how many reports, and through whom."""

from dataclasses import replace

from sayso.record.ledger import Ledger
from sayso.record.named import called
from sayso.record.search import published_by
from sayso.record.sources import Source, sources
from sayso.terms import Reading, Speaker
from tests.record.stories import reading


def relayed(number: int, outlet: str, speaker: Speaker, *relays: str) -> Reading:
    """A report whose second statement is by that speaker."""
    found = reading(number, outlet)
    first, second = found.attributions
    return replace(found, attributions=(first, replace(second, speaker=speaker, relays=relays)))


def test_reports_of_one_name_are_found_in_the_order_of_adding(where: str) -> None:
    with Ledger(where) as ledger:
        for outlet in ("Orrin Post", "Vell Times", "Lenn News"):
            ledger.add(reading(1, outlet).report, None, "r1", "it was not read")
        with ledger.looking() as connection:
            assert [one.outlet for one in called(connection, "report 1")] == ["Orrin Post", "Vell Times", "Lenn News"]
            assert called(connection, "report 2") == []


def listed(ledger: Ledger, outlet: str | None = None) -> list[Source]:
    with ledger.looking() as connection:
        return sources(connection, *published_by(outlet, None, None))


def test_sources_are_counted(where: str) -> None:
    guard = Speaker(None, "unnamed", "person", affiliation="river guard")
    nobody = Speaker(None, "unnamed", "person")
    with Ledger(where) as ledger:
        for found in (
            relayed(1, "Orrin Post", guard, "Vell Agency", "Radio Vell"),
            relayed(2, "Orrin Post", guard, "Vell Agency"),
            relayed(3, "Vell Times", nobody),
        ):
            ledger.add(found.report, found, "r1")
        again = relayed(3, "Vell Times", nobody)
        ledger.add(replace(again.report, id="the same text"), again, "r1")
        dorn, by_nobody, by_guard = listed(ledger)
        assert dorn == Source("Ilva Dorn", "named", 4, 3)
        assert by_guard == Source("unnamed, river guard", "unnamed", 2, 2, by_guard.through)
        assert by_guard.through == {"Vell Agency": 2, "Radio Vell": 1}
        assert by_nobody == Source("no name", "unnamed", 2, 1)
        assert [one.statements for one in listed(ledger, "vell times")] == [2, 2]
        assert listed(ledger, "no such outlet") == []
