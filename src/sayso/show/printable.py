"""Text for a screen: nothing in a report may steer the terminal that shows it. And counts in words."""

import re

REPLACEMENT = "\ufffd"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")


def printable(text: str) -> str:
    """``text``, as long as it was, without control characters, overrides of direction and half surrogate pairs."""
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    return STEERING.sub(REPLACEMENT, text)


def many(count: int, what: str) -> str:
    """So many of something, by its plain plural: 1 report, 2 reports."""
    return f"{count} {what}" if count == 1 else f"{count} {what}s"
