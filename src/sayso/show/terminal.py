"""Readings on a terminal: a list of statements, or the text with its spans marked."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from sayso.show.statements import NOBODY, Statement, statements
from sayso.terms import Attribution, Reading, Spans

SOURCE, CUE, CONTENT, FAINT = "bold cyan", "yellow", "default", "dim"
DOUBTFUL = 0.6
INDENT = 4


def heading(reading: Reading) -> Text:
    """What was read, and how much was found in it."""
    report = reading.report
    named = " · ".join(part for part in (report.outlet, report.title, report.published) if part) or report.id
    nested = sum(a.within is not None for a in reading.attributions)
    count = len(reading.attributions)
    found = f"{count} statement{'s' * (count != 1)}, {nested} nested" if count else "no statement credited to anybody"
    return Text.assemble((named, "bold"), "\n", (found, FAINT))


def listing(reading: Reading) -> RenderableType:
    """Each statement with who, cue, content and chain, indented under what carries it."""
    parts: list[RenderableType] = [heading(reading), Text()]
    parts += [Padding(_block(one), (0, 0, 1, 2 + INDENT * one.depth)) for one in statements(reading)]
    return Group(*parts)


def _block(statement: Statement) -> Text:
    style = FAINT if statement.who == NOBODY else SOURCE
    line = Text.assemble((statement.who, style), "  ", (statement.cue, CUE))
    if statement.confidence < DOUBTFUL:
        line.append(f"  (unsure: {statement.confidence:.0%})", FAINT)
    line.append("\n" + statement.content, CONTENT)
    line.append("\n" + " ← ".join(statement.chain), FAINT)
    return line


def marked_text(reading: Reading) -> RenderableType:
    """The report's own text with sources, cues and contents marked."""
    text = Text(reading.report.text)
    for style, spans in _layers(reading.attributions):
        for span in spans:
            text.stylize(style, span.start, span.end)
    key = Text.assemble(("source", SOURCE), "  ", ("cue", CUE), "  ", ("content", "underline"))
    return Group(heading(reading), key, Text(), text, Text())


def _layers(attributions: tuple[Attribution, ...]) -> Iterator[tuple[str, Spans]]:
    for attribution in attributions:
        yield "underline", attribution.content.spans
    for attribution in attributions:
        if attribution.cue:
            yield CUE, attribution.cue.spans
        if attribution.source:
            yield SOURCE, attribution.source.spans


VIEWS = {"list": listing, "text": marked_text}


def show(reading: Reading, console: Console, view: str = "list") -> None:
    """Print the reading in one of ``VIEWS``."""
    console.print(VIEWS[view](reading), highlight=False, markup=False, soft_wrap=False)
