"""What a maintainer changes in the vocabulary, term by term; its own reader judges the whole before it is written."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from index import toml_blocks
from index.corpus_changes import Change, Writing, changing, make
from index.errors import CorpusError, EditRefused
from index.opened_files import text_of
from index.records import Tag
from index.terms import ContextAlias, Term
from index.toml_blocks import Value
from index.vocabulary import Vocabulary
from index.vocabulary_file import terms_from

_LIST = "term"


@dataclass(frozen=True, slots=True)
class TermForm:
    """A term as it is typed. What the form does not hold (its exceptions) stays as it is in the file."""

    id: str
    kind: str
    label: str
    aliases: tuple[str, ...] = ()
    definition: str = ""
    source: str = ""
    within: tuple[str, ...] = ()
    aliases_with_context: tuple[ContextAlias, ...] = ()
    asked_as: tuple[ContextAlias, ...] = ()


def term_form(term: Term) -> TermForm:
    """A term as a form."""
    return TermForm(
        id=term.id,
        kind=term.kind,
        label=term.label,
        aliases=term.aliases,
        definition=term.definition or "",
        source=term.source or "",
        within=tuple(tag.id for tag in term.within),
        aliases_with_context=term.aliases_with_context,
        asked_as=term.asked_as,
    )


def save_term(corpus: Path, path: Path, form: TermForm, *, seen: str, by: str, is_new: bool) -> Change:
    """Writes a term; `seen` is the vocabulary's fingerprint when the form was opened.

    Raises:
        EditRefused: with all that the vocabulary's reader says against it, in French; nothing was written.
    """
    with changing(corpus):
        text = text_of(path)
        written = with_term(text, path.name, form, is_new=is_new)
        what = f"Terme « {form.label.strip()} » {'ajouté' if is_new else 'modifié'}"
        return make(corpus, [Writing(path, written, seen)], by=by, what=what)


def remove_term(corpus: Path, path: Path, identifier: str, *, seen: str, by: str) -> Change:
    """Takes a term out of the vocabulary; raises like `save_term`."""
    with changing(corpus):
        text = text_of(path)
        written, _ = toml_blocks.removed(text, _LIST, _place(text, identifier))
        _judge(written, path.name)
        return make(corpus, [Writing(path, written, seen)], by=by, what=f"Terme « {identifier} » retiré")


def with_term(text: str, name: str, form: TermForm, *, is_new: bool) -> str:
    """The vocabulary with the term as the form says; raises like `save_term`."""
    fields: dict[str, Value] = {
        "id": form.id.strip(),
        "kind": form.kind,
        "label": " ".join(form.label.split()),
        "aliases": list(_names(form.aliases)) or None,
        "aliases_with_context": [_context_table(one) for one in form.aliases_with_context] or None,
        "asked_as": [_context_table(one) if one.near else one.alias.strip() for one in form.asked_as] or None,
        "definition": " ".join(form.definition.split()) or None,
        "source": form.source.strip() or None,
        "within": list(form.within) or None,
    }
    given = {field: value for field, value in fields.items() if value is not None}
    _judge_alone(given, name)
    if not is_new:
        written = toml_blocks.changed(text, _LIST, _place(text, form.id), fields)
    elif any(table.get("id") == given["id"] for table in toml_blocks.tables(text, _LIST)):
        raise EditRefused(f"L'identifiant « {given['id']} » est déjà celui d'un terme : choisissez-en un autre.")
    else:
        written = toml_blocks.appended(text, _LIST, given)
    _judge(written, name)
    return written


def shared_names(form: TermForm, terms: Iterable[Term]) -> tuple[tuple[str, Term], ...]:
    """The names of the form that already mean another term, with that term."""
    others = Vocabulary.from_terms(_alone(term) for term in terms if term.id != form.id)
    found = []
    for name in _names((form.label, *form.aliases)):
        for mention in others.find(name):
            if (mention.start, mention.end) == (0, len(name)):
                found += [(name, others.term(tag)) for tag in mention.tags]
    return tuple(found)


def find_uses(form: TermForm, texts: Sequence[str]) -> tuple[tuple[int, int, int], ...]:
    """Where the texts hold the term's names: (number of the text, start, end), first mention of each text."""
    names = _names((form.label, *form.aliases))
    if not names:
        return ()
    it = Term("it", "actor", names[0], names[1:], aliases_with_context=form.aliases_with_context)
    alone = Vocabulary.from_terms([it])
    wanted = Tag("actor", "it")
    found = []
    for number, text in enumerate(texts):
        mention = next((mention for mention in alone.find(text) if wanted in mention.tags), None)
        if mention is not None:
            found.append((number, mention.start, mention.end))
    return tuple(found)


def _judge_alone(table: dict[str, Any], name: str) -> None:
    """Refuses what the reader would not take of a term by itself, before the file is touched."""
    try:
        terms_from({_LIST: [{field: value for field, value in table.items() if field != "within"}]}, name)
    except CorpusError as error:
        raise EditRefused(_told(error, name)) from error


def _judge(text: str, name: str) -> None:
    try:
        terms_from(tomllib.loads(text), name)
    except CorpusError as error:
        raise EditRefused(_told(error, name)) from error


def _told(error: CorpusError, name: str) -> str:
    """What the reader says, without the file's name and the term's number on each line: the form shows which it is."""
    lines = [line.removeprefix(f"{name} : ") for line in str(error).splitlines()]
    return "\n".join(line.split(") : ", 1)[1] if line.startswith("terme 1 (") else line for line in lines)


def _place(text: str, identifier: str) -> int:
    for place, table in enumerate(toml_blocks.tables(text, _LIST)):
        if table.get("id") == identifier:
            return place
    raise EditRefused(f"Le terme « {identifier} » n'est plus dans le vocabulaire : rechargez la page.")


def _alone(term: Term) -> Term:
    """The term without its links, which may lead to one that is left out."""
    return Term(term.id, term.kind, term.label, term.aliases, aliases_with_context=term.aliases_with_context)


def _context_table(one: ContextAlias) -> dict[str, Any]:
    near = list(_names(one.near))
    return {"alias": " ".join(one.alias.split()), **({"near": near} if near else {})}


def _names(given: Iterable[str]) -> tuple[str, ...]:
    cleaned = (" ".join(name.split()) for name in given)
    return tuple(dict.fromkeys(name for name in cleaned if name))
