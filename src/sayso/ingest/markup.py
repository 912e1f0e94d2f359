"""A piece of HTML that is all article → text, a blank line between paragraphs.

For whole pages, where the article must be found first, there is ``html_report``.
"""

import re
from html.parser import HTMLParser

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt", "figcaption", "figure",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "ol", "p", "pre", "section", "table",
    "td", "th", "tr", "ul",
})  # fmt: skip
SILENT = frozenset({"head", "iframe", "math", "noscript", "script", "style", "svg", "template", "title"})
SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff"))
BLOCK, BREAK = "\n\n", "\n"


class Plain(HTMLParser):
    """Collects the text of what it is fed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Note where a paragraph or a line begins, and what is not for readers."""
        self._silent += tag in SILENT
        if tag in BLOCKS or tag == "br":
            self.parts.append(BREAK if tag == "br" else BLOCK)

    def handle_endtag(self, tag: str) -> None:
        """Note where a paragraph ends."""
        if tag in SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in BLOCKS:
            self.parts.append(BLOCK)

    def handle_data(self, data: str) -> None:
        """Take the words."""
        if not self._silent:
            self.parts.append(SPACE.sub(" ", data.translate(UNSEEN)))


def plain(html: str) -> str:
    """The text of the HTML; broken HTML gives what a lenient reader makes of it."""
    parser = Plain()
    try:
        parser.feed(html)
        parser.close()
    except (AssertionError, ValueError):  # declarations that the parser gives up on: what came before stays
        pass
    lines = [line.strip() for line in re.sub(" {2,}", " ", "".join(parser.parts)).split(BREAK)]
    return re.sub("\n{3,}", BLOCK, "\n".join(lines)).strip()
