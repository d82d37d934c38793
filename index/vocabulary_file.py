"""From `vocabulary.toml` to terms. What is wrong in the file is told in French, all at once, each with its remedy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from index.errors import CorpusError
from index.records import TAG_KINDS, Tag, TagKind
from index.terms import ContextAlias, Term
from index.toml_files import read_toml

_TEXTS = ("id", "kind", "label", "definition", "source")
_LISTS = ("aliases", "within", "not_in")
_FIELDS = (*_TEXTS, *_LISTS, "aliases_with_context", "asked_as")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def read_terms(path: Path) -> tuple[Term, ...]:
    """The terms of the file, in its order.

    Raises:
        CorpusError: the file cannot be read, or a term is not as corpus/README.md describes.
    """
    return terms_from(read_toml(path), path.name)


def terms_from(content: Mapping[str, Any], name: str) -> tuple[Term, ...]:
    """The terms of a parsed file called `name`; raises CorpusError like `read_terms`."""
    tables = content.get("term", [])
    problems = [f"« {key} » n'est pas attendu ; chaque terme s'écrit [[term]]." for key in content if key != "term"]
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise CorpusError(f"{name} : « term » doit être une suite de tables ; écrivez [[term]] avant chaque terme.")
    for position, table in enumerate(tables, start=1):
        problems += [f"terme {position} ({table.get('id', 'sans id')}) : {problem}" for problem in _problems(table)]
    if not problems:
        problems = _problems_between(tables)
    if problems:
        raise CorpusError("\n".join(f"{name} : {problem}" for problem in problems))
    kinds: dict[str, TagKind] = {table["id"]: table["kind"] for table in tables}
    return tuple(_term(table, kinds) for table in tables)


def _term(table: Mapping[str, Any], kinds: Mapping[str, TagKind]) -> Term:
    return Term(
        id=table["id"],
        kind=table["kind"],
        label=table["label"],
        aliases=tuple(table.get("aliases", ())),
        definition=table.get("definition"),
        source=table.get("source"),
        within=tuple(Tag(kinds[parent], parent) for parent in table.get("within", ())),
        aliases_with_context=tuple(
            ContextAlias(entry["alias"], tuple(entry.get("near", ())))
            for entry in table.get("aliases_with_context", ())
        ),
        not_in=tuple(table.get("not_in", ())),
        asked_as=tuple(
            ContextAlias(entry) if isinstance(entry, str) else ContextAlias(entry["alias"], tuple(entry["near"]))
            for entry in table.get("asked_as", ())
        ),
    )


def _problems(table: Mapping[str, Any]) -> list[str]:
    """What is wrong with one term by itself."""
    problems = [_unknown_field(field) for field in table if field not in _FIELDS]
    problems += [
        f"« {field} » manque ou n'est pas un texte."
        for field in _TEXTS
        if (field in table or field in ("id", "kind", "label")) and not _is_text(table.get(field))
    ]
    problems += [
        f'« {field} » doit être une liste de textes, par exemple ["…"].'
        for field in _LISTS
        if field in table and not _is_text_list(table[field])
    ]
    if "aliases_with_context" in table and not _is_context_list(table["aliases_with_context"]):
        problems.append('« aliases_with_context » doit être une liste de { alias = "…", near = ["…"] }.')
    if "asked_as" in table and not _is_asked_list(table["asked_as"]):
        problems.append('« asked_as » doit être une liste de textes et de { alias = "…", near = ["…"] }.')
    if _is_text(table.get("kind")) and table["kind"] not in TAG_KINDS:
        problems.append(f"genre « {table['kind']} » inconnu ; choisissez parmi {', '.join(TAG_KINDS)}.")
    if _is_text(table.get("id")) and not _ID.fullmatch(table["id"]):
        problems.append("l'id s'écrit en minuscules sans accents, chiffres et tirets, par exemple « vague-1 ».")
    return problems


def _problems_between(tables: Sequence[Mapping[str, Any]]) -> list[str]:
    """What is wrong between terms that are each in order."""
    ids = [table["id"] for table in tables]
    problems = [
        f"l'id « {id_} » est donné à plusieurs termes ; gardez-en un seul ou renommez."
        for id_ in sorted({id_ for id_ in ids if ids.count(id_) > 1})
    ]
    for table in tables:
        for parent in table.get("within", ()):
            if parent not in ids:
                near = difflib.get_close_matches(parent, ids, n=1)
                remedy = f"vouliez-vous « {near[0]} » ?" if near else "ajoutez ce terme ou retirez le lien."
                problems.append(f"terme « {table['id']} » : within nomme « {parent} », qui n'existe pas ; {remedy}")
    return problems or _circles({table["id"]: tuple(table.get("within", ())) for table in tables})


def _circles(within: Mapping[str, tuple[str, ...]]) -> list[str]:
    problems: list[str] = []
    done: set[str] = set()

    def follow(id_: str, path: tuple[str, ...]) -> None:
        if id_ in path:
            circle = " → ".join((*path[path.index(id_) :], id_))
            problems.append(f"les liens within tournent en rond : {circle} ; retirez l'un d'eux.")
        elif id_ not in done:
            for parent in within[id_]:
                follow(parent, (*path, id_))
            done.add(id_)

    for id_ in within:
        follow(id_, ())
    return problems


def _unknown_field(field: str) -> str:
    near = difflib.get_close_matches(field, _FIELDS, n=1)
    remedy = f"vouliez-vous « {near[0]} » ?" if near else f"les champs connus sont {', '.join(_FIELDS)}."
    return f"champ « {field} » inconnu ; {remedy}"


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_text_list(value: object) -> bool:
    return isinstance(value, list) and all(_is_text(item) for item in value)


def _is_context_list(value: object) -> bool:
    return isinstance(value, list) and all(
        isinstance(item, dict)
        and item.keys() <= {"alias", "near"}
        and _is_text(item.get("alias"))
        and _is_text_list(item.get("near", []))
        for item in value
    )


def _is_asked_list(value: object) -> bool:
    return isinstance(value, list) and all(
        _is_text(item) or (_is_context_list([item]) and bool(item.get("near"))) for item in value
    )
