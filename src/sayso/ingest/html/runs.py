"""The text of a page as a reader sees it: one run of words after the other, and where each stands."""

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from sayso.ingest.html.kinds import Kind, is_hidden, kind_of
from sayso.ingest.html.tree import Element
from sayso.ingest.markup import BLOCKS, SPACE, UNSEEN

PARTS = BLOCKS | {
    "center",
    "details",
    "fieldset",
    "form",
    "html",
    "main",
    "menu",
    "nav",
    "summary",
    "tbody",
    "tfoot",
    "thead",
}
SILENT = frozenset({
    "amp-ad", "amp-analytics", "amp-consent", "amp-embed", "amp-sidebar", "amp-social-share", "amp-sticky-ad", "applet",
    "audio", "button", "canvas", "datalist", "embed", "head", "iframe", "input", "map", "math", "noscript", "object",
    "picture", "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
CELLS = frozenset({"td", "th"})
IN_ROWS = CELLS | {"caption", "tbody", "tfoot", "thead", "tr"}
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BREAK, CELL = "\n", "\t"
LONGEST_CELL = 80
EMPTY_LINE = re.compile(r"\n[ \t\r\f]*\n")
SPACES = re.compile(" {2,}")
SPACED_BREAK = re.compile(r" *\n *")
SPACED_CELL = re.compile(r" *\t *")
GOES_ON = re.compile(r"\n(?=[a-z])")
PARAGRAPH_END = re.compile(r"(?<=.{60}[.!?…\"”’])\n")


class Node(NamedTuple):
    """A stretch of one text: of the element's own, or of what comes after it; where it starts, how long it is."""

    element: Element
    after: bool
    start: int
    length: int


@dataclass(eq=False)
class Run:
    """What a reader sees as one paragraph, heading, list item or row of figures.

    ``block`` is the innermost box around it; ``kinds`` are those of its boxes that look like something in particular,
    outermost first; ``linked`` counts its characters that are links.
    """

    block: Element
    heading: Element | None
    table: Element | None
    kinds: tuple[tuple[Element, Kind], ...]
    nodes: list[Node] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)
    linked: int = 0
    text: str = ""

    @property
    def length(self) -> int:
        """How many characters it has."""
        return sum(node.length for node in self.nodes)

    @property
    def is_linked(self) -> bool:
        """Whether most of it is links."""
        return self.linked * 2 > self.length


class Walker:
    """Goes through a page in order and collects its runs."""

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self._boxes: list[Element] = []
        self._kinds: list[tuple[tuple[Element, Kind], ...]] = [()]
        self._headings: list[Element] = []
        self._tables: list[Element] = []
        self._links = self._silent = self._lines = 0
        self._run: Run | None = None

    def start(self, element: Element) -> None:
        """Enter an element, and take its first words."""
        if (
            self._silent
            or element.tag in SILENT
            or (element.attrib and element.tag not in PARTS and is_hidden(element))
        ):
            self._silent += 1
            return
        if element.tag in PARTS:
            self._enter(element)
        self._links += is_link(element)
        self._lines += element.tag == "pre"
        if element.tag == "br":
            self._break()
        self._take(element, element.text, after=False)

    def end(self, element: Element) -> None:
        """Leave an element, and take the words after it."""
        if self._silent:
            self._silent -= 1
        else:
            self._links -= is_link(element)
            self._lines -= element.tag == "pre"
            if element.tag in PARTS:
                self._leave(element)
        if not self._silent:
            self._take(element, element.tail, after=True)

    def _enter(self, element: Element) -> None:
        self._part(element)
        self._boxes.append(element)
        kind = kind_of(element)
        self._kinds.append((*self._kinds[-1], (element, kind)) if kind is not None else self._kinds[-1])
        if element.tag in HEADINGS:
            self._headings.append(element)
        elif element.tag == "table" and holds_figures(element):
            self._tables.append(element)

    def _leave(self, element: Element) -> None:
        self._part(element)
        self._boxes.pop()
        self._kinds.pop()
        for stack in (self._headings, self._tables):
            if stack and stack[-1] is element:
                stack.pop()

    def _part(self, element: Element) -> None:
        """Part what is within the element from what is without: paragraphs, or the cells of a row."""
        if not self._tables or element.tag not in CELLS:
            self._flush()
        elif self._run is not None:
            self._run.pieces.append(CELL)

    def _take(self, element: Element, words: str | None, *, after: bool) -> None:
        if not words:
            return
        if not self._lines:
            self._add(words, element, 0, after=after)
            return
        place = 0
        for number, part in enumerate(EMPTY_LINE.split(words)):
            if number:
                self._flush()
            place = words.index(part, place)
            self._add(part, element, place, after=after)

    def _add(self, part: str, element: Element, place: int, *, after: bool) -> None:
        """Put a stretch of text, which starts at ``place`` of an element's text or tail, to the run at hand."""
        stripped = part.strip()
        if self._run is None:
            if not stripped:
                return
            block, heading, table = (s[-1] if s else None for s in (self._boxes, self._headings, self._tables))
            self._run = Run(block, heading, table, self._kinds[-1])
        self._run.pieces.append(SPACE.sub(" ", part.translate(UNSEEN) if not part.isascii() else part))
        if stripped:
            self._run.nodes.append(Node(element, after, place + part.index(stripped[0]), len(stripped)))
            self._run.linked += len(stripped) if self._links else 0

    def _break(self) -> None:
        """A line's end; the second in a row ends the paragraph."""
        if self._run is None:
            return
        if next(piece for piece in reversed(self._run.pieces) if piece.strip(" ")) == BREAK:
            self._flush()
        else:
            self._run.pieces.append(BREAK)

    def _flush(self) -> None:
        run, self._run = self._run, None
        if run is not None and (text := joined(run.pieces)):
            run.text = text
            self.runs.append(run)


def runs_in(tree: Element) -> list[Run]:
    """The runs of a page, in its order."""
    from lxml.etree import iterwalk  # type: ignore[import-untyped, unused-ignore]

    walker = Walker()
    for event, element in iterwalk(tree, events=("start", "end")):
        (walker.start if event == "start" else walker.end)(element)
    return walker.runs


def is_link(element: Element) -> bool:
    """Whether it leads to another page."""
    return element.tag == "a" and "#" not in (element.get("href") or "#")


def joined(pieces: list[str]) -> str:
    """A run's text: its spaces single, a line that goes on in the middle of a sentence joined to the one before.

    A long line that ends with a sentence is a paragraph.
    """
    text = "".join(pieces).strip()
    text = SPACES.sub(" ", text) if "  " in text else text
    if BREAK not in text and CELL not in text:
        return text
    text = PARAGRAPH_END.sub(BREAK * 2, GOES_ON.sub(" ", SPACED_BREAK.sub(BREAK, text)))
    return re.sub(f"{CELL}+", CELL, SPACED_CELL.sub(CELL, text)).strip()


def holds_figures(table: Element) -> bool:
    """Whether the table shows data rather than serving to lay out the page."""
    rows = [row for row in table.iter("tr") if len(row) > 1]
    if len(rows) <= 1 or any(element.tag in PARTS - IN_ROWS for element in table.iterdescendants()):
        return False
    return all(len(cell.text_content()) <= LONGEST_CELL for row in rows for cell in row)
