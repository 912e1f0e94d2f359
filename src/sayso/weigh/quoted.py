"""The same words in several reports: they are one saying, and who is named for them in one is meant in all."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sayso.terms import Attribution, Reading
from sayso.weigh.described import is_outlet, proper_name
from sayso.weigh.plain import words_in

LEAST, LEAST_UNQUOTED = 6, 10
QUOTED = re.compile(r"[“\"]([^“”\"]{20,1000})[”\"]?")
Run = int


def runs(text: str, *, anywhere: bool) -> Iterator[Run]:
    """Every run of ``LEAST`` telling words in quotation marks, and of ``LEAST_UNQUOTED`` words ``anywhere``."""
    for found in QUOTED.finditer(text):
        yield from _runs(words_in(found[1]), LEAST)
    if anywhere:
        yield from _runs(words_in(text), LEAST_UNQUOTED)


def _runs(words: Sequence[str], size: int) -> Iterator[Run]:
    return (hash(tuple(words[at : at + size])) for at in range(len(words) - size + 1))


def named_for(readings: Sequence[Reading], spelling: Mapping[str, str]) -> dict[Run, str]:
    """For each run of quoted words the one person or body that reports name for it."""
    found: defaultdict[Run, set[str]] = defaultdict(set)
    for reading in readings:
        for item in _outspoken(reading):
            for run in runs(item.content.text, anywhere=True):
                found[run].add(spelling.get(item.speaker.name or "", item.speaker.name or ""))
    return {run: next(iter(names)) for run, names in found.items() if len(names) == 1}


def whose(item: Attribution, names: Mapping[Run, str]) -> str | None:
    """Who is named elsewhere for the words that ``item`` quotes; None where nobody or several are.

    A blog or a letter may be named by words without quotation marks, too; people who stay unnamed may not.
    """
    written = item.speaker.kind in {"outlet", "document"}
    found = {names[run] for run in runs(item.content.text, anywhere=written) if run in names}
    return next(iter(found)) if len(found) == 1 else None


def _outspoken(reading: Reading) -> Iterator[Attribution]:
    """The innermost attributions whose speaker is named and no outlet."""
    outer = {item.within for item in reading.attributions}
    for item in reading.attributions:
        speaker = item.speaker
        if item.id not in outer and proper_name(speaker) and not is_outlet(speaker.name):
            yield item
