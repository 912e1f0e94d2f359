from rich.console import Console

from sayso.reader.reader import Reader
from sayso.show.statements import statements
from sayso.show.terminal import show
from sayso.terms import Report

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
