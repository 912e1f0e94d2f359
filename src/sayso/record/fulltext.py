"""The SQL of full text, on both databases: conditions, orders and snippets for the two indexes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sayso.record.words import Query, to_fts5, to_tsquery

Marks = Sequence[Sequence[str]]
"""Every group must be met by one of its marks."""


@dataclass(frozen=True, slots=True)
class Sql:
    """A piece of SQL with its parameters. An empty condition holds for every row."""

    condition: str = ""
    by_rank: str = ""
    snippet: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def statements(query: Query | None, marks: Marks, *, sqlite: bool) -> Sql:
    """Rows of ``statement_words`` with these words and marks."""
    if query is None and not marks:
        return Sql()
    if sqlite:
        met = " AND ".join("marks : (" + " OR ".join(f'"{mark}"' for mark in group) + ")" for group in marks)
        found = met if query is None else to_fts5(query, "words", met)
        return Sql("statement_words MATCH :found", "bm25(statement_words, 1.0, 0.0)", values={"found": found})
    pieces, values = [], {}
    if query is not None:
        pieces.append("to_tsquery('english', :words)")
        values["words"] = to_tsquery(query)
    if marks:
        pieces.append("CAST(:marks AS tsquery)")
        values["marks"] = " & ".join("(" + " | ".join(f"'{mark}'" for mark in group) + ")" for group in marks)
    whole = " && ".join(pieces)
    return Sql(
        f"statement_words.words @@ ({whole})", f"ts_rank_cd(statement_words.words, {pieces[0]}) DESC", values=values
    )


def reports(query: Query, *, sqlite: bool) -> Sql:
    """Rows of ``report_words`` with these words; the snippet marks them by brackets."""
    if sqlite:
        return Sql(
            "report_words MATCH :found",
            "bm25(report_words, 2.0, 1.0)",
            "snippet(report_words, 1, '[', ']', ' … ', 24)",
            {"found": to_fts5(query, "title text")},
        )
    asked = "to_tsquery('english', :words)"
    options = "'StartSel=[, StopSel=], MaxWords=24, MinWords=12, MaxFragments=1'"
    return Sql(
        f"report_words.words @@ {asked}",
        f"ts_rank_cd(report_words.words, {asked}) DESC",
        f"ts_headline('english', left(reports.text, 100000), {asked}, {options})",
        {"words": to_tsquery(query)},
    )
