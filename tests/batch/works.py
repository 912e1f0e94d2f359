"""What stands in for reading in tests: quick, and bad on demand."""

import os
import signal
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sayso.batch.documents import Document, report_of
from sayso.batch.reading import Outcome, outcome
from sayso.batch.shards import Shard
from sayso.batch.tables import Read
from sayso.terms import Attribution, Phrase, Reading, Report, Skipped, Span, Speaker

CRASH, HANG, HUNGRY, FAULTY, SLOW = "CRASHWORD", "HANGWORD", "HUNGRYWORD", "FAULTWORD", "SLOWWORD"


@dataclass(frozen=True)
class Marked:
    """Does what marker words in a text say; else takes its first word for a speaker and the rest for what is said.

    ``log`` is a folder that gets a file for each process, named by its id, with its parent's id in it.
    """

    log: str | None = None

    def prepare(self) -> None:
        if self.log:
            (Path(self.log) / str(os.getpid())).write_text(str(os.getppid()))

    def __call__(self, document: Document) -> Read:
        report = report_of(document)
        if isinstance(report, Skipped):
            return report
        obey(report.text)
        return reading(report)

    def gathered(self, shard: Shard, found: Sequence[Read]) -> Outcome:
        return outcome(shard.bounds, found)


class Unready(Marked):
    """Cannot start."""

    def prepare(self) -> None:
        os.kill(os.getpid(), signal.SIGKILL)


def obey(text: str) -> None:
    if CRASH in text:
        os.kill(os.getpid(), signal.SIGSEGV)
    if HANG in text:
        time.sleep(60)
    if HUNGRY in text:
        bytearray(2**34)
    if FAULTY in text:
        raise ValueError("a fault")
    if SLOW in text:
        time.sleep(0.1)


def reading(report: Report) -> Reading:
    end = len(report.text.split(" ", 1)[0])
    who, said = (Phrase.of(report.text, (span,)) for span in (Span(0, end), Span(end, len(report.text))))
    speaker = Speaker(who.text, "named", "person", candidates=(who.text,), why="the first word", names=("A; B", "C"))
    return Reading(report, (Attribution("a1", None, who, None, said, 0.1, speaker=speaker),))
