"""The vectors of questions: the same question again costs nothing."""

from __future__ import annotations

import threading
from collections import OrderedDict

import numpy as np
from numpy.typing import NDArray

from index.encoding import Encoder

_QUERY_VECTORS = 512


class QueryVectors:
    """The vectors of recent questions: the same question again costs nothing. Shared by threads and generations."""

    def __init__(self, encoder: Encoder, size: int = _QUERY_VECTORS) -> None:
        self.encoder = encoder
        self._size = size
        self._lock = threading.Lock()
        self._recent: OrderedDict[str, NDArray[np.float32]] = OrderedDict()

    def vector(self, text: str) -> NDArray[np.float32]:
        """The query vector of the text, `(dimension,)` of unit length."""
        with self._lock:
            if text in self._recent:
                self._recent.move_to_end(text)
                return self._recent[text]
        vector = np.asarray(self.encoder.encode_query(text), np.float32)
        with self._lock:
            self._recent[text] = vector
            while len(self._recent) > self._size:
                self._recent.popitem(last=False)
        return vector
