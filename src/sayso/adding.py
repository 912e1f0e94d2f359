"""The workflow of a ledger: what comes in is read and kept; what is kept is read anew."""

import hashlib
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from pathlib import Path

from sayso import __version__
from sayso.ingest.details.language import unread_language
from sayso.record.ledger import Added, Ledger
from sayso.terms import Report, Skipped

SHOWN = 16


@dataclass
class Tally:
    """What became of a run's inputs, as it goes on. ``words`` counts those of reports read."""

    added: int = 0
    there: int = 0
    copies: int = 0
    words: int = 0
    skipped: Counter[str] = field(default_factory=Counter)
    begun: float = field(default_factory=time.monotonic)

    @property
    def done(self) -> int:
        """How many inputs have been dealt with."""
        return self.added + self.there + self.skipped.total()

    @property
    def seconds(self) -> float:
        """Seconds since the run began."""
        return time.monotonic() - self.begun

    def take(self, outcome: Added | Skipped) -> None:
        """Count an input."""
        if isinstance(outcome, Skipped):
            self.skipped[outcome.reason] += 1
        else:
            self.added += outcome.new
            self.there += not outcome.new
            self.copies += outcome.new and bool(outcome.copies)


Tell = Callable[[Added | Skipped], None]


def add_reports(
    ledger: Ledger,
    items: Iterable[Report | Skipped],
    tally: Tally,
    *,
    jobs: int = 1,
    lexicon: str | None = None,
    tell: Tell = lambda _: None,
) -> None:
    """Read every report that ``ledger`` does not have yet, and keep it as soon as it is read.

    ``tally`` is kept up to date, and ``tell`` told of each input, so that a caller can show how it goes. Stopped at any
    moment, the ledger holds every report that was told of; run again with the same inputs, the rest follows.
    """
    from sayso.api import read_many  # here, as pages and searches need no network

    reader = reader_version(lexicon)

    def told(outcome: Added | Skipped) -> None:
        tally.take(outcome)
        tell(outcome)

    for reading in read_many(_unread(ledger, items, reader, told), jobs, lexicon):
        tally.words += len(reading.report.text.split())
        told(ledger.add(reading.report, reading, reader))


def _unread(ledger: Ledger, items: Iterable[Report | Skipped], reader: str, told: Tell) -> Iterator[Report]:
    """The reports that are to be read; the others are dealt with as they pass."""
    for item in items:
        if isinstance(item, Skipped):
            told(item)
        elif (there := ledger.find(item)) is not None:
            told(there)
        elif (reason := unread_language(item)) is not None:
            ledger.add(item, None, reader, reason)
            told(Skipped(item.url or item.id, reason))
        else:
            yield item


def reread(
    ledger: Ledger,
    *,
    jobs: int = 1,
    lexicon: str | None = None,
    tell: Callable[[int], None] = lambda _: None,
) -> int:
    """Read anew every report whose reading is by another version; the old readings count until all new ones are there.

    ``tell`` is given the number read so far. Stopped and started again, it goes on where it was. Returns how many
    reports count by a new reading afterwards.
    """
    from sayso.api import read_many

    reader = reader_version(lexicon)
    readable = (report for report in ledger.outdated(reader) if unread_language(report) is None)
    for done, reading in enumerate(read_many(readable, jobs, lexicon), 1):
        ledger.add_new_reading(reading, reader)
        tell(done)
    return ledger.switch_to(reader)


def embed(texts: Sequence[str]) -> bytes:
    """The vectors of statements as the ledger keeps them: one of int8 after the other."""
    from sayso.meaning import default_meaning

    return default_meaning().vectors(texts).tobytes()


@cache
def reader_version(lexicon: str | None = None) -> str:
    """What a reading depends on: Sayso's version, and a hash of the network and of all word lists."""
    digest = hashlib.sha256()
    weights = resources.files("sayso.reader").joinpath("weights")
    for name in ("network.json", "roles.onnx"):
        digest.update(weights.joinpath(name).read_bytes())
    lists = sorted(
        (f for f in resources.files("sayso.lexicon").iterdir() if f.name.endswith(".yml")), key=lambda f: f.name
    )
    for file in lists:
        digest.update(file.read_bytes())
    if lexicon is not None:
        digest.update(Path(lexicon).read_bytes())
    return f"{__version__}-{digest.hexdigest()[:SHOWN]}"
