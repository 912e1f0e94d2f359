"""Words a second, where the time goes, and whether memory stays flat: ``python -m bench.throughput --shared DIR``.

Everything is a ratio of things measured in one run, taking turns; medians of a few rounds. Wall-clock time decides
how well two processes do; a machine that others use lends them less than two cores, so how busy it was is told too.
"""

import argparse
import inspect
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

import sayso.reader.encode
import sayso.reader.reader
from bench.cost import BarePass, cpu
from sayso.api import read_many
from sayso.reader.encode import WEIGHTS, Network
from sayso.reader.reader import Reader
from sayso.reader.segment import QUOTED, Segmenter, Window
from sayso.terms import Report
from sayso.workers import WAITING, spread

ROUNDS, REPORTS, SHORT, MANY = 5, 200, 300, 2_000
STAGES: tuple[tuple[Any, str, str], ...] = (
    (Segmenter, "windows", "cutting into windows"),
    (Network, "encode", "encoder"),
    (Network, "attributions", "cues and roles"),
    (sayso.reader.encode, "viterbi", "best tags"),
    (sayso.reader.reader, "identify", "who, through whom, how"),
    (sayso.reader.reader, "find_figures", "figures"),
    (Reader, "attributions", "tidying and nesting"),
)
GOALS = {"two processes, efficiency": 0.9, "encoder calls over a bare loop": 0.7, "memory, growth": -0.05}


def load(shared: Path) -> list[Report]:
    """The news reports to read, in the order of their file."""
    with (shared / "corpora/fnc1/reports.jsonl").open(encoding="utf-8") as lines:
        return [Report(record["text"], str(record["id"])) for record in map(json.loads, lines)]


def words(reports: Sequence[Report]) -> int:
    """How many words the reports have, between blanks."""
    return sum(len(report.text.split()) for report in reports)


class Stages:
    """CPU time by stage, each without what it calls of the others."""

    def __init__(self) -> None:
        """Nothing measured yet."""
        self.spent: dict[str, float] = {}
        self._inside: list[float] = []

    def timed(self, work: Callable[..., Any], name: str) -> Callable[..., Any]:
        """``work`` with its time counted; what it would yield is made at once."""

        def measured(*args: Any, **options: Any) -> Any:
            self._inside.append(0.0)
            begun = time.process_time()
            result: Any = work(*args, **options)
            result = list(result) if inspect.isgenerator(result) else result
            taken = time.process_time() - begun
            self.spent[name] = self.spent.get(name, 0.0) + taken - self._inside.pop()
            if self._inside:
                self._inside[-1] += taken
            return result

        return measured

    def shares(self, reports: Sequence[Report]) -> dict[str, float]:
        """The share of each stage in reading ``reports``."""
        reader = Reader()
        with ExitStack() as stack:
            for owner, attribute, name in STAGES:
                stack.enter_context(patch.object(owner, attribute, self.timed(getattr(owner, attribute), name)))
            whole = cpu(lambda: [reader.read(report) for report in reports])
        return {
            f"share, {name}": spent / whole for name, spent in sorted(self.spent.items(), key=lambda item: -item[1])
        }


def bare_loops(reports: Sequence[Report]) -> dict[str, float]:
    """How fast our encoder calls are beside bare onnxruntime loops: over the same windows, and over full batches."""
    texts = [report.text for report in reports]
    network, bare, segmenter = Network(), BarePass(texts), Segmenter(WEIGHTS / "tokenizer.json")
    windows = [window for text in texts for window in segmenter.windows(text)]
    inputs = [feed(window) for window in windows]
    whole = range(len(bare.batches))

    def loop() -> None:
        for one in inputs:
            bare.session.run(["words", "cues", "projected"], one)

    same, full = [], []
    for _ in range(ROUNDS + 1):
        ours = cpu(partial(encode_all, network, windows))
        same.append(cpu(loop) / ours)
        full.append(cpu(partial(bare.run, whole)) * bare.scale / ours)
    return {
        "encoder calls over a bare loop": statistics.median(same[1:]),
        "encoder calls over a bare loop, batches of 16 by 128": statistics.median(full[1:]),
    }


def feed(window: Window) -> dict[str, Any]:
    """A window as the encoder's graph takes it."""
    features = window.shapes * QUOTED + window.quoted
    return {"pieces": window.pieces[None], "features_in": features[None], "first": window.first}


def encode_all(network: Network, windows: Sequence[Window]) -> None:
    """Every window, one a call."""
    for window in windows:
        network.encode(window)


def neighbours() -> float:
    """CPU seconds that all processes of this machine have used so far, where the system tells."""
    try:
        fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
    except OSError:
        return 0.0
    user, nice, system, _, _, irq, soft, steal = map(int, fields[:8])
    return (user + nice + system + irq + soft + steal) / os.sysconf("SC_CLK_TCK")


def own() -> float:
    """CPU seconds of this process and of its children that have ended."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(u.ru_utime + u.ru_stime for u in used)


class Pace:
    """Readings on one process or on two: wall-clock seconds once it runs, CPU seconds altogether."""

    def __init__(self, reports: Sequence[Report]) -> None:
        """``reports`` are read after as many that fill the pool."""
        self.reports, self.first = reports, list(islice(cycle(reports), 2 * WAITING * 2))
        self.one, self.two = list[float](), list[float]()
        self.work_one, self.work_two, self.busy = list[float](), list[float](), list[float]()

    def round(self) -> None:
        """Both, one after the other."""
        before, mine, begun = neighbours(), own(), time.perf_counter()
        for jobs, walls, works in ((1, self.one, self.work_one), (2, self.two, self.work_two)):
            used = own()
            walls.append(self.wall(jobs))
            works.append(own() - used)
        passed = time.perf_counter() - begun
        others = (neighbours() - before) - (own() - mine)
        self.busy.append(max(others, 0.0) / passed / (os.cpu_count() or 1))

    def wall(self, jobs: int) -> float:
        """Seconds for the reports, from when the pool is warm."""
        todo = iter([*self.first, *self.reports])
        readings = read_many(todo) if jobs == 1 else spread(todo, jobs)
        for _ in self.first:
            next(readings)
        begun = time.perf_counter()
        for _ in readings:
            pass
        return time.perf_counter() - begun

    def numbers(self) -> dict[str, float]:
        """Words a second, efficiencies, and how busy others kept the machine."""
        pairs = list(zip(self.one, self.two, strict=True))
        works = list(zip(self.work_one, self.work_two, strict=True))
        return {
            "words a second, one process": words(self.reports) / statistics.median(self.one),
            "words a second, two processes": words(self.reports) / statistics.median(self.two),
            "two processes, efficiency": statistics.median(one / two / 2 for one, two in pairs),
            "two processes, CPU time of one over theirs": statistics.median(one / two for one, two in works),
            "machine used by others": statistics.median(self.busy),
        }


def short_ones(reports: Sequence[Report]) -> Iterator[Report]:
    """Endless short reports, no two alike: the openings of ``reports`` with a number."""
    for number, report in enumerate(cycle(reports)):
        end = report.text.rfind(" ", 0, SHORT)
        yield Report(f"{report.text[: end if end > 0 else SHORT]}, report {number} said.", str(number))


def held() -> float:
    """Memory (MB) that this process holds now, or, where the system doesn't tell, has held at most."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def memory(shared: Path, count: int) -> dict[str, float]:
    """Memory after a tenth of ``count`` short reports and after all of them, in a process of its own."""
    command = [sys.executable, "-m", "bench.throughput", "--shared", str(shared), "--soak", str(count)]
    early, late = map(float, subprocess.run(command, capture_output=True, text=True, check=True).stdout.split())
    return {"memory, MB": late, "memory, growth": late / early - 1, "memory, reports": float(count)}


def soak(reports: Sequence[Report], count: int) -> None:
    """Read ``count`` short reports; print the memory (MB) held after a tenth of them and at the end."""
    for number, _ in enumerate(read_many(islice(short_ones(reports), count)), 1):
        if number in (max(count // 10, 1), count):
            print(held())


def measure(shared: Path, reports: Sequence[Report], many: int, rounds: int) -> dict[str, float]:
    """All numbers."""
    pace = Pace(reports)
    for _ in range(rounds):
        pace.round()
    out = pace.numbers() | bare_loops(reports[:40])
    out["words a window"] = float(np.mean([w.words for w in _windows(reports)]))
    return out | Stages().shares(reports) | memory(shared, many)


def _windows(reports: Sequence[Report]) -> Iterator[Window]:
    segmenter = Segmenter(WEIGHTS / "tokenizer.json")
    return (window for report in reports for window in segmenter.windows(report.text))


def missed(numbers: dict[str, float]) -> list[str]:
    """The goals that ``numbers`` miss; one below zero is a ceiling."""
    return [name for name, goal in GOALS.items() if (numbers[name] < goal if goal > 0 else numbers[name] > -goal)]


def main() -> None:
    """Print every number; exit 1 where a goal is missed."""
    parser = argparse.ArgumentParser(prog="python -m bench.throughput", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpora/fnc1")
    parser.add_argument("--reports", type=int, default=REPORTS, help="how many reports a round reads")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often one and two processes take turns")
    parser.add_argument("--many", type=int, default=MANY, help="how many short reports memory is watched over")
    parser.add_argument("--soak", type=int, metavar="COUNT", help=argparse.SUPPRESS)
    parser.add_argument("--save", type=Path, metavar="FILE", help="also write the numbers as JSON")
    args = parser.parse_args()
    reports = load(args.shared)
    if args.soak:
        soak(reports, args.soak)
        return
    numbers = measure(args.shared, reports[: args.reports], args.many, args.rounds)
    for name, value in numbers.items():
        print(f"{name:56} {value:10.3f}")
    if args.save:
        args.save.write_text(json.dumps({n: round(v, 4) for n, v in numbers.items()}, indent=1) + "\n")
    for name in missed(numbers):
        print(f"{name} misses its goal of {abs(GOALS[name])}: {numbers[name]:.3f}", file=sys.stderr)
    sys.exit(bool(missed(numbers)))


if __name__ == "__main__":
    main()
