"""What a file really is, whatever its name says, and the checks that come before any library opens it.

Refusals are French sentences that end with the remedy. Nothing here decompresses more than the first bytes of a part.
"""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Literal

from index.errors import UnreadableDocument

Format = Literal["pdf", "docx", "xlsx", "pptx", "html", "markdown", "text"]

FORMAT_OF_SUFFIX: dict[str, Format] = {
    ".pdf": "pdf",
    ".docx": "docx",
    ".xlsx": "xlsx",
    ".pptx": "pptx",
    ".html": "html",
    ".htm": "html",
    ".md": "markdown",
    ".txt": "text",
}
MAX_FILE_BYTES = 100 * 2**20
MAX_NAME_BYTES = 240

_MAX_UNPACKED_BYTES = 400 * 2**20
_MAX_RATIO = 200
_RATIO_FLOOR_BYTES = 20 * 2**20
_MAX_PARTS = 20_000
_XML_HEAD_BYTES = 65_536
_HEAD_BYTES = 4_096

_OFFICE_MAIN_PARTS: dict[str, Format] = {"word/": "docx", "xl/": "xlsx", "ppt/": "pptx"}
_FRENCH_NAMES = {
    "pdf": "un PDF",
    "docx": "un document Word",
    "xlsx": "un classeur Excel",
    "pptx": "une présentation PowerPoint",
    "html": "une page HTML",
    "markdown": "du texte Markdown",
    "text": "du texte",
    "zip": "une archive ZIP",
    "image": "une image",
    "office": "un fichier Office chiffré ou d'avant 2007",
    "rtf": "un document RTF",
    "binary": "un contenu binaire",
}
_IMAGE_MAGICS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*")
_HTML_START = re.compile(
    rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
_TAG = re.compile(rb"<[a-zA-Z][^<>]*>")


def open_file(path: Path) -> tuple[bytes, Format]:
    """The file's bytes and its format, after every check that needs no library."""
    check_path(path)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(path.name, "le fichier ne peut pas être ouvert ; vérifiez ses droits.") from error
    found = format_of(path, content)
    if found in {"docx", "xlsx", "pptx"}:
        check_archive(path)
    return content, found


def check_path(path: Path) -> None:
    """Refuses what must not even be opened: links, folders, names and sizes beyond reason."""
    name = path.name
    if len(name.encode("utf-8", "surrogateescape")) > MAX_NAME_BYTES:
        raise _refused(path, "le nom du fichier est trop long ; raccourcissez-le à moins de 200 caractères.")
    if not name.isprintable():
        raise _refused(path, "le nom du fichier contient un retour à la ligne ou un caractère illisible ; renommez-le.")
    if path.is_symlink():
        raise _refused(path, "c'est un lien vers un autre fichier ; déposez le fichier lui-même.")
    if not path.is_file():
        raise _refused(path, "ce fichier n'existe pas ou n'est pas un fichier ordinaire ; vérifiez son chemin.")
    size = path.stat().st_size
    if size == 0:
        raise _refused(path, "le fichier est vide ; déposez-le de nouveau.")
    if size > MAX_FILE_BYTES:
        limit = MAX_FILE_BYTES // 2**20
        raise _refused(path, f"le fichier pèse {size // 2**20} Mo, plus que la limite de {limit} Mo ; découpez-le.")


def format_of(path: Path, content: bytes) -> Format:
    """The format that both the suffix and the content say; a file that is mislabelled or locked is refused."""
    suffix = path.suffix.lower()
    named = FORMAT_OF_SUFFIX.get(suffix)
    if named is None:
        known = " ".join(sorted(FORMAT_OF_SUFFIX))
        raise _refused(path, f"le format « {suffix or 'sans extension'} » n'est pas lu ; convertissez-le ({known}).")
    found = _sniff(path, content)
    if found == named or (found == "text" and named == "markdown"):
        return named
    if found == "text" and named == "html" and _TAG.search(content):
        return named
    if found == "html" and named == "markdown" and not _HTML_START.match(content[:_HEAD_BYTES]):
        return named
    if found == "office":
        raise _refused(
            path,
            "le fichier est protégé par un mot de passe ou enregistré dans un format d'avant 2007 ; "
            f"ouvrez-le et enregistrez-le sans mot de passe en {suffix}.",
        )
    right = next((known for known, known_format in FORMAT_OF_SUFFIX.items() if known_format == found), None)
    remedy = f"renommez-le en {right}" if right else f"convertissez-le en {suffix}"
    if found == "text" and named in {"pdf", "docx", "xlsx", "pptx"}:
        remedy = f"déposez le vrai fichier {suffix}, ou renommez-le en .txt si c'est du texte"
    if found == "binary" or (found == "zip" and named in {"docx", "xlsx", "pptx"}):
        remedy = "le fichier est sans doute abîmé ; déposez-le de nouveau"
    message = f"le nom finit par {suffix} mais le contenu est {_FRENCH_NAMES[found]} ; {remedy}."
    raise _refused(path, message)


def check_archive(path: Path) -> None:
    """Refuses an Office file that is damaged, would unpack to far more than it weighs, or holds XML entities."""
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(path, archive.infolist())
            for part in archive.infolist():
                if part.filename.endswith((".xml", ".rels")):
                    _check_entities(path, archive, part)
    except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise _refused(path, "le fichier est abîmé ou incomplet ; déposez-le de nouveau.") from error
    except RuntimeError as error:
        raise _refused(
            path, "le fichier est protégé par un mot de passe ; enregistrez-le sans mot de passe."
        ) from error


def _check_parts(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > _MAX_PARTS:
        raise _refused(path, "le fichier contient un nombre anormal de morceaux ; enregistrez-le de nouveau.")
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    is_bomb = unpacked > _RATIO_FLOOR_BYTES and unpacked / packed > _MAX_RATIO
    if unpacked > _MAX_UNPACKED_BYTES or is_bomb:
        raise _refused(
            path,
            f"une fois décompressé, le fichier ferait {unpacked // 2**20} Mo : il est refusé par sécurité ; "
            "allégez-le ou exportez-le en PDF.",
        )
    if any(".." in Path(part.filename).parts or part.filename.startswith(("/", "\\")) for part in parts):
        raise _refused(path, "le fichier contient des chemins interdits ; enregistrez-le de nouveau avec Office.")


def _check_entities(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    with archive.open(part) as stream:
        head = stream.read(_XML_HEAD_BYTES).replace(b"\0", b"").upper()
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise _refused(
            path, "le fichier déclare des entités XML, ce qu'Office ne fait pas : il est refusé par sécurité."
        )


def _sniff(path: Path, content: bytes) -> str:
    head = content[:_HEAD_BYTES]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _sniff_archive(path)
    if head.startswith(b"\xd0\xcf\x11\xe0"):
        return "office"
    if head.startswith(b"{\\rtf"):
        return "rtf"
    if head.startswith(_IMAGE_MAGICS):
        return "image"
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return "html" if _HTML_START.match(head.replace(b"\0", b"").lstrip(b"\xff\xfe\xef\xbb\xbf")) else "text"
    if b"\0" in content or sum(byte < 32 and byte not in b"\t\n\r\f\x0b\x1b" for byte in head) > len(head) // 20:
        return "binary"
    return "html" if _HTML_START.match(head) else "text"


def _sniff_archive(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return "zip"
    if "[Content_Types].xml" not in names:
        return "zip"
    found = (kind for folder, kind in _OFFICE_MAIN_PARTS.items() if any(name.startswith(folder) for name in names))
    return next(found, "zip")


def _refused(path: Path, reason: str) -> UnreadableDocument:
    return UnreadableDocument(path.name, reason)
