"""A second look at quotations that no attribution explains: somebody says them, so weaker cues are let in."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from sayso.reader.decode import Found, FoundCue
from sayso.reader.segment import Window
from sayso.terms.spans import Spans

SECOND_CHANCE = 2.0
LEAST_WORDS = 5
NEW = 0.9
QUOTED = 0.6
Bools = npt.NDArray[np.bool_]


def covered(window: Window, spans: Spans) -> Bools:
    """Which words of the window the spans touch."""
    words = np.zeros(window.words, bool)
    for span in spans:
        low, high = np.searchsorted(window.ends, span.start, "right"), np.searchsorted(window.starts, span.end)
        words[low:high] = True
    return words


def unexplained(window: Window, found: Sequence[Found]) -> Bools:
    """The words in quotation marks that no content holds, or none if they are few."""
    quoted: Bools = window.quoted[window.first] > 0
    if not quoted.any():
        return quoted
    for one in found:
        quoted &= ~covered(window, one.content)
    return quoted if quoted.sum() >= LEAST_WORDS else np.zeros_like(quoted)


def apart(cues: Sequence[FoundCue], known: Sequence[FoundCue]) -> list[FoundCue]:
    """The cues that share no word with known ones."""
    return [c for c in cues if not any(c.first <= k.last and k.first <= c.last for k in known)]


def explaining(window: Window, found: Sequence[Found], others: Sequence[Found]) -> list[Found]:
    """Those of ``others`` whose contents are quotations that nothing has explained."""
    taken = np.zeros(window.words, bool)
    for one in found:
        taken |= covered(window, one.content)
    quoted: Bools = window.quoted[window.first] > 0
    out = []
    for other in others:
        content = covered(window, other.content)
        size = content.sum()
        if size and (content & ~taken).sum() >= NEW * size and (content & quoted).sum() >= QUOTED * size:
            out.append(other)
            taken |= content
    return out
