"""Pure: the settings of who may come in, read from their texts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from assistant.errors import SettingsError
from assistant.roles import Rules

_OIDC = ("OIDC_URL", "OIDC_CLIENT", "OIDC_SECRET", "ADDRESS")
INCOMPLETE = "La connexion OIDC demande aussi le réglage ASSISTANT_{name} : donnez-le, ou retirez ASSISTANT_OIDC_URL."
NO_ADDRESS = "ASSISTANT_{name} n’est pas une adresse complète : donnez-la avec https://."
NO_NUMBER = "ASSISTANT_{name} vaut « {value} » : donnez un nombre entier de {least} à {most}."
NO_RULE = (
    "ASSISTANT_{name} contient « {entry} » : donnez des adresses de courriel, des domaines (@exemple.fr) ou des "
    "attributs (groupe=valeur), séparés par des virgules."
)


@dataclass(frozen=True, slots=True)
class Oidc:
    """The provider that people log in at."""

    metadata_url: str
    client: str
    secret: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class AccessSettings:
    """Who may come in and how often. `address` is the site as browsers see it, without a final slash."""

    address: str | None = None
    oidc: Oidc | None = None
    rules: Rules = field(default_factory=Rules)
    session_hours: int = 12
    asks_per_session: int = 20
    asks_per_address: int = 120

    @property
    def is_https(self) -> bool:
        """True when browsers reach the site by https, so that cookies may be kept to it."""
        return bool(self.address) and urlsplit(self.address).scheme == "https"


def read_access(values: Mapping[str, str]) -> AccessSettings:
    """The settings of access from the values of all settings, by name without prefix.

    Raises:
        SettingsError: one is missing or impossible; a secret is never repeated.
    """
    return AccessSettings(
        address=_address("ADDRESS", values),
        oidc=_oidc(values),
        rules=Rules(_entries("SUPPORT", values), _entries("MAINTAINERS", values)),
        session_hours=_number("SESSION_HOURS", values, least=1, most=720),
        asks_per_session=_number("ASKS_PER_SESSION", values),
        asks_per_address=_number("ASKS_PER_ADDRESS", values),
    )


def _oidc(values: Mapping[str, str]) -> Oidc | None:
    if not values["OIDC_URL"]:
        return None
    for name in _OIDC:
        if not values[name]:
            raise SettingsError(INCOMPLETE.format(name=name))
    return Oidc(_address("OIDC_URL", values) or "", values["OIDC_CLIENT"], values["OIDC_SECRET"])


def _address(name: str, values: Mapping[str, str]) -> str | None:
    address = values[name].rstrip("/")
    if not address:
        return None
    try:
        split = urlsplit(address)
        is_complete = split.scheme in {"http", "https"} and bool(split.hostname)
    except ValueError:
        is_complete = False
    if not is_complete:
        raise SettingsError(NO_ADDRESS.format(name=name))
    return address


def _entries(name: str, values: Mapping[str, str]) -> tuple[str, ...]:
    entries = tuple(entry.strip() for entry in values[name].split(",") if entry.strip())
    for entry in entries:
        claim, _, value = entry.partition("=")
        is_rule = bool(claim and value) if "=" in entry else entry.count("@") == 1 and not entry.endswith("@")
        if not is_rule:
            raise SettingsError(NO_RULE.format(name=name, entry=entry))
    return entries


def _number(name: str, values: Mapping[str, str], *, least: int = 0, most: int = 1_000_000) -> int:
    text = values[name]
    if not (text.isascii() and text.isdigit() and len(text) < 9 and least <= int(text) <= most):
        raise SettingsError(NO_NUMBER.format(name=name, value=text, least=least, most=most))
    return int(text)
