"""Text for a screen: nothing in a report may steer the terminal that shows it."""

import re

REPLACEMENT = "\ufffd"
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff]")


def printable(text: str) -> str:
    """``text``, as long as it was, without control characters, overrides of direction and half surrogate pairs."""
    text = text.replace("\r\n", " \n").replace("\r", "\n")
    return STEERING.sub(REPLACEMENT, text)
