"""Cost: CPU time as ratios to a bare encoder pass in the same run, a cold start, memory."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np

from sayso.adding import embed
from sayso.reader.encode import WEIGHTS, session
from sayso.reader.reader import Reader
from sayso.reader.segment import QUOTED, Segmenter
from sayso.record.ledger import Ledger
from sayso.terms import Reading, Report

ROUNDS, ROWS, LENGTH = 5, 16, 128
TRIES, QUIET = 3, 1.45


def cpu(work: Callable[[], object]) -> float:
    """CPU seconds of this process that ``work`` takes."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


class BarePass:
    """The encoder alone over all wordpieces of the texts in full batches of 16 rows of 128, nothing else done."""

    def __init__(self, texts: list[str]) -> None:
        """Cut the texts and load the encoder."""
        self.session = session(WEIGHTS / "encoder.onnx")
        segmenter = Segmenter(WEIGHTS / "tokenizer.json")
        windows = [w for text in texts for w in segmenter.windows(text)]
        pieces = np.concatenate([w.pieces for w in windows])
        size = ROWS * LENGTH
        whole = len(pieces) // size * size
        features = np.concatenate([w.shapes * QUOTED + w.quoted for w in windows])
        self.batches = list(zip(*(x[:whole].reshape(-1, ROWS, LENGTH) for x in (pieces, features)), strict=True))
        self.scale = len(pieces) / whole

    def run(self, share: range) -> None:
        """These batches."""
        for pieces, features in (self.batches[batch] for batch in share):
            self.session.run(["cues"], {"pieces": pieces, "features_in": features, "first": np.array([0])})


class Race:
    """Whole readings beside the bare pass, a report and its share of the batches by turns, so that both share noise."""

    def __init__(self, texts: list[str]) -> None:
        """Load both; one round unmeasured."""
        self.reader, self.bare = Reader(), BarePass(texts)
        self.reports = [Report(text) for text in texts]
        ends = np.linspace(0, len(self.bare.batches), len(texts) + 1).astype(int)
        self.shares = [range(a, b) for a, b in pairwise(ends)]
        self.round()

    def round(self) -> float:
        """CPU time of all readings over that of a bare pass."""
        whole = bare = 0.0
        for report, share in zip(self.reports, self.shares, strict=True):
            whole += cpu(partial(self.reader.read, report))
            bare += cpu(partial(self.bare.run, share))
        return whole / (bare * self.bare.scale)


def ratio(texts: list[str]) -> float:
    """The whole reading's CPU time over a bare encoder pass's: the median of a few rounds.

    A busy neighbour slows a reading's many small steps more than the encoder's long ones, so a median that is not
    quiet is taken anew, and the best one counts.
    """
    race, best = Race(texts), float("inf")
    for _ in range(TRIES):
        best = min(best, statistics.median(race.round() for _ in range(ROUNDS)))
        if best <= QUIET:
            break
    return best


def storing(texts: list[str]) -> float:
    """CPU time of keeping reports with readings and vectors in a new ledger, over that of reading them; a median."""
    reader = Reader()
    reports = [Report(text) for text in texts]
    embed(texts[:1])

    def share() -> float:
        readings: list[Reading] = []
        read = cpu(lambda: readings.extend(map(reader.read, reports)))
        with tempfile.TemporaryDirectory() as folder, Ledger(f"{folder}/ledger.db", embed=embed) as ledger:
            return cpu(lambda: [ledger.add(reading.report, reading, "bench") for reading in readings]) / read

    return statistics.median(share() for _ in range(ROUNDS))


def child(*arguments: str) -> tuple[float, float]:
    """CPU seconds and peak memory (MB) of ``sayso`` with these arguments, in a process of its own."""
    script = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, check=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)\n"
    )
    command = [sys.executable, "-c", script, str(Path(sys.executable).with_name("sayso")), *arguments]
    seconds, memory = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return float(seconds), float(memory)


def cost(texts: list[str], report: Path) -> dict[str, float]:
    """All costs. Lower is better in each. Memory is the peak of a process that reads all of ``texts``."""
    runs = [child("read", str(report)) for _ in range(5)]
    helps = [child("--help")[0] for _ in range(5)]
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as file:
        file.writelines(json.dumps({"text": text}) + "\n" for text in texts)
        file.flush()
        _, memory = child("read", "--json", file.name)
    return {
        "cost/reading over bare encoder": ratio(texts),
        "cost/storing over reading": storing(texts),
        "cost/cold read, CPU s": min(seconds for seconds, _ in runs),
        "cost/memory, MB": memory,
        "cost/--help, CPU s": min(helps),
    }
