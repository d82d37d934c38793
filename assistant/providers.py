"""Door for LangChain: the chat model that the settings name. LangChain is imported at the first reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from assistant.errors import LanguageModelMissing
from assistant.language_model import LanguageModel, Limits
from assistant.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

# The provider → the extra of pyproject that brings its package.
EXTRAS = {"ollama": "ollama", "openai": "openai", "mistralai": "mistral", "anthropic": "anthropic"}
_OLLAMA = "http://127.0.0.1:11434"
_LOCAL_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})


def open_language_model(settings: Settings, limits: Limits | None = None) -> LanguageModel:
    """The model that the settings name, opened at its first reply. Only a server on this machine is local."""
    provider, _, model = str(settings.llm).partition(":")
    address = settings.llm_url or (_OLLAMA if provider == "ollama" else None)
    limits = limits or limits_within(settings.llm_timeout_s)
    return LanguageModel(
        model or provider,
        lambda: chat_model(provider, model, settings.llm_key, settings.llm_url, limits),
        is_local=address is not None and urlsplit(address).hostname in _LOCAL_HOSTS,
        address=address,
        limits=limits,
        schema_options=_SCHEMAS.get(provider),
    )


def limits_within(whole_s: float) -> Limits:
    """The limits of a reply that may take so long: half of it for the first token, and the usual 30 s where it can."""
    return Limits(first_token_s=min(whole_s, max(Limits().first_token_s, whole_s / 2)), whole_s=whole_s)


def chat_model(provider: str, model: str, key: str | None, url: str | None, limits: Limits) -> BaseChatModel:
    """LangChain's chat model. Raises LanguageModelMissing."""
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"temperature": 0, **_PROVIDER_OPTIONS.get(provider, _plain_options)(key, url, limits)}
    try:
        chat: BaseChatModel = init_chat_model(model, model_provider=provider, **options)
    except ImportError as error:
        extra = EXTRAS.get(provider)
        command = f"pip install '.[{extra}]'" if extra else f"pip install langchain-{provider}"
        raise LanguageModelMissing(
            f"Le fournisseur « {provider} » d'ASSISTANT_LLM n'est pas installé", f"lancez « {command} »"
        ) from error
    except Exception as error:
        raise LanguageModelMissing(
            f"ASSISTANT_LLM vaut « {provider}:{model} » et ne peut pas être ouvert ({type(error).__name__})",
            "donnez « fournisseur:modèle », comme « ollama:ministral-3:8b », et ASSISTANT_LLM_KEY si une clé est "
            "demandée",
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
