"""« Et la deuxième ? » after a question on phase 1: the numbered term of the same family, written out. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.cues import folded
from assistant.rewording import lowered
from index.french_numbers import ordinal_value
from index.records import Tag
from index.terms import Term
from index.vocabulary import Vocabulary

_FAMILIES = ("part", "wave", "programme", "milestone")
# A rank that no noun follows: « la deuxième », « le 3e », « la suivante ».
_RANK = re.compile(
    r"\b(?P<article>la|le|celle|celui|l['’])[ ]?(?:tou(?:te|t) )?(?P<rank>\d{1,2}(?:[a-zèé]{1,4})?|[^\W\d_]+)"
    r"(?P<after>\s*$|\s*[?!,;:.]|\s+(?:ell?es?|ils?|c['’]\w+|est|était|ferm\w+|ouvr\w+|commenc\w+|fini\w*|se|s['’]\w+"
    r"|alors|aussi|quand|jusqu\w*|a|avait|du coup|svp)\b)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d+")
_BY_STEP = {"suivante": 1, "suivant": 1, "precedente": -1, "precedent": -1}
_LAST = frozenset({"derniere", "dernier"})
_OTHER = frozenset({"autre"})


def with_sibling(text: str, previous: Iterable[Tag], vocabulary: Vocabulary) -> str:
    """The question with its bare rank written out as the term of the family of one spoken of before."""
    match = _RANK.search(text)
    if match is None:
        return text
    named = vocabulary.find(text)
    if any(one.start <= match.start("rank") < one.end for one in named):
        return text
    before = [tag for one in named if one.end <= match.start() for tag in one.tags]
    terms = sorted((vocabulary.term(tag) for tag in (*before, *previous) if tag.kind in _FAMILIES), key=_order)
    for term in terms:
        for number in _NUMBER.finditer(term.label):
            family = _family(term, number, vocabulary)
            rank = _meant(folded(match["rank"]), int(number.group()), family)
            if rank is not None and len(family) > 1:
                label = f"{term.label[: number.start()]}{rank}{term.label[number.end() :]}"
                start = match.start("article") if match["article"].endswith(("'", "’")) else match.start("rank")
                return f"{text[:start]}{lowered(label)}{text[match.start('after') :]}"
    return text


def _order(term: Term) -> int:
    return _FAMILIES.index(term.kind)


def _family(term: Term, number: re.Match[str], vocabulary: Vocabulary) -> list[int]:
    """The numbers of the terms that are called alike."""
    head, tail = re.escape(term.label[: number.start()]), re.escape(term.label[number.end() :])
    alike = re.compile(f"{head}(\\d+){tail}")
    found = (alike.fullmatch(one.label) for one in vocabulary.terms_of(term.kind))
    return sorted(int(match[1]) for match in found if match)


def _meant(rank: str, spoken: int, family: list[int]) -> int | None:
    """The number that the words mean, which the family may lack."""
    if rank in _BY_STEP:
        return spoken + _BY_STEP[rank]
    if rank in _LAST:
        return family[-1] if family else None
    if rank in _OTHER:
        others = [number for number in family if number != spoken]
        return others[0] if len(others) == 1 else None
    return int(rank) if rank.isdigit() else ordinal_value(rank)
