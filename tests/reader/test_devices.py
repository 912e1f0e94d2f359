import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import onnxruntime
import pytest

from sayso.batch.pool import Pool
from sayso.batch.reading import Reads
from sayso.errors import InputError
from sayso.reader import devices, encode
from sayso.reader.devices import VARIABLE, Grouped, OneByOne, chosen, similar
from sayso.reader.encode import WEIGHTS, Network, device_of
from sayso.reader.segment import Segmenter
from tests.batch.made import shards

ALONE, BESIDE = ["CPUExecutionProvider"], ["CUDAExecutionProvider", "CPUExecutionProvider"]
BRIDGE = "The mayor of Orrin, Petra Lund, said that the bridge would be rebuilt by spring."
WINDOWS = list(Segmenter(WEIGHTS / "tokenizer.json", 80).windows("\n".join([BRIDGE, BRIDGE * 9, BRIDGE * 3])))


def with_onnx(there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(devices, "find_spec", lambda name: name if there and name == "onnx" else None)


@pytest.mark.parametrize(
    ("wanted", "providers", "onnx", "device"),
    [
        ("", ALONE, True, "cpu"),
        ("", BESIDE, True, "cuda"),
        ("", BESIDE, False, "cpu"),
        ("cpu", BESIDE, True, "cpu"),
        ("cuda", BESIDE, True, "cuda"),
    ],
)
def test_the_device_is_the_wanted_one_or_what_is_there(
    wanted: str, providers: list[str], onnx: bool, device: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_onnx(onnx, monkeypatch)
    assert chosen(wanted, providers) == device


@pytest.mark.parametrize(
    ("providers", "onnx", "missing"),
    [(ALONE, True, "onnxruntime-gpu"), (BESIDE, False, "onnx"), (ALONE, False, "onnxruntime-gpu and onnx")],
)
def test_what_a_wanted_gpu_lacks_is_named_with_what_to_install(
    providers: list[str], onnx: bool, missing: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_onnx(onnx, monkeypatch)
    with pytest.raises(InputError, match=rf"needs {missing}, which .* pip install 'sayso\[gpu\]'"):
        chosen("cuda", providers)


def test_a_device_that_nobody_knows_is_refused() -> None:
    with pytest.raises(InputError, match="'abacus': set it to cpu or cuda"):
        chosen("abacus", BESIDE)


@dataclass
class Loaded:
    """A session that runs on these providers, or says so."""

    providers: Sequence[str]

    def get_providers(self) -> Sequence[str]:
        return self.providers


def pretend(providers: Sequence[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let onnxruntime have CUDA, and sessions run on these providers."""
    pytest.importorskip("onnx")
    monkeypatch.setattr(onnxruntime, "get_available_providers", lambda: BESIDE)
    monkeypatch.setattr(onnxruntime, "preload_dlls", lambda: sys.stdout.write("missing"), raising=False)
    monkeypatch.setattr(encode, "cuda_session", lambda _: Loaded(providers))


def test_a_gpu_that_works_is_used(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    pretend(BESIDE, monkeypatch)
    monkeypatch.delenv(VARIABLE, raising=False)
    assert isinstance(device_of(WEIGHTS), Grouped)
    assert capsys.readouterr().out == ""


def test_a_gpu_that_does_not_work_leaves_it_to_the_processor(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(ALONE, monkeypatch)
    monkeypatch.delenv(VARIABLE, raising=False)
    assert isinstance(device_of(WEIGHTS), OneByOne)


def test_a_gpu_that_is_wanted_and_does_not_work_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(ALONE, monkeypatch)
    monkeypatch.setenv(VARIABLE, "cuda")
    with pytest.raises(InputError, match="cannot start CUDA"):
        device_of(WEIGHTS)


def test_a_processor_is_taken_without_asking_for_more(monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(BESIDE, monkeypatch)
    monkeypatch.setenv(VARIABLE, "cpu")
    monkeypatch.delattr(encode, "on_gpu")
    assert isinstance(device_of(WEIGHTS), OneByOne)


def test_a_batch_tells_what_its_processes_lack(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "abacus")
    with Pool(Reads(), 1) as pool, pytest.raises(InputError, match="set it to cpu or cuda"):
        list(pool.run(shards([BRIDGE])))


class Echo:
    """A graph that answers each word's place in its window's row, and remembers the shapes that it was given."""

    def __init__(self) -> None:
        self.shapes = list[tuple[int, ...]]()

    def run(self, names: Sequence[str], inputs: Mapping[str, Any], /) -> list[Any]:
        self.shapes.append(inputs["pieces"].shape)
        width = inputs["pieces"].shape[1]
        rows = inputs["first"] // width
        assert (inputs["first"] % width < inputs["lengths"][rows]).all()
        pieces = inputs["pieces"].reshape(-1)[inputs["first"]]
        return [pieces[:, None], pieces[:, None] + 1, pieces[:, None] + 2][: len(names)]


def test_windows_of_similar_length_go_together_and_come_back_in_order() -> None:
    graph = Echo()
    found = Network(WEIGHTS, Grouped(graph, graph))._encoded(WINDOWS)
    assert sorted(graph.shapes) == [(len(rows), width) for width, rows in similar(WINDOWS)]
    assert len(graph.shapes) < len(WINDOWS)
    for window, encoded in zip(WINDOWS, found, strict=True):
        assert encoded.window is window
        assert np.array_equal(encoded.words[:, 0], window.pieces[window.first])
        assert np.array_equal(encoded.projected[:, 0], window.pieces[window.first] + 2)


def test_no_window_is_left_out_or_padded_too_little() -> None:
    groups = list(similar(WINDOWS))
    assert sorted(row for _, rows in groups for row in rows) == list(range(len(WINDOWS)))
    assert all(0 <= width - len(WINDOWS[row].pieces) < devices.STEP for width, rows in groups for row in rows)
    assert list(similar([])) == []


def test_a_processor_gets_a_window_a_call() -> None:
    class Bare(Echo):
        def run(self, names: Sequence[str], inputs: Mapping[str, Any], /) -> list[Any]:
            assert "lengths" not in inputs
            return super().run(names, {**inputs, "lengths": np.array(inputs["pieces"].shape[1:])})

    graph = Bare()
    Network(WEIGHTS, OneByOne(graph, graph))._encoded(WINDOWS)
    assert graph.shapes == [(1, len(window.pieces)) for window in WINDOWS]
