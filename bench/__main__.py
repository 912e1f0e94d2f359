"""Measure and compare with the pinned floors: ``python -m bench --shared DIR [--pin]``."""

import argparse
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.cost import cost
from bench.instructions import SLACK, instructions
from bench.quality import held_out, polnear, readings, save
from bench.stories import stories

EVERYTHING = ["cost", "polnear", "readings", "held-out", "stories", "instructions"]
FLOORS = Path(__file__).with_name("floors.json")
INSTRUCTIONS = "instructions/"
TOLERATED, SHOWN = 0.3, 0.1


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
    if "stories" in parts:
        out |= stories(shared)
    return out | (instructions() if "instructions" in parts else {})


@dataclass(frozen=True)
class Pins:
    """The numbers of the last pinned run, and how much a cost may be at most."""

    pinned: dict[str, float]
    ceilings: dict[str, float]

    def fails(self, name: str, value: float) -> bool:
        """Whether a number is too high for a cost, or too much worse than its pin."""
        if name in self.ceilings:
            return value > self.ceilings[name]
        pin = self.pinned.get(name, value)
        return value > pin * SLACK if name.startswith(INSTRUCTIONS) else value < pin - TOLERATED

    def gain(self, name: str, value: float) -> float:
        """By how much a number is better (above 0) or worse (below) than its pin, in points or in percent of a cost."""
        pin = self.pinned.get(name, value)
        return 100 * (1 - value / pin) if name.startswith(("cost/", INSTRUCTIONS)) else value - pin

    def told(self, values: dict[str, float]) -> Iterator[str]:
        """Every number beside its pin; then gains and losses by name, the largest first."""
        for name, value in values.items():
            most = f"   at most {self.ceilings[name]:.2f}" if name in self.ceilings else ""
            mark = "   WORSE" if self.fails(name, value) else ""
            yield f"{name:42} {value:8.2f}   pinned {self.pinned.get(name, float('nan')):8.2f}{most}{mark}"
        gains = {name: self.gain(name, value) for name, value in values.items()}
        for title, sign in (("gains", 1), ("losses", -1)):
            found = sorted((name for name in gains if sign * gains[name] >= SHOWN), key=lambda n: -abs(gains[n]))
            yield f"{title}: " + (", ".join(f"{name} {gains[name]:+.2f}{_unit(name)}" for name in found) or "none")


def _unit(name: str) -> str:
    return " %" if name.startswith(("cost/", INSTRUCTIONS)) else ""


def main() -> None:
    """Print every number beside its pin; exit 1 if one is worse."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--shared", type=Path, required=True, help="folder with corpora/, gold/, seed/ and bench/")
    parser.add_argument("--pin", action="store_true", help="pin what was measured: the new floors")
    parser.add_argument("--save", type=Path, metavar="FILE", help="also write the numbers as JSON")
    parser.add_argument("--only", action="append", choices=EVERYTHING)
    args = parser.parse_args()
    values = measure(args.shared, args.only or EVERYTHING)
    held = json.loads(FLOORS.read_text())
    pins = Pins(held["pinned"], held["ceilings"])
    for line in pins.told(values):
        print(line)
    bad = [name for name, value in values.items() if pins.fails(name, value)]
    for name in bad:
        print(f"{name} is worse: {values[name]:.2f}, pinned {pins.pinned.get(name)}", file=sys.stderr)
    if args.save:
        save(args.save, values)
    if args.pin:
        pinned = {name: round(value, 2) for name, value in values.items()}
        FLOORS.write_text(json.dumps(held | {"pinned": held["pinned"] | pinned}, indent=1) + "\n")
    sys.exit(1 if bad and not args.pin else 0)


if __name__ == "__main__":
    main()
