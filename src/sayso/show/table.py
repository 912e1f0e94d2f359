"""A reading's statements as a table, a row each."""

from rich import box
from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from sayso.show.statements import NOBODY, Statement
from sayso.show.styles import CUE, FAINT, FIGURE, SOURCE, UNNAMED

NESTED = "└ "
DEEPEST = 4


def table(statements: tuple[Statement, ...]) -> Table:
    """Who and how, what with its figures, and through whom; nested statements are set in."""
    shown = Table(box=box.SIMPLE_HEAD, header_style=FAINT, padding=(0, 2, 0, 0), leading=1, expand=True)
    for name, share in (("who", 5), ("what", 9), ("through", 4)):
        shown.add_column(name, ratio=share, overflow="fold")
    for one in statements:
        shown.add_row(_who(one), _what(one), Text(" ← ".join(one.chain[1:-1]), FAINT))
    return shown


def _who(one: Statement) -> RenderableType:
    style = FAINT if one.who == NOBODY else SOURCE if one.named else UNNAMED
    said = Text.assemble((one.who, style), "  ", (one.cue, CUE))
    if one.notes:
        said.append("\n" + " · ".join(one.notes), FAINT)
    if not one.depth:
        return said
    inset = Table.grid()
    inset.add_row(Text("  " * (min(one.depth, DEEPEST) - 1) + NESTED, FAINT), said)
    return inset


def _what(one: Statement) -> Text:
    figures = "".join(f"\n{figure}" for figure in one.figures)
    return Text.assemble(one.content, (figures, FIGURE))
