"""Door for tesseract, when it is installed with French: scanned pages of a PDF become text, with how sure it is.

The page is drawn in the reader's isolated process; tesseract is a process of its own, with limits on time and memory.
"""

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from index.errors import UnreadableDocument
from index.frames import compose
from index.parts import Prose
from index.records import Document, Page

LANGUAGE = "fra"
_DPI = 200
_ENGINE_S = 10.0
_PAGE_S = 60.0
_LOOK_S = 0.2
_DOCUMENT_S = 900.0
_MEMORY_BYTES = 2 * 2**30
# Below this share, what is read is more noise than text: it is left out, and said.
_LEAST_CONFIDENCE = 0.5
_MAX_OUTPUT_BYTES = 8 * 2**20
_NO_ENGINE = "aucun texte, image numérisée ? Installez tesseract-ocr et tesseract-ocr-fra pour la lire"
_DEAD_ENGINE = "image numérisée, non lue : tesseract est installé et ne répond pas ; réinstallez-le"
_WORD_LEVEL, _COLUMNS = "5", 12


class Drawing(Protocol):
    """What draws a page in a process of its own."""

    def picture(self, path: Path, page: int, *, dpi: int) -> bytes:
        """The page (1-based) as PNG."""

    @property
    def is_stopped(self) -> bool:
        """Whether somebody wants no more pages read."""


@dataclass(frozen=True, slots=True)
class Recognised:
    """What was read on a picture: paragraphs, and how sure the engine is, 0..1 over their letters."""

    paragraphs: tuple[str, ...]
    confidence: float


def identity() -> str:
    """Which engine reads scanned pages; empty when there is none that knows French, or it does not answer."""
    try:
        return _identity()
    except (OSError, subprocess.SubprocessError):
        return ""


def with_scans_read(document: Document, path: Path, reader: Drawing) -> Document:
    """The document with its pages that are only pictures read, when an engine is there; a warning tells of each.

    Raises:
        UnreadableDocument: the reader was stopped.
    """
    scanned = [page.number for page in document.pages if page.number is not None and not page.text.strip()]
    if not scanned or path.suffix.lower() != ".pdf":
        return document
    trouble = _trouble()
    pages = {page.number: page for page in document.pages}
    said: dict[int, str] = {}
    ends = time.monotonic() + _DOCUMENT_S
    for number in scanned:
        if reader.is_stopped:
            break
        if trouble:
            said[number] = trouble
        elif time.monotonic() > ends:
            said[number] = "image numérisée, non lue : le document en contient trop"
        else:
            pages[number], said[number] = _read(path, number, reader)
    if reader.is_stopped:
        raise UnreadableDocument(path.name, "sa lecture a été arrêtée.")
    others = [
        warning for warning in document.warnings if not warning.startswith(tuple(f"page {n} : " for n in scanned))
    ]
    told = [f"page {number} : {sentence}" for number, sentence in said.items()]
    return replace(document, pages=tuple(pages[page.number] for page in document.pages), warnings=(*others, *told))


def _read(path: Path, number: int, reader: Drawing) -> tuple[Page, str]:
    try:
        found = recognise(reader.picture(path, number, dpi=_DPI), is_stopped=lambda: reader.is_stopped)
    except UnreadableDocument as refusal:
        return Page(number, "", ()), f"image numérisée, non lue : {refusal.reason}"
    if not found.paragraphs:
        return Page(number, "", ()), "image sans texte reconnu"
    share = f"confiance {found.confidence:.0%}".replace("%", " %")
    if found.confidence < _LEAST_CONFIDENCE:
        return Page(number, "", ()), f"image numérisée, laissée de côté : son texte est trop incertain ({share})"
    page = compose(number, [Prose("paragraph", paragraph) for paragraph in found.paragraphs])
    return page, f"image numérisée, lue par reconnaissance de caractères ({share}) : vérifiez ses chiffres"


def _identity() -> str:
    program = shutil.which("tesseract")
    if program is None:
        return ""
    languages = _run([program, "--list-langs"], b"", _ENGINE_S).split()
    return _run([program, "--version"], b"", _ENGINE_S).partition("\n")[0] if LANGUAGE in languages else ""


def _trouble() -> str:
    """Why no scanned page can be read, as a French sentence; empty when they can."""
    try:
        return "" if _identity() else _NO_ENGINE
    except (OSError, subprocess.SubprocessError):
        return _DEAD_ENGINE


def recognise(picture: bytes, *, is_stopped: Callable[[], bool] = lambda: False) -> Recognised:
    """What stands on a PNG picture.

    Raises:
        UnreadableDocument: no engine, or it failed, took too long or was stopped.
    """
    program = shutil.which("tesseract")
    command = [program or "tesseract", "stdin", "stdout", "-l", LANGUAGE, "--dpi", str(_DPI), "tsv"]
    try:
        return _paragraphs(_run(command, picture, _PAGE_S, is_stopped))
    except (OSError, subprocess.SubprocessError) as error:
        raise UnreadableDocument("image", "la reconnaissance de caractères a échoué ou pris trop de temps.") from error


def _run(command: list[str], given: bytes, timeout_s: float, is_stopped: Callable[[], bool] = lambda: False) -> str:
    """What a program prints, within limits; empty when it fails."""
    import resource

    environment = {"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    with subprocess.Popen(  # noqa: S603 a program found by its own name, with fixed arguments
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
    ) as process:
        try:
            if hasattr(resource, "prlimit"):
                resource.prlimit(process.pid, resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
                resource.prlimit(process.pid, resource.RLIMIT_FSIZE, (0, 0))
            printed = _printed(process, given, timeout_s, is_stopped)
        except BaseException:
            process.kill()
            raise
    return printed[:_MAX_OUTPUT_BYTES].decode("utf-8", "replace") if process.returncode == 0 else ""


def _printed(process: subprocess.Popen[bytes], given: bytes, timeout_s: float, is_stopped: Callable[[], bool]) -> bytes:
    """What it prints; killed as soon as somebody stops it. A second `communicate` would not send the rest (3.11)."""
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(_LOOK_S):
            if is_stopped():
                process.kill()

    threading.Thread(target=watch, daemon=True, name="recognition").start()
    try:
        return process.communicate(given, timeout=timeout_s)[0]
    finally:
        ended.set()


def _paragraphs(table: str) -> Recognised:
    """The words of tesseract's table, joined by line and paragraph; the confidence is the mean over letters."""
    lines: dict[tuple[str, ...], dict[str, list[str]]] = {}
    sure = letters = 0.0
    for word, place, confidence in _words(table):
        lines.setdefault(place[:2], {}).setdefault(place[2], []).append(word)
        sure += len(word) * confidence
        letters += len(word)
    paragraphs = (" ".join(" ".join(words) for words in by_line.values()) for by_line in lines.values())
    return Recognised(tuple(paragraphs), sure / letters if letters else 0.0)


def _words(table: str) -> Iterator[tuple[str, tuple[str, str, str], float]]:
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == _COLUMNS and cells[0] == _WORD_LEVEL and cells[11].strip():
            yield cells[11].strip(), (cells[2], cells[3], cells[4]), max(0.0, float(cells[10])) / 100
