from sayso.reader.reader import Reader
from sayso.show.audit import audit
from sayso.terms import Report

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
