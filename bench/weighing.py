"""What weighing costs as a ledger grows: ``python -m bench.weighing [--most 50000]``.

Generated stories with a known truth (see ``bench.lineage``), ``A_DAY`` reports a day. At each size the whole ledger is
weighed anew; then one more report comes, the newest of all, an old one, or one without a date, and is taken in alone.
"""

import argparse
import json
import math
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from itertools import count, islice, pairwise
from pathlib import Path

from sqlalchemy import delete

from bench.lineage import SEED
from bench.lineage_maker import Maker
from sayso.record import store
from sayso.record.ledger import Ledger
from sayso.record.rows import storable_report
from sayso.record.schema import claims, parts, pieces, stories, story_reports
from sayso.terms import Reading
from sayso.weighing import refresh

SIZES = (1_000, 5_000, 20_000, 50_000)
A_DAY, BEGUN, BATCH, TIMES = 150, date(2031, 5, 4), 500, 5
GOALS = {"weighing, CPU s": 600.0, "peak memory, MB": 4_000.0, "one more, newest, s": 1.0, "one more, old, s": 1.0}


def readings(seed: int = SEED) -> Iterator[Reading]:
    """Readings without an end, as they would come: a story begins when so many reports a day have come."""
    maker, made = Maker(seed), 0
    for number in count():
        offset = timedelta(days=made // A_DAY)
        for reading in maker.story(number).readings:
            made += 1
            day = date.fromisoformat(reading.report.published or "") + offset
            yield replace(reading, report=replace(reading.report, published=day.isoformat()))


def fill(ledger: Ledger, some: Iterator[Reading], size: int) -> None:
    """Add so many readings, many in one transaction."""
    known, left = store.Speakers(), size
    while left > 0:
        with ledger.writing() as connection:
            for reading in islice(some, min(BATCH, left)):
                _, key, _ = store.add_report(connection, storable_report(reading.report), None)
                values = {"reader": "bench", "judged": 0, "current": 1}
                store.add_reading(connection, key, reading, values, known)
        left -= BATCH


def forget(ledger: Ledger) -> None:
    """Drop all that was kept of weighing."""
    with ledger.writing() as connection:
        for table in (claims, stories, pieces, parts, story_reports):
            connection.execute(delete(table))


def timed(ledger: Ledger) -> tuple[float, float]:
    """CPU and wall-clock seconds of a refresh."""
    cpu, wall = time.process_time(), time.perf_counter()
    refresh(ledger)
    return time.process_time() - cpu, time.perf_counter() - wall


def one_more(ledger: Ledger, size: int, dice: random.Random) -> dict[str, float]:
    """CPU seconds to take in one more report: the median of a few, each a copy of another under a new name."""
    days = max(size // A_DAY, 1)
    spans = {"newest": (days, days), "old": (days // 10, days // 2), "undated": None}
    found = {}
    for name, span in spans.items():
        taken = []
        for number in range(TIMES):
            copied = ledger.reading(f"{dice.randrange(max(size // 40, 1))}-0")
            day = str(BEGUN + timedelta(days=dice.randint(*span))) if span else None
            if copied is None:
                continue
            report = replace(copied.report, id=f"{size} {name} {number}", published=day)
            ledger.add(report, replace(copied, report=report), "bench")
            taken.append(timed(ledger)[0])
        found[f"one more, {name}, s"] = statistics.median(taken)
    return found


def measured(ledger: Ledger, size: int, dice: random.Random) -> dict[str, float]:
    """All numbers at one size. The peak of memory is that of this process so far."""
    forget(ledger)
    cpu, wall = timed(ledger)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    again, _ = timed(ledger)
    row = {"weighing, CPU s": cpu, "weighing, wall-clock s": wall, "peak memory, MB": peak, "nothing new, s": again}
    return row | one_more(ledger, size, dice)


def growth(rows: dict[int, dict[str, float]]) -> Iterator[str]:
    """By what factor the CPU time grows where the ledger doubles."""
    for (less, one), (more, other) in pairwise(rows.items()):
        factor = (other["weighing, CPU s"] / one["weighing, CPU s"]) ** (1 / math.log2(more / less))
        yield f"from {less} to {more} reports: × {factor:.2f} per doubling"


def main() -> None:
    """Print the curve; exit 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.weighing", description=__doc__)
    parser.add_argument("--most", type=int, default=SIZES[-1], help="the largest number of reports")
    parser.add_argument("--save", type=Path, metavar="FILE", help="also write the numbers as JSON")
    args = parser.parse_args()
    some, rows, before = readings(), {}, 0
    with tempfile.TemporaryDirectory() as folder, Ledger(str(Path(folder) / "ledger.db")) as ledger:
        for size in [size for size in SIZES if size <= args.most] or [args.most]:
            fill(ledger, some, size - before)
            rows[size], before = measured(ledger, size, random.Random(SEED)), size
            print(f"{size} reports: {rows[size]['weighing, CPU s']:.1f} s", file=sys.stderr)
    for name in rows[before]:
        print(f"{name:24}" + "".join(f"{row[name]:12.2f}" for row in rows.values()))
    print(*growth(rows), sep="\n")
    if args.save:
        args.save.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")
    bad = [name for name, most in GOALS.items() if rows[before][name] > most]
    for name in bad:
        print(f"{name} is above its goal of {GOALS[name]}", file=sys.stderr)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
