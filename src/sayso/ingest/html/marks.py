"""Which runs of a page trafilatura takes for its article.

An extractor gives text; to put back what it loses one must know where each of its words stood. So every stretch of
text is marked with a few invisible letters, and the marks in what comes out tell what was kept.
"""

import logging
import re
from collections import defaultdict

from sayso.ingest.html.runs import Node, Run
from sayso.ingest.html.tree import Element

LEADER, ZERO, BASE, WIDTH = chr(0xE0100), 0xE0101, 239, 3
MARK = re.compile(f"{LEADER}([{chr(ZERO)}-{chr(ZERO + BASE - 1)}]{{{WIDTH}}})")
KEPT = 0.5
MANY = 5000
WITHIN_LINES = ("abbr", "b", "big", "em", "font", "i", "small", "span", "strong", "u")  # their number costs it too much
BROKEN = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
LOGGERS = ("trafilatura", "htmldate", "courlan", "charset_normalizer", "readability")


def kept_by_trafilatura(tree: Element, runs: list[Run]) -> set[int]:
    """The numbers of the runs that trafilatura keeps. The tree is marked, and of no use afterwards."""
    from lxml.etree import strip_tags  # type: ignore[import-untyped, unused-ignore]
    from trafilatura import bare_extraction

    quiet()
    nodes = [node for run in runs for node in run.nodes]
    _mark(nodes)
    if len(nodes) > MANY:
        strip_tags(tree, *WITHIN_LINES)
    try:
        body = getattr(bare_extraction(tree, include_comments=False, include_tables=True), "body", None)
    except BROKEN:
        body = None
    if body is None:
        return set()
    return _mostly_there({_number(found[1]) for found in MARK.finditer("".join(body.itertext()))}, runs)


def quiet() -> None:
    """Keep the libraries from writing on a person's screen what they think of a page."""
    for name in LOGGERS:
        if not (logger := logging.getLogger(name)).handlers:
            logger.addHandler(logging.NullHandler())


def _mostly_there(nodes: set[int], runs: list[Run]) -> set[int]:
    """The runs of which most is in these nodes, counted through all runs."""
    there: defaultdict[int, int] = defaultdict(int)
    count = 0
    for number, run in enumerate(runs):
        for node in run.nodes:
            there[number] += node.length if count in nodes else 0
            count += 1
    return {number for number, run in enumerate(runs) if there[number] > KEPT * run.length}


def _mark(nodes: list[Node]) -> None:
    """Put each node's number in front of it; from the last to the first, so that places stay right."""
    for number, node in reversed(list(enumerate(nodes))):
        words = (node.element.tail if node.after else node.element.text) or ""
        marked = f"{words[: node.start]}{LEADER}{_digits(number)}{words[node.start :]}"
        if node.after:
            node.element.tail = marked
        else:
            node.element.text = marked


def _digits(number: int) -> str:
    digits = (number // BASE**place % BASE for place in range(WIDTH))
    return "".join(chr(ZERO + digit) for digit in digits)


def _number(digits: str) -> int:
    return sum((ord(digit) - ZERO) * BASE**place for place, digit in enumerate(digits))
