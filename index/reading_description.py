"""What a file says of itself, for a document that the manifest does not name: title, publisher, date, address."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import Any

from index.furniture_cues import DATED_LINE, is_byline, is_dated, load_cues
from index.reading_formats import Format, open_file
from index.reading_text import decode
from index.records import Page

_ISO = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_NUMERIC = re.compile(r"(\d{1,2})(?:er)?[/.-](\d{1,2})[/.-](\d{4})")
_WORDED = re.compile(r"(\d{1,2})(?:er)?\s+([a-zéûôA-ZÉÛ]+)\.?\s+(\d{4})")
_PDF_DATE = re.compile(r"D:(\d{4})(\d{2})?(\d{2})?")
_NO_TITLE = re.compile(
    r"(?i)untitled|sans titre|\(?anonymous\)?|.*\.(docx?|pptx?|indd|pdf)|microsoft word.*|power\s?point presentation"
    r"|présentation powerpoint|word document|python-docx|openpyxl|steve canny"
)
_MONTHS = ("jan", "fev", "mar", "avr", "mai", "juin", "juil", "aou", "sep", "oct", "nov", "dec")
_TOP_LINES = 12
_TITLE_KEYS = ("title", "titre")
_DATE_KEYS = ("published_on", "date", "published", "publié", "publie", "date de publication", "updated", "pubdate")
_PUBLISHER_KEYS = ("publisher", "éditeur", "editeur", "source", "organisation", "site", "author", "auteur")
_URL_KEYS = ("url", "link", "lien", "permalink", "canonical", "adresse")


@dataclass(frozen=True, slots=True)
class FileDescription:
    """What the file itself says, empty where it says nothing; `published_as_written` is an ISO day, month or year.

    `published_on_estimated` is true when the date is the file's own (last saved), not one printed for readers.
    """

    title: str
    publisher: str
    published_as_written: str
    published_on_estimated: bool
    url: str | None


def describe_file(path: Path) -> FileDescription:
    """What can be read from the file without the manifest; its name serves as title when nothing else does.

    Raises:
        UnreadableDocument: the file cannot be opened at all.
    """
    content, found = open_file(path)
    description = FileDescription("", "", "", True, None)
    with suppress(Exception):  # damaged metadata says nothing; reading the document will tell the damage
        description = _DESCRIBERS[found](path, content)
    title = " ".join(description.title.split()) or re.sub(r"[-_]+", " ", path.stem).strip()
    return FileDescription(
        title,
        " ".join(description.publisher.split()),
        description.published_as_written,
        description.published_on_estimated,
        description.url,
    )


def iso_day(written: str) -> str:
    """The first date of the text as ISO (`2023-05-24`, `2023-05`), empty when there is none."""
    iso = _ISO.search(written)
    if iso and 1 <= int(iso[2]) <= 12:
        return iso[0]
    numeric = _NUMERIC.search(written)
    if numeric and 1 <= int(numeric[2]) <= 12 and 1 <= int(numeric[1]) <= 31:
        return f"{numeric[3]}-{int(numeric[2]):02d}-{int(numeric[1]):02d}"
    worded = _WORDED.search(written)
    month = _month(worded[2]) if worded else 0
    return f"{worded[3]}-{month:02d}-{int(worded[1]):02d}" if worded and month and 1 <= int(worded[1]) <= 31 else ""


def _month(name: str) -> int:
    bare = name.lower().replace("é", "e").replace("û", "u").replace("ô", "o")
    return next((at for at, start in enumerate(_MONTHS, 1) if bare.startswith(start)), 0)


def _from_fields(fields: Mapping[str, str], *, is_printed: bool) -> FileDescription:
    def first(keys: tuple[str, ...]) -> str:
        return next((fields[key] for key in keys if fields.get(key)), "")

    url = first(_URL_KEYS)
    return FileDescription(
        first(_TITLE_KEYS),
        first(_PUBLISHER_KEYS),
        iso_day(first(_DATE_KEYS)),
        not is_printed,
        url if url.startswith(("http://", "https://")) else None,
    )


def _of_text(path: Path, content: bytes) -> FileDescription:
    return _of_lines(decode(path, content).splitlines())


def _of_lines(lines: list[str]) -> FileDescription:
    """The first line as title, and a dated line near the top."""
    cues = load_cues()
    filled = [line.strip() for line in lines if line.strip()][:_TOP_LINES]
    dated = next((line for line in filled[:6] if is_dated(line, cues)), "")
    match = DATED_LINE.match(dated)
    bylines = (line.lstrip("-–— ") for line in filled[:6] if is_byline(line, cues) and not is_dated(line, cues))
    kicker = next((line.split(" - ", 1)[1] for line in bylines if " - " in line), "")
    titles = (line for line in filled if line != dated and not is_byline(line, cues) and cues.find(line) is None)
    title = next(titles, "")
    published = iso_day(match["date"]) if match else ""
    return FileDescription(title if len(title) < 300 else "", kicker, published, not published, None)


def _of_markdown(path: Path, content: bytes) -> FileDescription:
    from index.reading_markdown import front_matter, split_front_matter

    text = decode(path, content)
    own = _from_fields(front_matter(text), is_printed=True)
    lines = [line.lstrip("#").strip() for line in split_front_matter(text)[1].splitlines()]
    heading = re.search(r"^#\s+(.+)$", split_front_matter(text)[1], re.MULTILINE)
    near = _of_lines([line.strip("*_ ") for line in lines])
    return FileDescription(
        own.title or (heading[1] if heading else near.title),
        own.publisher or near.publisher,
        own.published_as_written or near.published_as_written,
        not (own.published_as_written or near.published_as_written),
        own.url,
    )


def _of_html(_path: Path, content: bytes) -> FileDescription:
    import trafilatura

    from index.reading_html import decode_html

    found = trafilatura.extract_metadata(decode_html(content))
    if found is None:
        return FileDescription("", "", "", True, None)
    published = iso_day(found.date or "")
    return FileDescription(found.title or "", found.sitename or "", published, not published, found.url)


def _of_pdf(path: Path, content: bytes) -> FileDescription:
    from index.reading_pdf import opened

    reader = opened(path, content)
    own: Mapping[str, Any] = reader.metadata or {}
    written = _PDF_DATE.match(str(own.get("/CreationDate", "")))
    published = "-".join(part for part in written.groups() if part) if written else ""
    title = str(own.get("/Title") or "")
    lines = (reader.pages[0].extract_text() or "").splitlines()
    near = _of_lines(lines)
    is_named = bool(title.strip()) and not _NO_TITLE.fullmatch(title)
    author = str(own.get("/Author") or "")
    printed = near.published_as_written
    return FileDescription(
        title if is_named else near.title,
        "" if _NO_TITLE.fullmatch(author) else author,
        printed or published,
        not printed,
        None,
    )


def _of_office(path: Path, content: bytes) -> FileDescription:
    from lxml import etree

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        root: Any = etree.fromstring(archive.read("docProps/core.xml"), parser)
    fields = {etree.QName(child).localname.lower(): (child.text or "") for child in root}
    names = {
        "title": fields.get("title", ""),
        "author": fields.get("creator", ""),
        "date": fields.get("modified", "") or fields.get("created", ""),
    }
    own = _from_fields(
        {key: "" if _NO_TITLE.fullmatch(value) else value for key, value in names.items()}, is_printed=False
    )
    near = _of_frame(path, content)
    return FileDescription(
        own.title or near.title,
        own.publisher,
        near.published_as_written or own.published_as_written,
        not near.published_as_written,
        None,
    )


def _of_frame(path: Path, content: bytes) -> FileDescription:
    """The first heading, and the dated line near the top, of an Office document as read."""
    module = import_module(f"index.reading_{path.suffix.lower().removeprefix('.')}")
    page: Page = module.read(path, content).pages[0]
    heading = next((page.text[block.start : block.end] for block in page.blocks if block.kind == "heading"), "")
    near = _of_lines(page.text.splitlines())
    return replace(near, title=heading or near.title)


_DESCRIBERS: dict[Format, Callable[[Path, bytes], FileDescription]] = {
    "text": _of_text,
    "markdown": _of_markdown,
    "html": _of_html,
    "pdf": _of_pdf,
    "docx": _of_office,
    "xlsx": _of_office,
    "pptx": _of_office,
}
