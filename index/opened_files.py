"""A file of the corpus as somebody opened it to change it: its text, and the fingerprint that tells a later version."""

from __future__ import annotations

import hashlib
from pathlib import Path

from index.error_words import reason_of
from index.errors import EditRefused

_UNREADABLE = "« {name} » ne peut pas être lu ({why}) : vérifiez ses droits et son encodage UTF-8."


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file's bytes; empty when there is none.

    Raises:
        EditRefused: it is there and cannot be read.
    """
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise EditRefused(_UNREADABLE.format(name=path.name, why=reason_of(error))) from error


def text_of(path: Path) -> str:
    """A file of the corpus to be changed, to the letter; empty when there is none yet.

    Raises:
        EditRefused: it cannot be read as text.
    """
    try:
        return path.read_bytes().decode() if path.is_file() else ""
    except (OSError, UnicodeDecodeError) as error:
        raise EditRefused(_UNREADABLE.format(name=path.name, why=reason_of(error))) from error
