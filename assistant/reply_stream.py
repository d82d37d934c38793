"""One reply of a language model as a thread reads it from its stream, and what a server's error says."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterator
from contextlib import suppress
from typing import Any, Protocol

from assistant.prompting import Prompt

_BUSY = frozenset({429, 503})


class Chat(Protocol):
    """What streams replies: a chat model of LangChain."""

    def stream(self, input: Any, **options: Any) -> Iterator[Any]:  # noqa: A002
        """The pieces of its reply."""


class Reading:
    """One stream, read aside; `pieces` ends with None."""

    def __init__(self, chat: Chat, prompt: Prompt, options: dict[str, Any]) -> None:
        self.pieces: queue.Queue[str | None] = queue.Queue()
        self.stop = threading.Event()
        self.error: Exception | None = None
        self.tokens_in = self.tokens_out = 0
        self._chat, self._prompt, self._options = chat, prompt, options

    def run(self) -> None:
        """Reads to the end, or until it is told to stop."""
        try:
            self._read()
        except Exception as error:  # noqa: BLE001 - every provider has errors of its own; the reader turns them into ours
            self.error = error
        finally:
            self.pieces.put(None)

    def _read(self) -> None:
        stream = self._chat.stream([("system", self._prompt.rules), ("human", self._prompt.told)], **self._options)
        try:
            for chunk in stream:
                usage = getattr(chunk, "usage_metadata", None) or {}
                self.tokens_in += usage.get("input_tokens", 0)
                self.tokens_out += usage.get("output_tokens", 0)
                if text := str(chunk.text):
                    self.pieces.put(text)
                if self.stop.is_set():
                    return
        finally:
            with suppress(Exception):
                stream.close()  # type: ignore[attr-defined]


class Refused(Exception):
    """The server answered with an error of its own."""

    def __init__(self, error: Exception) -> None:
        super().__init__(type(error).__name__)
        response = getattr(error, "response", None)
        status = getattr(error, "status_code", None) or getattr(response, "status_code", None)
        self.status = status if isinstance(status, int) and status >= 400 else None
        self.kind = f"{type(error).__name__} {self.status or ''}".strip()
        text = str(error).casefold()
        self.is_busy = self.status in _BUSY or "loading model" in text
        self.is_schema = self.status in (400, 422, 501)
