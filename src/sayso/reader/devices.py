"""Where the network runs: on a processor, a window a call, or on a GPU, by groups. One port, and the choice.

The GPU's side is tested with onnxruntime's CPU provider only: it has not been run on a GPU yet.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, ClassVar, Protocol

import numpy as np

from sayso.errors import InputError
from sayso.reader.decode import Floats
from sayso.reader.segment import QUOTED, Ints, Window

CPU, CUDA = "cpu", "cuda"
VARIABLE = "SAYSO_DEVICE"
PROVIDERS = {CPU: "CPUExecutionProvider", CUDA: "CUDAExecutionProvider"}
STEP = 64
OUTPUTS = ["words", "cues", "projected"]
LENGTHS = "lengths"
UNKNOWN = f"{VARIABLE} is {{!r}}: set it to {CPU} or {CUDA}, or leave it out"
NEEDED = (
    f"{VARIABLE}={CUDA} needs {{}}, which is not installed: pip install 'sayso[gpu]', then pip uninstall onnxruntime "
    f"onnxruntime-gpu, then pip install 'onnxruntime-gpu[cuda,cudnn]'; or set {VARIABLE}={CPU}"
)
UNUSABLE = (
    f"{VARIABLE}={CUDA} does not work, for onnxruntime cannot start CUDA here: look at the driver and at the versions "
    f"of CUDA and cuDNN that onnxruntime-gpu wants, or set {VARIABLE}={CPU}"
)
Outputs = tuple[Floats, Floats, Floats]


def chosen(wanted: str, providers: Collection[str]) -> str:
    """``cuda`` or ``cpu``: the one that is wanted, else ``cuda`` where all that it needs is installed.

    ``providers`` are onnxruntime's. InputError if what is wanted is not known, or needs something that is missing.
    """
    if wanted not in ("", *PROVIDERS):
        raise InputError(UNKNOWN.format(wanted))
    if wanted == CPU:
        return CPU
    needed = {"onnxruntime-gpu": PROVIDERS[CUDA] in providers, "onnx": find_spec("onnx") is not None}
    missing = [name for name, there in needed.items() if not there]
    if missing and wanted:
        raise InputError(NEEDED.format(" and ".join(missing)))
    return CPU if missing else CUDA


class Graph(Protocol):
    """A loaded graph: values by name in, the values of those names out."""

    def run(self, names: Sequence[str], inputs: Mapping[str, Any], /) -> Sequence[Any]:
        """The values of ``names``."""


@dataclass(frozen=True)
class Device(ABC):
    """The network's two graphs on what runs them. ``together`` tells whether it gains by many windows at a time."""

    encoder: Graph
    scorer: Graph
    together: ClassVar[bool]

    @abstractmethod
    def encode(self, windows: Sequence[Window]) -> Sequence[Outputs]:
        """For each window its word vectors (words, width), cue scores (words, tags) and role projections."""

    def roles(self, inputs: Mapping[str, Any]) -> Floats:
        """Role scores (cues, region, tags)."""
        (scores,) = self.scorer.run(["roles"], inputs)
        found: Floats = scores
        return found


class OneByOne(Device):
    """A window a call, as the int8 graph needs it: it takes one scale for all that is in a call."""

    together = False

    def encode(self, windows: Sequence[Window]) -> Sequence[Outputs]:
        """Each window by itself."""
        return [self._one(window) for window in windows]

    def _one(self, window: Window) -> Outputs:
        inputs = {"pieces": window.pieces[None], "features_in": features(window)[None], "first": window.first}
        words, cues, projected = self.encoder.run(OUTPUTS, inputs)
        return words, cues, projected


class Grouped(Device):
    """Windows of similar length in one call, for a float graph that is told their lengths: padding has no weight."""

    together = True

    def encode(self, windows: Sequence[Window]) -> Sequence[Outputs]:
        """The windows by groups."""
        out = dict[int, Outputs]()
        for width, rows in similar(windows):
            out |= zip(rows, self._group([windows[row] for row in rows], width), strict=True)
        return [out[row] for row in range(len(windows))]

    def _group(self, windows: Sequence[Window], width: int) -> Iterator[Outputs]:
        outputs = self.encoder.run(OUTPUTS, {
            "pieces": np.stack([padded(window.pieces, width) for window in windows]),
            "features_in": np.stack([padded(features(window), width) for window in windows]),
            "first": np.concatenate([window.first + row * width for row, window in enumerate(windows)]),
            LENGTHS: np.array([len(window.pieces) for window in windows], dtype=np.int32),
        })  # fmt: skip
        ends = np.cumsum([window.words for window in windows])[:-1]
        yield from zip(*(np.split(output, ends) for output in outputs), strict=True)


def features(window: Window) -> Ints:
    """Each wordpiece's shape and whether it is quoted, as one number."""
    return window.shapes * QUOTED + window.quoted


def padded(values: Ints, width: int) -> Ints:
    """The values, and zeros up to ``width``."""
    return np.pad(values, (0, width - len(values)))


def similar(windows: Sequence[Window]) -> Iterator[tuple[int, list[int]]]:
    """Groups of windows that are padded to the same width, a multiple of ``STEP``, as the windows' places."""
    widths = [-(-len(window.pieces) // STEP) * STEP for window in windows]
    for width in sorted(set(widths)):
        yield width, [row for row, other in enumerate(widths) if other == width]
