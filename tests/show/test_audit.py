import pytest

from sayso.reader.figures import find_figures
from sayso.reader.identify import identify
from sayso.reader.reader import Reader
from sayso.show.audit import audit
from sayso.terms import Reading, Report
from tests.marked import attributions_of
from training.markup import parse_passage

TEXT = (
    "Sources said on Monday that 40 prisoners would be freed.\n"
    "Justice Minister Odile Krantz said the list was not final.\n"
    "The governor has reportedly resigned."
)


def test_counts_flags_and_summary(reader: Reader) -> None:
    result = audit(reader.read(Report(TEXT)))
    assert result.counts["named"] == 1
    assert result.counts["unnamed"] == 1
    assert ("Odile Krantz", 1) in result.speakers
    rules = {flag.rule for flag in result.flags}
    assert {"bare source", "no reason"} <= rules
    assert all(TEXT[f.span.start : f.span.end] for f in result.flags)
    assert result.summary.startswith(f"Of {result.statements} statements, 1 rests on 1 named source")


def test_a_report_that_credits_nobody(reader: Reader) -> None:
    assert audit(reader.read(Report("It rained all day."))).summary == "The report credits no statement to anybody."


def rules_of(marked: str) -> list[str]:
    """The flags on a marked passage, which needs no network."""
    passage = parse_passage(marked)
    report = Report(passage.text)
    found = identify(report, attributions_of(passage))
    return [flag.rule for flag in audit(Reading(report, found, find_figures(report, found))).flags]


@pytest.mark.parametrize(
    ("marked", "rules"),
    [
        ("[s1 Sources] [k1 said] [c1 it rained].", ["bare source", "no reason"]),
        ("[s1 Danish sources] [k1 said] [c1 it rained].", ["no reason"]),
        ("[s1 A harbour official, who was not authorized to speak,] [k1 said] [c1 it rained].", []),
        ("[s1 A harbour official] [k1 said] on condition of anonymity [c1 it rained].", []),
        ("[s1 A harbour official] [k1 said] [c1 he was late because it rained].", ["no reason"]),
        ("[s1 A diplomat, who asked not to be named,] [k1 called for] [c1 a boycott].", ["opinion"]),
        (
            "[s1 A diplomat, who asked not to be named,] [k1 said] [c1 40 men were killed].",
            ["single source for a figure"],
        ),
        ("[s1 Two diplomats, who asked not to be named,] [k1 said] [c1 40 men were killed].", []),
        ("[c1 The mayor has] [k1 reportedly] [c1 resigned].", ["unsourced"]),
        ("[s1 Mayor Petra Lund] [k1 said] [c1 40 men were killed].", []),
        ("[s1 Residents] [k1 said] [c1 it rained].", []),
    ],
)
def test_each_rule_flags_what_breaks_it_and_nothing_else(marked: str, rules: list[str]) -> None:
    assert rules_of(marked) == rules


def test_second_hand_statements_are_counted() -> None:
    passage = parse_passage("[s1 Mayor Petra Lund] [k1 told] Reuters [c1 it rained]. [s2 Residents] [k2 said] [c2 so].")
    report = Report(passage.text)
    result = audit(Reading(report, identify(report, attributions_of(passage))))
    assert result.counts["second-hand"] == 1
    assert "1 reached this report through somebody else" in result.summary
