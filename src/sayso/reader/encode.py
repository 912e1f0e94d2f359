"""The network at run time: the only module that imports onnxruntime.

One window a call: dynamic quantisation takes one scale per call, so batches would make a report's reading depend on
its neighbours. One thread a process, so that sums are taken in one order.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import numpy as np
import onnxruntime

from sayso.reader.decode import BLOCKED, Chain, Floats, Found, FoundCue, attribution, block, find_cues, region, viterbi
from sayso.reader.labels import CUE_TAGS, INNER_BEGIN, NONE
from sayso.reader.second import SECOND_CHANCE, apart, explaining, unexplained
from sayso.reader.segment import QUOTED, Window

GROUP = 16
WEIGHTS = Path(__file__).with_name("weights")


def session(path: Path) -> onnxruntime.InferenceSession:
    """A loaded graph, run as it was written: onnxruntime's further fusions have operators slower than their parts."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


@dataclass(frozen=True)
class Encoded:
    """A window with its word vectors (words, width), cue scores (words, tags) and role projections (words, inner)."""

    window: Window
    words: Floats
    emissions: Floats
    projected: Floats


class Network:
    """The weights of one folder, loaded."""

    def __init__(self, folder: Path = WEIGHTS) -> None:
        """Load ``encoder.onnx``, ``roles.onnx`` and ``network.json``."""
        self._encoder, self._roles = session(folder / "encoder.onnx"), session(folder / "roles.onnx")
        values = json.loads((folder / "network.json").read_text())
        array = {name: np.array(value, dtype=np.float32) for name, value in values.items()}
        self._cue_chain = Chain(array["cue_transitions"], array["cue_starts"])
        self._role_chain = Chain(array["role_transitions"], array["role_starts"])
        self._cue_bias = float(array["cue_bias"])

    def attributions(self, windows: Iterable[Window]) -> Iterator[Found]:
        """The attributions of a report's windows, in order. A window is encoded by itself, the rest by groups."""
        todo = iter(windows)
        while group := [self.encode(window) for window in islice(todo, GROUP)]:
            cues = self._cues(group, self._cue_bias)
            found = self._roles_of(group, cues)
            again = [unexplained(e.window, f).any() for e, f in zip(group, found, strict=True)]
            if any(again):
                self._look_again([(e, c, f) for e, c, f, a in zip(group, cues, found, again, strict=True) if a])
            yield from chain.from_iterable(found)

    def encode(self, window: Window) -> Encoded:
        """One window by itself."""
        features = window.shapes * QUOTED + window.quoted
        inputs = {"pieces": window.pieces[None], "features_in": features[None], "first": window.first}
        return Encoded(window, *self._encoder.run(["words", "cues", "projected"], inputs))

    def _cues(self, group: Sequence[Encoded], bias: float, inner: float = 0.0) -> list[list[FoundCue]]:
        """The cues of each window, with ``bias`` towards finding and ``inner`` added to the tags of nested ones."""
        longest = max(len(e.emissions) for e in group)
        emissions = np.full((len(group), longest, CUE_TAGS), BLOCKED)
        emissions[..., NONE] = 0
        for row, encoded in enumerate(group):
            emissions[row, : len(encoded.emissions)] = encoded.emissions
            emissions[row, : len(encoded.emissions), NONE] -= bias
        emissions[..., INNER_BEGIN:] += inner
        paths = viterbi(emissions, self._cue_chain)
        return [
            find_cues(emissions[row, : len(e.emissions)], paths[row, : len(e.emissions)]) for row, e in enumerate(group)
        ]

    def _roles_of(self, group: Sequence[Encoded], cues: Sequence[Sequence[FoundCue]]) -> list[list[Found]]:
        """The attributions of each window's cues."""
        where = [(row, cue) for row, found in enumerate(cues) for cue in found]
        out: list[list[Found]] = [[] for _ in group]
        if not where:
            return out
        starts = np.cumsum([0, *(e.window.words for e in group)])
        regions = [region(group[row].window, cue) for row, cue in where]
        base = np.array([starts[row] for row, _ in where])
        inputs = {
            "words": np.concatenate([e.words for e in group]),
            "projected": np.concatenate([e.projected for e in group]),
            "around": np.stack([r[0] for r in regions]) + base[:, None],
            "sentences": np.stack([r[2] for r in regions]),
            "cue_first": base + [cue.first for _, cue in where],
            "cue_last": base + [cue.last for _, cue in where],
        }
        (scores,) = self._roles.run(["roles"], inputs)
        tags = viterbi(block(scores, np.stack([r[1] for r in regions])), self._role_chain)
        for (row, cue), line in zip(where, tags, strict=True):
            out[row].append(attribution(group[row].window, cue, line))
        return out

    def _look_again(self, todo: Sequence[tuple[Encoded, list[FoundCue], list[Found]]]) -> None:
        """Add what explains quotations that nothing has explained."""
        group = [encoded for encoded, _, _ in todo]
        weaker = self._cues(group, self._cue_bias + SECOND_CHANCE, float(BLOCKED))
        others = [apart(cues, known) for cues, (_, known, _) in zip(weaker, todo, strict=True)]
        for (encoded, _, found), more in zip(todo, self._roles_of(group, others), strict=True):
            found.extend(explaining(encoded.window, found, more))
