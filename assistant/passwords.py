"""Door for argon2: the staff passwords, one a role, kept as hashes in a file that only its owner reads."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from assistant.errors import AssistantError
from assistant.roles import ROLES, Role

MIN_CHARS = 12
TOO_SHORT = "Le mot de passe doit compter au moins {number} caractères."
UNREADABLE = (
    "Le fichier « {path} » est illisible : corrigez ses droits, ou supprimez-le et refaites « assistant password »."
)
STAFF_ROLES = ROLES[1:]


class Passwords:
    """The hashes of one file, read anew each time: a password that is changed counts at once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._hasher = PasswordHasher()

    def set(self, role: Role, password: str) -> None:
        """Sets the password of a role.

        Raises:
            AssistantError: it is too short, or the file cannot be written.
        """
        if len(password) < MIN_CHARS:
            raise AssistantError(TOO_SHORT.format(number=MIN_CHARS))
        self._write({**self._read(), role: self._hasher.hash(password)})

    def hash_of(self, role: Role) -> str | None:
        """The hash kept for a role, None when it has no password."""
        found = self._read().get(role)
        return found if isinstance(found, str) else None

    def any_set(self) -> bool:
        """True when some role has a password."""
        return any(self.hash_of(role) for role in STAFF_ROLES)

    def role_of(self, password: str) -> Role | None:
        """The highest role whose password this is. Every hash is tried: the time taken says nothing."""
        matched = [role for role in STAFF_ROLES if self._verifies(self.hash_of(role), password)]
        return matched[-1] if matched else None

    def cookie_secret(self) -> str:
        """A random secret to sign cookies with, made once and kept in the same file."""
        kept = self._read()
        if not isinstance(kept.get("cookie_secret"), str):
            kept["cookie_secret"] = secrets.token_urlsafe(48)
            self._write(kept)
        return str(kept["cookie_secret"])

    def _verifies(self, kept: str | None, password: str) -> bool:
        try:
            return kept is not None and self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False

    def _read(self) -> dict[str, Any]:
        try:
            kept = json.loads(self.path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return {}
        except (OSError, ValueError) as error:
            raise AssistantError(UNREADABLE.format(path=self.path)) from error
        return kept if isinstance(kept, dict) else {}

    def _write(self, kept: dict[str, Any]) -> None:
        aside = self.path.with_name(f"{self.path.name}.{os.getpid()}")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:  # noqa: PTH123
                json.dump(kept, file)
            aside.replace(self.path)
        except OSError as error:
            raise AssistantError(UNREADABLE.format(path=self.path)) from error
