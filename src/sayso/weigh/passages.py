"""The runs of words by which passages are compared."""

import re
import zlib
from bisect import bisect_left
from collections.abc import Iterator

from sayso.terms import Report, Spans

RUN = 5
WORD = re.compile(r"\w+")
MARKS = re.compile(r"[“”\"]")


class Words:
    """The words of one report, with their places."""

    def __init__(self, report: Report) -> None:
        found = list(WORD.finditer(report.text))
        self.text = report.text
        self.starts = [word.start() for word in found]
        self.ends = [word.end() for word in found]
        self._hashes = [zlib.crc32(word[0].lower().encode("utf-8", "replace")) for word in found]
        self._marks = [mark.start() for mark in MARKS.finditer(report.text)]

    def inside(self, spans: Spans) -> tuple[int, int]:
        """The first word of the spans, and one past the last."""
        return bisect_left(self.starts, spans[0].start), bisect_left(self.starts, spans[-1].end)

    def runs(self, spans: Spans) -> Iterator[tuple[int, int]]:
        """Place and hash of the runs inside the spans; of those around them where they have fewer words."""
        first, end = self.inside(spans)
        if end <= first:
            return
        size = min(end - first, RUN)
        for at in range(max(0, first - RUN + size), min(end - size, len(self.starts) - RUN) + 1):
            yield at, hash(tuple(self._hashes[at : at + RUN]))

    def quoted(self, spans: Spans) -> bool:
        """Whether the spans begin within quotation marks, or at one, of their own paragraph."""
        start = spans[0].start
        paragraph = self.text.rfind("\n", 0, start) + 1
        return (bisect_left(self._marks, start + 1) - bisect_left(self._marks, paragraph)) % 2 == 1

    def between(self, first: int, last: int) -> str:
        """The text from one run to the end of another."""
        return self.text[self.starts[first] : self.ends[min(last + RUN, len(self.ends)) - 1]]
