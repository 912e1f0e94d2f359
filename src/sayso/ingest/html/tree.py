"""The bytes of a page → its elements, made ready for finding the article."""

import re
from typing import Any, TypeAlias

from sayso.errors import InputError
from sayso.ingest.web.charsets import text_of

Element: TypeAlias = Any  # an lxml.html.HtmlElement: lxml has no types

HEAD = 4096
MOST_ELEMENTS, MOST_DEPTHS = 40_000, 8_000_000
BY_HAND = "open it in a browser and save the article's text"
CHARSET = re.compile(r"(?i)\bcharset *= *[\"']?([\w.:-]+)")
META = re.compile(r"(?is)<meta\b[^>]*>")
PROLOGUE = re.compile(r"(?is)\s*<\?xml\b[^>]*\bencoding *= *[\"']([\w.:-]+)")
UNPARSED = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
LATIN = frozenset({"ascii", "iso-8859-1", "iso8859-1", "iso_8859-1", "l1", "latin-1", "latin1", "us-ascii"})
NOT_FOR_PAGES = frozenset({"idna", "punycode", "raw_unicode_escape", "undefined", "unicode_escape"})
MARKS = (("“", "”"), ("‘", "’"))
OPENING = tuple("“„«‟‘‚‹\"'「『")


def markup_of(data: bytes, charset: str | None) -> str:
    """The markup; InputError if it is none. ``charset`` is what the server said; else what the page itself says."""
    markup = text_of(data, _as_browsers_read(charset or _declared(data)))
    if not markup.strip("\ufeff\x00 \t\r\n"):
        raise InputError("is empty")
    return UNPARSED.sub("", markup).removeprefix("\ufeff")


def _declared(data: bytes) -> str | None:
    """The encoding that the page says it is in."""
    head = data[:HEAD].decode("latin-1")
    given = next((found for tag in META.finditer(head) if (found := CHARSET.search(tag[0]))), None)
    found = given or PROLOGUE.match(head)
    return found[1] if found else None


def _as_browsers_read(charset: str | None) -> str | None:
    """The encoding to use for one that was declared: what is called Latin-1 or ASCII is Windows-1252."""
    name = (charset or "").strip().lower()
    return None if name in NOT_FOR_PAGES else "windows-1252" if name in LATIN else name or None


def tree_of(markup: str) -> Element:
    """The root element of a page; InputError if it has none, or more or deeper elements than any page that is read."""
    data = markup.encode("utf-8", "replace")
    tree, is_whole = _parsed(data, huge=False)
    if not is_whole:
        tree, is_whole = _parsed(data, huge=True)
        _refuse_depth(tree, is_whole=is_whole)
    if tree.xpath("count(//*)") > MOST_ELEMENTS:
        raise InputError(f"has more than {MOST_ELEMENTS:,} elements: {BY_HAND}")
    return tree


def _parsed(data: bytes, *, huge: bool) -> tuple[Element, bool]:
    """The root element, and whether the parser's limits let it go through the whole page."""
    from lxml.etree import LxmlError  # type: ignore[import-untyped, unused-ignore]
    from lxml.html import HTMLParser, document_fromstring  # type: ignore[import-untyped, unused-ignore]

    parser = HTMLParser(encoding="utf-8", collect_ids=False, remove_comments=True, remove_pis=True, huge_tree=huge)
    try:
        tree = document_fromstring(data, parser)
    except LxmlError as error:
        raise InputError(f"has no markup that can be read: {BY_HAND}") from error
    return tree, all(entry.type_name != "ERR_RESOURCE_LIMIT" for entry in parser.error_log)


def _refuse_depth(tree: Element, *, is_whole: bool) -> None:
    """InputError if to find an article so deep down would take minutes."""
    from lxml.etree import iterwalk  # type: ignore[import-untyped, unused-ignore]

    depth = depths = 0
    for event, _ in iterwalk(tree, events=("start", "end")):
        depth += 1 if event == "start" else -1
        depths += depth
    if depths > MOST_DEPTHS or not is_whole:
        raise InputError(f"is nested too deeply: {BY_HAND}")


def with_quotation_marks(tree: Element) -> None:
    """Put the marks around each <q> that browsers show there."""
    for element in list(tree.iter("q")):
        words = element.text_content().strip()
        if words and not words.startswith(OPENING):
            depth = sum(1 for _ in element.iterancestors("q"))
            _surround(element, *MARKS[depth % len(MARKS)])
    for element in list(tree.iter("q")):
        element.tag = "span"


def _surround(element: Element, opening: str, closing: str) -> None:
    element.text = opening + (element.text or "").lstrip()
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + closing
    else:
        element.text = element.text.rstrip() + closing
