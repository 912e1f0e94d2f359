"""Measure and compare with the pinned floors: ``python -m bench --shared DIR [--pin]``."""

import argparse
import json
import sys
from pathlib import Path

from bench.cost import cost
from bench.quality import held_out, polnear, readings, save
from bench.stories import stories

EVERYTHING = ["cost", "polnear", "readings", "held-out", "stories"]
FLOORS = Path(__file__).with_name("floors.json")
SLACK = 0.3


def measure(shared: Path, parts: list[str]) -> dict[str, float]:
    """The numbers of the asked parts."""
    out: dict[str, float] = {}
    if "cost" in parts:
        with (shared / "corpora/polnear/dev.jsonl").open(encoding="utf-8") as lines:
            texts = [json.loads(line)["text"] for line in list(lines)[:20]]
        out |= cost(texts, shared / "seed/report.txt")
    if "polnear" in parts:
        out |= polnear(shared)
    if "readings" in parts:
        out |= readings(shared)
    if "held-out" in parts:
        out |= held_out(shared)
    return out | (stories(shared) if "stories" in parts else {})


def fails(name: str, value: float, pinned: float) -> bool:
    """Whether a number is worse than its pin: costs have ceilings, qualities floors."""
    return value > pinned if name.startswith("cost/") else value < pinned - SLACK


def main() -> None:
    """Print every number beside its pin; exit 1 if one is worse."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpora/, gold/, seed/ and bench/")
    parser.add_argument("--pin", action="store_true", help="pin the measured qualities as the new floors")
    parser.add_argument("--save", type=Path, metavar="FILE", help="also write the numbers as JSON")
    parser.add_argument("--only", action="append", choices=EVERYTHING)
    args = parser.parse_args()
    values = measure(args.shared, args.only or EVERYTHING)
    pins = json.loads(FLOORS.read_text())
    bad = [name for name, value in values.items() if name in pins and fails(name, value, pins[name])]
    for name, value in values.items():
        mark = "  WORSE" if name in bad else ""
        print(f"{name:36} {value:8.2f}   pinned {pins.get(name, float('nan')):8.2f}{mark}")
    for name in bad:
        print(f"{name} is worse: {values[name]:.2f}, pinned {pins[name]:.2f}", file=sys.stderr)
    if args.save:
        save(args.save, values)
    if args.pin:
        save(FLOORS, pins | {n: v for n, v in values.items() if not n.startswith("cost/")})
    sys.exit(1 if bad and not args.pin else 0)


if __name__ == "__main__":
    main()
