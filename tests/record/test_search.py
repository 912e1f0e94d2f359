"""The contract of searching, on every back end."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.errors import QueryError
from sayso.record import search
from sayso.record.ledger import Ledger
from sayso.record.search import Filters
from sayso.terms import Attribution, Figure, Phrase, Reading, Report, Span, Speaker

LINES = [
    (
        "The truce will hold until spring, the minister said.",
        "Nadia Ferro",
        "named",
        "state",
        "Orrin Post",
        "2031-05-02",
    ),
    ("No truce was ever signed, an official said.", None, "unnamed", "deny", "Vell Courier", "2031-05-20"),
    (
        "Sixty people were killed in the valley, the army said.",
        "Army of Orrin",
        "named",
        "state",
        "Orrin Post",
        "2031-06",
    ),
    ("The dam has not been damaged, Ferro said.", "Nadia Ferro", "named", "deny", "Radio Sarenna", None),
]


def reading(line: tuple[str, str | None, str, str, str, str | None]) -> Reading:
    words, speaker, naming, act, outlet, published = line
    end = words.index(",")
    content = Phrase.of(words, (Span(0, end),))
    said = Attribution("a1", None, None, None, content, act=act, speaker=Speaker(speaker, naming))  # type: ignore[arg-type]
    figures = (Figure("f1", Span(0, 5), "Sixty", 60, 60, 60, "exact", "killed", by="a1"),) if "Sixty" in words else ()
    return Reading(Report(words, words[:12], outlet=outlet, title="News", published=published), (said,), figures)


@pytest.fixture
def ledger(where: str) -> Iterator[Ledger]:
    with Ledger(where) as ledger:
        for line in LINES:
            ledger.add(reading(line).report, reading(line), "r1")
        yield ledger


def found(ledger: Ledger, query: str, filters: Filters | None = None) -> set[str]:
    with ledger.looking() as connection:
        return {hit.content for hit in search.statements(connection, query, filters or Filters()).hits}


TRUCE, NONE, KILLED, DAM = (line[0].split(",")[0] for line in LINES)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("truce", {TRUCE, NONE}),
        ("truces", {TRUCE, NONE}),
        ('"truce will hold"', {TRUCE}),
        ('"hold truce"', set()),
        ("kill*", {KILLED}),
        ("truce -signed", {TRUCE}),
        ("dam OR valley", {DAM, KILLED}),
        ("people NEAR/3 killed", {KILLED}),
        ("killed NEAR/3 people", {KILLED}),
        ("sixty NEAR/1 valley", set()),
        ("minister", set()),
        ("the truce AND spring", {TRUCE}),
        ('"truce', {TRUCE, NONE}),
    ],
)
def test_queries(ledger: Ledger, query: str, expected: set[str]) -> None:
    assert found(ledger, query) == expected


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (Filters(), {TRUCE, NONE, KILLED, DAM}),
        (Filters(speaker="Nadia Ferro"), {TRUCE, DAM}),
        (Filters(speaker="ferro"), {TRUCE, DAM}),
        (Filters(speaker="nobody"), set()),
        (Filters(naming="unnamed"), {NONE}),
        (Filters(act="deny"), {NONE, DAM}),
        (Filters(act="deny", speaker="ferro"), {DAM}),
        (Filters(outlet="orrin post"), {TRUCE, KILLED}),
        (Filters(measure="killed"), {KILLED}),
        (Filters(after="2031-05-03"), {NONE, KILLED}),
        (Filters(before="2031-05-20"), {TRUCE, NONE}),
        (Filters(after="2031-05-03", before="2031-12-31"), {NONE, KILLED}),
        (Filters(within=()), set()),
        (Filters(after="1990-01-01", before="2031-05-03"), {TRUCE}),
    ],
)
def test_filters(ledger: Ledger, filters: Filters, expected: set[str]) -> None:
    assert found(ledger, "", filters) == expected


def test_words_and_filters_together(ledger: Ledger) -> None:
    assert found(ledger, "truce OR dam -spring", Filters(act="deny", after="2031-05-01")) == {NONE}


def test_a_hit_leads_to_its_characters(ledger: Ledger) -> None:
    with ledger.looking() as connection:
        (hit,) = search.statements(connection, "valley", Filters()).hits
    report = ledger.report(hit.report)
    assert report is not None
    assert [report.text[a:b] for a, b in hit.spans] == [hit.content]
    assert (hit.speaker, hit.outlet, hit.attribution) == ("Army of Orrin", "Orrin Post", "a1")


def test_whole_reports(ledger: Ledger) -> None:
    with ledger.looking() as connection:
        (hit,) = search.whole_reports(connection, "minister", Filters(outlet="Orrin Post"))
        assert "[minister]" in hit.snippet
        assert not search.whole_reports(connection, "minister", Filters(before="2031-05-01"))


def test_pages_follow_one_another(ledger: Ledger) -> None:
    with ledger.looking() as connection:
        pages = [search.statements(connection, "", Filters(), 1, n).hits for n in range(5)]
    assert [len(page) for page in pages] == [1, 1, 1, 1, 0]
    assert len({page[0].report for page in pages[:4]}) == 4


def test_a_later_reading_is_found_and_the_old_one_is_not(ledger: Ledger) -> None:
    old = reading(LINES[0])
    new = replace(old.attributions[0], content=Phrase.of(old.report.text, (Span(38, 46),)))
    assert found(ledger, "spring")
    ledger.add_new_reading(Reading(old.report, (new,)), "r2")
    assert found(ledger, "minister") == set()
    ledger.switch_to("r2")
    assert found(ledger, "spring") == set()
    assert found(ledger, "minister") == {old.report.text[38:46]}


@pytest.mark.parametrize("query", ["-truce", '""', "OR", "* ? !", "NEAR"])
def test_a_query_without_a_word_is_refused(ledger: Ledger, query: str) -> None:
    with pytest.raises(QueryError, match="at least one"):
        found(ledger, query)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(
    query=st.lists(st.sampled_from([*"ab \"'*-()<>:&|!\\.é中%{}^+\x00", "NEAR ", " OR ", "NOT ", "don't"])).map("".join)
)
def test_no_query_breaks_the_database(ledger: Ledger, query: str) -> None:
    with contextlib.suppress(QueryError):
        found(ledger, query)
