"""The int8 encoder as a float graph, for GPUs: the same weights, with nothing else rounded. Needs onnx.

What is dynamically quantised becomes its plain counterpart, and attention is told the windows' lengths.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from sayso.errors import WeightsError
from sayso.reader.decode import Floats
from sayso.reader.devices import LENGTHS

Nodes = Iterator[onnx.NodeProto]


def float_graph(path: Path) -> bytes:
    """The graph in ``path`` in floats, with a further input ``lengths`` (windows).

    WeightsError if it has no attention that could be told them.
    """
    model = onnx.load(str(path))
    graph, plain = model.graph, _Plain(model.graph)
    nodes = [new for node in graph.node for new in plain.of(node)]
    if not any(LENGTHS in node.input for node in nodes):
        raise WeightsError(f"{path} holds no attention that was quantised: export the network again")
    used = {name for node in nodes for name in node.input}
    weights = [tensor for tensor in plain.weights.values() if tensor.name in used]
    inputs = [*graph.input, helper.make_tensor_value_info(LENGTHS, TensorProto.INT32, ["B"])]
    model.graph.CopyFrom(helper.make_graph(nodes, graph.name, inputs, list(graph.output), weights))
    return bytes(model.SerializeToString())


class _Plain:
    """Finds each node's plain counterpart; ``weights`` grows by the dequantised ones."""

    def __init__(self, graph: onnx.GraphProto) -> None:
        self.weights = {tensor.name: tensor for tensor in graph.initializer}
        self._before = dict[str, str]()
        self._ways: dict[str, Callable[[onnx.NodeProto], Nodes]] = {
            "DynamicQuantizeLinear": self._quantized, "DynamicQuantizeMatMul": self._product,
            "QAttention": self._attention,
        }  # fmt: skip

    def of(self, node: onnx.NodeProto) -> Nodes:
        """The nodes to put in its place."""
        return self._ways.get(node.op_type, _kept)(node)

    def _quantized(self, node: onnx.NodeProto) -> Nodes:
        self._before[node.output[0]] = node.input[0]
        yield from ()

    def _product(self, node: onnx.NodeProto) -> Nodes:
        values, weight, scale, zero, bias = [*node.input, "", ""][:5]
        (out,), name = node.output, self._dequantized(weight, scale, zero)
        product = f"{out}_product" if bias else out
        yield helper.make_node("MatMul", [values, name], [product], name=product)
        if bias:
            yield helper.make_node("Add", [product, bias], [out], name=out)

    def _attention(self, node: onnx.NodeProto) -> Nodes:
        values, weight, bias, _, scale, _, _, zero = [*node.input, "", "", ""][:8]
        inputs = [self._before[values], self._dequantized(weight, scale, zero), bias, LENGTHS]
        new = helper.make_node("Attention", inputs, list(node.output), name=node.name, domain=node.domain)
        new.attribute.extend(node.attribute)
        yield new

    def _dequantized(self, weight: str, scale: str, zero: str) -> str:
        """The name of the weight in floats; scales and zero points are one each, or one a column."""
        name = f"{weight}_plain"
        values = self._value(weight)
        values -= self._value(zero) if zero else np.float32(0)
        self.weights[name] = numpy_helper.from_array(values * self._value(scale), name)
        return name

    def _value(self, name: str) -> Floats:
        value: Floats = numpy_helper.to_array(self.weights[name]).astype(np.float32)
        return value


def _kept(node: onnx.NodeProto) -> Nodes:
    yield node
