"""Weighing against hand-made stories, by the scorer that lies beside them."""

import importlib
import json
import sys
from pathlib import Path

from sayso.api import read_many
from sayso.show.weighing import claims_to_json
from sayso.terms import Report
from sayso.weighing import stories_of, weighed

PARTS = ("found", "stance", "origin", "relays", "value", "traced")


def stories(shared: Path) -> dict[str, float]:
    """The numbers of every story; of the independent count the factor by which it is wrong, as a cost."""
    sys.path.insert(0, str(shared / "bench"))
    scorer = importlib.import_module("score_story")
    out: dict[str, float] = {}
    for number, path in enumerate(sorted((shared / "gold").glob("story_*.json")), 1):
        gold = json.loads(path.read_text(encoding="utf-8"))
        reports = [
            Report(
                gold["texts"][key], key, known.get("outlet"), published=known.get("published") or known.get("inferred")
            )
            for key, known in gold["reports"].items()
        ]
        readings = {reading.report.id: reading for reading in read_many(reports)}
        found = weighed(readings, stories_of(readings.values()))
        result = scorer.score(gold, {"claims": [claim for one in found for claim in claims_to_json(one.story)]})
        name = f"story {number}"
        out |= {f"{name}/{part}": result[part] for part in PARTS} | {f"{name}/cluster": result["cluster"]["f1"]}
        out[f"cost/{name}: factor of independent counts"] = result["independent factor: sayso"]
    return out
