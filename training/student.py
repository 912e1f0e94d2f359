"""A network of fewer layers that starts from a trained one and learns from it (Sanh et al., 2019)."""

import json
import logging
from dataclasses import replace
from pathlib import Path

from sayso.reader.encode import Network as Shipped
from sayso.reader.segment import Segmenter
from training.data import Document, Gold
from training.export import export
from training.network import Network
from training.silver import load_documents, save_documents
from training.train import Plan

STUDENT = Plan(
    epochs=8, corpus_only=0, silver_at=(), passage_copies=2, marked_copies=2, marked_from=(0, 0), read_shares=2,
    encoder_rate=2e-4, head_rate=5e-4, taught=0.6, aligned=0.2,
)  # fmt: skip
IN_A_ROW = 8
Words = tuple[str, ...]
Documents = list[Document]
log = logging.getLogger("sayso.training")


def student_of(teacher: Network, layers: int) -> Network:
    """A network with all of the teacher but for its encoder's layers: of these, ``layers`` that lie evenly apart."""
    last = teacher.size.layers - 1
    kept = {round(place * last / (layers - 1)): place for place in range(layers)}
    student = Network(replace(teacher.size, layers=layers), dropout=0.05)
    state = {}
    for name, tensor in teacher.state_dict().items():
        before, layer, rest = name.partition("encoder.layers.")
        number, _, part = rest.partition(".")
        if not layer:
            state[name] = tensor
        elif int(number) in kept:
            state[f"{before}{layer}{kept[int(number)]}.{part}"] = tensor
    student.load_state_dict(state)
    return student


def read_reports(shared: Path, teacher: Network, segmenter: Segmenter, marked: set[str], folder: Path) -> Documents:
    """The reports that nobody marked, with what the teacher reads in them, kept in ``folder``.

    Reports that share eight words in a row with a hand-made reading or story are left out.
    """
    kept = folder / "read.json"
    if not kept.exists():
        texts = unmarked(shared, marked)
        log.info("reading %d reports", len(texts))
        export(teacher, folder / "teacher")
        network = Shipped(folder / "teacher")
        save_documents([as_read(text, network, segmenter) for text in texts], kept)
    return load_documents(kept)


def unmarked(shared: Path, marked: set[str]) -> list[str]:
    """The texts of the reports that are not ``marked`` and share nothing with what was read by hand."""
    known = set[Words]()
    for path in (*shared.glob("gold/readings.jsonl"), *shared.glob("seed/gold.jsonl")):
        known.update(*(rows(json.loads(line)["text"]) for line in path.read_text(encoding="utf-8").splitlines()))
    for path in shared.glob("gold/story_*.json"):
        known.update(*map(rows, json.loads(path.read_text(encoding="utf-8"))["texts"].values()))
    with (shared / "corpora/fnc1/reports.jsonl").open(encoding="utf-8") as lines:
        texts = [record["text"] for record in map(json.loads, lines) if record["text"] not in marked]
    return [text for text in texts if known.isdisjoint(rows(text))]


def rows(text: str) -> set[Words]:
    """All stretches of ``IN_A_ROW`` words."""
    words = text.lower().split()
    return {tuple(words[at : at + IN_A_ROW]) for at in range(len(words) - IN_A_ROW + 1)}


def as_read(text: str, network: Shipped, segmenter: Segmenter) -> Document:
    """The text with the attributions that ``network`` finds."""
    found = [one for one in network.attributions(segmenter.windows(text)) if one.content]
    return Document(text, tuple(Gold(f.source, f.cue, f.content, f.nested) for f in found))
