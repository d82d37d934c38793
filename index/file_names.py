"""Pure: names of files that people give, made harmless: no path, no line break, no length beyond what disks take."""

from __future__ import annotations

import re
import unicodedata
from pathlib import PurePosixPath

MAX_NAME_BYTES = 200
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]+')
# Names that Windows keeps for devices: a corpus may be shared with such a machine.
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)")


def safe_name(given: str) -> str:
    """The name of a file that stands for the one given: one component, printable, at most `MAX_NAME_BYTES` bytes.

    Its ending is kept in small letters; a name of which nothing is left is « document ».
    """
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", given))[-1]
    shown = "".join(character if character.isprintable() else " " for character in last)
    plain = " ".join(_FORBIDDEN.sub("-", shown).split()).lstrip(".~$ ").rstrip(". ")
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > 10 or not suffix.isalnum():
        stem, suffix = plain, ""
    ending = f".{suffix.lower()}" if suffix else ""
    stem = _cut(stem.rstrip(". "), MAX_NAME_BYTES - len(ending.encode()))
    if not stem or _DEVICES.fullmatch(stem):
        stem = f"document{'-' + stem if stem else ''}"
    return stem + ending


def path_trouble(path: str) -> str:
    """Why a path relative to `documents/` cannot be given to a new file, as a French sentence; empty when it can."""
    components = path.split("/")
    if not path or any(safe_name(part) != part for part in components[-1:]):
        return f"Le nom de fichier « {components[-1]} » n'est pas possible : essayez « {safe_name(components[-1])} »."
    if any(safe_name(part).removeprefix("document-") != part for part in components[:-1]):
        return "Un dossier s'écrit sans point au début, sans « .. » ni signe réservé : choisissez un autre dossier."
    return "" if len(path.encode()) <= 2 * MAX_NAME_BYTES else "Le chemin est trop long : raccourcissez-le."


def numbered(path: str, number: int) -> str:
    """The path with a number before its ending, for a name that is taken: « notice-2.pdf »."""
    pure = PurePosixPath(path)
    stem = _cut(pure.stem, MAX_NAME_BYTES - len(pure.suffix.encode()) - 5)
    return str(pure.with_name(f"{stem}-{number}{pure.suffix}"))


def _cut(text: str, most_bytes: int) -> str:
    """The beginning of the text in so many bytes, never half a character."""
    return text.encode()[:most_bytes].decode(errors="ignore").rstrip(". ")
