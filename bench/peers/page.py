"""``docs/evaluation.md`` from the results at hand and the pinned floors."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from bench.peers.plan import Assumed, Plan, from_results, plan

ROOT = Path(__file__).parents[2]
RESULTS = Path(__file__).with_name("results.json")
FLOORS = ROOT / "bench/floors.json"
PAGE = ROOT / "docs/evaluation.md"
NAMES = {
    "sayso": "Sayso", "rules": "rules over spaCy's parse", "textacy": "textacy 0.13.0, direct quotations",
    "sayswho": "sayswho 0.1.4, its quotation finder", "patterns": "a verb list and quotation marks",
}  # fmt: skip
PEOPLE = {
    "lenient": 76.8, "strict": 66.9, "exact source": 78.0, "exact cue": 71.0, "exact content": 69.0,
    "token content": 91.3,
}  # fmt: skip
CITRON = {"lenient": 58.5, "strict": 41.3, "token content": 70.6}

INTRO = """# How well it reads, beside others

*Written by `make peers`; do not edit by hand.* F1 in percent by the scorers that lie beside the data. `make bench`
measures Sayso alone and fails below the floors at the end of this page; what each is made of and what Sayso learnt
from is told in the [model card](model-card.md).

## In one run, on the same texts
"""
PEERS = """
Every program ran in a process of its own on one core, by turns with the others, in {rounds} rounds; medians.
Speed is words a second beside Sayso's in the same round (more is faster); loading is left out of it, and it is that of
Sayso's whole reading, who, through whom and figures included, against the spans alone of the others. Memory is the peak
of each process.

- **rules over spaCy's parse**: ours, a hundred lines (`bench/peers/by_rules.py`): verbs of saying, their subjects,
  their clauses and the quotations beside them, on en_core_web_sm 3.8.0.
- **textacy** and **sayswho** find quotations with a speaker, and say so; two thirds of the attributions are indirect.
  They are given one paragraph at a time, as they give up on a text with an odd number of quotation marks. sayswho's
  coreference wants a model that the package index does not have.
- **a verb list and quotation marks**: ours, regular expressions alone (`bench/peers/by_patterns.py`), the floor.

Not run here: two people who annotate the same article of PolNeAR (20 articles), and BBC Citron, retrained on
PolNeAR's training part, measured once by hand: their lines are those numbers. Nested attributions are found by some,
but none says that they are nested, nor who is meant, through whom, and with what figures.
"""
PLAN = """
## What a day of the world's news would take

Common Crawl's CC-NEWS is {pages:,.0f} pages a day if its {articles:,.0f} articles (Infini-News, arXiv 2605.18337) are
spread evenly over the {days:,.0f} days since August 2016. We assume that {english:.0%} are English and are read, at
{words:,.0f} words each, and that the rest are taken out of their pages and left unread. Measured on one core of the
machine that wrote this page, with `sayso batch` from a web archive to Parquet, on pages made of real reports and of
clutter: {seconds_a_page:.3f} CPU seconds for an English page of {page_words:.0f} words, {seconds_a_word:.5f} of them
for each word of it, {seconds_unread:.3f} for another page, and {bytes_a_word:.1f} bytes of Parquet a word.
Processes are taken to work at {efficiency:.0%} of one alone.

| one day of CC-NEWS | |
|---|---|
| pages to read | {read:,.0f} |
| core hours | {core_hours:.1f} |
| hours on one node of {cores} cores | {hours_on_one_node:.1f} |
| nodes of {cores} cores, to be done within {hours:.0f} hours | {nodes} |
| Parquet, GB | {gigabytes:.1f} |
| Parquet, GB a year | {gigabytes_a_year:,.0f} |

The formulas are `bench/peers/plan.py`: core hours = (English pages × (seconds a page + words more or fewer × seconds a
word) + other pages × their seconds) / efficiency / 3600. Fetching the archives (about a hundred kilobytes a page
unpacked) and weighing are not in it.
"""
FLOORS_HEAD = """
## Pinned floors

`make bench` fails when a number falls more than 0.3 below its floor.

"""


def page() -> str:
    """The whole page."""
    results: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    floors: dict[str, float] = json.loads(FLOORS.read_text(encoding="utf-8"))["pinned"]
    return "".join(
        [
            INTRO,
            comparison(results),
            PEERS.format(rounds=results["rounds"]),
            planned(results["plan"]),
            FLOORS_HEAD,
            pinned(floors),
        ]
    )


def comparison(results: dict[str, Any]) -> str:
    """The table of PolNeAR, and that of the hand-made readings."""
    first = list(PEOPLE)
    rows = [
        [NAMES[s], *(_number(results["polnear"][s][n]) for n in first), f"{results['speed'][s]:.2g}",
         str(results["memory"][s])]
        for s in NAMES
    ]  # fmt: skip
    rows.append(["*Citron, retrained*", *(_number(CITRON.get(n)) for n in first), "–", "–"])
    rows.append(["*two people*", *(_number(PEOPLE[n]) for n in first), "–", "–"])
    second = ["lenient", "strict", "nested"]
    others = [[NAMES[s], *(_number(results["readings"][s][n]) for n in second)] for s in NAMES]
    return (
        "PolNeAR, development part, outermost attributions:\n\n"
        + table(["", *first, "speed", "memory, MB"], rows)
        + "\nThe hand-made readings, nested attributions too:\n\n"
        + table(["", "lenient", "strict", "nested found"], others)
    )


def planned(results: dict[str, float]) -> str:
    """What a day would take."""
    assumed, measured = Assumed(), from_results(results)
    made: Plan = plan(assumed, measured)
    return PLAN.format(**vars(assumed), **vars(measured), **vars(made))


def pinned(floors: dict[str, float]) -> str:
    """The floors of quality."""
    rows = [[name, f"{value:.1f}"] for name, value in floors.items() if not name.startswith(("cost/", "instructions/"))]
    return table(["measure", "floor"], rows)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "".join("| " + " | ".join(line) + " |\n" for line in lines)


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"
