"""Door for pypdf: a PDF as pages of text in reading order, with its tables, without its running headers.

Words and their places come from PDFium (`page_images`), which tables and columns need; pypdf says whether the file is
whole and open, and gives a page's text where PDFium's is damaged.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from index.errors import UnreadableDocument
from index.frames import compose, last_headers
from index.hidden_instructions import warnings_of
from index.line_joining import Joiner
from index.page_layouts import Layout, layouts
from index.parts import Part, Prose, Reading, clean
from index.reading_pdf_furniture import running_rows
from index.reading_pdf_pages import parts_of, sorted_page, upright
from index.reading_pdf_prose import style_of
from index.reading_pdf_tables import PageTable
from index.records import LeftOut, Page, Span

_MAX_PAGES = 3_000
_TAIL_BYTES = 4_096
_LEAST_BLANKS_PER_LETTER = 0.14
_MOST_LETTERS_PER_WORD = 7.5
_LEAST_WORDS = 30
_TINY_POINTS = 2.0
_PAGES_WITH_NOTES = 100


def read(path: Path, content: bytes) -> Reading:
    """One page of text for each of the file's, numbered as a viewer does."""
    reader = opened(path, content)
    drawn: list[tuple[Layout, tuple[str, ...]]] = []
    hidden: list[LeftOut] = []
    for number, layout in enumerate(layouts(path), 1):
        cleaned, unseen = _cleaned(layout)
        drawn.append(upright(cleaned))
        hidden += [LeftOut(unseen, f"texte invisible, page {number}")] if unseen else []
    joiner = Joiner(word.text for layout, _ in drawn for word in layout.words)
    pages = [sorted_page(layout, joiner) for layout, _ in drawn]
    running = running_rows([page.rows for page in pages], [page.layout.height for page in pages])
    style = style_of(line for page in pages for row in page.rows for line in row)
    read_pages: list[Page] = []
    left_out: list[LeftOut] = []
    before: PageTable | None = None
    headers: tuple[Span | None, ...] = ()
    for number, (page, dropped) in enumerate(zip(pages, running, strict=True), 1):
        parts, lefts, last = parts_of(page, dropped, style, joiner, before)
        frame = compose(number, _mended(reader, number, parts), headers)
        before, headers = last, last_headers(frame) if last else ()
        read_pages.append(frame)
        aside = drawn[number - 1][1]
        left_out += [*lefts, LeftOut(" ".join(aside), "texte en marge")] if aside else lefts
    warnings = [f"page {page.number} : aucun texte, image numérisée ?" for page in read_pages if not page.text.strip()]
    warnings += warnings_of(_beside(reader))
    return Reading(tuple(read_pages), (*left_out, *hidden), tuple(warnings))


def _beside(reader: PdfReader) -> Iterator[tuple[str, str]]:
    """What the file says beside its pages: its properties and the notes stuck on its first pages."""
    with suppress(Exception):  # the library raises anything on damaged files
        yield from (("propriétés du fichier", str(value)) for value in (reader.metadata or {}).values())
        for page in reader.pages[:_PAGES_WITH_NOTES]:
            notes = page.annotations or ()
            yield from (
                ("annotation", str(note.get_object().get("/Contents", ""))) for note in notes[:_PAGES_WITH_NOTES]
            )


def opened(path: Path, content: bytes) -> PdfReader:
    """The PDF, whole and unlocked."""
    tail = content[-_TAIL_BYTES:]
    if b"%%EOF" not in tail and b"startxref" not in tail:
        raise UnreadableDocument(
            path.name, "le PDF est tronqué : sa fin manque ; téléchargez-le ou déposez-le de nouveau."
        )
    try:
        reader = PdfReader(io.BytesIO(content))
        is_locked = reader.is_encrypted and not reader.decrypt("")
        pages = 0 if is_locked else len(reader.pages)
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError, OSError) as error:
        raise UnreadableDocument(path.name, "le PDF est abîmé ; déposez-le de nouveau.") from error
    if is_locked:
        raise UnreadableDocument(
            path.name, "le PDF est protégé par un mot de passe ; enregistrez-le sans mot de passe."
        )
    if not 0 < pages <= _MAX_PAGES:
        reason = (
            f"le PDF a {pages} pages, plus que la limite de {_MAX_PAGES} ; découpez-le."
            if pages
            else "le PDF n'a aucune page."
        )
        raise UnreadableDocument(path.name, reason)
    return reader


def is_glued(text: str) -> bool:
    """Whether words run into one another: few blanks for the letters, or long words (limits from 679 real pages)."""
    words = text.split()
    letters = sum(map(len, words))
    if not letters or len(words) + letters < _LEAST_WORDS * 3:
        return False
    blanks = len(re.findall(r"\s+", text))
    is_long = len(words) >= _LEAST_WORDS and letters / len(words) > _MOST_LETTERS_PER_WORD
    return blanks / letters < _LEAST_BLANKS_PER_LETTER or is_long


def _cleaned(layout: Layout) -> tuple[Layout, str]:
    """The layout with compatibility characters folded (ligatures, wide spaces, superscripts), and what nobody sees."""
    words = []
    unseen: list[str] = []
    for word in layout.words:
        body, soft = word.text.rstrip("\u00ad"), "\u00ad" if word.text.endswith("\u00ad") else ""
        text = clean(unicodedata.normalize("NFKC", body)).replace("\n", " ")
        if text and (word.is_unseen or 0 < word.size < _TINY_POINTS):
            unseen.append(text)
        elif text:
            words.append(replace(word, text=text + soft))
    return replace(layout, words=tuple(words)), " ".join(unseen)


def _mended(reader: PdfReader, number: int, parts: list[Part]) -> list[Part]:
    """The parts, or pypdf's text as paragraphs when they are glued and it is not."""
    text = "\n".join(part.text for part in parts if isinstance(part, Prose))
    if not is_glued(text):
        return parts
    try:
        other = unicodedata.normalize("NFKC", reader.pages[number - 1].extract_text())
    except (PyPdfError, ValueError, TypeError, KeyError, AttributeError, IndexError, RecursionError):
        return parts
    if is_glued(other) or not other.strip():
        return parts
    return [Prose("paragraph", clean(block)) for block in re.split(r"\n\s*\n", other)]
