"""A TOML file of a corpus as plain values; what is wrong with it is told in French."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from index.error_words import reason_of
from index.errors import CorpusError


def read_toml(path: Path) -> dict[str, Any]:
    """What the file says.

    Raises:
        CorpusError: it cannot be read, or is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CorpusError(
            f"« {path.name} » n'est pas un fichier TOML valide ({reason_of(error)}) : corrigez cette ligne."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(
            f"« {path.name} » ne peut pas être lu ({reason_of(error)}) : vérifiez ses droits et son encodage UTF-8."
        ) from error
