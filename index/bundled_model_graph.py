"""The weights of multilingual-e5-small → an int8 ONNX graph: token embeddings in, one vector of unit length out.

Choices that were measured (Zen 4 with AVX-512 VNNI, one thread, 220 tokens; float32 with the same graph takes 130 ms):
- `DynamicQuantizeMatMul`, int8 weights per output channel: 27 ms of 46; 4-bit `MatMulNBits` takes twice as long;
- `Add` then `LayerNormalization`: the fused `SkipLayerNormalization` is scalar code in onnxruntime and costs 10 ms
  more, so the session must not optimise the graph (it would fuse them);
- one text at a time, without mask or padding: no work is wasted, and a vector never depends on its neighbours, because
  activations are quantised over the whole input.
Weights take 129 levels (-64 to 64) instead of 255: sums of two products then fit in 16 bits on processors without VNNI,
and the loss of accuracy is small beside that of the 4-bit weights.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray
    from onnx import NodeProto

    from index.bundled_model_weights import Weights

INPUT, OUTPUT = "embeddings", "vector"
_FUSED = "com.microsoft"
_LEVELS = 64
_OPSETS = (("", 20), (_FUSED, 1))
_IR_VERSION = 10


def build_graph(weights: Weights) -> bytes:
    """The ONNX model: `embeddings` (1, tokens, width) float32 → `vector` (1, width) float32 of unit length."""
    graph = _Graph(weights)
    x = graph.embed(INPUT)
    for layer in range(weights.shape.layers):
        x = graph.attend(x, f"l{layer}.")
        x = graph.transform(x, f"l{layer}.")
    graph.pool(x)
    return graph.serialise()


class _Graph:
    """Nodes and constants in the making; each method adds a stage and returns the name of its output."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._shape = weights.shape
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
        width = self._shape.width
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, [1, "tokens", width])],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, [1, width])],
            self._constants,
        )
        opsets = [helper.make_opsetid(domain, version) for domain, version in _OPSETS]
        model: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=_IR_VERSION).SerializeToString()
        return model

    def _linear(self, x: str, names: Sequence[str], shape: tuple[int, int]) -> str:
        """One quantised product for all the matrices `names` (outputs, inputs), side by side, with their biases."""
        matrix = np.concatenate([self._weights.matrix(f"{name}.w", shape) for name in names]).T
        bias = np.concatenate([self._weights.vector(f"{name}.b") for name in names])
        quantised, scales = quantise(matrix)
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


def quantise(matrix: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """A matrix `(inputs, outputs)` → int8 of the same shape and one scale for each output: `matrix ≈ int8 * scales`."""
    largest = np.abs(matrix).max(axis=0)
    scales = np.where(largest > 0, largest / _LEVELS, 1.0).astype(np.float32)
    return np.rint(matrix / scales).astype(np.int8), scales
