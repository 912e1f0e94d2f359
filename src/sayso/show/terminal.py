"""Readings on a terminal: a list of statements, or the text with its spans marked."""

from collections.abc import Iterator

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.segment import Segment, Segments
from rich.text import Text

from sayso.show.audit import Audit
from sayso.show.marks import KEY, bracketed
from sayso.show.printable import printable
from sayso.show.statements import NOBODY, Statement, figure_in_words, statements
from sayso.show.styles import CONTENT, CUE, FAINT, FIGURE, SOURCE, UNNAMED
from sayso.show.table import table
from sayso.terms import Attribution, Reading, Spans

DOUBTFUL = 0.6
INDENT = 4
DEEPEST = 6


def heading(reading: Reading) -> Text:
    """What was read, and how much was found in it."""
    report = reading.report
    named = " · ".join(part for part in (report.outlet, report.title, report.published) if part) or report.id
    return Text.assemble((named, "bold"), "\n", (summary(reading), FAINT))


def summary(reading: Reading) -> str:
    """How many statements and figures there are."""
    count = len(reading.attributions)
    if not count:
        return "no statement credited to anybody"
    nested = sum(a.within is not None for a in reading.attributions)
    unnamed = sum(a.speaker.naming == "unnamed" for a in reading.attributions)
    figures = len(reading.figures)
    return (
        f"{count} statement{'s' * (count != 1)}, {nested} nested, {unnamed} by unnamed sources; "
        f"{figures} figure{'s' * (figures != 1)}"
    )


def listing(reading: Reading) -> RenderableType:
    """Each statement with who, cue, content and chain, indented under what carries it."""
    parts: list[RenderableType] = [heading(reading), Text()]
    parts += [Padding(_block(one), (0, 0, 1, _inset(one)), expand=False) for one in statements(reading)]
    return Group(*parts, *_own_voice(reading))


def tabled(reading: Reading) -> RenderableType:
    """Each statement as a row."""
    rows = statements(reading)
    return Group(heading(reading), table(rows) if rows else Text(), *_own_voice(reading))


def _inset(statement: Statement) -> int:
    return 2 + INDENT * min(statement.depth, DEEPEST)


def _own_voice(reading: Reading) -> Iterator[RenderableType]:
    own = [figure_in_words(figure) for figure in reading.figures if figure.by is None]
    if own:
        line = Text.assemble(("in the report's own voice  ", FAINT), ("; ".join(own), FIGURE))
        yield Padding(line, (0, 0, 1, 2), expand=False)


def _block(statement: Statement) -> Text:
    style = FAINT if statement.who == NOBODY else SOURCE if statement.named else UNNAMED
    line = Text.assemble((statement.who, style), "  ", (statement.cue, CUE))
    notes = statement.notes
    if statement.confidence < DOUBTFUL:
        notes = (*notes, f"unsure: {statement.confidence:.0%}")
    if notes:
        line.append("  " + " · ".join(notes), FAINT)
    line.append("\n" + statement.content, CONTENT)
    if statement.figures:
        line.append("\n" + "; ".join(statement.figures), FIGURE)
    if len(statement.chain) > 2:
        line.append("\n" + " ← ".join(statement.chain), FAINT)
    return line


def marked_text(reading: Reading) -> Group:
    """The report's own text with sources, cues and contents marked."""
    text = Text(printable(reading.report.text))
    for style, spans in _layers(reading.attributions):
        for span in spans:
            text.stylize(style, span.start, span.end)
    for figure in reading.figures:
        text.stylize(FIGURE, figure.span.start, figure.span.end)
    key = Text.assemble(
        ("source", SOURCE), "  ", ("cue", CUE), "  ", ("content", "underline"), "  ", ("figure", FIGURE)
    )
    return Group(heading(reading), key, Text(), text, Text())


def bracketed_text(reading: Reading) -> RenderableType:
    """The report's own text with sources, cues and contents in brackets."""
    return Group(heading(reading), Text(KEY), Text(), Text(printable(bracketed(reading))), Text())


def _layers(attributions: tuple[Attribution, ...]) -> Iterator[tuple[str, Spans]]:
    for attribution in attributions:
        yield "underline", attribution.content.spans
    for attribution in attributions:
        if attribution.cue:
            yield CUE, attribution.cue.spans
        if attribution.source:
            yield SOURCE, attribution.source.spans


def audit_view(reading: Reading, result: Audit) -> RenderableType:
    """The summary, the counts, who speaks how often, and each flag with its passage and rule."""
    counts = "   ".join(f"{name} {number}" for name, number in result.counts.items() if number)
    speakers = ", ".join(f"{name} {number}" for name, number in result.speakers)
    parts: list[RenderableType] = [heading(reading), Text(), Text(result.summary), Text()]
    parts += [Text.assemble(("statements  ", FAINT), counts), Text.assemble(("named  ", FAINT), speakers), Text()]
    seen = set[str]()
    for flag in sorted(result.flags, key=lambda flag: flag.rule):
        if flag.rule not in seen:
            seen.add(flag.rule)
            parts.append(Text.assemble((flag.rule, UNNAMED), "  ", (flag.explanation, FAINT)))
        parts.append(Padding(Text(flag.passage), (0, 0, 0, 4)))
    return Group(*parts, Text())


VIEWS = {"list": listing, "table": tabled, "text": marked_text}


def show(reading: Reading, console: Console, view: str = "list") -> None:
    """Print the reading in one of ``VIEWS``; where there are no colours, brackets mark the text."""
    plain = console.no_color or not console.is_terminal
    made = bracketed_text if plain and view == "text" else VIEWS[view]
    write(made(reading), console)


def write(shown: RenderableType, console: Console) -> None:
    """Print it, without blanks at the ends of lines where nobody sees colours."""
    safe = Segments([Segment(printable(text), style) for text, style, _ in console.render(shown)])
    if console.is_terminal:
        console.print(safe, highlight=False, markup=False)
        return
    with console.capture() as capture:
        console.print(safe, highlight=False, markup=False)
    for line in capture.get().splitlines():
        console.out(line.rstrip(), highlight=False)
