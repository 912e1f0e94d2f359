"""The network at run time: the only module that imports onnxruntime.

On a processor one window a call: dynamic quantisation takes one scale per call, so batches would make a report's
reading depend on its neighbours. One thread a process, so that sums are taken in one order. On a GPU a report's own
windows go together, in floats, so that a reading has no neighbours there either.
"""

import io
import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path

import numpy as np
import onnxruntime

from sayso.errors import InputError
from sayso.reader.decode import BLOCKED, Chain, Floats, Found, FoundCue, attribution, block, find_cues, region, viterbi
from sayso.reader.devices import CPU, CUDA, PROVIDERS, UNUSABLE, VARIABLE, Device, Grouped, OneByOne, chosen
from sayso.reader.labels import CUE_TAGS, INNER_BEGIN, NONE
from sayso.reader.second import SECOND_CHANCE, apart, explaining, unexplained
from sayso.reader.segment import Window

GROUP = 16
WEIGHTS = Path(__file__).with_name("weights")
EXACT = {"use_tf32": "0"}


def session(path: Path) -> onnxruntime.InferenceSession:
    """A loaded graph, run as it was written: onnxruntime's further fusions have operators slower than their parts."""
    options = _options()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_BASIC
    return onnxruntime.InferenceSession(str(path), options, providers=[PROVIDERS[CPU]])


def cuda_session(graph: bytes) -> onnxruntime.InferenceSession:
    """A graph on the GPU, fused as onnxruntime likes, its sums in full floats and always in one order."""
    options = _options()
    options.use_deterministic_compute = True
    return onnxruntime.InferenceSession(graph, options, providers=[(PROVIDERS[CUDA], EXACT), PROVIDERS[CPU]])


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return options


def device_of(folder: Path) -> Device:
    """The weights of ``folder`` on the device that SAYSO_DEVICE names, else on a GPU where one can be used.

    InputError if that device is not to be had.
    """
    wanted = os.environ.get(VARIABLE, "")
    if chosen(wanted, onnxruntime.get_available_providers()) == CUDA:
        if (device := on_gpu(folder)) is not None:
            return device
        if wanted:
            raise InputError(UNUSABLE)
    return OneByOne(session(folder / "encoder.onnx"), session(folder / "roles.onnx"))


def on_gpu(folder: Path) -> Device | None:
    """The weights of ``folder`` on the GPU; None if onnxruntime cannot use it, and tells why on standard error."""
    from sayso.reader.floats import float_graph

    with redirect_stdout(io.StringIO()):  # onnxruntime prints there; it logs the same to standard error
        if hasattr(onnxruntime, "preload_dlls"):
            onnxruntime.preload_dlls()
        roles = cuda_session((folder / "roles.onnx").read_bytes())
        encoder = cuda_session(float_graph(folder / "encoder.onnx")) if _on_cuda(roles) else roles
    return Grouped(encoder, roles) if _on_cuda(encoder) else None


def _on_cuda(opened: onnxruntime.InferenceSession) -> bool:
    """Whether the session was given the GPU; onnxruntime opens it on a processor where that fails."""
    return PROVIDERS[CUDA] in opened.get_providers()


@dataclass(frozen=True)
class Encoded:
    """A window with its word vectors (words, width), cue scores (words, tags) and role projections (words, inner)."""

    window: Window
    words: Floats
    emissions: Floats
    projected: Floats


class Network:
    """The weights of one folder, loaded."""

    def __init__(self, folder: Path = WEIGHTS, device: Device | None = None) -> None:
        """Load ``encoder.onnx``, ``roles.onnx`` and ``network.json``; ``device`` replaces what would be chosen."""
        self._device = device or device_of(folder)
        values = json.loads((folder / "network.json").read_text())
        array = {name: np.array(value, dtype=np.float32) for name, value in values.items()}
        self._cue_chain = Chain(array["cue_transitions"], array["cue_starts"])
        self._role_chain = Chain(array["role_transitions"], array["role_starts"])
        self._cue_bias = float(array["cue_bias"])

    def attributions(self, windows: Iterable[Window]) -> Iterator[Found]:
        """The attributions of a report's windows, in order."""
        todo = iter(windows)
        while group := self._encoded(list(islice(todo, GROUP))):
            cues = self._cues(group, self._cue_bias)
            found = self._roles_of(group, cues)
            again = [unexplained(e.window, f).any() for e, f in zip(group, found, strict=True)]
            if any(again):
                self._look_again([(e, c, f) for e, c, f, a in zip(group, cues, found, again, strict=True) if a])
            yield from chain.from_iterable(found)

    def encode(self, window: Window) -> Encoded:
        """One window by itself."""
        return Encoded(window, *self._device.encode([window])[0])

    def _encoded(self, windows: Sequence[Window]) -> list[Encoded]:
        """The windows, together where the device gains by it."""
        if not self._device.together:
            return [self.encode(window) for window in windows]
        return [Encoded(w, *outputs) for w, outputs in zip(windows, self._device.encode(windows), strict=True)]

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
        tags = viterbi(block(self._device.roles(inputs), np.stack([r[1] for r in regions])), self._role_chain)
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
