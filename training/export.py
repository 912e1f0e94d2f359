"""Network → ONNX: float graphs written node by node with onnxruntime's fused operators, then dynamic int8.

Two graphs. ``encoder.onnx`` runs once a window: wordpieces to word vectors, cue scores and role projections.
``roles.onnx`` runs once a window that has cues: the words around each cue to role scores.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic

from sayso.reader.segment import QUOTED, SHAPES
from training.network import Network

MICROSOFT = "com.microsoft"
OPSET = 17
SLOWER = ["SkipLayerNormFusion", "BiasGeluFusion"]
Inputs = dict[str, tuple[int, list[str | int]]]


class Graph:
    """A growing list of ONNX nodes and weights."""

    def __init__(self, network: Network) -> None:
        self.state = {name: tensor.detach().float().numpy() for name, tensor in network.state_dict().items()}
        self.nodes: list[onnx.NodeProto] = []
        self.weights: dict[str, npt.NDArray[np.generic]] = {}

    def weight(self, name: str, value: npt.NDArray[np.generic] | None = None) -> str:
        """The name of a weight: one of the network's, or ``value`` under that name."""
        self.weights[name] = np.ascontiguousarray(self.state[name] if value is None else value)
        return name

    def add(self, op: str, *inputs: str, domain: str = "", **attributes: Any) -> str:
        """Append a node; returns the name of its first output."""
        out = f"{op}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(op, list(inputs), [out], name=out, domain=domain, **attributes))
        return out

    def matmul(self, x: str, name: str) -> str:
        """x times a linear layer's weight, without its bias."""
        return self.add("MatMul", x, self.weight(name + ".kernel", self.state[name + ".weight"].T))

    def linear(self, x: str, name: str) -> str:
        """A linear layer."""
        return self.add("Add", self.matmul(x, name), self.weight(name + ".bias"))

    def norm(self, x: str, name: str, epsilon: float) -> str:
        """A layer normalisation over the last axis."""
        return self.add(
            "LayerNormalization", x, self.weight(name + ".weight"), self.weight(name + ".bias"), epsilon=epsilon
        )

    def model(self, inputs: Inputs, outputs: dict[str, list[str | int]]) -> onnx.ModelProto:
        """The finished model; the values named in ``outputs`` must exist."""
        graph = helper.make_graph(
            self.nodes, "sayso",
            [helper.make_tensor_value_info(n, kind, dims) for n, (kind, dims) in inputs.items()],
            [helper.make_tensor_value_info(n, TensorProto.FLOAT, dims) for n, dims in outputs.items()],
            [numpy_helper.from_array(value, name) for name, value in self.weights.items()],
        )  # fmt: skip
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=8)

    def rename(self, value: str, name: str) -> None:
        """Give the value its outside name."""
        self.nodes.append(helper.make_node("Identity", [value], [name]))


def encoder_graph(network: Network) -> onnx.ModelProto:
    """pieces, features (B, L), first (W, into the flattened pieces) -> words, cues, projected (W, …)."""
    g = Graph(network)
    state = g.state
    shapes, quoted = state["encoder.shape.weight"], state["encoder.quoted.weight"]
    features = (shapes[:, None] + quoted[None]).reshape(SHAPES * QUOTED, -1) + state["encoder.kind"]
    zero, axis = g.weight("zero", np.array([0])), g.weight("axis", np.array([0]))
    length = g.add("Slice", g.add("Shape", "pieces"), g.weight("one", np.array([1])), g.weight("two", np.array([2])))
    position = g.add("Slice", g.weight("encoder.position.weight"), zero, length, axis)
    word = g.add("Gather", g.weight("encoder.word.weight"), "pieces")
    feature = g.add("Gather", g.weight("features", features), "features_in")
    x = g.norm(g.add("Add", g.add("Add", word, position), feature), "encoder.norm", 1e-12)
    for i in range(network.size.layers):
        x = _layer(g, x, f"encoder.layers.{i}", network.size.heads)
    flat = g.add("Reshape", x, g.weight("flat", np.array([-1, network.size.width])))
    words = g.add("Gather", flat, "first")
    g.rename(words, "words")
    g.rename(g.linear(words, "cue"), "cues")
    g.rename(g.linear(words, "roles.token"), "projected")
    size = network.size
    return g.model(
        {"pieces": (TensorProto.INT64, ["B", "L"]), "features_in": (TensorProto.INT64, ["B", "L"]),
         "first": (TensorProto.INT64, ["W"])},
        {"words": ["W", size.width], "cues": ["W", 5], "projected": ["W", size.role_width]},
    )  # fmt: skip


def _layer(g: Graph, x: str, name: str, heads: int) -> str:
    kernel = g.weight(name + ".qkv.kernel", g.state[name + ".qkv.weight"].T)
    mixed = g.add("Attention", x, kernel, g.weight(name + ".qkv.bias"), domain=MICROSOFT, num_heads=heads)
    x = _skip_norm(g, g.matmul(mixed, name + ".out"), x, name + ".norm1", name + ".out.bias")
    up = _gelu(g, g.linear(x, name + ".up"))
    return _skip_norm(g, g.matmul(up, name + ".down"), x, name + ".norm2", name + ".down.bias")


def _skip_norm(g: Graph, x: str, skip: str, norm: str, bias: str) -> str:
    return g.norm(g.add("Add", x, g.add("Add", skip, g.weight(bias))), norm, 1e-12)


def roles_graph(network: Network) -> onnx.ModelProto:
    """words (W, width), projected (W, inner), around, sentences (N, R), cues' ends (N) -> roles (N, R, tags)."""
    g = Graph(network)
    ends = g.add("Concat", g.add("Gather", "words", "cue_first"), g.add("Gather", "words", "cue_last"), axis=1)
    modulation = g.add("Unsqueeze", g.linear(ends, "roles.cue"), g.weight("axis", np.array([1])))
    inner = network.size.role_width
    bounds = [g.weight(f"at{n}", np.array([n])) for n in (0, inner, 2 * inner)]
    last = g.weight("last", np.array([2]))
    scale = g.add(
        "Add", g.add("Slice", modulation, bounds[0], bounds[1], last), g.weight("unit", np.ones(1, np.float32))
    )
    shift = g.add("Slice", modulation, bounds[1], bounds[2], last)
    x = g.add("Add", g.add("Mul", g.add("Gather", "projected", "around"), scale), shift)
    x = g.add("Add", x, g.weight("roles.distance.weight"))
    x = g.add("Add", x, g.add("Gather", g.weight("roles.sentences.weight"), "sentences"))
    x = _gelu(g, g.norm(x, "roles.norm", 1e-5))
    padded = {side: g.add("Pad", x, g.weight(side, np.array(pads))) for side, pads in
              (("left", [0, 1, 0, 0, -1, 0]), ("right", [0, -1, 0, 0, 1, 0]))}  # fmt: skip
    mixed = g.linear(g.add("Concat", padded["left"], x, padded["right"], axis=2), "roles.mix")
    y = _gelu(g, g.norm(g.add("Add", mixed, x), "roles.mixed", 1e-5))
    g.rename(g.linear(y, "roles.out"), "roles")
    whole, width = TensorProto.INT64, network.size.width
    return g.model(
        {"words": (TensorProto.FLOAT, ["W", width]), "projected": (TensorProto.FLOAT, ["W", inner]),
         "around": (whole, ["N", "R"]), "sentences": (whole, ["N", "R"]),
         "cue_first": (whole, ["N"]), "cue_last": (whole, ["N"])},
        {"roles": ["N", "R", 5]},
    )  # fmt: skip


def _gelu(g: Graph, x: str) -> str:
    return g.add("Gelu", x, domain=MICROSOFT)


def export(network: Network, folder: Path, bias: float = 0.0) -> None:
    """Write both graphs (encoder as int8) and ``network.json`` (transitions) into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        plain = Path(scratch) / "encoder.onnx"
        onnx.save(encoder_graph(network), str(plain))
        int8 = Path(scratch) / "int8.onnx"
        quantize_dynamic(
            plain, int8, per_channel=True, weight_type=QuantType.QInt8,
            op_types_to_quantize=["Attention", "MatMul", "Gather"],
            nodes_to_exclude=head_nodes(plain), extra_options={"DefaultTensorType": TensorProto.FLOAT},
        )  # fmt: skip
        fuse(int8, folder / "encoder.onnx")
        roles = Path(scratch) / "roles.onnx"
        onnx.save(roles_graph(network), str(roles))
        fuse(roles, folder / "roles.onnx")
    chains = {
        name: getattr(network, name).detach().float().tolist()
        for name in ("cue_transitions", "cue_starts", "role_transitions", "role_starts")
    }
    (folder / "network.json").write_text(json.dumps(chains | {"cue_bias": bias}) + "\n")


def fuse(source: Path, target: Path) -> None:
    """Write the graph as onnxruntime optimises it, but for the fusions whose operators are slower than their parts."""
    options = onnxruntime.SessionOptions()
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(target)
    options.log_severity_level = 3
    onnxruntime.InferenceSession(str(source), options, disabled_optimizers=SLOWER)


def head_nodes(path: Path) -> list[str]:
    """The small nodes that stay in single precision: heads, and look-ups in tiny tables."""
    names = ("cue.kernel", "roles.token.kernel", "features", "first")
    return [node.name for node in onnx.load(str(path)).graph.node if any(n in node.input for n in names)]
