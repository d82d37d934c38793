"""Pure: a manifest entry as a form: texts as they are typed, and the TOML values that they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from index.corpus import UNKNOWN_AUTHORITY
from index.records import DocumentInfo, Source
from index.toml_blocks import Value


@dataclass(frozen=True, slots=True)
class SourceForm:
    """Who says it, and when, as typed: a date is « 2023 », « 2023-05 », « 2023-05-24 », or two joined by « / »."""

    publisher: str = ""
    kind: str = ""
    authority: int = UNKNOWN_AUTHORITY
    published_on: str = ""
    published_on_estimated: bool = False
    retrieved_on: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True)
class EntryForm:
    """One entry of the manifest as it is typed; `summarised` is what a summary of ours was written from."""

    id: str
    path: str
    title: str
    source: SourceForm
    licence: str = ""
    valid_until: str = ""
    replaces: tuple[str, ...] = ()
    origin: Literal["original", "summary"] = "original"
    summarised: SourceForm | None = None


def form_of(info: DocumentInfo) -> EntryForm:
    """What is known of a document, as a form."""
    return EntryForm(
        id=info.id,
        path=info.path,
        title=info.title,
        source=_source_form(info.source),
        licence=info.licence or "",
        valid_until=info.valid_until.isoformat() if info.valid_until else "",
        replaces=info.replaces,
        origin=info.origin,
        summarised=_source_form(info.summarised) if info.summarised else None,
    )


def fields_of(form: EntryForm, written: Mapping[str, Any]) -> dict[str, Value]:
    """The fields of the entry that the form changes: what says the same as `written` is left as it is written.

    A field left empty is removed.
    """
    wanted: dict[str, Value] = {"id": form.id, "path": form.path, "title": _clean(form.title)}
    wanted |= _source_fields(form.source)
    wanted |= {
        "licence": _clean(form.licence),
        "valid_until": form.valid_until.strip() or None,
        "replaces": list(form.replaces) or None,
        "origin": form.origin if form.origin != "original" else None,
    }
    changed = _differing(wanted, written)
    source = written.get("source")
    if form.summarised is None:
        return changed | ({"source": None} if source is not None else {})
    inner = _differing(_source_fields(form.summarised), source if isinstance(source, Mapping) else {})
    # An empty section still makes the entry a summary.
    return changed | ({"source": inner} if inner or source is None else {})


def _source_form(source: Source) -> SourceForm:
    return SourceForm(
        publisher=source.publisher,
        kind=source.kind,
        authority=source.authority,
        published_on=source.published_as_written.replace("/", " / "),
        published_on_estimated=source.published is not None and source.published_on_estimated,
        retrieved_on=source.retrieved_on.isoformat() if source.retrieved_on else "",
        url=source.url or "",
    )


def _source_fields(form: SourceForm) -> dict[str, Value]:
    dates: list[str] = [part.strip() for part in form.published_on.split("/") if part.strip()]
    return {
        "publisher": _clean(form.publisher),
        "kind": form.kind.strip() or None,
        "authority": form.authority,
        "published_on": dates if len(dates) > 1 else next(iter(dates), None),
        "published_on_estimated": form.published_on_estimated or None,
        "retrieved_on": form.retrieved_on.strip() or None,
        "url": form.url.strip() or None,
    }


def _differing(wanted: Mapping[str, Value], written: Mapping[str, Any]) -> dict[str, Value]:
    """The fields whose value differs from the written one, or from what the reader takes when none is written."""
    return {field: value for field, value in wanted.items() if _said(field, written.get(field)) != _said(field, value)}


def _said(field: str, value: Any) -> Any:
    """A value as the reader takes it: a single name for a list of one, a date of TOML for its text."""
    if field == "authority":
        return UNKNOWN_AUTHORITY if value is None else value
    if field == "published_on_estimated":
        return bool(value)
    if field == "origin":
        return value or "original"
    if field == "replaces":
        return [value] if isinstance(value, str) else list(value or ())
    if isinstance(value, list | tuple):
        return [str(part) for part in value]
    return "" if value is None else str(value)


def _clean(text: str) -> str | None:
    """The text on one line, without what is not printed; None when it is empty."""
    return " ".join("".join(one if one.isprintable() else " " for one in text).split()) or None
