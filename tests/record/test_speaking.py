"""Quick counts of those who speak agree with the full ones, on either database."""

from dataclasses import replace

from sayso.record import outlets, speaker, speaking
from sayso.record.ledger import Ledger
from sayso.record.rows import report_id
from sayso.record.sources import sources
from sayso.record.speaking import Who
from sayso.terms import Judgement, Speaker
from tests.record.stories import reading
from tests.record.test_sources import relayed

GUARD = Speaker(None, "unnamed", "person", affiliation="river guard")
BOTH = Speaker("Ilva Dorn", "named", "person", names=("Ilva Dorn", "Pell “Roe” Ünal"))


def test_quick_counts_are_the_full_ones(where: str) -> None:
    with Ledger(where) as ledger:
        for found in (
            relayed(1, "Orrin Post", GUARD, "Vell Agency", "Radio Vell"),
            relayed(2, "Orrin Post", GUARD, "Vell Agency"),
            relayed(3, "Vell Times", BOTH),
        ):
            ledger.add(found.report, found, "r1")
        again = relayed(3, "Vell Times", BOTH)
        ledger.add(replace(again.report, id="the same text"), again, "r1")
        with ledger.looking() as connection:
            full = {one.source: one for one in sources(connection)}
            quick = speaking.everybody(connection)
            reached = speaking.reach(connection, [one.who for one in quick])
    assert {one.statements for one in full.values()} == {one.statements for one in quick}
    dorn, guard = Who("Ilva Dorn", "named"), Who(None, "unnamed", "river guard")
    assert {one.who: one.statements for one in quick} == {dorn: 6, guard: 2}
    assert reached[dorn].reports == full["Ilva Dorn"].reports == 3
    assert reached[guard].through == full["unnamed, river guard"].through == {"Vell Agency": 2, "Radio Vell": 1}


def test_who_speaks_with_another_is_found_by_either_name(where: str) -> None:
    with Ledger(where) as ledger:
        found = relayed(1, "Orrin Post", BOTH)
        ledger.add(found.report, found, "r1")
        with ledger.looking() as connection:
            other = speaker.spoken(connection, Who("Pell “Roe” Ünal", "named"))
            hits = speaker.said(connection, Who("Pell “Roe” Ünal", "named"), 0, 10)
            assert speaker.spoken(connection, Who("Pell", "named")) is None
    assert other
    assert (other.statements, other.reports, other.outlets) == (1, 1, {"Orrin Post": 1})
    assert len(hits) == 1


def test_outlets_are_counted_by_what_they_relay(where: str) -> None:
    with Ledger(where) as ledger:
        for found in (relayed(1, "Orrin Post", GUARD, "Orrin Post"), relayed(2, "Vell Times", GUARD, "Orrin Post")):
            ledger.add(found.report, found, "r1")
        silent = reading(3, "Silent Sheet")
        ledger.add(silent.report, None, "r1", "it was too long")
        with ledger.looking() as connection:
            found_all = outlets.sourced(connection)
            one = outlets.sourced(connection, "Vell Times")
            assert outlets.relayed_by(connection, "Orrin Post") == {"Vell Times": 1}
            named, unnamed = outlets.speakers_in(connection, "Vell Times", 5)
            (report,) = outlets.reports_of(connection, "Silent Sheet", 0, 10)
    assert found_all["Orrin Post"].second_hand == 0
    assert one == {"Vell Times": found_all["Vell Times"]}
    assert (one["Vell Times"].second_hand, one["Vell Times"].namings) == (1, {"named": 1, "unnamed": 1})
    assert (found_all["Silent Sheet"].reports, found_all["Silent Sheet"].share(0)) == (1, 0.0)
    assert (named[0], unnamed[0]) == (Who("Ilva Dorn", "named"), Who(None, "unnamed", "river guard"))
    assert report.outlet == "Silent Sheet"


def test_an_outlets_reports_come_the_newest_first_and_those_without_a_date_last(where: str) -> None:
    with Ledger(where) as ledger:
        for number, published in enumerate(("2031-05-04", None, "2031-05-06", "2031-05")):
            found = reading(number, "Orrin Post")
            ledger.add(replace(found.report, published=published), found, "r1")
        with ledger.looking() as connection:
            days = [one.published for one in outlets.reports_of(connection, "Orrin Post", 0, 10)]
    assert days == ["2031-05-06", "2031-05-04", "2031-05", None]


def test_copies_in_other_outlets_are_counted(where: str) -> None:
    with Ledger(where) as ledger:
        for outlet, day in (("Orrin Post", "2031-05-04"), ("Vell Times", "2031-05-05"), (None, "2031-05-04")):
            found = reading(1, outlet)
            ledger.add(replace(found.report, published=day), found, "r1")
        with ledger.looking() as connection:
            first, later = (outlets.copies(connection, name) for name in ("Orrin Post", "Vell Times"))
    assert (first.reports, first.tied, first.copied_by) == (1, 1, {"Vell Times": 1})
    assert (later.later, later.earlier) == (1, {"Orrin Post": 1, "": 1})


def test_the_stamp_changes_with_what_counts(where: str) -> None:
    with Ledger(where) as ledger:
        stamps = set()
        for number in range(3):
            found = reading(number, "Orrin Post")
            ledger.add(found.report, found, "r1")
            with ledger.looking() as connection:
                stamps.add(speaking.stamp(connection))
        ledger.add(found.report, found, "r1")
        with ledger.looking() as connection:
            assert speaking.stamp(connection) in stamps
    assert len(stamps) == 3


def test_the_stamp_changes_with_every_judgement_and_report(where: str) -> None:
    stamps = []
    with Ledger(where) as ledger:

        def look() -> None:
            with ledger.looking() as connection:
                stamps.append(speaking.stamp(connection))

        found = reading()
        ledger.add(found.report, found, "r1")
        look()
        bare = Judgement("correct", "attribution", "Ann", "2031-05-04T10:00:00+00:00", report_id(found.report),
                         found.attributions[0].content.spans, field="role")  # fmt: skip
        for role in ("envoy", "guard", "envoy again"):
            ledger.judge(replace(bare, value=role))
            look()
        ledger.withdraw(replace(bare, value="guard").id, "Ann")
        look()
        silent = reading(3, "Silent Sheet").report
        ledger.add(silent, None, "r1", "it is in a language that is not read")
        look()
    assert len(set(stamps)) == len(stamps) == 6
