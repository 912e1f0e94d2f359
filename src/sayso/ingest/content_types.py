"""Encodings as the headers of pages and e-mails name them."""

import codecs
import re

GIVEN = re.compile(r"(?ai)charset *= *[\"']?([\w.:-]+)")
LATIN = frozenset({"iso8859-1", "ascii"})
UNFIT = frozenset({"idna", "punycode", "undefined", "unicode_escape"})


def known_charset(name: str | None) -> str | None:
    """The encoding if Python knows it as one of text; Latin-1 and ASCII as Windows-1252, as browsers read them."""
    try:
        found = codecs.lookup(name or "")
    except (LookupError, ValueError):
        return None
    if not getattr(found, "_is_text_encoding", True) or found.name in UNFIT:
        return None
    return "windows-1252" if found.name in LATIN else found.name


def charset_in(content_type: str) -> str | None:
    """The encoding that a Content-Type names, None if it names none that is known."""
    given = GIVEN.search(content_type)
    return known_charset(given[1]) if given else None
