"""What of a question its quotations leave open: its words, an acronym not spelled out, a list only announced."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.candidates import without_terms
from assistant.cues import load_cues
from assistant.drafts import Claim
from assistant.query import Query
from assistant.scoring import near_cover, roots
from assistant.unfamiliar import words_that_ask
from index.searching import Index
from index.words import content_words

# Less of the words' rarity than this being held, the question is not answered by what is quoted.
_HELD_SHARE = 0.15
_LEAST_WORDS = 2
_MOST_NAMED = 3
_ACRONYM = re.compile(r"\b[A-ZÀ-Ý][A-ZÀ-Ý0-9]{1,7}\b")
_LISTED = 2


def open_words(query: Query, claims: Sequence[Claim], index: Index, *, around: bool = True) -> tuple[str, ...]:
    """The question's words, terms and asking words apart, when next to none stands in the quotations.

    `around` them counts too: their passages.
    """
    if query.is_english:
        return ()
    asking = load_cues().asking_words | words_that_ask(query.text)
    words = [word for word in content_words(without_terms(query.text, index.vocabulary)) if word not in asking]
    if len(words) < _LEAST_WORDS:
        return ()
    passages = [index.passage(quotation.passage_id) for claim in claims for quotation in claim.quotations]
    framing = [text for one in passages for text in (*one.headings, *((one.text, one.searchable) if around else ()))]
    said = roots(index.stems(" ".join([*framing, *(claim.text for claim in claims)])))
    rarities = index.rarities(" ".join(words))
    near = {stem: roots(index.near(stem)) for stem in rarities}
    return tuple(words[:_MOST_NAMED]) if near_cover(rarities, said, near) < _HELD_SHARE else ()


def unspelled(query: Query, claims: Sequence[Claim], index: Index) -> str | None:
    """The first sigle whose meaning is asked for and that no quotation spells out; terms that are known apart."""
    if query.wanted != "definition":
        return None
    for acronym in map(str, _ACRONYM.findall(without_terms(query.question, index.vocabulary))):
        spelled = re.compile(
            rf"\b{acronym}\s*\(|\(\s*{acronym}\b|^\W*{acronym}\b\W*(?:—|:|\||=)"
            rf"|\b{acronym}\b.{{0,20}}\b(?:signifie|désigne|veut dire|se lit|est (?:le|la|l['’]|un|une)\b)"
        )
        if not any(spelled.search(claim.text) for claim in claims):
            return acronym
    return None


def only_announced(query: Query, claims: Sequence[Claim]) -> bool:
    """Whether a list is wanted and each quotation names at most one thing."""
    if query.wanted != "list" or len(claims) > _LISTED:
        return False
    return not any(len(re.findall(r"[,;]|\n\s*-|\bet\b", claim.text)) >= _LISTED for claim in claims)
