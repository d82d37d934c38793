"""Files that a command is told to write."""

from __future__ import annotations

from pathlib import Path

from assistant.errors import AssistantError
from index.error_words import reason_of


def write_file(path: Path, content: bytes, *, makes_folder: bool = False) -> None:
    """Writes the file, in a folder that is there or, if wanted, made.

    Raises:
        AssistantError: it cannot be written.
    """
    try:
        if makes_folder:
            path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise AssistantError(f"« {path} » ne peut pas être écrit ({reason_of(error)}).") from error
