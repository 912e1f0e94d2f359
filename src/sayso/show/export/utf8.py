"""Text that may go into a file: halves of surrogate pairs, which UTF-8 cannot hold, become U+FFFD."""

import re
from dataclasses import fields, replace
from typing import Any

from sayso.terms import Reading, Report

HALF = re.compile("[\ud800-\udfff]")
REPLACEMENT = "\ufffd"
LINE_ENDS = "\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
CONTROLS = dict.fromkeys((*range(9), *range(14, 32), *range(127, 160)), "�")
PLAIN = CONTROLS | {ord(end): "\n" for end in LINE_ENDS} | {0x09: " ", 0xFEFF: "\u2060"}


def replaced(text: str) -> str:
    """The text, as long as it was, with U+FFFD for each half of a surrogate pair."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return HALF.sub(REPLACEMENT, text)
    return text


def utf8(text: str) -> bytes:
    """The text in UTF-8."""
    return replaced(text).encode()


def plain(text: str) -> str:
    """The text, as long as it was, with one kind of line end and neither tabs nor control characters."""
    return replaced(text).replace("\r\n", " \n").translate(PLAIN)


def in_words(value: object) -> str:
    """A value in a note: whole numbers without a fraction."""
    return f"{value:.15g}" if isinstance(value, float) else str(value)


def sound(reading: Reading) -> Reading:
    """The reading with a report that UTF-8 can hold, so that the hash of its text is that of the text written."""
    known: dict[str, Any] = {field.name: getattr(reading.report, field.name) for field in fields(Report)}
    kept: dict[str, Any] = {name: replaced(value) if isinstance(value, str) else value for name, value in known.items()}
    kept["credit"] = tuple(replaced(agency) for agency in reading.report.credit)
    return reading if kept == known else replace(reading, report=Report(**kept))
