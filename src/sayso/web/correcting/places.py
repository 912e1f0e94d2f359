"""Places in a text as people give them: by numbers, or by the words that stand there."""

import re

from sayso.errors import InputError
from sayso.terms import Span, Spans

PLACE = re.compile(r"\s*(\d{1,9})\s*[-–]\s*(\d{1,9})\s*")
GAP = re.compile(r"\s+(?:…|\[…\]|\.\.\.)\s+")
QUOTES = {'"': '["“”„«»]', "'": "['‘’]"}
LONGEST = 40


def in_numbers(spans: Spans) -> str:
    """Spans as a person writes them: "120-188, 200-210"."""
    return ", ".join(f"{span.start}-{span.end}" for span in spans)


def of_numbers(written: str) -> Spans:
    """The spans that were written so. InputError if they are none."""
    parts = [PLACE.fullmatch(part) for part in written.split(",")]
    if not all(parts):
        raise InputError(f"has the place “{written[:LONGEST]}”: give numbers as 120-188, or the words alone")
    return tuple(sorted(Span(int(part[1]), int(part[2])) for part in parts if part))


def of_words(text: str, words: str, near: int | None = None) -> Spans:
    """Where the words stand in ``text``, nearest to ``near``; " … " is a gap. InputError if nowhere, or in doubt."""
    found, after = list[Span](), 0
    for part in GAP.split(words.strip()):
        span = _nearest(text, part, near if not found else after, after)
        found.append(span)
        after = span.end
    return tuple(found)


def _nearest(text: str, words: str, near: int | None, after: int) -> Span:
    places = [Span(*match.span()) for match in _pattern(words).finditer(text, after)]
    short = words if len(words) <= LONGEST else words[: LONGEST - 1] + "…"
    if not places:
        raise InputError(f"has the words “{short}”, which the text doesn't have there: copy them out of the text")
    if near is None and len(places) > 1:
        raise InputError(f"has the words “{short}”, which the text has {len(places)} times: give more of them")
    return min(places, key=lambda span: abs(span.start - (near or 0)))


def _pattern(words: str) -> re.Pattern[str]:
    """The words with any space and any quotation marks between and around them."""
    parts = ("".join(_either(letter) for letter in word) for word in words.split())
    return re.compile(r"\s+".join(parts) or r"(?!)")


def _either(letter: str) -> str:
    return next((any_of for any_of in QUOTES.values() if letter in any_of[1:-1]), re.escape(letter))
