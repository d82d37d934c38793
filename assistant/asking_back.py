"""Drafts that say what is missing in a question: a term nobody knows, or what the answer depends on. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant import phrases
from assistant.candidates import Candidate
from assistant.drafts import Draft
from assistant.query import Query
from assistant.quoting import USUAL_CLAIMS, claim, without_repeats
from assistant.superseded import with_what_replaced
from index.records import TagKind
from index.searching import Index
from index.terms import Term
from index.words import fold

_SEASON_YEAR = re.compile(r"(?:printemps|ete|automne|hiver) (?:19|20)\d\d$")
_SURE = 1.0
_MOST_CHOICES = 8


def unknown_term(query: Query, found: Sequence[Candidate], index: Index) -> Draft:
    """Says that nothing is called so, and what of that kind the documents tell of; `found` may name it all the same."""
    if (told_of := _told_of(query, found, index)) is not None:
        return told_of
    unknown = query.unknown[0]
    heads = set(fold(unknown.text).casefold().split())
    told = [term.label for term in index.vocabulary.terms_of(unknown.kind) if _is_told(term, index)]
    known = [label for label in told if fold(label).casefold().split()[0] in heads] or told
    return Draft("not_found", (), _SURE, phrases.no_such_term(unknown.text, known[:_MOST_CHOICES]))


def _told_of(query: Query, found: Sequence[Candidate], index: Index) -> Draft | None:
    """A partial answer by what names what no term does, told by no number: the vocabulary may lag behind."""
    asked = fold(query.unknown[0].text).lower()
    match = _SEASON_YEAR.search(asked)
    said = match[0] if match is not None else asked
    if match is None and any(character.isdigit() for character in asked):
        return None
    named = [one for one in found if said in fold(f"{one.unit.reading} {one.unit.passage.headings[1:]}").lower()]
    claims = without_repeats(claim(one, query, index) for one in named[:USUAL_CLAIMS])
    lead = phrases.told_of_unknown(query.unknown[0].text)
    return with_what_replaced(Draft("partial", claims, named[0].score, lead), index, query) if named else None


def clarify(query: Query, index: Index) -> Draft:
    """Asks for what the answer depends on, with whole questions to choose from."""
    kinds: tuple[TagKind, ...] = ("profession", "lane") if query.lacks == "profession" else ("wave", "programme")
    terms = next((terms for kind in kinds if (terms := index.vocabulary.terms_of(kind))), ())
    base = query.text.rstrip(" ?!.")
    choices = tuple(f"{base} ({term.label}) ?" for term in terms if _is_told(term, index))[:_MOST_CHOICES]
    return Draft("clarify", (), _SURE, phrases.CLARIFY[query.lacks or "subject"], choices=choices)


def _is_told(term: Term, index: Index) -> bool:
    return index.tag_count(term.tag) > 0
