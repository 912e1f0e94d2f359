"""Kills `sayso add` at random moments, again and again, then lets it finish: nothing may be lost, doubled or broken."""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sayso.record.check import Problem, check
from sayso.record.ledger import Ledger
from sayso.samples import sample_reports

PLACES = ("Vell", "Orrin", "Sarenna", "Tamsk", "Dorrow", "Kellin")
PEOPLE = ("Ilva Dorn", "Nadia Ferro", "Teo Marsh", "Ana Pell", "Ruben Holt")
MATTERS = ("the ferry would sail again", "water had reached the school", "nobody was missing", "the bridge was safe")
LONGEST = 4.0


def corpus(count: int) -> Iterator[dict[str, str]]:
    """Short reports, all different."""
    chance = random.Random(20310504)
    for number in range(count):
        place, person, matter = chance.choice(PLACES), chance.choice(PEOPLE), chance.choice(MATTERS)
        text = (
            f"{place.upper()} — Some {chance.randint(3, 900)} people waited at gate {number} on Monday. {person}, who "
            f"runs the harbour office, said that {matter}. “We will tell you more tomorrow,” {person.split()[1]} added."
        )
        yield {"id": f"gate-{number}", "text": text, "outlet": f"{place} Wire"}


def write_corpus(path: Path, count: int) -> int:
    """The sample story and short reports as JSON lines; how many there are."""
    samples = [{"id": r.id, "text": r.text, "outlet": r.outlet, "published": r.published} for r in sample_reports()]
    lines = [*samples, *corpus(count)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return len(lines)


def start(reports: Path, ledger: Path) -> "subprocess.Popen[bytes]":
    """``sayso add`` in a process of its own."""
    command = [str(Path(sys.executable).with_name("sayso")), "add", "--ledger", str(ledger), str(reports)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def killed(reports: Path, ledger: Path, after: float, how: signal.Signals) -> bool:
    """Whether the process was still at work when it was killed."""
    with start(reports, ledger) as process:
        try:
            process.communicate(timeout=after)
        except subprocess.TimeoutExpired:
            process.send_signal(how)
            process.communicate()
            return True
    return False


def problems(ledger: Path, owed: int, *, whole: bool) -> list[str]:
    """What is wrong with a ledger that should hold ``owed`` reports, or at most so many."""
    if not ledger.exists() and not whole:
        return []
    with Ledger(str(ledger)) as opened:
        count = opened.count()
        out = [f"{found.where} {found.what}" for found in check(opened) if isinstance(found, Problem)]
    if count["reports"] > owed or (whole and count["reports"] < owed):
        out.append(f"holds {count['reports']} reports, not {owed}")
    if count["read"] != count["reports"]:
        out.append(f"{count['read']} of {count['reports']} reports have a reading")
    return out


def torment(folder: Path, kills: int, reports: int, seed: int = 1) -> list[str]:
    """Kill so often; each time that a run gets to its end, begin a new ledger. Everything that went wrong."""
    chance = random.Random(seed)
    path, number, bad, done = folder / "reports.jsonl", 0, list[str](), 0
    owed = write_corpus(path, reports)
    while done < kills:
        ledger = folder / f"ledger-{number}.db"
        how = chance.choice((signal.SIGKILL, signal.SIGKILL, signal.SIGINT, signal.SIGTERM))
        if killed(path, ledger, chance.uniform(0.1, LONGEST), how):
            done += 1
            bad += problems(ledger, owed, whole=False)
        else:
            bad += problems(ledger, owed, whole=True)
            number += 1
        print(f"\r{done} of {kills} kills, {number} ledgers filled, {len(bad)} problems", end="", file=sys.stderr)
    with start(path, folder / f"ledger-{number}.db") as last:
        _, said = last.communicate(timeout=600)
    if last.returncode:
        bad.append(f"the last run ended with {last.returncode}: {said.decode(errors='replace')[-500:]}")
    return bad + problems(folder / f"ledger-{number}.db", owed, whole=True)


def main() -> None:
    """Torment a ledger; exit 1 if anything was lost, doubled or broken."""
    parser = argparse.ArgumentParser(prog="python -m bench.kills", description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--reports", type=int, default=300)
    args = parser.parse_args()
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        bad = torment(Path(folder), args.kills, args.reports)
    print(f"\n{args.kills} kills in {time.monotonic() - begun:.0f} s: {len(bad)} problems")
    for problem in bad:
        print(problem)
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
