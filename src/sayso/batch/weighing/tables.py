"""The tables that weighing a batch gives, and their rows."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from sayso.show.export.rows import Column, _cell
from sayso.terms.weighing import Claim, CountSeries, Dispute, Passage, RelationKind, Saying, Story
from sayso.weigh.independence import in_words

Row = Mapping[str, Any]
LIST = "; "


def _columns(**columns: tuple[type[str] | type[int] | type[float], str]) -> tuple[Column[Any], ...]:
    """Columns of rows that are mappings: by name the type, and what it is."""
    return tuple(Column(name, kind, what, _getter(name, kind)) for name, (kind, what) in columns.items())


def _getter(name: str, kind: type) -> Any:
    return lambda row: _cell(kind, row[name])


WEIGHED: dict[str, tuple[Column[Any], ...]] = {
    "near_copies": _columns(
        report=(str, "id of the later report, in the order of reading"),
        earlier=(str, "id of the earlier one"),
        share=(float, "the runs of five words that both have, of all that either has, 0 to 1"),
    ),
    "stories": _columns(
        id=(str, "the story's id"),
        title=(str, "headline of its most central report"),
        first=(str, "first day of publication, an ISO date"),
        last=(str, "last day of publication"),
        reports=(int, "how many reports tell it"),
        outlets=(int, "how many outlets; none if it could not be weighed"),
        claims=(int, "how many claims they make; none if it could not be weighed"),
    ),
    "story_reports": _columns(
        story=(str, "id of the story"),
        report=(str, "id of a report that tells it"),
        place=(int, "the report's place in the story by date, from 0"),
    ),
    "claims": _columns(
        id=(str, "the claim's id, among those of its story"),
        story=(str, "id of the story"),
        text=(str, "the saying that stands for all of them"),
        low=(int, "independent origins, if unnamed sources that may be the same are"),
        high=(int, "independent origins, if all unnamed sources differ"),
        affirm=(int, "origins that affirm it, in the low count"),
        deny=(int, "origins that deny it"),
        doubt=(int, "origins that doubt it"),
        outlets=(int, "how many outlets carry it"),
        reports=(int, "how many reports carry it"),
        sayings=(int, "how many sayings it has, those that only may make it too"),
        middle=(str, "id of the saying that stands for it"),
        unsure=(str, "ids of claims of the story that may be the same, joined by “; ”"),
    ),
    "sayings": _columns(
        id=(str, "the saying's id, among those of its story"),
        claim=(str, "id of the claim that it makes"),
        story=(str, "id of the story"),
        report=(str, "id of the report"),
        attribution=(str, "id of the attribution in its report; none for the report's own voice"),
        start=(int, "first character, in code points"),
        end=(int, "one past the last character"),
        spans=(str, "all pieces, [[start, end], …]"),
        text=(str, "the passage, pieces joined by “ … ”"),
        stance=(str, "affirm, deny or doubt"),
        origin=(str, "where its chain ends, in words; none for the report's own voice"),
        name=(str, "the origin's name in one spelling over all reports; none where unnamed"),
        naming=(str, "named, unnamed or unsourced"),
        affiliation=(str, "whom the origin belongs to"),
        party=(str, "the body that speaks through it"),
        relays=(str, "who passed it on, nearest to the reader first, joined by “; ”"),
        low=(float, "the least that its number may be; none where open or without one"),
        high=(float, "the most that its number may be"),
        measure=(str, "what happened to those counted, where it begins with the number"),
        counted=(str, "who or what is counted"),
        echo_of=(str, "id of the saying that it repeats"),
        why=(str, "how its origin, or what it repeats, is known"),
        sure=(int, "1 if it surely makes the claim, else 0: then it is not counted"),
        score=(float, "how like the middle saying it is, 0 to 1; none for that one"),
    ),
    "counts": _columns(
        id=(str, "the count's id, among those of its story"),
        series=(str, "id of the series: all counts of one thing, over time"),
        story=(str, "id of the story"),
        report=(str, "id of the report"),
        figure=(str, "id of the figure in its report"),
        attribution=(str, "id of the attribution in its report; none for the report's own voice"),
        day=(str, "the day that it holds for or was given on, an ISO date"),
        source=(str, "who gives the number, in the same words throughout the story"),
        measure=(str, "what happened to those counted"),
        counted=(str, "who or what is counted; none for people of no stated kind"),
        place=(str, "where"),
        low=(float, "the least that it may be; none where open"),
        best=(float, "the most likely"),
        high=(float, "the most that it may be; none where open"),
        start=(int, "first character of the figure's passage, in code points"),
        end=(int, "one past the last character"),
        text=(str, "the passage, pieces joined by “ … ”"),
    ),
    "relations": _columns(
        kind=(str, ", ".join(get_args(RelationKind))),
        series=(str, "id of the series of the first count"),
        story=(str, "id of the story"),
        one=(str, "id of a count"),
        other=(str, "id of another; of a revision the later one"),
        why=(str, "why they go together so, in words"),
    ),
    "disputes": _columns(
        id=(str, "the dispute's id, among those of its story"),
        kind=(str, "denial: one denies what the other affirms; figures: the numbers can't both hold"),
        about=(str, "id of the claim, or for figures of the series"),
        story=(str, "id of the story"),
        one=(str, "id of the report with the one passage"),
        one_source=(str, "whose words they are"),
        one_start=(int, "its first character, in code points"),
        one_end=(int, "one past its last character"),
        one_text=(str, "the passage, pieces joined by “ … ”"),
        other=(str, "id of the report with the other passage"),
        other_source=(str, "whose words they are"),
        other_start=(int, "its first character, in code points"),
        other_end=(int, "one past its last character"),
        other_text=(str, "the passage, pieces joined by “ … ”"),
        why=(str, "why they can't both be right, in words"),
    ),
    "unweighed": _columns(
        what=(str, "the step: keys, buckets, copies, weeks, links or stories"),
        where=(str, "what could not be done, for a person"),
        reason=(str, "why; the words follow those for where"),
    ),
}  # fmt: skip


def parquet(table: str, rows: Sequence[Row]) -> bytes:
    """Rows as the bytes of a Parquet file."""
    from sayso.batch.tables import own_table

    return own_table(table, rows)


def story_row(story: Story, outlets: int | None, claims: int | None) -> Row:
    """The row of a story; the numbers are None where it could not be weighed."""
    return {
        "id": story.id, "title": story.title, "first": story.first, "last": story.last,
        "reports": len(story.reports), "outlets": outlets, "claims": claims,
    }  # fmt: skip


def member_rows(story: str, reports: Iterable[str]) -> list[Row]:
    """The rows for a story's reports, by their ids in their order."""
    return [{"story": story, "report": report, "place": place} for place, report in enumerate(reports)]


def claim_row(claim: Claim) -> Row:
    """The row of a claim."""
    count = claim.independent
    return {
        "id": claim.id, "story": claim.story, "text": claim.text, "low": count.low, "high": count.high,
        "affirm": count.affirm, "deny": count.deny, "doubt": count.doubt, "outlets": claim.outlets,
        "reports": claim.reports, "sayings": len(claim.sayings), "middle": claim.middle,
        "unsure": LIST.join(other.claim for other in claim.unsure) or None,
    }  # fmt: skip


def saying_row(saying: Saying, claim: Claim, report: str) -> Row:
    """The row of a saying of the claim; its report goes by its id in the batch."""
    origin = saying.origin
    return {
        "id": saying.id, "claim": claim.id, "story": claim.story, "report": report, "attribution": saying.attribution,
        "start": saying.spans[0].start, "end": saying.spans[-1].end, "spans": [list(span) for span in saying.spans],
        "text": saying.text, "stance": saying.stance, "origin": in_words(origin) if origin else None,
        **{name: getattr(origin, name, None) for name in ("name", "naming", "affiliation", "party")},
        "relays": LIST.join(saying.relays) or None, "low": saying.low, "high": saying.high,
        "measure": saying.measure, "counted": saying.counted, "echo_of": saying.echo_of, "why": saying.why or None,
        "sure": int(saying.sure), "score": saying.alike.score if saying.alike else None,
    }  # fmt: skip


def count_rows(series: CountSeries, story: str, ids: Mapping[str, str]) -> list[Row]:
    """The rows of the counts of a series; ``ids`` has each report's id in the batch."""
    return [
        {
            "id": count.id, "series": series.id, "story": story, "report": ids[count.report], "figure": count.figure,
            "attribution": count.attribution, "day": count.on, "source": count.source, "measure": series.measure,
            "counted": series.counted, "place": series.place, "low": count.low, "best": count.best,
            "high": count.high, **_bounds(count.passage, ""), "text": count.passage.text,
        }
        for count in series.counts
    ]  # fmt: skip


def relation_rows(series: CountSeries, story: str) -> list[Row]:
    """The rows of how the counts of a series go together, and with those of others."""
    return [
        {"kind": found.kind, "series": series.id, "story": story, "one": found.one, "other": found.other,
         "why": found.why}
        for found in series.relations
    ]  # fmt: skip


def dispute_row(dispute: Dispute, story: str, ids: Mapping[str, str]) -> Row:
    """The row of a dispute; ``ids`` has each report's id in the batch."""
    return {
        "id": dispute.id, "kind": dispute.kind, "about": dispute.claim, "story": story,
        "one": ids[dispute.one.report], "one_source": dispute.one_source, "one_text": dispute.one.text,
        "other": ids[dispute.other.report], "other_source": dispute.other_source, "other_text": dispute.other.text,
        **_bounds(dispute.one, "one_"), **_bounds(dispute.other, "other_"), "why": dispute.why,
    }  # fmt: skip


def _bounds(passage: Passage, before: str) -> Row:
    return {f"{before}start": passage.spans[0].start, f"{before}end": passage.spans[-1].end}
