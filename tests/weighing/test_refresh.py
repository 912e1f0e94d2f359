"""What is kept of weighing is what weighing everything at once would give, whatever came when."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import update

from sayso.errors import LedgerError
from sayso.record import schema
from sayso.record.backup import backup
from sayso.record.check import Problem, check
from sayso.record.ledger import Ledger
from sayso.record.rows import report_id
from sayso.terms import Judgement, Reading
from sayso.weighing import (
    Kept,
    ListedClaim,
    Refreshed,
    Unkept,
    claim,
    claims,
    is_stale,
    keeping,
    refresh,
    reports_in,
    stories,
    story,
    versions,
)
from tests.weighing.made import add, assert_whole, readings, told

WHEN = "2031-06-01T09:00:00+00:00"
STORIES = [told(n, n % 3, f"2031-05-{4 + n:02}") for n in range(5)] + [told(9, 3), told(10, 4)]


@pytest.fixture
def ledger(where: str) -> Iterator[Ledger]:
    with Ledger(where) as found:
        yield found


def anchor(reading: Reading) -> dict[str, Any]:
    item = reading.attributions[0]
    return {"report": report_id(reading.report), "spans": [list(span) for span in item.content.spans]}


def of_attribution(reading: Reading, verdict: Any = "reject") -> Judgement:
    item = reading.attributions[0]
    cue = item.cue.spans if item.cue else ()
    return Judgement(verdict, "attribution", "Teo", WHEN, report_id(reading.report), item.content.spans, cue)


def of_claims(one: Reading, other: Reading) -> Judgement:
    return Judgement("same", "claim", "Teo", WHEN, value=[anchor(one), anchor(other)])


def stale_stories(ledger: Ledger) -> int:
    """How many stories a refresh weighs."""
    return refresh(ledger).stories


def test_stories_are_kept_and_grow(ledger: Ledger) -> None:
    add(ledger, *STORIES)
    assert is_stale(ledger)
    assert refresh(ledger) == Refreshed(reports=7, gone=0, stories=2)
    assert not is_stale(ledger)
    assert_whole(ledger)
    assert refresh(ledger) == Refreshed()
    add(ledger, told(11, 5, "2031-05-06"))
    assert refresh(ledger) == Refreshed(reports=1, gone=0, stories=1)
    assert_whole(ledger)
    assert [(one.reports, one.outlets) for one in stories(ledger, order="size")] == [(5, 3), (3, 3)]
    assert [one.last for one in stories(ledger)] == ["2031-05-08", "2031-05-06"]
    assert stories(ledger, offset=1, limit=1) == stories(ledger)[1:]
    assert not [found for found in check(ledger) if isinstance(found, Problem)]


def test_stories_and_claims_are_found_by_the_beginning_of_their_ids(ledger: Ledger) -> None:
    add(ledger, *STORIES)
    refresh(ledger)
    whole = story(ledger)
    assert whole is not None
    assert len(whole.story.reports) == 5
    assert story(ledger, whole.story.id[:9]) == whole
    assert claim(ledger, whole.story.claims[0].id[:9]) == (whole, whole.story.claims[0])
    assert reports_in(ledger, whole.story.id) == tuple(report_id(reading.report) for reading in STORIES[:5])
    for nothing in ("nosuchid", "%", "_"):
        assert story(ledger, nothing) is None
        assert claim(ledger, nothing) is None
        assert reports_in(ledger, nothing) == ()


def test_claims_are_listed_without_their_sayings(ledger: Ledger) -> None:
    add(ledger, *STORIES)
    refresh(ledger)
    whole = story(ledger)
    assert whole is not None
    listed = claims(ledger, story=whole.story.id)
    assert {one.id: one for one in listed} == {one.id: ListedClaim.of(one) for one in whole.story.claims}
    assert [one.reports for one in listed] == sorted((one.reports for one in listed), reverse=True)
    assert claims(ledger, least=2) == tuple(one for one in claims(ledger) if one.reports >= 2)
    assert claims(ledger, offset=1, limit=1) == claims(ledger)[1:2]


def test_many_stories_are_weighed_on_several_processes(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "MANY", 1)
    with Ledger(where) as ledger:
        add(ledger, *STORIES)
        assert refresh(ledger, jobs=2) == Refreshed(reports=7, gone=0, stories=2)
        assert_whole(ledger)


def test_judgements_of_readings_make_their_stories_stale(ledger: Ledger) -> None:
    add(ledger, *STORIES)
    refresh(ledger)
    judgement = of_attribution(STORIES[0])
    ledger.judge(judgement)
    assert stale_stories(ledger) == 1
    assert_whole(ledger)
    ledger.judge(of_attribution(STORIES[0], "accept"))
    assert stale_stories(ledger) == 1
    assert_whole(ledger)
    ledger.withdraw(judgement.id, "Ana")
    assert stale_stories(ledger) == 1
    assert_whole(ledger)


def test_judgements_of_claims_make_the_stories_of_their_reports_stale(ledger: Ledger) -> None:
    add(ledger, *STORIES)
    refresh(ledger)
    before = story(ledger)
    judgement = of_claims(STORIES[0], STORIES[2])
    ledger.judge(judgement)
    assert is_stale(ledger)
    assert stale_stories(ledger) == 1
    kept = story(ledger)
    assert kept != before
    assert kept == Unkept(ledger).story()
    ledger.withdraw(judgement.id, "Ana")
    assert stale_stories(ledger) == 1
    assert story(ledger) == before


def test_judgements_of_speakers_by_name_bear_on_every_story(ledger: Ledger) -> None:
    add(ledger, *STORIES)
    refresh(ledger)
    ledger.judge(Judgement("same", "speaker", "Teo", WHEN, value=[{"name": "Ada Moll"}, {"name": "Per Holm"}]))
    assert stale_stories(ledger) == 2
    for one in stories(ledger):
        assert story(ledger, one.id) == Unkept(ledger).story(one.id)


def test_a_report_without_a_reading_leaves_its_story(ledger: Ledger) -> None:
    add(ledger, *STORIES)
    refresh(ledger)
    with ledger.writing() as connection:
        connection.execute(update(schema.readings).where(schema.readings.c.report == 1).values(current=0))
    assert is_stale(ledger)
    assert refresh(ledger) == Refreshed(reports=0, gone=1, stories=1)
    assert_whole(ledger)
    with ledger.writing() as connection:
        connection.execute(update(schema.readings).values(current=0))
    refresh(ledger)
    assert stories(ledger) == ()


def test_a_report_goes_by_its_id_once_another_has_its_name(ledger: Ledger) -> None:
    add(ledger, *STORIES, told(20, 0, name="index.html"))
    refresh(ledger)
    add(ledger, told(21, 6, name="index.html"))
    assert refresh(ledger).stories == 2
    assert_whole(ledger)
    first = report_id(told(20, 0, name="index.html").report)
    whole = story(ledger)
    assert whole is not None
    assert first in whole.story.reports
    ledger.judge(of_claims(told(20, 0, name="index.html"), STORIES[1]))
    refresh(ledger)
    assert story(ledger) == Unkept(ledger).story()


def test_a_reread_report_is_weighed_anew(ledger: Ledger) -> None:
    add(ledger, *STORIES)
    refresh(ledger)
    for reading in STORIES:
        ledger.add_new_reading(Reading(reading.report), "r2")
    ledger.switch_to("r2")
    assert refresh(ledger) == Refreshed(reports=7, gone=0, stories=2)
    assert_whole(ledger)


def test_a_refresh_that_was_stopped_goes_on(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    add(ledger, *STORIES)
    done: list[str] = []

    def stop(told: keeping.Told) -> Any:
        if done:
            raise KeyboardInterrupt
        done.append(told.story.id)
        return whole(told)

    whole = keeping.weigh_told
    monkeypatch.setattr(keeping, "SECONDS", 0.0)
    monkeypatch.setattr(keeping, "weigh_told", stop)
    with pytest.raises(KeyboardInterrupt):
        refresh(ledger)
    monkeypatch.undo()
    assert is_stale(ledger)
    assert len(stories(ledger)) == 2
    assert all(story(ledger, one.id) for one in stories(ledger)), "what is not weighed yet is weighed when asked for"
    assert refresh(ledger) == Refreshed(reports=0, gone=0, stories=1)
    assert_whole(ledger)


def test_what_changes_while_it_is_weighed_is_weighed_again(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    add(ledger, *STORIES)
    whole = keeping.weigh_told

    def meanwhile(found: keeping.Told) -> Any:
        monkeypatch.undo()
        add(ledger, told(11, 0))
        refresh(ledger)
        return whole(found)

    monkeypatch.setattr(keeping, "weigh_told", meanwhile)
    refresh(ledger)
    refresh(ledger)
    assert_whole(ledger)


@pytest.mark.parametrize("name", ["weigher_version", "grouping_version"])
def test_another_version_makes_everything_stale(ledger: Ledger, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    add(ledger, *STORIES)
    refresh(ledger)
    for module in ("sayso.weighing", "sayso.weighing.keeping", "sayso.weighing.taking"):
        monkeypatch.setattr(f"{module}.{name}", lambda: "another", raising=False)
    assert is_stale(ledger)
    assert stale_stories(ledger) == 2
    assert not is_stale(ledger)
    assert_whole(ledger)


def test_what_another_version_packed_is_weighed_when_asked_for(ledger: Ledger) -> None:
    add(ledger, *STORIES)
    refresh(ledger)
    whole = story(ledger)
    for damaged in (b"", b"nonsense", b"x\x9c+\xce\x07\x00"):
        with ledger.writing() as connection:
            connection.execute(update(schema.stories).values(weighed=damaged))
        assert story(ledger) == whole


def test_versions_are_those_of_the_code() -> None:
    assert versions.grouping_version() != versions.weigher_version()
    assert len(versions.grouping_version()) == len(versions.weigher_version()) == versions.SHOWN


def test_an_empty_ledger_has_no_stories(ledger: Ledger) -> None:
    assert not is_stale(ledger)
    assert refresh(ledger) == Refreshed()
    assert stories(ledger) == ()
    assert story(ledger) is None


def test_a_ledger_that_is_only_looked_at_is_weighed_in_memory(tmp_path: Path) -> None:
    where = str(tmp_path / "ledger.db")
    with Ledger(where) as ledger:
        add(ledger, *STORIES)
    with Ledger(where, readonly=True) as ledger:
        assert is_stale(ledger)
        with pytest.raises(LedgerError, match="only"):
            refresh(ledger)
        unkept = Unkept(ledger)
    with Ledger(where) as ledger:
        refresh(ledger)
        kept = Kept(ledger)
        assert unkept.whole_stories() == kept.whole_stories()
        whole = kept.story()
        assert whole is not None
        assert unkept.story() == whole
        one = whole.story.claims[0]
        assert unkept.claim(one.id) == kept.claim(one.id)
        assert unkept.claim("nosuchclaim") is None
        assert unkept.story("nosuchstory") is None
        assert unkept.reports_in(whole.story.id[:8]) == kept.reports_in(whole.story.id[:8])
        assert unkept.reports_in("nosuchstory") == ()


def test_progress_is_told(ledger: Ledger) -> None:
    add(ledger, *STORIES)
    seen: list[tuple[str, int, int]] = []
    refresh(ledger, lambda *step: seen.append(step))
    assert seen == [("grouping", 0, 7), ("weighing", 0, 7), ("weighing", 5, 7)]


def test_a_backup_keeps_what_was_weighed(where: str, tmp_path: Path) -> None:
    with Ledger(str(tmp_path / "one.db")) as ledger:
        add(ledger, *STORIES)
        refresh(ledger)
        backup(ledger, where)
    with Ledger(where) as ledger:
        assert not is_stale(ledger)
        assert_whole(ledger)
        add(ledger, told(11))
        assert refresh(ledger).stories == 1
        assert_whole(ledger)


def test_two_refresh_while_a_third_adds(where: str) -> None:
    def grow() -> None:
        with Ledger(where) as ledger:
            for number in range(12):
                add(ledger, told(number, number % 7, f"2031-05-{1 + number * 2:02}"))

    def keep_up() -> None:
        with Ledger(where) as ledger:
            for _ in range(6):
                refresh(ledger)

    Ledger(where).close()
    with ThreadPoolExecutor(3) as pool:
        for done in [pool.submit(grow), pool.submit(keep_up), pool.submit(keep_up)]:
            done.result()
    with Ledger(where) as ledger:
        refresh(ledger)
        assert not is_stale(ledger)
        assert_whole(ledger)


@given(readings(), st.lists(st.integers(1, 4), max_size=6), st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_any_order_in_any_portions_keeps_the_same(some: list[Reading], sizes: list[int], chance: Any) -> None:
    chance.shuffle(some)
    with TemporaryDirectory() as folder, Ledger(str(Path(folder) / "ledger.db")) as ledger:
        for size in sizes:
            add(ledger, *some[:size])
            del some[:size]
            refresh(ledger)
        add(ledger, *some)
        refresh(ledger)
        assert_whole(ledger)
