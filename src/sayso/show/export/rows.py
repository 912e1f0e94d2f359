"""Readings as flat rows of three tables. Each column is declared once: its name, its type, what it is, its value."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Literal, TypeVar

from sayso.show.export.around import sentence
from sayso.show.export.utf8 import replaced, sound
from sayso.show.statements import UNTOLD, chain, who
from sayso.terms import Attribution, Figure, Phrase, Reading, Report, Speaker

T = TypeVar("T")
Row = dict[str, str | int | float | None]
Table = Literal["reports", "attributions", "figures"]
MOST: dict[type, float] = {int: 2**53, float: sys.float_info.max}
KINDS: dict[type, str] = {str: "text", int: "whole number", float: "number"}
LIST = "; "
CHAIN = " → "
WIDE, MIDDLE = 50, 22


@dataclass(frozen=True)
class Column(Generic[T]):
    """One column: ``type`` of its values (any may be missing), ``what`` it is in words, ``width`` in characters."""

    name: str
    type: type[str] | type[int] | type[float]
    what: str
    of: Callable[[T], Any]
    width: int = 12


@dataclass(frozen=True, slots=True)
class Said:
    """What a row of the attributions is made from."""

    report: Report
    attribution: Attribution
    depth: int

    @property
    def speaker(self) -> Speaker:
        """Who speaks."""
        return self.attribution.speaker


@dataclass(frozen=True, slots=True)
class Counted:
    """What a row of the figures is made from; the report's own figures have no owner."""

    report: Report
    figure: Figure
    owner: Attribution | None


REPORTS: tuple[Column[Report], ...] = (
    Column("id", str, "the report's id", lambda r: r.id, MIDDLE),
    Column("outlet", str, "who published it", lambda r: r.outlet, MIDDLE),
    Column("title", str, "its headline", lambda r: r.title, WIDE),
    Column("byline", str, "its authors, as printed", lambda r: r.byline, MIDDLE),
    Column("dateline", str, "its place and day, as printed", lambda r: r.dateline, MIDDLE),
    Column("published", str, "ISO 8601 date or date-time, no finer than known", lambda r: r.published),
    Column("language", str, "BCP 47 tag", lambda r: r.language),
    Column("url", str, "its address", lambda r: r.url, MIDDLE),
    Column("credit", str, "the agencies that it credits, joined by “; ”", lambda r: LIST.join(r.credit) or None),
    Column("words", int, "how many words its text has", lambda r: len(r.text.split())),
    Column("text_sha256", str, "SHA-256 of the text in UTF-8", lambda r: r.text_sha256),
    Column("raw_sha256", str, "SHA-256 of the bytes that it was taken from", lambda r: r.raw_sha256),
    Column("extractor", str, "what took the text from them", lambda r: r.extractor),
    Column("text", str, "the text, to which all offsets point", lambda r: r.text, WIDE),
)


def _of(role: str, get: Callable[[Phrase], Any]) -> Callable[[Said], Any]:
    """``get`` of the phrase of that role; None where there is none, or none with a span."""

    def value(one: Said) -> Any:
        phrase: Phrase | None = getattr(one.attribution, role)
        return get(phrase) if phrase is not None and phrase.spans else None

    return value


def _phrase(role: str, what: str) -> tuple[Column[Said], ...]:
    """The columns of one role."""
    return (
        Column(f"{role}_text", str, f"{what}, pieces joined by “ … ”", _of(role, lambda p: p.text), WIDE),
        Column(f"{role}_start", int, f"first character of the {role}, in code points", _of(role, lambda p: p.start)),
        Column(f"{role}_end", int, f"one past the last character of the {role}", _of(role, lambda p: p.end)),
        Column(
            f"{role}_spans", str, f"all pieces of the {role}, [[start, end], …]",
            _of(role, lambda p: json.dumps([list(span) for span in p.spans])),
        ),
    )  # fmt: skip


ATTRIBUTIONS: tuple[Column[Said], ...] = (
    Column("report", str, "id of the report", lambda o: o.report.id, MIDDLE),
    Column("id", str, "id of the attribution in its report", lambda o: o.attribution.id),
    Column("within", str, "id of the attribution around it", lambda o: o.attribution.within),
    Column("depth", int, "how many attributions are around it", lambda o: o.depth),
    *_phrase("source", "the words for who says it"),
    *_phrase("cue", "the words that credit it"),
    *_phrase("content", "what is said"),
    Column("form", str, "direct, indirect or mixed", lambda o: o.attribution.form),
    Column("act", str, "what is done by saying it", lambda o: o.attribution.act),
    Column("stance", str, "the author's distance: neutral, distanced or endorsed", lambda o: o.attribution.stance),
    Column("speaker", str, "canonical name; none where unnamed or left open", lambda o: o.speaker.name, MIDDLE),
    Column("speakers", str, "all names where several speak, joined by “; ”",
           lambda o: LIST.join(o.speaker.names) or None),
    Column("who", str, "the source in words, whether named or not", lambda o: who(o.attribution), MIDDLE),
    Column("naming", str, "named, unnamed or unsourced", lambda o: o.speaker.naming),
    Column("kind", str, "person, organization, outlet, document, group or none", lambda o: o.speaker.kind),
    Column("affiliation", str, "whom the speaker belongs to", lambda o: o.speaker.affiliation),
    Column("role", str, "the speaker's office or trade", lambda o: o.speaker.role),
    Column("basis", str, "how an unnamed source is said to know", lambda o: o.speaker.basis),
    Column("count", int, "how many sources there are said to be", lambda o: o.speaker.count),
    Column("relays", str, "who passed it on, nearest to the reader first, joined by “; ”",
           lambda o: LIST.join(o.attribution.relays) or None),
    Column("chain", str, "from the outlet to the speaker, joined by “ → ”",
           lambda o: CHAIN.join(chain(o.attribution, o.report.outlet)), WIDE),
    Column("medium", str, "through which medium it was said", lambda o: o.attribution.medium),
    Column("said_on", str, "ISO date on which it was said", lambda o: o.attribution.said_on),
    Column("said_earliest", str, "first day on which it may have been said",
           lambda o: o.attribution.said and o.attribution.said.earliest),
    Column("said_latest", str, "last day on which it may have been said",
           lambda o: o.attribution.said and o.attribution.said.latest),
    Column("said_grain", str, "how exactly the text tells the day: day, week, month or year",
           lambda o: o.attribution.said and o.attribution.said.grain),
    Column("confidence", float, "the network's probability that the cue is one, 0 to 1",
           lambda o: o.attribution.confidence),
    Column("outlet", str, "who published the report", lambda o: o.report.outlet, MIDDLE),
    Column("published", str, "when, no finer than known", lambda o: o.report.published),
    Column("url", str, "the report's address", lambda o: o.report.url, MIDDLE),
)  # fmt: skip

FIGURES: tuple[Column[Counted], ...] = (
    Column("report", str, "id of the report", lambda o: o.report.id, MIDDLE),
    Column("id", str, "id of the figure in its report", lambda o: o.figure.id),
    Column("start", int, "first character, in code points", lambda o: o.figure.span.start),
    Column("end", int, "one past the last character", lambda o: o.figure.span.end),
    Column("text", str, "the figure as printed", lambda o: o.figure.text, MIDDLE),
    Column("value", float, "the number", lambda o: o.figure.value),
    Column("low", float, "the least that it may be; none where open", lambda o: o.figure.low),
    Column("high", float, "the most that it may be; none where open", lambda o: o.figure.high),
    Column("qualifier", str, "exact, at_least, more_than, nearly, at_most, about, between or indefinite",
           lambda o: o.figure.qualifier),
    Column("measure", str, "what happened to those counted, or what is measured", lambda o: o.figure.measure),
    Column("counted", str, "who or what is counted, as printed", lambda o: o.figure.counted, MIDDLE),
    Column("by", str, "id of the attribution that gives it; none for the report's own voice", lambda o: o.figure.by),
    Column("speaker", str, "canonical name of whoever gives it", lambda o: o.owner and o.owner.speaker.name, MIDDLE),
    Column("who", str, "whoever gives it, in words", lambda o: who(o.owner) if o.owner else None, MIDDLE),
    Column("naming", str, "named, unnamed or unsourced", lambda o: o.owner and o.owner.speaker.naming),
    Column("chain", str, "from the outlet to whoever gives it, joined by “ → ”",
           lambda o: CHAIN.join(chain(o.owner, o.report.outlet)) if o.owner else o.report.outlet or UNTOLD, WIDE),
    Column("as_of", str, "ISO date on which it held", lambda o: o.figure.as_of),
    Column("place", str, "the place that the words after it name", lambda o: o.figure.place),
    Column("unit", str, "the unit, such as a currency", lambda o: o.figure.unit),
    Column("part_of", str, "id of the figure that it is a part of", lambda o: o.figure.part_of),
    Column("period", str, "daily or cumulative, where the words say so", lambda o: o.figure.period),
    Column("sentence", str, "the sentence around it, on one line",
           lambda o: sentence(o.report.text, o.figure.span), WIDE),
    Column("outlet", str, "who published the report", lambda o: o.report.outlet, MIDDLE),
    Column("published", str, "when, no finer than known", lambda o: o.report.published),
    Column("url", str, "the report's address", lambda o: o.report.url, MIDDLE),
)  # fmt: skip

COLUMNS: dict[Table, Sequence[Column[Any]]] = {
    "reports": REPORTS, "attributions": ATTRIBUTIONS, "figures": FIGURES,
}  # fmt: skip


def explained(table: Table) -> str:
    """The table's columns as a table in Markdown, for the documentation."""
    lines = [f"| `{column.name}` | {KINDS[column.type]} | {column.what} |" for column in COLUMNS[table]]
    return "\n".join(("| column | type | what it is |", "|---|---|---|", *lines)) + "\n"


def report_row(reading: Reading) -> Row:
    """The reading's report as a row of ``REPORTS``."""
    return _row(REPORTS, sound(reading).report)


def attribution_rows(reading: Reading) -> Iterator[Row]:
    """The reading's attributions, in the order of the text, as rows of ``ATTRIBUTIONS``."""
    depths: dict[str | None, int] = {None: -1}
    for attribution in reading.attributions:
        depth = depths.get(attribution.within, -1) + 1
        depths[attribution.id] = depth
        yield _row(ATTRIBUTIONS, Said(reading.report, attribution, depth))


def figure_rows(reading: Reading) -> Iterator[Row]:
    """The reading's figures, in the order of the text, as rows of ``FIGURES``."""
    owners = {a.id: a for a in reading.attributions}
    for figure in reading.figures:
        owner = owners.get(figure.by) if figure.by is not None else None
        yield _row(FIGURES, Counted(reading.report, figure, owner))


def rows(reading: Reading, table: Table) -> Iterator[Row]:
    """The reading's rows of one of the tables."""
    if table == "reports":
        yield report_row(reading)
    else:
        yield from attribution_rows(reading) if table == "attributions" else figure_rows(reading)


def _row(columns: Sequence[Column[T]], one: T) -> Row:
    return {column.name: _cell(column.type, column.of(one)) for column in columns}


def _cell(kind: type, value: Any) -> str | int | float | None:
    """The value in its column's type; a number that no file format keeps exactly, or at all, is left open."""
    if value is None:
        return None
    if kind is str:
        return replaced(str(value))
    if not abs(value) <= MOST[kind]:
        return None
    return int(value) if kind is int else float(value)
