"""Door for LangChain: the language model that may write, with its limits. LangChain is imported at the first reply.

Time limits run on this side: a thread reads the stream, so that a server that says nothing is left, not waited for.
"""

from __future__ import annotations

import logging
import queue
import socket
import threading
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic, sleep
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.circuit import Circuit
from assistant.errors import LanguageModelFailed, LanguageModelMissing
from assistant.prompting import Prompt
from assistant.replies import MOST_REPLY_CHARS
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

LOGGER = logging.getLogger("assistant.language_model")

# The provider → the extra of pyproject that brings its package.
EXTRAS = {"ollama": "ollama", "openai": "openai", "mistralai": "mistral", "anthropic": "anthropic"}
_OLLAMA = "http://127.0.0.1:11434"
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
_AT_ONCE = 4
_BUSY = frozenset({429, 503})
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
        make: Callable[[], BaseChatModel],
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
        self._chat: BaseChatModel | None = None

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

    def _with_retry(self, prompt: Prompt, schema: Mapping[str, Any] | None) -> ModelReply:
        chat = self._opened()
        started = monotonic()
        retries = 1
        options = self._options(schema)
        while True:
            try:
                self._reach()
                return self._streamed(chat, prompt, options, started)
            except _Refused as error:
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

    def _streamed(self, chat: BaseChatModel, prompt: Prompt, options: dict[str, Any], started: float) -> ModelReply:
        """The reply as a thread reads it, each piece awaited no longer than the limits allow."""
        reading = _Reading(chat, prompt, options)
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
        refused = _Refused(error)
        if refused.status is not None or refused.is_busy:
            raise refused
        raise self._failure(_BROKEN, kind=refused.kind) from error

    def _opened(self) -> BaseChatModel:
        with self._lock:
            if self._chat is None:
                self._chat = self._make()
            return self._chat

    def _failure(self, sentence: str, *, kind: str = "", is_dead: bool = False) -> LanguageModelFailed:
        # Never the error's own text: it may hold the question.
        return LanguageModelFailed(
            f"{sentence.format(name=self.name)}.", f"{sentence[37:]} {kind}".strip(), is_dead=is_dead
        )


class _Reading:
    """One stream, read aside; `pieces` ends with None."""

    def __init__(self, chat: BaseChatModel, prompt: Prompt, options: dict[str, Any]) -> None:
        self.pieces: queue.Queue[str | None] = queue.Queue()
        self.stop = threading.Event()
        self.error: Exception | None = None
        self.tokens_in = self.tokens_out = 0
        self._chat, self._prompt, self._options = chat, prompt, options

    def run(self) -> None:
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


class _Refused(Exception):
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


def open_language_model(settings: Settings, limits: Limits | None = None) -> LanguageModel:
    """The model that the settings name, opened at its first reply. Only a server on this machine is local."""
    provider, _, model = str(settings.llm).partition(":")
    address = settings.llm_url or (_OLLAMA if provider == "ollama" else None)
    limits = limits or Limits(first_token_s=min(30.0, settings.llm_timeout_s), whole_s=settings.llm_timeout_s)
    return LanguageModel(
        model or provider,
        lambda: _chat_model(provider, model, settings.llm_key, settings.llm_url, limits),
        is_local=address is not None and urlsplit(address).hostname in _LOCAL_HOSTS,
        address=address,
        limits=limits,
        schema_options=_SCHEMAS.get(provider),
    )


def _chat_model(provider: str, model: str, key: str | None, url: str | None, limits: Limits) -> BaseChatModel:
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"temperature": 0, **_PROVIDER_OPTIONS.get(provider, _plain_options)(key, url, limits)}
    try:
        chat: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        extra = EXTRAS.get(provider)
        command = f"pip install '.[{extra}]'" if extra else f"pip install langchain-{provider}"
        raise LanguageModelMissing(
            f"Le fournisseur « {provider} » d'ASSISTANT_LLM n'est pas installé : lancez « {command} »."
        ) from error
    except Exception as error:
        raise LanguageModelMissing(
            f"ASSISTANT_LLM vaut « {provider}:{model} » et ne peut pas être ouvert ({type(error).__name__}) : donnez "
            "« fournisseur:modèle », comme « ollama:ministral-3:8b », et ASSISTANT_LLM_KEY si une clé est demandée."
        ) from error
    return chat


def _openai_options(key: str | None, url: str | None, limits: Limits) -> dict[str, Any]:
    # A server of one's own often wants no key, its client always wants one.
    own = {"base_url": url, "api_key": key or "sans-cle"} if url else ({"api_key": key} if key else {})
    common = {"max_tokens": limits.reply_tokens, "max_retries": 0, "timeout": limits.whole_s}
    return {**own, **common, "stream_usage": True, "use_responses_api": False}


def _ollama_options(_: str | None, url: str | None, limits: Limits) -> dict[str, Any]:
    return {
        "base_url": url or _OLLAMA,
        "num_predict": limits.reply_tokens,
        "client_kwargs": {"timeout": limits.whole_s},
    }


def _plain_options(key: str | None, url: str | None, limits: Limits) -> dict[str, Any]:
    own = {**({"api_key": key} if key else {}), **({"base_url": url} if url else {})}
    return {**own, "max_tokens": limits.reply_tokens, "max_retries": 0, "timeout": limits.whole_s}


def _openai_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    named = {"name": "reponse", "strict": True, "schema": dict(schema)}
    # Not as `response_format`: langchain-openai then leaves the plain stream for a helper that loses the usage.
    return {"extra_body": {"response_format": {"type": "json_schema", "json_schema": named}}}


def _ollama_schema(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"format": dict(schema)}


_PROVIDER_OPTIONS = {"openai": _openai_options, "ollama": _ollama_options}
# Who takes a schema; a server that refuses it is asked without.
_SCHEMAS = {"openai": _openai_schema, "ollama": _ollama_schema}
