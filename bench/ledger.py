"""The ledger under load: a generated one, and how searching, looking up, opening and its size grow with it.

Readings are generated, not read: about 600 words and twenty attributions a report, words by Zipf's law, speakers and
outlets as uneven as in the news.
"""

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from sayso.record import copies, search, store, vectors
from sayso.record.ledger import Ledger
from sayso.record.rows import storable_report
from sayso.record.search import Filters
from sayso.terms import Attribution, Figure, Phrase, Reading, Report, Span, Speaker

SIZES = (1_000, 10_000, 100_000)
STATEMENTS, WORDS, VECTOR = 20, 16, 128
VOCABULARY, NAMES, OUTLETS = 30_000, 6_000, 300
TIMES = 200
BATCH = 200
CEILINGS = {"search p95, ms": 150.0, "report page p95, ms": 20.0, "opening, ms": 100.0, "size, GB": 1.5}


class Maker:
    """Makes reports with readings, always the same ones in the same order."""

    def __init__(self) -> None:
        self.random = random.Random(20310504)
        syllables = [a + b for a in "bdfgklmnprstv" for b in ("a", "e", "i", "o", "u", "an", "er", "ol")]

        def make(parts: int) -> str:
            return "".join(self.random.choice(syllables) for _ in range(parts))

        self.words = [make(self.random.choice((1, 2, 2, 3, 3))) for _ in range(VOCABULARY)]
        self.names = [f"{make(2).title()} {make(3).title()}" for _ in range(NAMES)]
        self.outlets = [f"{make(2).title()} {self.random.choice(('Post', 'Times', 'Wire'))}" for _ in range(OUTLETS)]
        self.zipf = np.cumsum(1 / np.arange(1, VOCABULARY + 1))
        self.dice = np.random.default_rng(20310504)

    def some(self, kinds: list[str]) -> str:
        """One of a list, the first ones far more often."""
        return kinds[int(len(kinds) * self.random.random() ** 3)]

    def reading(self, number: int) -> Reading:
        """A report and what would be found in it."""
        draws = self.dice.random(STATEMENTS * WORDS) * self.zipf[-1]
        drawn = iter(self.words[i] for i in np.searchsorted(self.zipf, draws))
        pieces: list[str] = []
        found, counted, at = [], [], 0
        for n in range(STATEMENTS):
            name = self.some(self.names)
            count = self.random.randint(2, 900)
            content = " ".join(next(drawn) for _ in range(WORDS)) + f" {count} people"
            line = f"{name} said that {content}. "
            spans = [Span(at, at + len(name)), Span(at + len(name) + 1, at + len(name) + 5)]
            spans.append(Span(at + len(name) + 11, at + len(line) - 2))
            pieces.append(line)
            found.append((name, spans))
            if n % 5 == 0:
                start = at + len(line) - 2 - len(f"{count} people")
                counted.append((Span(start, start + len(str(count))), float(count), f"a{n + 1}"))
            at += len(line)
        text = "".join(pieces)
        day = f"203{self.random.randint(0, 2)}-{self.random.randint(1, 12):02}-{self.random.randint(1, 28):02}"
        report = Report(text, f"r{number}", self.some(self.outlets), f"Headline {number}", published=day)
        return Reading(
            report,
            tuple(self._attribution(n, text, name, spans) for n, (name, spans) in enumerate(found)),
            tuple(
                Figure(f"f{n}", span, text[span.start : span.end], value, value, value, "exact", "killed", "people", by)
                for n, (span, value, by) in enumerate(counted)
            ),
        )

    def _attribution(self, number: int, text: str, name: str, spans: list[Span]) -> Attribution:
        source, cue, content = (Phrase.of(text, (span,)) for span in spans)
        unnamed = self.random.random() < 0.2
        speaker = Speaker(None if unnamed else name, "unnamed" if unnamed else "named", "person")
        act = self.random.choice(("state",) * 8 + ("deny", "warn"))
        return Attribution(f"a{number + 1}", None, source, cue, content, 0.9, act=act, speaker=speaker)  # type: ignore[arg-type]


def fill(ledger: Ledger, maker: Maker, numbers: range) -> None:
    """Add generated reports, many in one transaction."""
    known = store.Speakers()
    for start in range(numbers.start, numbers.stop, BATCH):
        with ledger.writing() as connection:
            for number in range(start, min(start + BATCH, numbers.stop)):
                reading = maker.reading(number)
                _, key, _ = store.add_report(connection, storable_report(reading.report), None)
                copies.link(connection, key, reading.report.text)
                blob = maker.dice.integers(-127, 128, len(reading.attributions) * VECTOR, dtype=np.int8).tobytes()
                values = {"reader": "bench", "judged": 0, "current": 1, "vectors": blob}
                store.add_reading(connection, key, reading, values, known)
        print(f"\r{start + BATCH} of {numbers.stop} reports", end="", file=sys.stderr)
    print(file=sys.stderr)


def queries(maker: Maker) -> Iterator[tuple[str, Filters]]:
    """Questions as people ask them: common words and rare ones, with none, one or two filters."""
    while True:
        words = [maker.words[int(maker.random.random() ** 2 * 3_000)] for _ in range(maker.random.randint(0, 2))]
        name = maker.some(maker.names)
        month = f"203{maker.random.randint(0, 2)}-{maker.random.randint(1, 12):02}"
        filters: list[dict[str, Any]] = [
            {}, {"speaker": name}, {"speaker": name.split()[1]}, {"naming": "unnamed"}, {"act": "deny"},
            {"outlet": maker.some(maker.outlets)}, {"measure": "killed"},
            {"after": f"{month}-01", "before": f"{month}-28"}, {"naming": "named", "act": "warn"},
        ]  # fmt: skip
        yield " ".join(words), Filters(**maker.random.choice(filters))


def p95(work: Callable[[], object], times: int) -> tuple[float, float]:
    """Median and 95th percentile of wall-clock milliseconds."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - begun))
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1]


def measured(where: str, maker: Maker, reports: int) -> dict[str, float]:
    """How quick and how large a filled ledger is."""
    asked = queries(maker)

    def ask() -> object:
        query, filters = next(asked)
        with ledger.looking() as connection:
            return search.statements(connection, query, filters)

    def page() -> object:
        return ledger.reading(f"r{maker.random.randrange(reports)}")

    opening, _ = p95(lambda: Ledger(where, readonly=True).close(), 20)
    with Ledger(where, readonly=True) as ledger:
        out: dict[str, float] = {"opening, ms": opening}
        out["search, ms"], out["search p95, ms"] = p95(ask, TIMES)
        out["report page, ms"], out["report page p95, ms"] = p95(page, TIMES)
        begun = time.perf_counter()
        with ledger.looking() as connection:
            out["statements"] = float(len(vectors.load(connection, VECTOR).rows))
        out["loading vectors, ms"] = 1000 * (time.perf_counter() - begun)
    return out | {"size, GB": sum(f.stat().st_size for f in Path(where).parent.iterdir()) / 1e9}


def main() -> None:
    """Fill a ledger step by step, and print what each step costs; exit 1 above a ceiling."""
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of reports")
    parser.add_argument("--save", type=Path, metavar="FILE", help="also write the numbers as JSON")
    args = parser.parse_args()
    maker, rows, before = Maker(), {}, 0
    with tempfile.TemporaryDirectory() as folder:
        where = str(Path(folder) / "ledger.db")
        for size in [size for size in SIZES if size <= args.most] or [args.most]:
            with Ledger(where) as ledger:
                fill(ledger, maker, range(before, size))
            rows[size], before = measured(where, maker, size), size
    for name in rows[before]:
        print(f"{name:24}" + "".join(f"{row[name]:12.2f}" for row in rows.values()))
    bad = [name for name, most in CEILINGS.items() if any(row[name] > most for row in rows.values())]
    if args.save:
        args.save.write_text(json.dumps(rows, indent=1) + "\n")
    for name in bad:
        print(f"{name} is above its ceiling of {CEILINGS[name]}", file=sys.stderr)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
