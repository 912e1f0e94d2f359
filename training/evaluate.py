"""Score a network in training with the project's own decoder and the scorers beside the corpora."""

import importlib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import torch

from sayso.reader.decode import Chain, Floats, Found, attribution, block, find_cues, region, viterbi
from sayso.reader.segment import Segmenter, Window
from training.network import Network


def scorer(folder: Path, name: str) -> ModuleType:
    """The scorer ``name`` (a Python file) from ``folder``."""
    sys.path.insert(0, str(folder))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(folder))


def chains(network: Network) -> tuple[Chain, Chain]:
    """The cue chain and the role chain as arrays."""
    return (
        Chain(_array(network.cue_transitions), _array(network.cue_starts)),
        Chain(_array(network.role_transitions), _array(network.role_starts)),
    )


def _array(tensor: torch.Tensor) -> Floats:
    values: Floats = tensor.detach().float().numpy()
    return values


@torch.inference_mode()
def read_window(network: Network, window: Window, bias: float = 0.0) -> list[Found]:
    """The attributions of one window."""
    cue_chain, role_chain = chains(network)
    inputs = [torch.from_numpy(x)[None] for x in (window.pieces, window.shapes, window.quoted)]
    words = network.encoder(*inputs)[0][torch.from_numpy(window.first)]
    emissions = network.cue(words).float().numpy()
    emissions[:, 0] -= bias
    cues = find_cues(emissions, viterbi(emissions[None], cue_chain)[0])
    if not cues:
        return []
    around = [region(window, cue) for cue in cues]
    index = torch.from_numpy(np.stack([a[0] for a in around]))
    ends = torch.cat([words[[c.first for c in cues]], words[[c.last for c in cues]]], -1)
    apart = torch.from_numpy(np.stack([a[2] for a in around]))
    scores = network.roles(network.roles.project(words)[index], ends, apart).float().numpy()
    tags = viterbi(block(scores, np.stack([a[1] for a in around])), role_chain)
    return [attribution(window, cue, row) for cue, row in zip(cues, tags, strict=True)]


Read = Callable[[Iterable[Window]], Iterable[Found]]


def reads(network: Network) -> Read:
    """How a network in training reads a window."""
    network.eval()
    return lambda windows: [found for window in windows for found in read_window(network, window)]


def predict(read: Read, segmenter: Segmenter, records: list[dict[str, Any]], *, nested: bool) -> dict[str, Any]:
    """Predictions in the scorers' form; nested ones only if asked."""
    out = {}
    for record in records:
        found = [f for f in read(segmenter.windows(record["text"])) if f.content]
        out[str(record["id"])] = {"attributions": [
            {"id": str(i), "source": [list(s) for s in f.source], "cue": [list(s) for s in f.cue],
             "content": [list(s) for s in f.content]}
            for i, f in enumerate(found) if nested or not f.nested
        ], "figures": []}  # fmt: skip
    return out


def numbers(read: Read, segmenter: Segmenter, shared: Path, docs: int | None = None) -> dict[str, float]:
    """The scores that the network is chosen by."""
    spans, readings = scorer(shared / "bench", "score_attribution"), scorer(shared / "bench", "score_readings")
    gold = dict(list(spans.load(shared / "corpora/polnear/dev.jsonl").items())[:docs])
    result = spans.score(gold, predict(read, segmenter, list(gold.values()), nested=False))
    out = {f"exact/{role}": result["exact"][role]["f1"] for role in ("source", "cue", "content")}
    out |= {kind: result["attribution"][kind]["f1"] for kind in ("lenient", "strict")}
    out |= {"p": result["attribution"]["lenient"]["p"], "r": result["attribution"]["lenient"]["r"]}
    out["token/content"] = result["token"]["content"]["f1"]
    for name in ("gold/readings.jsonl", "seed/gold.jsonl"):
        gold = spans.load(shared / name)
        gold = {str(k): v for k, v in gold.items()}
        result = readings.score(gold, predict(read, segmenter, list(gold.values()), nested=True))
        for kind in ("lenient", "strict"):
            out[f"{name[:4]} {kind}"] = result[f"attribution/{kind}"]["f1"]
        out[f"{name[:4]} nested"] = result["nested"]
    return out
