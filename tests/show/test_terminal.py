import pytest
from rich.console import Console
from rich.text import Text

from sayso.reader.reader import Reader
from sayso.show.statements import statements
from sayso.show.styles import CUE
from sayso.show.terminal import DEEPEST, INDENT, listing, marked_text, show
from sayso.terms import Attribution, Phrase, Reading, Report, Span

TEXT = "Foreign Minister Odile Krantz said that the ambassador had told her that the border would open in June."


def render(reader: Reader, view: str, width: int) -> str:
    console = Console(width=width, record=True, file=open("/dev/null", "w"), force_terminal=True)  # noqa: SIM115, PTH123
    show(reader.read(Report(TEXT, outlet="Orrin Post")), console, view)
    console.file.close()
    return console.export_text()


def test_the_chain_is_spelled_out(reader: Reader) -> None:
    _, inner = statements(reader.read(Report(TEXT, outlet="Orrin Post")))
    assert inner.depth == 1
    assert inner.chain[:2] == ("Orrin Post", "Odile Krantz")
    assert len(inner.chain) == 3


def test_the_list_fits_the_terminal(reader: Reader) -> None:
    shown = render(reader, "list", 60)
    assert max(len(line) for line in shown.splitlines()) <= 60
    assert "2 statements, 1 nested" in shown
    assert " ← " in shown


def test_the_text_is_shown_whole(reader: Reader) -> None:
    assert TEXT in render(reader, "text", 200)


def test_the_table_fits_the_terminal_and_sets_nested_statements_in(reader: Reader) -> None:
    shown = render(reader, "table", 80)
    assert max(len(line) for line in shown.splitlines()) <= 80
    assert " └ " in shown
    assert "Odile Krantz" in shown


def test_without_colours_brackets_mark_the_text(reader: Reader) -> None:
    with (console := Console(width=200, no_color=True)).capture() as capture:
        show(reader.read(Report(TEXT)), console, "text")
    assert "[Foreign Minister Odile Krantz] <said> {that [the ambassador] <had told>" in capture.get()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\f\n", "\t\n", "\x1b\n"])
def test_marks_stand_where_the_spans_are_whatever_ends_the_lines(reader: Reader, end: str) -> None:
    reading = reader.read(Report(f"It rained.{end}" * 3 + TEXT))
    (text,) = (part for part in marked_text(reading).renderables if isinstance(part, Text) and TEXT in part.plain)
    marked = {text.plain[span.start : span.end] for span in text.spans if span.style == CUE}
    assert marked == {a.cue.text for a in reading.attributions if a.cue}


def test_however_deep_the_nesting_there_is_room() -> None:
    content = Phrase((Span(0, 9),), "it rained")
    nested = [Attribution(str(n), str(n - 1) if n else None, content, content, content) for n in range(200)]
    console = Console(width=60, record=True, quiet=True)
    lines = console.render_lines(listing(Reading(Report("it rained"), tuple(nested))))
    assert max(len("".join(part.text for part in line).rstrip()) for line in lines) <= 60
    assert 2 + INDENT * DEEPEST < 40
