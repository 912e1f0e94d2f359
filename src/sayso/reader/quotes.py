"""Where the quotation marks of a paragraph open and close."""

import re
from collections.abc import Iterator

from sayso.terms.spans import Span

MARK = re.compile(r"[“”„\"«»]|``|''|(?<![\w‘’'])[‘'](?=\w)|(?<=[\w.,!?…])[’'](?!\w)")
OPENING, CLOSING = "“„«``", "”»''"


def quotations(text: str, start: int, end: int) -> Iterator[Span]:
    """The stretches inside quotation marks between ``start`` and ``end`` (one paragraph), marks included.

    A quotation that is never closed runs to the end of the paragraph; a closing mark without an opening one is
    passed over. Single marks count only where no double one is open and only in pairs.
    """
    double = single = None
    for match in MARK.finditer(text, start, end):
        mark, at = match.group(), match.start()
        if mark in "‘’'":
            if double is None:
                single, closed = _single(text, at, mark, single)
                if closed is not None:
                    yield Span(closed, match.end())
        elif double is None and _opens(text, mark, at, start):
            double, single = at, None
        elif double is not None and not _only_opens(mark):
            yield Span(double, match.end())
            double = None
    if double is not None and double + 1 < end:
        yield Span(double, end)


def _opens(text: str, mark: str, at: int, start: int) -> bool:
    return mark in OPENING or (mark == '"') or (mark == "”" and (at == start or text[at - 1].isspace()))


def _only_opens(mark: str) -> bool:
    return mark in "„«``"


def _single(text: str, at: int, mark: str, open_at: int | None) -> tuple[int | None, int | None]:
    """The single mark that is open after this one, and the opening of the quotation that it closes, if any."""
    opens = at == 0 or not (text[at - 1].isalnum() or text[at - 1] in ".,!?…")
    if opens and mark != "’":
        return at, None
    return None, open_at
