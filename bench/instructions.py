"""Instructions that fixed readings take, counted by valgrind: they hardly vary, so a small loss shows.

Three counts: starting up with everything loaded; the first report of the sample story, whole; and all of its reports
with the encoder's output taken from a file, so that what our own code does isn't lost beside the network.
"""

import gc
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from unittest.mock import patch

TOTAL = re.compile(r"^totals: (\d+)", re.MULTILINE)
ROOT = Path(__file__).parents[1]
SLACK = 1.05
KINDS = ("start", "whole", "rules")
ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"), "1")


def available() -> bool:
    """Whether instructions can be counted here, in the way that the pins were."""
    return shutil.which("valgrind") is not None and sys.version_info[:2] == (3, 11)


def instructions() -> dict[str, float]:
    """Millions of instructions of each kind; nothing where they can't be counted."""
    if not available():
        print("instructions are not counted: they need valgrind and Python 3.11", file=sys.stderr)
        return {}
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder) / "encoded.npz"
        run([sys.executable, "-m", "bench.instructions", "keep", str(kept)], kept.parent)
        with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
            counts = dict(zip(KINDS, pool.map(lambda kind: count(kind, kept), KINDS), strict=True))
    start = counts.pop("start")
    names = {"whole": "a whole report", "rules": "all but the encoder"}
    return {"instructions/start": start} | {f"instructions/{names[k]}": v - start for k, v in counts.items()}


def count(kind: str, kept: Path) -> float:
    """Millions of instructions of the main thread of a process that does ``kind``; how much others do is chance."""
    out = kept.with_name(kind)
    command = ["valgrind", "--tool=callgrind", "--separate-threads=yes", f"--callgrind-out-file={out}"]
    run([*command, sys.executable, "-m", "bench.instructions", kind, str(kept)], kept.parent)
    found = TOTAL.search(out.with_name(f"{kind}-01").read_text())
    if found is None:
        raise ValueError("valgrind said nothing about instructions")
    return int(found[1]) / 1e6


def run(command: list[str], folder: Path) -> None:
    """Run the command; the order of sets is fixed, and what Python compiles is kept in ``folder`` for the next."""
    fixed = {"PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(folder / "compiled")}
    environment = os.environ | ALONE | fixed
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=environment, check=False)
    if done.returncode:
        raise ValueError(f"{' '.join(command)} failed: {done.stderr[-2000:]}")


class Kept:
    """The encoder's outputs for windows in the order in which they come, kept in a file."""

    def __init__(self, file: Path) -> None:
        """``file`` is an npz file."""
        self.file = file
        self.arrays: dict[str, Any] = {}
        self.at = 0

    def keeping(self, encode: Any) -> Any:
        """The encoder, its outputs kept."""

        def kept(network: Any, window: Any) -> Any:
            encoded = encode(network, window)
            for name in ("words", "emissions", "projected"):
                self.arrays[f"{self.at}/{name}"] = getattr(encoded, name)
            self.at += 1
            return encoded

        return kept

    def replayed(self, window: Any) -> Any:
        """What the encoder gave for this window."""
        from sayso.reader.encode import Encoded

        names = ("words", "emissions", "projected")
        self.at += 1
        return Encoded(window, *(self.arrays[f"{self.at - 1}/{name}"] for name in names))


def work(kind: str, kept: Kept) -> None:
    """Do what is counted."""
    import numpy as np

    from sayso.reader.encode import Network
    from sayso.reader.reader import default_reader
    from sayso.samples import sample_reports
    from sayso.terms import Report

    reports = list(sample_reports())
    if kind != "keep":
        kept.arrays = dict(np.load(kept.file))
    reader = default_reader()
    reader.read(Report(""))
    if kind == "whole":
        reader.read(reports[0])
    elif kind in ("rules", "keep"):
        encode = kept.replayed if kind == "rules" else kept.keeping(Network.encode)  # a method takes no network
        with patch.object(Network, "encode", encode):
            for report in reports:
                reader.read(report)
    if kind == "keep":
        np.savez(kept.file, **kept.arrays)


def main() -> None:
    """Do one kind of work (for the counter), or print all counts."""
    if len(sys.argv) > 1:
        gc.disable()
        work(sys.argv[1], Kept(Path(sys.argv[2])))
    else:
        print(json.dumps(instructions(), indent=1))


if __name__ == "__main__":
    main()
