"""The floor: a list of verbs and quotation marks, by regular expressions alone."""

import re
from collections.abc import Iterator

from bench.peers.spans import Attribution

VERBS = (
    "said|says|say|saying|told|tells|added|adds|wrote|writes|tweeted|claimed|claims|argued|argues|insisted|insists|"
    "warned|warns|announced|announces|stated|states|explained|explains|noted|notes|suggested|suggests|believes?|"
    "believed|thinks?|thought|acknowledged|admitted|denied|denies|confirmed|confirms|reported|reports|asked|replied"
)
NAME = r"(?:[A-Z][\w.’'-]*\w)(?: (?:[A-Z][\w.’'-]*\w|of|for|the))*"
WHO = rf"(?:{NAME}|[Hh]e|[Ss]he|[Tt]hey|[Ww]ho|(?:[Tt]he|[Aa]n?) (?:\w+ ){{0,3}}?\w+)"
QUOTE = r"(?:“[^”\n]{3,}”|\"[^\"\n]{3,}\")"
CUE = rf"(?:(?:has|have|had|also|later) )?(?:{VERBS})"
AFTER = re.compile(
    rf"(?P<content>{QUOTE}),? (?:(?P<source>{WHO}) (?P<cue>{CUE})|(?P<cue2>{CUE}) (?P<source2>{NAME}))\b"
)
BEFORE = re.compile(rf"(?P<source>{WHO}) (?P<cue>{CUE})\b[^.“\"\n]{{0,60}}?[,:]? (?P<content>{QUOTE})")
THAT = re.compile(rf"(?P<source>{WHO}) (?P<cue>{CUE}) (?P<content>(?:that )?[^\s“\"][^.“\"\n]{{10,}})")
SAID_LAST = re.compile(rf"(?P<content>[^.“”\"\n]{{20,}}), (?P<source>{WHO}) (?P<cue>{CUE})(?= \w+day|[.,])")
ACCORDING = re.compile(rf"(?P<content>[^.“”\"\n]{{20,}}),? (?P<cue>according to) (?P<source>{WHO})")
PATTERNS = (AFTER, BEFORE, SAID_LAST, ACCORDING, THAT)


def find(text: str) -> Iterator[Attribution]:
    """The attributions that the patterns find, each stretch of content given once."""
    taken: list[tuple[int, int]] = []
    for pattern in PATTERNS:
        for match in pattern.finditer(text):
            content = match.span("content")
            if any(content[0] < end and start < content[1] for start, end in taken):
                continue
            taken.append(content)
            second = "2" if match.lastgroup == "source2" else ""
            yield Attribution((match.span(f"source{second}"),), (match.span(f"cue{second}"),), (content,))
