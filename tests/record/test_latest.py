"""Judgements, the latest first, a page at a time; what people should look at; on either database."""

from dataclasses import replace

from sayso.record import doubtful, latest, rulings
from sayso.record.ledger import Ledger
from sayso.record.rows import report_id
from sayso.terms import Judgement, Reading, Speaker
from tests.record.stories import reading

MAYBE = Speaker(None, "named", "person", called="she", candidates=("Ilva Dorn", "Pell Roe"), why="two women are named")


def doubted(number: int, confidence: float) -> Reading:
    found = reading(number)
    first, second = found.attributions
    return replace(found, attributions=(replace(first, confidence=confidence, speaker=MAYBE), second))


def word(found: Reading, minute: int, verdict: str = "accept") -> Judgement:
    one = found.attributions[0]
    made_at = f"2031-05-04T10:{minute:02}:00+00:00"
    cue = one.cue.spans if one.cue else ()
    return Judgement(verdict, "attribution", "Ann", made_at, report_id(found.report), one.content.spans, cue)  # type: ignore[arg-type]


def test_judgements_come_the_latest_first_and_a_page_at_a_time(where: str) -> None:
    found = [reading(number) for number in range(3)]
    with Ledger(where) as ledger:
        for one in found:
            ledger.add(one.report, one, "r1")
        words = [word(found[0], 1), word(found[1], 3), word(found[0], 2, "reject")]
        assert ledger.judge_all(words) == [True, True, True]
        assert ledger.judge_all(words[:1]) == [False]
        with ledger.looking() as connection:
            assert latest.latest(connection) == [words[1], words[2], words[0]]
            assert latest.latest(connection, 1, 1) == [words[2]]
            assert latest.latest(connection, report=words[0].report) == [words[2], words[0]]
            assert latest.of_ids(connection, [words[0].id, "nothing"]) == {words[0].id: words[0]}
            assert latest.judged_lately(connection, 0, 5) == [words[1].report, words[0].report]
            assert latest.judged_lately(connection, 1, 5) == [words[0].report]
            assert (latest.count(connection), latest.stamp(connection)) == (3, (3, 0))
        ledger.withdraw_all([words[0].id, words[1].id], "Bo")
        with ledger.looking() as connection:
            assert latest.stamp(connection) == (3, 2)


def test_doubts_come_the_worst_first_and_judged_ones_no_more(where: str) -> None:
    found = [doubted(number, confidence) for number, confidence in enumerate((0.7, 0.4, 0.9))]
    with Ledger(where) as ledger:
        for one in found:
            ledger.add(one.report, one, "r1")
        with ledger.looking() as connection:
            unsure = [one for one in doubtful.unsure(connection, 0, 9) if one.confidence < 1]
            paged = [doubtful.unsure(connection, at, 1)[0] for at in range(3)]
            unresolved = doubtful.unresolved(connection, 0, 9)
        assert [one.confidence for one in paged] == [0.4, 0.7, 0.9]
        assert unsure[:3] == paged
        assert {one.report for one in unresolved} == {report_id(one.report) for one in found}
        assert {one.speaker.candidates for one in unresolved} == {MAYBE.candidates}
        assert unsure[0].content == found[1].attributions[0].content.text
        assert (unsure[0].cue, unsure[0].source) == ("added", "she")
        ledger.judge(word(found[1], 1))
        with ledger.looking() as connection:
            left = doubtful.unsure(connection, 0, 9), doubtful.unresolved(connection, 0, 9)
        assert [{one.report for one in some if one.confidence < 1} for some in left] == [
            {report_id(one.report) for one in (found[0], found[2])}
        ] * 2


def test_judgements_of_no_story_bear_on_all(where: str) -> None:
    with Ledger(where) as ledger:
        named = Judgement("same", "speaker", "Ann", "2031-05-04T10:00:00+00:00",
                          value=[{"name": "Ilva Dorn"}, {"name": "I. Dorn"}])  # fmt: skip
        ledger.judge(named)
        with ledger.looking() as connection:
            assert rulings.of(connection, "any story") == (named,)
            assert rulings.stories_of(connection, {"nothing"}) == {}
        ledger.withdraw(named.id, "Ann")
        with ledger.looking() as connection:
            assert rulings.of(connection, "any story") == ()
