"""The vectors of questions: the same question again costs nothing."""

from __future__ import annotations

import threading
from collections import OrderedDict
from concurrent.futures import Future, ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from index.encoding import Encoder

_QUERY_VECTORS = 512
_HELPERS = 2


class QueryVectors:
    """The vectors of recent questions: the same question again costs nothing. Shared by threads and generations."""

    def __init__(self, encoder: Encoder, size: int = _QUERY_VECTORS) -> None:
        self.encoder = encoder
        self._size = size
        self._lock = threading.Lock()
        self._recent: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._coming: dict[str, Future[NDArray[np.float32]]] = {}
        self._helpers = ThreadPoolExecutor(_HELPERS, thread_name_prefix="encode-question")

    def vector(self, text: str) -> NDArray[np.float32]:
        """The query vector of the text, `(dimension,)` of unit length."""
        with self._lock:
            if text in self._recent:
                self._recent.move_to_end(text)
                return self._recent[text]
            coming = self._coming.get(text)
        return self._encoded(text) if coming is None else coming.result()

    def ahead(self, text: str) -> None:
        """Begins with the vector of a text that is asked for soon; models run beside other work."""
        with self._lock:
            if text not in self._recent and text not in self._coming:
                self._coming[text] = self._helpers.submit(self._encoded, text)

    def _encoded(self, text: str) -> NDArray[np.float32]:
        try:
            vector = np.asarray(self.encoder.encode_query(text), np.float32)
            with self._lock:
                self._recent[text] = vector
                while len(self._recent) > self._size:
                    self._recent.popitem(last=False)
            return vector
        finally:
            with self._lock:
                self._coming.pop(text, None)
