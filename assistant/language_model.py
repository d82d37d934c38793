"""The language model that may write, with its limits, one retry and a circuit breaker.

Time limits run on this side: a thread reads the stream, so that a server that says nothing is left, not waited for.
"""

from __future__ import annotations

import logging
import queue
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any
from urllib.parse import urlsplit

from assistant.circuit import Circuit
from assistant.errors import LanguageModelFailed, LanguageModelMissing
from assistant.prompting import Prompt
from assistant.replies import MOST_REPLY_CHARS
from assistant.reply_stream import Chat, Reading, Refused

LOGGER = logging.getLogger("assistant.language_model")

_AT_ONCE = 4
_UNREACHABLE = "Le modèle de langue « {name} » est injoignable"
_LATE = "Le modèle de langue « {name} » n'a pas répondu à temps"
_OCCUPIED = "Le modèle de langue « {name} » est occupé"
_BROKEN = "Le modèle de langue « {name} » n'a pas fini sa réponse"
_EMPTY = "Le modèle de langue « {name} » n'a rien répondu"
_REFUSED = "Le modèle de langue « {name} » refuse la demande"


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds allowed to connect, to the first token and for the whole reply; the wait before the one retry; tokens."""

    connect_s: float = 3.0
    first_token_s: float = 30.0
    whole_s: float = 60.0
    retry_s: float = 1.0
    reply_tokens: int = 700


@dataclass(frozen=True, slots=True)
class ModelReply:
    """What a model wrote, unchecked. Tokens are 0 when the server does not count them."""

    text: str
    first_token_ms: float
    total_ms: float
    input_tokens: int
    output_tokens: int


class LanguageModel:
    """A chat model of LangChain with its limits, retry and circuit breaker. Safe to share between threads."""

    def __init__(
        self,
        name: str,
        make: Callable[[], Chat],
        *,
        is_local: bool = True,
        address: str | None = None,
        limits: Limits | None = None,
        schema_options: Callable[[Mapping[str, Any]], dict[str, Any]] | None = None,
        circuit: Circuit | None = None,
    ) -> None:
        self.name = name
        self.is_local = is_local
        self._make, self._address = make, address
        self._limits = limits or Limits()
        self._schema_options = schema_options
        self._circuit = circuit or Circuit()
        self._slots = threading.BoundedSemaphore(_AT_ONCE)
        self._lock = threading.Lock()
        self._chat: Chat | None = None

    def reply(self, prompt: Prompt, *, schema: Mapping[str, Any] | None = None) -> ModelReply:
        """What the model writes.

        Raises:
            LanguageModelFailed: dead, late, busy, cut off or silent; says which.
            LanguageModelMissing: its package is not installed; names the command.
        """
        if not self._circuit.allows():
            raise self._failure(_UNREACHABLE)
        if not self._slots.acquire(blocking=False):
            raise self._failure(_OCCUPIED)
        try:
            made = self._with_retry(prompt, schema)
        except LanguageModelMissing:
            raise
        except LanguageModelFailed as error:
            self._circuit.failed(is_dead=error.is_dead)
            LOGGER.warning("language model failed: %s", error.reason)
            raise
        finally:
            self._slots.release()
        self._circuit.succeeded()
        return made

    def prepare(self) -> None:
        """Opens the model and knocks at its server, without asking anything. Raises as `reply` does."""
        self._opened()
        self._reach()

    def _with_retry(self, prompt: Prompt, schema: Mapping[str, Any] | None) -> ModelReply:
        chat = self._opened()
        started = monotonic()
        retries = 1
        options = self._options(schema)
        while True:
            try:
                self._reach()
                return self._streamed(chat, prompt, options, started)
            except Refused as error:
                if error.is_schema and options:
                    # This server knows no schemas: asked without from now on, and read tolerantly.
                    self._schema_options, options = None, {}
                    continue
                if not error.is_busy or not retries:
                    raise self._failure(_OCCUPIED if error.is_busy else _REFUSED, kind=error.kind) from error
                retries -= 1
                sleep(self._limits.retry_s)

    def _options(self, schema: Mapping[str, Any] | None) -> dict[str, Any]:
        return self._schema_options(schema) if schema is not None and self._schema_options is not None else {}

    def _reach(self) -> None:
        """A dead server is known before anything is sent to it."""
        if self._address is None:
            return
        parts = urlsplit(self._address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        try:
            socket.create_connection((parts.hostname or "", port), self._limits.connect_s).close()
        except OSError as error:
            raise self._failure(_UNREACHABLE, is_dead=True) from error

    def _streamed(self, chat: Chat, prompt: Prompt, options: dict[str, Any], started: float) -> ModelReply:
        """The reply as a thread reads it, each piece awaited no longer than the limits allow."""
        reading = Reading(chat, prompt, options)
        threading.Thread(target=reading.run, daemon=True, name="language-model").start()
        limits, pieces, first_at, chars = self._limits, [], 0.0, 0
        try:
            while True:
                until = min(limits.whole_s, limits.whole_s if first_at else limits.first_token_s) + started
                try:
                    piece = reading.pieces.get(timeout=max(0.0, until - monotonic()))
                except queue.Empty:
                    raise self._failure(_LATE) from None
                if piece is None:
                    break
                first_at = first_at or monotonic()
                pieces.append(piece)
                chars += len(piece)
                if chars > MOST_REPLY_CHARS:
                    break
        finally:
            reading.stop.set()
        if reading.error is not None and chars <= MOST_REPLY_CHARS:
            self._raise(reading.error)
        text = "".join(pieces)
        if not text.strip():
            raise self._failure(_EMPTY)
        now = monotonic()
        return ModelReply(
            text, 1000 * ((first_at or now) - started), 1000 * (now - started), reading.tokens_in, reading.tokens_out
        )

    def _raise(self, error: Exception) -> None:
        refused = Refused(error)
        if refused.status is not None or refused.is_busy:
            raise refused
        raise self._failure(_BROKEN, kind=refused.kind) from error

    def _opened(self) -> Chat:
        with self._lock:
            if self._chat is None:
                self._chat = self._make()
            return self._chat

    def _failure(self, sentence: str, *, kind: str = "", is_dead: bool = False) -> LanguageModelFailed:
        # Never the error's own text: it may hold the question.
        return LanguageModelFailed(
            f"{sentence.format(name=self.name)}.", f"{sentence.partition(' » ')[2]} {kind}".strip(), is_dead=is_dead
        )
