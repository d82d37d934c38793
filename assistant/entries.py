"""Entries of a glossary: « Paillage : couche de matière… » is what « paillage » means, and nothing beside it. Pure."""

from __future__ import annotations

import re

from assistant.candidates import Candidate
from assistant.cues import folded, load_cues
from assistant.query import Query
from assistant.unfamiliar import words_that_ask
from index.searching import Index
from index.splitting import is_entry
from index.words import content_words

_ENTRY = re.compile(r"\W*(?P<terms>[^.:;!?\n]{2,80}?)[ \u00a0\u202f]?:\s+\S")
_BETWEEN = re.compile(r"\s*(?:,|/|\(|\)|\bou\b|\bet\b)\s*")


def is_entry_for(one: Candidate, query: Query, index: Index) -> bool:
    """Whether the unit begins an entry for just what the query wants defined."""
    passage = one.unit.passage
    if query.wanted != "definition" or passage.kind == "row" or not is_entry(one.unit.text, passage.headings):
        return False
    match = _ENTRY.match(one.unit.text)
    asking = load_cues().asking_words | words_that_ask(query.text)
    asked = {*index.word_stems(" ".join(word for word in content_words(folded(query.text)) if word not in asking))}
    if match is None or not asked:
        return False
    named = (frozenset(index.word_stems(term)) for term in (match["terms"], *_BETWEEN.split(match["terms"])))
    return any(asked == term for term in named)
