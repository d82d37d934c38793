"""Where onnxruntime is entered: a session over one of our graphs, its errors, what it wants of the processor."""

from __future__ import annotations

from pathlib import Path

import onnxruntime
from onnxruntime.capi import onnxruntime_pybind11_state as raised

ONNX_ERRORS: tuple[type[Exception], ...] = (
    raised.Fail,
    raised.InvalidArgument,
    raised.InvalidGraph,
    raised.InvalidProtobuf,
    raised.NotImplemented,
    raised.RuntimeException,
)
# The largest values of a signed byte; without VNNI, sums of two products must fit in 16 bits: 2 * 255 * 64 < 2**15.
_LEVELS_WITH_VNNI, _LEVELS_WITHOUT = 127, 64


def open_session(graph: bytes) -> onnxruntime.InferenceSession:
    """A session that any number of threads may run at once, each on its own thread alone."""
    options = onnxruntime.SessionOptions()
    # One thread for each text: several texts run side by side, without waiting for one another at every operation.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    # The graph is written as it should run; optimising would fuse what is faster apart (see bundled_model_graph).
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])


def quantisation_levels() -> int:
    """How far int8 weights may go from zero on this processor without sums that overflow."""
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8").partition("flags")[2].partition("\n")[0].split()
    except OSError:
        return _LEVELS_WITHOUT
    return _LEVELS_WITH_VNNI if {"avx512_vnni", "avx_vnni"} & set(flags) else _LEVELS_WITHOUT
