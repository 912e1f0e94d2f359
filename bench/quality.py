"""Quality: the shipped reader against gold annotations, by the scorers that lie beside them."""

import hashlib
import importlib
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

from sayso.api import read_many
from sayso.show.json import reading_to_json
from sayso.terms import Report

Record = dict[str, Any]
HELD_OUT = Path(__file__).with_name("held_out")
SPANS = ("lenient", "strict", "nested")
PARTS = ("who", "naming", "kind", "form", "act", "stance", "speaker", "affiliation", "relays", "said_on")


def scorers(shared: Path) -> tuple[ModuleType, ModuleType]:
    """The scorers of spans and of whole readings."""
    sys.path.insert(0, str(shared / "bench"))
    return importlib.import_module("score_attribution"), importlib.import_module("score_readings")


def read_all(records: Iterable[Record]) -> dict[str, Record]:
    """The project's readings, as JSON, by id."""
    reports = [
        Report(r["text"], str(r["id"]), outlet=r.get("outlet") or r.get("publisher"), published=r.get("published"))
        for r in records
    ]
    return {reading.report.id: reading_to_json(reading) for reading in read_many(reports)}


def outermost(reading: Record) -> Record:
    """The reading as PolNeAR counts: spans of the attributions that lie within no other."""
    return {
        "attributions": [
            {role: (a[role] or {"spans": []})["spans"] for role in ("source", "cue", "content")}
            for a in reading["attributions"]
            if not a["within"]
        ]
    }


def polnear(shared: Path) -> dict[str, float]:
    """F1 of spans on PolNeAR's development part."""
    spans, _ = scorers(shared)
    gold = spans.load(shared / "corpora/polnear/dev.jsonl")
    result = spans.score(gold, {key: outermost(reading) for key, reading in read_all(gold.values()).items()})
    out = {f"polnear/{kind}": result["attribution"][kind]["f1"] for kind in ("lenient", "strict")}
    out |= {f"polnear/exact {role}": result["exact"][role]["f1"] for role in ("source", "cue", "content")}
    return out | {"polnear/token content": result["token"]["content"]["f1"]}


def readings(shared: Path) -> dict[str, float]:
    """Attributions, nested ones and everything about who, on the hand-made readings."""
    spans, _ = scorers(shared)
    gold: dict[str, Record] = {}
    for name in ("gold/readings.jsonl", "seed/gold.jsonl"):
        gold |= {str(key): value for key, value in spans.load(shared / name).items()}
    return whole_readings(shared, gold, "readings")


def held_out(shared: Path) -> dict[str, float]:
    """The same on readings of our own: the spans of stories that no training report tells, and, of other reports, who.

    The rules about who were developed on the reports of the former, never on those of the latter.
    """
    spans = whole_readings(shared, load_held_out(shared, "spans"), "held out")
    who = whole_readings(shared, load_held_out(shared, "who"), "held out")
    return {name: (spans if name.split("/")[1] in SPANS else who)[name] for name in spans}


def load_held_out(shared: Path, name: str) -> dict[str, Record]:
    """A file of held-out readings with the texts that it was made for; ValueError if they are others."""
    with (shared / "corpora/fnc1/reports.jsonl").open(encoding="utf-8") as lines:
        texts = {str(record["id"]): record["text"] for record in map(json.loads, lines)}
    with (HELD_OUT / f"{name}.jsonl").open(encoding="utf-8") as lines:
        gold = {record["id"]: record | {"text": texts.get(record["id"], "")} for record in map(json.loads, lines)}
    for key, record in gold.items():
        if hashlib.sha256(record["text"].encode()).hexdigest() != record["sha256"]:
            raise ValueError(f"report {key} is not the text that was marked")
    return gold


def whole_readings(shared: Path, gold: dict[str, Record], name: str) -> dict[str, float]:
    """The numbers of the scorer of whole readings, each under ``name``."""
    _, whole = scorers(shared)
    result = whole.score(gold, read_all(gold.values()))
    out = {f"{name}/{kind}": result[f"attribution/{kind}"]["f1"] for kind in ("lenient", "strict")}
    out |= {f"{name}/nested": result["nested"]}
    out |= {f"{name}/{part}": result[part] for part in PARTS}
    return out | {f"{name}/figures {part}": result[f"figures/{part}"]["f1"] for part in ("found", "value", "full")}


def save(path: Path, values: dict[str, float]) -> None:
    """Write numbers as JSON, rounded."""
    path.write_text(json.dumps({name: round(value, 2) for name, value in values.items()}, indent=1) + "\n")
