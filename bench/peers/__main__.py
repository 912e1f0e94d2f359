"""Measure Sayso beside its peers and write the page about it: ``python -m bench.peers --shared DIR``.

Every program reads the same texts in a process of its own, one after the other, a few times; accuracy is that of the
scorers that lie beside the data, speed the ratio to Sayso's in the same round.
"""

import argparse
import json
import statistics
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.peers.page import PAGE, RESULTS, page
from bench.peers.plan import measured
from bench.quality import scorers

ROUNDS = 3
HERE = Path(__file__).parent
SYSTEMS = ("sayso", "rules", "textacy", "sayswho", "patterns")
OWN = frozenset({"sayso", "patterns"})
Gold = Mapping[str, Mapping[str, Any]]


def run(system: str, texts: list[str], peers: Path) -> dict[str, Any]:
    """What ``system`` finds in each text, its CPU seconds and its peak of memory."""
    python = sys.executable if system in OWN else str(peers)
    command = [python, "-m", "bench.peers.finders", system]
    done = subprocess.run(
        command, input=json.dumps(texts), capture_output=True, text=True, cwd=HERE.parents[1], check=False
    )
    if done.returncode:
        sys.exit(f"{system} broke off: run `make peers` to set it up, then look at this:\n{done.stderr[-2000:]}")
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def accuracy(shared: Path, corpus: str, gold: Gold, found: list[list[dict[str, Any]]]) -> dict[str, float]:
    """The numbers of the corpus's own scorer; on PolNeAR of outermost attributions only, as it marks no others."""
    spans, whole = scorers(shared)
    made: dict[str, dict[str, Any]] = {
        key: {"id": key, "attributions": a, "figures": []} for key, a in zip(gold, found, strict=True)
    }
    if corpus == "readings":
        result = whole.score(gold, made)
        out = {kind: result[f"attribution/{kind}"]["f1"] for kind in ("lenient", "strict")}
        return out | {"nested": result["nested"]}
    outer = {k: {"attributions": [a for a in m["attributions"] if not a["within"]]} for k, m in made.items()}
    result = spans.score(gold, outer)
    out = {kind: result["attribution"][kind]["f1"] for kind in ("lenient", "strict")}
    out |= {f"exact {role}": result["exact"][role]["f1"] for role in ("source", "cue", "content")}
    return out | {"token content": result["token"]["content"]["f1"]}


def load(shared: Path) -> dict[str, Gold]:
    """PolNeAR's development part, and the hand-made readings."""
    spans, _ = scorers(shared)
    readings = {
        str(k): v for name in ("gold/readings.jsonl", "seed/gold.jsonl") for k, v in spans.load(shared / name).items()
    }
    return {"polnear": spans.load(shared / "corpora/polnear/dev.jsonl"), "readings": readings}


def compare(shared: Path, peers: Path, rounds: int) -> dict[str, Any]:
    """All results: per corpus and program accuracies, and per program its speed over Sayso's and its memory."""
    gold = load(shared)
    texts = [record["text"] for records in gold.values() for record in records.values()]
    seconds: dict[str, list[float]] = {system: [] for system in SYSTEMS}
    out: dict[str, Any] = {corpus: {} for corpus in gold} | {"rounds": rounds, "speed": {}, "memory": {}}
    for number in range(rounds):
        for system in SYSTEMS:
            print(f"round {number + 1} of {rounds}: {system}", file=sys.stderr)
            result = run(system, texts, peers)
            seconds[system].append(result["seconds"])
            out["memory"][system] = round(result["memory"])
            found = result["found"]
            for corpus, records in gold.items() if not number else ():
                mine, found = found[: len(records)], found[len(records) :]
                scores = accuracy(shared, corpus, records, mine)
                out[corpus][system] = {name: round(value, 1) for name, value in scores.items()}
    for system in SYSTEMS:
        pairs = zip(seconds["sayso"], seconds[system], strict=True)
        out["speed"][system] = round(statistics.median(ours / theirs for ours, theirs in pairs), 2)
    return out


def main() -> None:
    """Measure, write the results and the page."""
    parser = argparse.ArgumentParser(prog="python -m bench.peers", description=__doc__)
    parser.add_argument("--shared", type=Path, help="folder with corpora/, gold/, seed/ and bench/")
    parser.add_argument(
        "--python", type=Path, default=HERE.parents[1] / "build/peers/bin/python", help="the peers' interpreter"
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--page", action="store_true", help="write the page anew from the results at hand")
    args = parser.parse_args()
    if not args.page:
        if args.shared is None:
            parser.error("name the folder of the data by --shared, or say --page")
        results = compare(args.shared, args.python.absolute(), args.rounds) | {"plan": measured(args.shared)}
        RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")
    print(f"written: {PAGE.relative_to(Path.cwd()) if PAGE.is_relative_to(Path.cwd()) else PAGE}")


if __name__ == "__main__":
    main()
