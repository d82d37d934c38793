"""Who is there: sessions of staff opened by password or by the one-time link, OIDC claims, and limits on asking."""

from __future__ import annotations

import hashlib
import ipaddress
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import time
from typing import Any

from assistant.access_settings import AccessSettings
from assistant.errors import AssistantError
from assistant.limits import Limit
from assistant.passwords import Passwords
from assistant.roles import NOBODY, Person, person_of_claims, require

COOKIE = "assistant_staff"
WRONG_PASSWORD = "Ce mot de passe n’est pas le bon."  # noqa: S105 - a sentence
NO_NAME = "Donnez votre nom : il est noté avec ce que vous faites."
LINK_USED = "Ce lien n’est pas, ou n’est plus, valable : relancez « assistant serve » pour en avoir un autre."
LINK_ELSEWHERE = "Ce lien ne s’ouvre que depuis la machine de l’assistant."
TOO_MANY_TRIES = "Trop d’essais de mot de passe : réessayez dans {wait}."
TOO_MANY_FILES = "Trop de fichiers en peu de temps : réessayez dans {wait}."
_MAX_NAME_CHARS = 80


@dataclass(frozen=True, slots=True)
class _Session:
    person: Person
    ends: float
    password_hash: str | None


class Access:
    """Who may come in, in one process. Sessions live in memory: leaving, a restart or a new password ends them."""

    def __init__(self, settings: AccessSettings, passwords: Passwords, *, now: Callable[[], float] = time) -> None:
        self.settings = settings
        self.passwords = passwords
        self._now = now
        self._sessions: dict[str, _Session] = {}  # by the hash of the cookie, so that memory holds no cookie
        self._link: str | None = None
        self._lock = threading.Lock()
        self._by_session = Limit(settings.asks_per_session)
        self._by_address = Limit(settings.asks_per_address)
        self._tries = Limit(5, minutes=5)
        self._uploads = Limit(30, minutes=5)

    @property
    def has_oidc(self) -> bool:
        """True when people log in at an OIDC provider."""
        return self.settings.oidc is not None

    def has_password(self) -> bool:
        """True when people log in by a staff password."""
        return not self.has_oidc and self.passwords.any_set()

    def person(self, cookie: str | None, claims: Mapping[str, Any] | None, *, is_local: bool) -> Person:
        """Who is there, judged anew each time: by OIDC claims when that is the way in, else by the session's cookie."""
        if self.has_oidc:
            max_age_s = 3600 * self.settings.session_hours
            return person_of_claims(claims, self.settings.rules, self._now(), max_age_s=max_age_s) if claims else NOBODY
        session = self._sessions.get(_digest(cookie)) if cookie else None
        if session is None or session.ends <= self._now():
            return NOBODY
        if session.person.how == "link":
            return session.person if is_local and not self.passwords.any_set() else NOBODY
        return session.person if session.password_hash == self.passwords.hash_of(session.person.role) else NOBODY

    def enter(self, name: str, password: str, address: str) -> str:
        """Opens a session by password; the cookie.

        Raises:
            AssistantError: no name, a wrong password, too many tries from this address.
        """
        self._tries.use(address, sentence=TOO_MANY_TRIES)
        role = self.passwords.role_of(password) if self.has_password() else None
        if role is None:
            raise AssistantError(WRONG_PASSWORD)
        given = " ".join(name.split())[:_MAX_NAME_CHARS]
        if not given or not given.isprintable():
            raise AssistantError(NO_NAME)
        return self._open(Person(given, role, "password"), self.passwords.hash_of(role))

    def new_link(self) -> str | None:
        """A fresh secret for the one-time link; None when people log in otherwise."""
        if self.has_oidc or self.passwords.any_set():
            return None
        self._link = secrets.token_urlsafe(24)
        return self._link

    def enter_by_link(self, given: str, address: str, host: str) -> str:
        """Opens a maintainer's session by the one-time link; the cookie.

        Raises:
            AssistantError: the link was used or never made, or the request does not come from this machine.
        """
        self._tries.use(address, sentence=TOO_MANY_TRIES)
        if not (is_loopback(address) and is_local_name(host)):
            raise AssistantError(LINK_ELSEWHERE)
        with self._lock:
            link = None if self.has_oidc or self.passwords.any_set() else self._link
            if link is None or not secrets.compare_digest(link.encode(), given.encode()):
                raise AssistantError(LINK_USED)
            self._link = None
        return self._open(Person("poste local", "maintainer", "link"), None)

    def leave(self, cookie: str | None) -> None:
        """Ends the session of a cookie."""
        if cookie:
            with self._lock:
                self._sessions.pop(_digest(cookie), None)

    def count_question(self, address: str, session: str | None = None) -> None:
        """Counts one question of a session and of an address.

        Raises:
            TooMany: one of them asks too often.
        """
        if session is not None:
            self._by_session.use(session)
        self._by_address.use(address)

    def admit_upload(self, cookies: Mapping[str, str], address: str) -> None:
        """Lets in the files of who may change documents; with OIDC, whose roles only screens know, a few an address.

        Raises:
            Refused: this is nobody who may.
            TooMany: too many files from this address.
        """
        self._uploads.use(address, sentence=TOO_MANY_FILES)
        if not self.has_oidc:
            require(self.person(cookies.get(COOKIE), None, is_local=is_loopback(address)), "change-corpus")

    def _open(self, person: Person, password_hash: str | None) -> str:
        cookie = secrets.token_urlsafe(32)
        now = self._now()
        with self._lock:
            self._sessions = {key: kept for key, kept in self._sessions.items() if kept.ends > now}
            ends = now + 3600 * self.settings.session_hours
            self._sessions[_digest(cookie)] = _Session(person, ends, password_hash)
        return cookie


def is_loopback(address: str) -> bool:
    """True for an address of this machine alone."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


def is_local_name(host: str) -> bool:
    """True when a Host header names this machine by its loopback name or address."""
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    return name.casefold() == "localhost" or is_loopback(name.strip("[]"))


def _digest(cookie: str) -> str:
    return hashlib.sha256(cookie.encode()).hexdigest()
