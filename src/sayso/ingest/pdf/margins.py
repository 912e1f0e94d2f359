"""Running heads, running feet and page numbers: what repeats along the margins of a document's pages."""

import re
from collections import Counter

from sayso.ingest.pdf.pieces import Page, Piece

MARGIN = 0.1
REPEATS = 0.3
NUMBER = re.compile(r"[-–—•|\[( ]*(?:(?:[Pp]age|[Pp]g?\.?) ?)?\d{1,4}(?: ?(?:of|/) ?\d{1,4})?[-–—•|\]) ]*|[ivxl]{1,6}")


def without_margins(pages: list[Page]) -> list[list[Piece]]:
    """The pieces of each page without page numbers and without what comes again at the top or foot of other pages."""
    seen = Counter(key for page in pages for key in {_key(piece, page) for piece in page.pieces})
    often = max(2, REPEATS * len(pages))
    kept = [[piece for piece in page.pieces if not _runs(piece, page, seen, often)] for page in pages]
    return kept if any(kept) else [page.pieces for page in pages]


def _runs(piece: Piece, page: Page, seen: Counter[tuple[str, str]], often: float) -> bool:
    zone, text = _key(piece, page)
    return zone != "" and (seen[zone, text] >= often or NUMBER.fullmatch(piece.text) is not None)


def _key(piece: Piece, page: Page) -> tuple[str, str]:
    """Where on the page the piece stands ("" for its body), and its text with all numbers alike."""
    share = ((piece.top + piece.bottom) / 2 - page.bottom) / max(page.top - page.bottom, 1)
    zone = "foot" if share < MARGIN else "head" if share > 1 - MARGIN else ""
    return zone, re.sub(r"\d+", "#", " ".join(piece.text.lower().split())) if zone else ""
