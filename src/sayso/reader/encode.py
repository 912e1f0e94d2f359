"""The network at run time: the only module that imports onnxruntime.

One window a call: dynamic quantisation takes one scale per call, so batches would make a report's reading depend on
its neighbours. One thread a process, so that sums are taken in one order.
"""

import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime

from sayso.reader.decode import BLOCKED, Chain, Floats, Found, FoundCue, attribution, block, find_cues, region, viterbi
from sayso.reader.labels import INNER_BEGIN, NONE
from sayso.reader.second import SECOND_CHANCE, apart, explaining, unexplained
from sayso.reader.segment import QUOTED, Window

WEIGHTS = Path(__file__).with_name("weights")


def _session(path: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


class Network:
    """The weights of one folder, loaded."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        """Load ``encoder.onnx``, ``roles.onnx`` and ``network.json``."""
        self._encoder, self._roles = _session(folder / "encoder.onnx"), _session(folder / "roles.onnx")
        values = json.loads((folder / "network.json").read_text())
        array = {name: np.array(value, dtype=np.float32) for name, value in values.items()}
        self._cue_chain = Chain(array["cue_transitions"], array["cue_starts"])
        self._role_chain = Chain(array["role_transitions"], array["role_starts"])
        self._cue_bias = float(array["cue_bias"])

    def attributions(self, window: Window) -> list[Found]:
        """The attributions that one window holds, in the order of their cues."""
        words, emissions, projected = self._encoder.run(
            ["words", "cues", "projected"],
            {"pieces": window.pieces[None], "features_in": (window.shapes * QUOTED + window.quoted)[None],
             "first": window.first},
        )  # fmt: skip
        emissions[:, NONE] -= self._cue_bias
        cues = find_cues(emissions, self._cue_chain)
        found = self._roles_of(window, cues, words, projected) if cues else []
        if not unexplained(window, found).any():
            return found
        emissions[:, NONE] -= SECOND_CHANCE
        emissions[:, INNER_BEGIN:] = BLOCKED
        others = apart(find_cues(emissions, self._cue_chain), cues)
        return found + explaining(window, found, self._roles_of(window, others, words, projected)) if others else found

    def _roles_of(self, window: Window, cues: Sequence[FoundCue], words: Floats, projected: Floats) -> list[Found]:
        around, exist, distance = (np.stack(part) for part in zip(*(region(window, cue) for cue in cues), strict=True))
        (scores,) = self._roles.run(
            ["roles"],
            {"words": words, "projected": projected, "around": around, "sentences": distance,
             "cue_first": np.array([c.first for c in cues]), "cue_last": np.array([c.last for c in cues])},
        )  # fmt: skip
        tags = viterbi(block(scores, exist), self._role_chain)
        return [attribution(window, cue, row) for cue, row in zip(cues, tags, strict=True)]
