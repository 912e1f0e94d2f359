"""The float graph, on a processor. Where there is a GPU, on that too."""

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnxruntime
import pytest

from sayso.errors import WeightsError
from sayso.reader.decode import Found
from sayso.reader.devices import LENGTHS, OUTPUTS, PROVIDERS, Grouped, OneByOne, features
from sayso.reader.encode import WEIGHTS, Encoded, Network, on_gpu, session
from sayso.reader.segment import Segmenter, Window
from sayso.samples import sample_reports

onnx = pytest.importorskip("onnx")
from onnx import helper, numpy_helper  # noqa: E402

from sayso.reader.floats import float_graph  # noqa: E402

Array = npt.NDArray[np.float32]
ENCODER, ROLES = WEIGHTS / "encoder.onnx", WEIGHTS / "roles.onnx"
TEXTS = [report.text for report in sample_reports()]
WINDOWS = [window for text in TEXTS for window in Segmenter(WEIGHTS / "tokenizer.json").windows(text)]
SHORTER = [w for limit in (40, 90) for w in Segmenter(WEIGHTS / "tokenizer.json", limit).windows("\n".join(TEXTS[:2]))]


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("floats") / "encoder.onnx"
    path.write_bytes(float_graph(ENCODER))
    return path


@pytest.fixture(scope="module")
def floats(plain: Path) -> Network:
    return Network(WEIGHTS, Grouped(session(plain), session(ROLES)))


@pytest.fixture(scope="module")
def int8() -> Network:
    return Network(WEIGHTS, OneByOne(session(ENCODER), session(ROLES)))


def inputs_of(window: Window) -> dict[str, Any]:
    return {"pieces": window.pieces[None], "features_in": features(window)[None], "first": window.first}


def everything(encoded: Encoded) -> tuple[Array, Array, Array]:
    return encoded.words, encoded.emissions, encoded.projected


def test_nothing_is_quantised_any_more_but_the_table_of_words(plain: Path) -> None:
    model = onnx.load(str(plain))
    onnx.checker.check_model(model)
    quantised = {node.op_type for node in model.graph.node if "Quant" in node.op_type or node.op_type[0] == "Q"}
    assert not quantised
    assert {w.name for w in model.graph.initializer if w.data_type in (2, 3)} == {
        "encoder.word.weight_quantized",
        "encoder.word.weight_zero_point",
    }
    assert [node.input[3] for node in model.graph.node if node.op_type == "Attention"] == [LENGTHS] * 6


def test_each_product_differs_by_no_more_than_rounding_its_input_can_make(plain: Path, tmp_path: Path) -> None:
    """An input is rounded to 255 steps between its extremes and 0: half a step times the weights is the most."""
    model = onnx.load(str(ENCODER))
    products = [node for node in model.graph.node if node.op_type == "DynamicQuantizeMatMul"]
    names = sorted({name for node in products for name in (node.input[0], node.output[0])})
    model.graph.output.extend(helper.make_tensor_value_info(name, 1, None) for name in names)
    onnx.save(model, str(tmp_path / "open.onnx"))
    values = dict(zip(names, session(tmp_path / "open.onnx").run(names, inputs_of(WINDOWS[0])), strict=True))
    weights = {tensor.name: numpy_helper.to_array(tensor) for tensor in onnx.load(str(plain)).graph.initializer}
    for node in products:
        given, weight = values[node.input[0]], weights[node.input[1] + "_plain"]
        bias = weights[node.input[4]] if node.input[4] else np.float32(0)
        step = (max(given.max(), 0) - min(given.min(), 0)) / 255
        most = step / 2 * np.abs(weight).sum(0) + 1e-3
        assert (np.abs(given @ weight + bias - values[node.output[0]]) <= most).all(), node.name
    assert len(products) == 18


def test_the_first_attention_differs_by_its_rounded_input_alone(plain: Path, tmp_path: Path) -> None:
    """Nothing before it differs, so a few hundredths are what 255 steps make of it."""
    found = []
    for path, more in ((ENCODER, {}), (plain, {LENGTHS: np.array([len(WINDOWS[0].pieces)], np.int32)})):
        model = onnx.load(str(path))
        (name,) = next(node.output for node in model.graph.node if node.op_type.endswith("Attention"))
        model.graph.output.append(helper.make_tensor_value_info(name, 1, None))
        onnx.save(model, str(tmp_path / "open.onnx"))
        found += session(tmp_path / "open.onnx").run([name], inputs_of(WINDOWS[0]) | more)
    rounded, exact = found
    assert 0 < np.linalg.norm(rounded - exact) < 0.03 * np.linalg.norm(exact)


def test_emissions_and_cues_are_nearly_those_of_the_int8_graph(int8: Network, floats: Network) -> None:
    """Scores lie between -18 and 10; the int8 graph rounds what goes into 24 operators to 255 steps.

    That moves the scores by 0.16 in the mean, by 1.5 at most, and 2 of 143 cues at the margin. Twice as much, or
    more than 3 %, would be something else than rounding.
    """
    rounded, exact = [int8.encode(w) for w in WINDOWS], floats._encoded(WINDOWS)
    apart = [np.abs(a.emissions - b.emissions) for a, b in zip(rounded, exact, strict=True)]
    assert 0 < np.concatenate(apart).mean() < 0.3
    assert np.concatenate(apart).max() < 3
    tags = [a.emissions.argmax(1) == b.emissions.argmax(1) for a, b in zip(rounded, exact, strict=True)]
    assert np.concatenate(tags).mean() > 0.99
    ours, theirs = places(int8, rounded), places(floats, exact)
    assert len(theirs) > 100
    assert len(ours ^ theirs) <= 0.03 * len(theirs)


def places(network: Network, group: list[Encoded]) -> set[tuple[int, int, int, bool]]:
    found = network._cues(group, network._cue_bias)
    return {(row, cue.first, cue.last, cue.nested) for row, cues in enumerate(found) for cue in cues}


def test_attributions_are_nearly_those_of_the_int8_graph(int8: Network, floats: Network) -> None:
    def spans(network: Network) -> set[tuple[int, Any, Any, Any]]:
        def of(found: Found) -> tuple[Any, Any, Any]:
            return found.source, found.cue, found.content

        return {(row, *of(found)) for row, window in enumerate(WINDOWS) for found in network.attributions([window])}

    ours, theirs = spans(int8), spans(floats)
    assert len(ours & theirs) >= 0.95 * max(len(ours), len(theirs))


def test_groups_give_what_windows_give_by_themselves(floats: Network) -> None:
    """But for the order of sums: a thousandth of a thousandth of values up to 20."""
    windows = WINDOWS[:8] + SHORTER
    for window, together in zip(windows, floats._encoded(windows), strict=True):
        bare = floats._device.encoder.run(
            OUTPUTS, inputs_of(window) | {LENGTHS: np.array([len(window.pieces)], np.int32)}
        )
        for one in (everything(floats.encode(window)), bare):
            for a, b in zip(everything(together), one, strict=True):
                np.testing.assert_allclose(a, b, rtol=0, atol=2e-5)


def test_a_reading_does_not_depend_on_the_reports_beside_it(floats: Network) -> None:
    alone = [list(floats.attributions([window])) for window in WINDOWS]
    backwards = [list(floats.attributions([window])) for window in reversed(WINDOWS)]
    assert alone == backwards[::-1]


def test_a_graph_without_quantised_attention_is_refused() -> None:
    with pytest.raises(WeightsError, match=r"roles\.onnx holds no attention .* export the network again"):
        float_graph(ROLES)


@pytest.mark.skipif(PROVIDERS["cuda"] not in onnxruntime.get_available_providers(), reason="onnxruntime without CUDA")
def test_a_gpu_gives_what_a_processor_gives(floats: Network) -> None:
    device = on_gpu(WEIGHTS)
    if device is None:
        pytest.skip("CUDA cannot be started here")
    windows = WINDOWS + SHORTER
    for a, b in zip(Network(WEIGHTS, device)._encoded(windows), floats._encoded(windows), strict=True):
        np.testing.assert_allclose(a.emissions, b.emissions, rtol=0, atol=1e-2)
