"""The weights of multilingual-e5-small → an int8 ONNX graph: token embeddings in, one vector of unit length out.

Choices that were measured (Zen 4 with AVX-512 VNNI, one thread, 220 tokens; float32 with the same graph takes 130 ms):
- `DynamicQuantizeMatMul`, int8 weights per output channel: 27 ms of 46; 4-bit `MatMulNBits` takes twice as long;
- `Add` then `LayerNormalization`: the fused `SkipLayerNormalization` is scalar code in onnxruntime and costs 10 ms
  more, so the session must not optimise the graph (it would fuse them);
- one text at a time, without mask or padding: no work is wasted, and a vector never depends on its neighbours, because
  activations are quantised over the whole input.
- channels that reach far beyond the others are divided before the product and their weights multiplied instead (after
  SmoothQuant, arXiv 2211.10438): 1 - cosine to float32 falls from 0.0034 to 0.0005 on average, for 1 ms of 36.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from onnx import NodeProto, ValueInfoProto

    from index.bundled_model_weights import Weights

INPUT, OUTPUT = "embeddings", "vector"
_FUSED = "com.microsoft"
_AT_EASE = 3.0  # activations up to here are left as they are
_OPSETS = (("", 20), (_FUSED, 1))
_IR_VERSION = 10


def build_graph(weights: Weights, *, levels: int, largest: Mapping[str, NDArray[np.float32]]) -> bytes:
    """The ONNX model: `embeddings` (1, tokens, width) float32 → `vector` (1, width) float32 of unit length.

    `levels` is the largest int8 weight; `largest` gives, by matrix, the largest absolute value of each channel of what
    it is applied to.
    """
    return _build(_Graph(weights, levels, largest)).serialise()


def build_observer(weights: Weights) -> bytes:
    """The same from `embeddings` to what `largest` takes, for one text: one output for each matrix, named after it."""
    return _build(_Graph(weights, 127, {})).serialise_observer()


def _build(graph: _Graph) -> _Graph:
    x = graph.embed(INPUT)
    for layer in range(graph.layers):
        x = graph.attend(x, f"l{layer}.")
        x = graph.transform(x, f"l{layer}.")
    graph.pool(x)
    return graph


class _Graph:
    """Nodes and constants in the making; each method adds a stage and returns the name of its output."""

    def __init__(self, weights: Weights, levels: int, largest: Mapping[str, NDArray[np.float32]]) -> None:
        self._weights = weights
        self._shape = weights.shape
        self._levels, self._largest = levels, largest
        self._products: dict[str, str] = {}
        self.layers = weights.shape.layers
        self._nodes: list[NodeProto] = []
        self._constants: list[TensorProto] = []

    def embed(self, embeddings: str) -> str:
        """Token embeddings → with their positions, normalised."""
        width = self._shape.width
        types = self._weights.vector("emb.type")[:width]
        positions = self._weights.vector("emb.pos").reshape(self._shape.positions, width) + types
        zero, one = self._integers(0), self._integers(1)
        (length,) = self._add("Gather", [*self._add("Shape", [embeddings]), one])
        (first,) = self._add("Slice", [self._constant(positions), zero, length, zero])
        return self._normalise(embeddings, first, "emb.ln")

    def attend(self, x: str, layer: str) -> str:
        """Self-attention, added and normalised."""
        width = self._shape.width
        joined = self._linear(x, [f"{layer}{part}" for part in "qkv"], (width, width))
        parts = self._add("Split", [joined, self._integers(width, width, width)], outputs=3, axis=-1)
        (mixed,) = self._add("MultiHeadAttention", parts, domain=_FUSED, num_heads=self._shape.heads)
        return self._normalise(x, self._linear(mixed, [f"{layer}ao"], (width, width)), f"{layer}aln")

    def transform(self, x: str, layer: str) -> str:
        """The two inner matrices, added and normalised."""
        width, inner = self._shape.width, self._shape.inner_width
        (active,) = self._add("Gelu", [self._linear(x, [f"{layer}fi"], (inner, width))], domain=_FUSED)
        return self._normalise(x, self._linear(active, [f"{layer}fo"], (width, inner)), f"{layer}oln")

    def pool(self, x: str) -> None:
        """The mean over the tokens, to unit length."""
        (mean,) = self._add("ReduceMean", [x, self._integers(1)], keepdims=0)
        self._nodes.append(helper.make_node("LpNormalization", [mean], [OUTPUT], axis=-1, p=2))

    def serialise(self) -> bytes:
        """The finished model."""
        return self._serialise([helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, self._shape.width])])

    def serialise_observer(self) -> bytes:
        """The model that tells the largest absolute value in each channel of what enters each product."""
        for name, x in self._products.items():
            size = self._add("Abs", [x])
            axes = self._integers(0, 1)
            self._nodes.append(helper.make_node("ReduceMax", [*size, axes], [name], keepdims=0))
        return self._serialise(
            [helper.make_tensor_value_info(name, TensorProto.FLOAT, ["channels"]) for name in self._products]
        )

    def _serialise(self, outputs: Sequence[ValueInfoProto]) -> bytes:
        width = self._shape.width
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1, "tokens", width])],
            outputs,
            self._constants,
        )
        opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS]
        model: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION).SerializeToString()
        return model

    def _linear(self, x: str, names: Sequence[str], shape: tuple[int, int]) -> str:
        """One quantised product for all the matrices `names` (outputs, inputs), side by side, with their biases."""
        matrix = np.concatenate([self._weights.matrix(f"{name}.w", shape) for name in names]).T
        bias = np.concatenate([self._weights.vector(f"{name}.b") for name in names])
        self._products[names[0]] = x
        relief = np.maximum(1.0, self._largest.get(names[0], np.zeros(1)) / _AT_EASE).astype(np.float32)
        if relief.max() > 1:
            matrix = matrix * relief[:, None]
            (x,) = self._add("Mul", [x, self._constant(1 / relief)])
        quantised, scales = quantise(matrix, self._levels)
        zeros = np.zeros(matrix.shape[1], dtype=np.int8)
        constants = [self._constant(array) for array in (quantised, scales, zeros, bias)]
        (product,) = self._add("DynamicQuantizeMatMul", [x, *constants], domain=_FUSED)
        return product

    def _normalise(self, x: str, y: str, name: str) -> str:
        constants = [self._constant(self._weights.vector(f"{name}.{part}")) for part in "wb"]
        total = self._add("Add", [x, y])
        (normal,) = self._add("LayerNormalization", [*total, *constants], epsilon=self._shape.epsilon, axis=-1)
        return normal

    def _integers(self, *values: int) -> str:
        return self._constant(np.array(values, dtype=np.int64))

    def _constant(self, array: NDArray[np.generic]) -> str:
        name = f"c{len(self._constants)}"
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(array), name))
        return name

    def _add(
        self, kind: str, inputs: Sequence[str], *, outputs: int = 1, domain: str = "", **attributes: Any
    ) -> list[str]:
        names = [f"n{len(self._nodes)}.{number}" for number in range(outputs)]
        self._nodes.append(helper.make_node(kind, inputs, names, domain=domain, **attributes))
        return names


def quantise(matrix: NDArray[np.float32], levels: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix `(inputs, outputs)` → int8 of that shape, at most `levels`, and a scale for each output.

    `matrix ≈ int8 * scales`.
    """
    largest = np.abs(matrix).max(axis=0)
    scales = np.where(largest > 0, largest / levels, 1.0).astype(np.float32)
    return np.rint(matrix / scales).astype(np.int8), scales
