"""The settings: environment variables and a `.env` file, all prefixed `ASSISTANT_`."""

from __future__ import annotations

import difflib
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Literal

from dotenv import dotenv_values

from assistant.access_settings import AccessSettings, read_access
from assistant.errors import SettingsError

CHECKOUT = Path(__file__).resolve().parent.parent
PREFIX = "ASSISTANT_"

# name after the prefix → (default, what it is, in the words of the documentation)
KNOWN: Mapping[str, tuple[str, str]] = {
    "CORPUS": ("corpus", "dossier du corpus"),
    "INDEX": ("index/built", "dossier des générations de l'index"),
    "JOURNAL": ("", "adresse SQLAlchemy du journal ; vide : SQLite à côté de l'index"),
    "JOURNAL_DAYS": ("365", "après ce nombre de jours, un échange est effacé du journal"),
    "CHROMA_URL": ("", "serveur Chroma, pour plusieurs machines ; vide : embarqué"),
    "EMBEDDING_MODEL": ("bundled", "« bundled » ou un modèle sentence-transformers, par nom ou chemin"),
    "RERANKER": ("", "un cross-encoder sentence-transformers, par nom ou chemin"),
    "LLM": ("", "« fournisseur:modèle » pour LangChain ; vide : aucun modèle de langue"),
    "LLM_URL": ("", "adresse d'un serveur compatible OpenAI ou Ollama"),
    "LLM_KEY": ("", "clé de ce serveur"),
    "LLM_STRATEGY": ("quote", "« quote » : le modèle choisit et cite ; « write » : il rédige avec des repères [n]"),
    "LLM_MASK": ("1", "1 : masquer les données personnelles d'une question envoyée à un modèle distant ; 0 : non"),
    "LLM_TIMEOUT": ("60", "secondes laissées au modèle de langue pour répondre"),
    "VOCABULARY": ("", "un autre vocabulaire que celui du corpus"),
    "DAY": ("", "fixe le jour (AAAA-MM-JJ), pour les essais et démonstrations"),
    "MAX_ERROR_RATE": (
        "0.03",
        "part d'erreurs admise parmi les réponses aux questions de réglage, entre 0 et 1",
    ),
    "GATE_LOST": ("0.005", "part des questions de référence qui peuvent perdre leur réponse juste à une construction"),
    "GATE_WRONG": ("0.003", "part des questions de référence qui peuvent recevoir une réponse fausse de plus"),
    "ADDRESS": ("", "adresse du site vue des navigateurs, comme https://assistant.exemple.fr"),
    "OIDC_URL": ("", "adresse « openid-configuration » du fournisseur d'identité ; vide : pas de connexion OIDC"),
    "OIDC_CLIENT": ("", "identifiant de l'assistant chez ce fournisseur"),
    "OIDC_SECRET": ("", "secret de l'assistant chez ce fournisseur"),
    "SUPPORT": ("", "qui a le rôle d'assistance : courriels, @domaines, attributs comme groups=aide"),
    "MAINTAINERS": ("", "qui a le rôle de maintenance, de même"),
    "SESSION_HOURS": ("12", "heures après lesquelles l'équipe se connecte à nouveau"),
    "ASKS_PER_SESSION": ("20", "questions par minute d'une même page ouverte ; 0 : sans limite"),
    "ASKS_PER_ADDRESS": ("120", "questions par minute d'une même adresse réseau ; 0 : sans limite"),
}


@dataclass(frozen=True, slots=True)
class Settings:
    """Where everything is and which models are used. Empty strings of the environment are None here."""

    corpus: Path
    index: Path
    journal: str = field(repr=False)  # its address may hold a password
    journal_days: int
    chroma_url: str | None
    embedding_model: str
    reranker: str | None
    llm: str | None
    llm_url: str | None
    llm_key: str | None = field(repr=False)
    llm_strategy: Literal["quote", "write"]
    llm_mask: bool
    llm_timeout_s: float
    vocabulary: Path | None
    day: date | None
    max_error_rate: float
    gate_lost: float
    gate_wrong: float
    access: AccessSettings


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """The settings of `environment`, by default `.env` of the checkout overridden by the process's own variables.

    Raises:
        SettingsError: an unknown `ASSISTANT_` variable (the nearest known one is named) or an impossible value.
    """
    if environment is None:
        from_file = {key: value or "" for key, value in dotenv_values(CHECKOUT / ".env").items()}
        environment = {**from_file, **os.environ}
    given = {key[len(PREFIX) :]: value.strip() for key, value in environment.items() if key.startswith(PREFIX)}
    for name in given:
        _refuse_unknown(name)
    values = {name: given.get(name) or default for name, (default, _) in KNOWN.items()}
    index = _path(values["INDEX"])
    return Settings(
        corpus=_path(values["CORPUS"]),
        index=index,
        journal=_journal(values["JOURNAL"], index),
        journal_days=_days(values["JOURNAL_DAYS"]),
        chroma_url=values["CHROMA_URL"] or None,
        embedding_model=_model(values["EMBEDDING_MODEL"]),
        reranker=_model(values["RERANKER"]) or None,
        llm=values["LLM"] or None,
        llm_url=values["LLM_URL"] or None,
        llm_key=values["LLM_KEY"] or None,
        llm_strategy="write" if _one_of(values, "LLM_STRATEGY", "quote", "write") == "write" else "quote",
        llm_mask=_one_of(values, "LLM_MASK", "1", "0") == "1",
        llm_timeout_s=_seconds(values, "LLM_TIMEOUT"),
        vocabulary=_path(values["VOCABULARY"]) if values["VOCABULARY"] else None,
        day=_day(values["DAY"]),
        max_error_rate=_rate(values, "MAX_ERROR_RATE"),
        gate_lost=_rate(values, "GATE_LOST", least=0.0),
        gate_wrong=_rate(values, "GATE_WRONG", least=0.0),
        access=read_access(values),
    )


def _refuse_unknown(name: str) -> None:
    if name in KNOWN:
        return
    nearest = difflib.get_close_matches(name, KNOWN, n=1, cutoff=0.0)
    raise SettingsError(
        f"Réglage inconnu : {PREFIX}{name}. Vouliez-vous dire {PREFIX}{nearest[0]} ? Corrigez ou retirez-le."
    )


def _path(value: str) -> Path:
    path = Path(value).expanduser()
    return path if path.is_absolute() else CHECKOUT / path


def _journal(value: str, index: Path) -> str:
    """The journal's address; a relative SQLite file is taken from the checkout."""
    name = value.removeprefix("sqlite:///")
    if not value or name in (value, "", ":memory:"):
        return value or f"sqlite:///{index / 'journal.sqlite3'}"
    return f"sqlite:///{_path(name)}"


def _model(value: str) -> str:
    """A model given by a relative path is found from the checkout; a name stays as it is."""
    relative = CHECKOUT / value
    return str(relative) if value and "/" in value and relative.is_dir() else value


def _day(value: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise SettingsError(f"{PREFIX}DAY vaut « {value} » : donnez un jour comme 2026-11-22.") from error


def _days(value: str) -> int:
    if not (value.isascii() and value.isdigit() and 1 <= int(value) <= 36_500):
        raise SettingsError(f"{PREFIX}JOURNAL_DAYS vaut « {value} » : donnez un nombre de jours, comme 365.")
    return int(value)


def _rate(values: Mapping[str, str], name: str, *, least: float | None = None) -> float:
    """A share below 1: above 0, or from `least` on."""
    try:
        rate = float(values[name])
    except ValueError:
        rate = -1.0
    if not (0 < rate < 1 or rate == least):
        raise SettingsError(f"{PREFIX}{name} vaut « {values[name]} » : donnez un nombre entre 0 et 1, comme 0.02.")
    return rate


def _one_of(values: Mapping[str, str], name: str, *choices: str) -> str:
    if values[name] not in choices:
        raise SettingsError(f"{PREFIX}{name} vaut « {values[name]} » : donnez {' ou '.join(choices)}.")
    return values[name]


def _seconds(values: Mapping[str, str], name: str) -> float:
    try:
        seconds = float(values[name])
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < 3600:
        raise SettingsError(f"{PREFIX}{name} vaut « {values[name]} » : donnez un nombre de secondes, comme 60.")
    return seconds
