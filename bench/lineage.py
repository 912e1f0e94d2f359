"""Folding of echoes and the count of independent origins, on generated stories: ``python -m bench.lineage``.

Beside Sayso's count stand those of three rules in use: every outlet is a source; reports with nearly the same headline
are one source; reports with nearly the same body are one source.
"""

import argparse
import itertools
import json
import random
import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bench.lineage_maker import Made, Maker, sayings_of
from sayso.terms import Reading
from sayso.terms.weighing import Independent, Saying
from sayso.weigh.echoes import echoes
from sayso.weigh.independence import independent
from sayso.weigh.origins import trace

SIZES = (50, 500, 5_000, 50_000)
SEED = 20310504
GOALS = {"folding precision": 0.98, "folding recall": 0.90}
MOST_ERROR = 0.15
SAME_TITLE, SAME_BODY, RUN = 0.5, 0.4, 5
WORD = re.compile(r"\w+")


@dataclass
class Tally:
    """What was folded and counted over all stories so far."""

    folded: int = 0
    rightly: int = 0
    echoes: int = 0
    caught: int = 0

    def add(self, story: Made, sayings: Sequence[Saying]) -> None:
        """Count the folds of one story."""
        true = {saying.id: story.dispatch_of[saying.report, saying.attribution or ""] for saying in sayings}
        firsts: set[int] = set()
        for saying in sorted(sayings, key=lambda s: (not _original(s, story), s.id)):
            right = saying.echo_of is not None and true[saying.echo_of] == true[saying.id]
            self.folded += saying.echo_of is not None
            self.rightly += right
            if true[saying.id] in firsts:
                self.echoes += 1
                self.caught += right
            firsts.add(true[saying.id])


def _original(saying: Saying, story: Made) -> bool:
    return int(saying.report.split("-")[1]) < len(set(story.dispatch_of.values()))


def weigh(story: Made) -> tuple[list[Saying], Independent]:
    """The story's sayings with origins and echoes, and on how many origins its claim rests."""
    traced = trace(story.readings)
    sayings = []
    for saying in sayings_of(story):
        found = traced[saying.report, saying.attribution or ""]
        sayings.append(replace(saying, origin=found.origin, relays=found.relays))
    repeated = echoes(sayings, story.readings)
    told = [replace(s, echo_of=repeated[s.id][0], why=repeated[s.id][1]) if s.id in repeated else s for s in sayings]
    return told, independent(told)


def outlets(readings: Sequence[Reading]) -> int:
    """One outlet, one source."""
    return len({reading.report.outlet for reading in readings})


def headlines(readings: Sequence[Reading]) -> int:
    """Reports with nearly the same headline are one source."""
    return _alike([frozenset(WORD.findall((reading.report.title or "").lower())) for reading in readings], SAME_TITLE)


def bodies(readings: Sequence[Reading]) -> int:
    """Reports with nearly the same body are one source."""
    return _alike([_runs(reading.report.text) for reading in readings], SAME_BODY)


def _runs(text: str) -> frozenset[object]:
    words = WORD.findall(text.lower())
    return frozenset(zip(*(words[n:] for n in range(RUN)), strict=False))


def _alike(parts: Sequence[frozenset[object]], least: float) -> int:
    """How many groups are left when all that share enough are put together."""
    group = list(range(len(parts)))
    for a, b in itertools.combinations(range(len(parts)), 2):
        if group[a] != group[b] and len(parts[a] & parts[b]) >= least * max(len(parts[a] | parts[b]), 1):
            group = [group[a] if g == group[b] else g for g in group]
    return len(set(group))


def stories(size: int, seed: int) -> Iterable[Made]:
    """Stories with at least ``size`` reports together."""
    maker, made = Maker(seed), 0
    for number in itertools.count():
        if made >= size:
            return
        story = maker.story(number)
        made += len(story.readings)
        yield story


def measure(size: int, seed: int = SEED) -> dict[str, float]:
    """All numbers at one size; the time is that of weighing alone."""
    tally, spent = Tally(), 0.0
    errors: dict[str, list[float]] = {name: [] for name in ("sayso", "one outlet, one source", "headlines", "bodies")}
    within = []
    rules: dict[str, Callable[[Sequence[Reading]], int]] = {
        "one outlet, one source": outlets, "headlines": headlines, "bodies": bodies,
    }  # fmt: skip
    for story in stories(size, seed):
        begun = time.perf_counter()
        sayings, count = weigh(story)
        spent += time.perf_counter() - begun
        tally.add(story, sayings)
        errors["sayso"].append(_error((count.low + count.high) / 2, story))
        within.append(count.low <= story.origins <= count.high)
        for name, rule in rules.items():
            errors[name].append(_error(rule(story.readings), story))
    return {
        "folding precision": tally.rightly / max(tally.folded, 1),
        "folding recall": tally.caught / max(tally.echoes, 1),
        "truth between low and high": statistics.mean(within),
        **{f"count error, {name}": statistics.mean(values) for name, values in errors.items()},
        "seconds": spent,
    }


def _error(count: float, story: Made) -> float:
    return abs(count - story.origins) / story.origins


def one_story(size: int, seed: int = SEED) -> float:
    """Seconds for ``size`` reports taken as one story: the cost of the joins when nothing keeps stories apart."""
    whole = Made()
    for story in stories(size, seed):
        whole.readings.extend(story.readings)
        whole.dispatch_of |= story.dispatch_of
    random.Random(seed).shuffle(whole.readings)
    begun = time.perf_counter()
    weigh(whole)
    return time.perf_counter() - begun


def main() -> None:
    """Print every number by size; exit 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.lineage", description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--save", type=Path, metavar="FILE", help="also write the numbers as JSON")
    args = parser.parse_args()
    found = {}
    for size in args.sizes:
        found[size] = measure(size, args.seed) | {"seconds as one story": one_story(size, args.seed)}
        print(f"{size} reports")
        for name, value in found[size].items():
            print(f"  {name:42} {value:8.3f}")
    if args.save:
        args.save.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    sys.exit(any(_missed(numbers) for numbers in found.values()))


def _missed(numbers: dict[str, float]) -> bool:
    return any(numbers[name] < goal for name, goal in GOALS.items()) or numbers["count error, sayso"] >= MOST_ERROR


if __name__ == "__main__":
    main()
