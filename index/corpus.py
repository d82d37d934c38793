"""The corpus folder: its manifest, its vocabulary, the files it holds. Reads no document."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, get_args

from index.errors import CorpusError
from index.records import DateKind, DayRange, DocumentInfo, Programme, Settled, Source, Tag
from index.toml_files import read_toml

KINDS = frozenset({"text-officiel", "page-officielle", "presse", "fiche", "guide", "faq", "reponse"})
SUFFIXES = frozenset({".pdf", ".md", ".html", ".htm", ".docx", ".pptx", ".xlsx", ".txt"})
UNKNOWN_AUTHORITY = 7
_UNKNOWN_KIND = "document"
# Hidden files, and what an office program leaves beside a document that is open.
_PASSING = (".", "~$")
_FIELDS = frozenset(
    {"id", "path", "title", "publisher", "kind", "authority", "published_on", "published_on_estimated", "retrieved_on"}
    | {"url", "licence", "valid_until", "replaces", "origin", "source"}
)
_SETTLED_TAGS = ("wave", "programme", "part", "lane", "software", "profession", "milestone")


@dataclass(frozen=True, slots=True)
class Corpus:
    """A corpus folder as its manifest describes it.

    `documents` are the files present under `documents/`, listed ones first in the manifest's order, then the others by
    path. `warnings` are French sentences about entries that cannot be used; none stops a build.
    """

    folder: Path
    programme: Programme
    documents: tuple[DocumentInfo, ...]
    settled: tuple[Settled, ...]
    vocabulary_path: Path | None
    questions_path: Path | None
    phrasings_path: Path | None
    warnings: tuple[str, ...]

    def file_of(self, info: DocumentInfo) -> Path:
        """The document's file; it may have gone since the manifest was read."""
        return self.folder / "documents" / info.path


def load_corpus(folder: Path, *, vocabulary_path: Path | None = None) -> Corpus:
    """The corpus in `folder`. Only `documents/` is required.

    Raises:
        CorpusError: `documents/` is missing, or the manifest is not valid TOML or holds an impossible value.
    """
    if not (folder / "documents").is_dir():
        raise CorpusError(
            f"Le dossier « {folder / 'documents'} » n'existe pas : créez-le et déposez-y les documents à lire."
        )
    manifest = folder / "manifest.toml"
    return corpus_of(folder, read_toml(manifest) if manifest.is_file() else {}, vocabulary_path)


def corpus_of(folder: Path, manifest: dict[str, Any], vocabulary_path: Path | None = None) -> Corpus:
    """What the corpus in `folder` would be with this manifest; raises like `load_corpus`."""
    warnings: list[str] = []
    listed = _listed_documents(folder, manifest, warnings)
    known = {info.path for info in listed}
    taken = {info.id for info in listed}
    unlisted = tuple(
        unlisted_document(path.relative_to(folder / "documents").as_posix(), taken)
        for path in sorted((folder / "documents").rglob("*"))
        if (path.is_symlink() or not path.is_dir())
        and path.suffix.lower() in SUFFIXES
        and path.relative_to(folder / "documents").as_posix() not in known
        and not path.name.startswith(_PASSING)
    )
    vocabulary = vocabulary_path or folder / "vocabulary.toml"
    questions, phrasings = folder / "questions.jsonl", folder / "phrasings.jsonl"
    return Corpus(
        folder=folder,
        programme=_programme(_table(manifest, "programme"), folder),
        documents=listed + unlisted,
        settled=tuple(_settled(entry) for entry in _tables(manifest, "settled")),
        vocabulary_path=vocabulary if vocabulary.is_file() else None,
        questions_path=questions if questions.is_file() else None,
        phrasings_path=phrasings if phrasings.is_file() else None,
        warnings=tuple(warnings),
    )


def parse_published(value: object) -> tuple[DayRange | None, str]:
    """The days that « 2023 », « 2023-05 », « 2023-05-24 » or a pair of them cover, and the value as written.

    Raises:
        ValueError: the value is none of these.
    """
    if value in (None, ""):
        return None, ""
    if isinstance(value, list | tuple):
        if len(value) != 2:
            raise ValueError(f"{value!r} n'est pas un couple de dates")
        first, last = (_days_of(str(part)) for part in value)
        if first.first > last.last:
            raise ValueError(f"« {value[0]} » vient après « {value[1]} »")
        return DayRange(first.first, last.last), f"{value[0]}/{value[1]}"
    return _days_of(str(value)), str(value)


def _days_of(text: str) -> DayRange:
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text.strip())
    try:
        year, month, day = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
        first = date(year, month or 1, day or 1)
    except ValueError as error:
        raise ValueError(f"« {text} » n'est pas une date comme 2023, 2023-05 ou 2023-05-24") from error
    if not month:
        return DayRange(first, date(year, 12, 31))
    return DayRange(first, first if day else date(year, month, monthrange(year, month)[1]))


def _table(manifest: dict[str, Any], name: str) -> dict[str, Any]:
    table = manifest.get(name, {})
    if not isinstance(table, dict):
        raise CorpusError(f"manifest.toml : « {name} » est une section, écrite [{name}]. Corrigez-la.")
    return table


def _tables(manifest: dict[str, Any], name: str) -> list[dict[str, Any]]:
    tables = manifest.get(name, [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CorpusError(f"manifest.toml : « {name} » est une liste de sections, écrites [[{name}]]. Corrigez-la.")
    return tables


def _listed_documents(folder: Path, manifest: dict[str, Any], warnings: list[str]) -> tuple[DocumentInfo, ...]:
    documents: list[DocumentInfo] = []
    seen: set[str] = set()
    paths: set[str] = set()
    for entry in _tables(manifest, "document"):
        name = str(entry.get("path") or entry.get("id") or "?")
        try:
            info = listed_document(entry)
        except (TypeError, ValueError) as error:
            raise CorpusError(f"manifest.toml, document « {name} » : {error}. Corrigez cette entrée.") from error
        if info.id in seen:
            raise CorpusError(
                f"manifest.toml : l'identifiant « {info.id} » est donné deux fois ; changez l'un des deux."
            )
        if info.path in paths:
            raise CorpusError(
                f"manifest.toml : le fichier « {info.path} » est nommé deux fois ; gardez une seule entrée."
            )
        seen.add(info.id)
        paths.add(info.path)
        warnings.extend(
            f"{info.path} : le champ « {field} » de manifest.toml est inconnu et n'est pas lu."
            for field in sorted(set(entry) - _FIELDS)
        )
        if not (folder / "documents" / info.path).is_file():
            warnings.append(
                f"{info.path} : nommé dans manifest.toml, absent de documents/ : remettez-le ou retirez l'entrée."
            )
            continue
        documents.append(info)
    warnings.extend(
        f"{info.path} : remplace « {name} », qui n'est l'identifiant d'aucun document de manifest.toml."
        for info in documents
        for name in info.replaces
        if name not in seen
    )
    return tuple(documents)


def listed_document(entry: dict[str, Any]) -> DocumentInfo:
    """What one entry of the manifest says of its document.

    Raises:
        TypeError, ValueError: a value is impossible; the text says which, in French.
    """
    path = str(entry["path"]) if "path" in entry else _missing("path")
    if path.startswith("/") or ".." in path.split("/"):
        raise ValueError("path doit rester dans documents/")
    origin = entry.get("origin", "original")
    if origin not in ("original", "summary"):
        raise ValueError("origin vaut « original » ou « summary »")
    summarised = entry.get("source")
    if isinstance(summarised, list):
        summarised = summarised[0] if summarised else None
    if (origin == "summary") != (summarised is not None):
        raise ValueError("un « summary » a une section [document.source], un « original » n'en a pas")
    return DocumentInfo(
        id=str(entry.get("id") or _slug(path)),
        path=path,
        title=str(entry.get("title") or Path(path).stem),
        source=_source(entry),
        origin=origin,
        summarised=_source(summarised) if summarised is not None else None,
        licence=entry.get("licence"),
        valid_until=_day(entry.get("valid_until")),
        replaces=_names(entry.get("replaces")),
        is_listed=True,
    )


def _missing(field: str) -> str:
    raise ValueError(f"le champ « {field} » manque")


def _names(value: object) -> tuple[str, ...]:
    if not value:
        return ()
    return (value,) if isinstance(value, str) else tuple(str(name) for name in value)  # type: ignore[attr-defined]


def _source(entry: dict[str, Any]) -> Source:
    kind = str(entry.get("kind", _UNKNOWN_KIND))
    if kind not in KINDS | {_UNKNOWN_KIND}:
        raise ValueError(f"kind « {kind} » est inconnu ; choisissez parmi {', '.join(sorted(KINDS))}")
    authority = entry.get("authority", UNKNOWN_AUTHORITY)
    if not isinstance(authority, int) or not 1 <= authority <= UNKNOWN_AUTHORITY:
        raise ValueError("authority va de 1 (loi) à 7 (inconnue)")
    published, as_written = parse_published(entry.get("published_on"))
    url = entry.get("url")
    if url and not str(url).startswith(("https://", "http://")):
        raise ValueError("url commence par https:// ou http://")
    return Source(
        publisher=str(entry.get("publisher", "")),
        kind=kind,
        authority=authority,
        published=published,
        published_as_written=as_written,
        published_on_estimated=bool(entry.get("published_on_estimated", False)),
        retrieved_on=_day(entry.get("retrieved_on")),
        url=str(url) if url else None,
    )


def _day(value: object) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise ValueError(f"« {value} » n'est pas un jour comme 2023-05-24") from error


def unlisted_document(path: str, taken: set[str]) -> DocumentInfo:
    """What is known of a file that the manifest does not name, under an id that is not among `taken`, then added."""
    identifier = _slug(path)
    while identifier in taken:
        identifier += "-bis"
    taken.add(identifier)
    source = Source(
        "", _UNKNOWN_KIND, UNKNOWN_AUTHORITY, None, "", published_on_estimated=False, retrieved_on=None, url=None
    )
    return DocumentInfo(identifier, path, Path(path).stem, source, "original", None, None, None, (), is_listed=False)


def _slug(path: str) -> str:
    plain = unicodedata.normalize("NFKD", path).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80] or "document"


def _programme(entry: dict[str, Any], folder: Path) -> Programme:
    name = str(entry.get("name") or f"Documents de « {folder.name} »")
    return Programme(
        name=name,
        short_name=str(entry.get("short_name") or name),
        description=str(entry.get("description") or "Réponses tirées mot à mot des documents déposés."),
        examples=_names(entry.get("examples")),
        contact=entry.get("contact"),
        official_site=entry.get("official_site"),
        timezone=str(entry.get("timezone") or "Europe/Paris"),
        disclaimer=str(entry.get("disclaimer") or "Assistant non officiel ; seule la page d'origine fait foi."),
    )


def _settled(entry: dict[str, Any]) -> Settled:
    if entry.get("date_kind") not in (None, *get_args(DateKind)):
        known = ", ".join(get_args(DateKind))
        raise CorpusError(
            f"manifest.toml, [[settled]] : date_kind « {entry['date_kind']} » ; choisissez parmi {known}."
        )
    try:
        tags = tuple(Tag(kind, value) for kind in _SETTLED_TAGS for value in _names(entry.get(kind)))  # type: ignore[arg-type]
        return Settled(
            tags, entry.get("date_kind"), str(entry["in_force"]), str(entry["replaced"]), str(entry["reason"])
        )
    except KeyError as error:
        raise CorpusError(f"manifest.toml, [[settled]] : le champ {error} manque.") from error
