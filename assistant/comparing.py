"""The writer for comparisons: what names both sides, then each side on its own; partial where one side is missing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise, zip_longest

from assistant import phrases
from assistant.agreement import SECTOR_KINDS, fits
from assistant.amended import with_amended
from assistant.candidates import Candidate, without_terms
from assistant.covering import Weighed, roots
from assistant.cues import Wanted
from assistant.drafts import Claim, Draft
from assistant.facts_writer import with_facts, write_facts
from assistant.query import Query
from assistant.quoting import choose, claim, without_repeats
from assistant.rewording import phrase, tidy, without
from assistant.scoring import SENTENCE_FEATURES
from assistant.superseded import with_what_replaced
from assistant.widening import MOST, widened
from index.records import Tag
from index.searching import Index
from index.vocabulary import Vocabulary

# Kinds of which two in one question are two sides to compare; sectors may be of different kinds.
_SIDES = (
    {"wave"}, {"programme"}, {"software"}, {"lane"}, {"profession"}, SECTOR_KINDS, {"part"}, {"service"},
    {"milestone"}, {"actor"}, {"programme", "part"},
)  # fmt: skip
# What joins two sides: « A ou B », « A vs B », « A par rapport à B ».
_JOINS = re.compile(
    r"\b(?:et|ou|vs|versus|contre|ni|par rapport|que|than|and|or|celles?|ceux|celui)\b|/", re.IGNORECASE
)
# What opposes them by itself, with no word for a difference.
_OPPOSES = re.compile(r"\b(?:vs|versus|contre)\b|/", re.IGNORECASE)
# Words that only say that things are compared.
_COMPARING = re.compile(
    r"\b(?:(?:quelles? )?diff\w*(?:-\w+)?|compar\w*(?:-\w+)?|versus|vs|entre|"
    r"par rapport (?:à|aux?)|(?:se )?distingu\w*|chang\w*|"
    r"dans chaque cas|chaque|pareil\w*|même\w*|la?quell?e|choisi\w*|en deux mots|points? communs?|écarts?|évolution|"
    r"contre|ces|deux|aides?|dispositifs?|programmes?|notions?|termes?|sigles?|l['’]autre|l['’]une?|c['’]est quoi|"
    r"qu['’]est-ce qui|en quoi|between|difference)\b|\bvs\b",
    re.IGNORECASE,
)
# A sentence that sets two things against each other.
_CONTRASTS = re.compile(
    r"\b(?:à la différence|contrairement|tandis que|alors que|au lieu|se complètent|"
    r"non (?:pas )?[dlà]|l['’]une?\b.*\bl['’]autre|"
    r", (?:lui|elle|eux),|à l['’]inverse|en revanche|n['’]est pas repris|prend la suite)\b",
    re.IGNORECASE,
)
_REST_COVER = SENTENCE_FEATURES.index("rest_cover")
_MOST_CHARS = 1300
_BOTH_CLAIMS = 2
_SIDE_CLAIMS = 2
_LEAST_COVER = 0.34
_LEAST_SHARE = 0.5
_LEAST_SCORE = 0.5
_FEW_WORDS = 2
_LOOKED_AT = 4
_ALLOWANCE = 0.25
_REST_WEIGHT = 0.2
_NEAR = 2

Found = tuple[tuple[Candidate, ...], float]
Find = Callable[[Query], Found]


def compare(query: Query, index: Index, *, find: Find, floor: float) -> Draft | None:
    """The draft that answers for both sides; None when there are no two sides, or too little is said of them.

    `find` gives the candidates for a query, best first, and how sure they answer it; `floor` is how sure they must be.
    """
    sides = sides_of(query, index.vocabulary)
    if sides is None:
        return None
    both, sure_of_both = _naming_both(query, sides, index, find)
    asked = [one_side(query, side, other, index) for side, other in (sides, sides[::-1])]
    sums = [draft for one in asked if (draft := write_facts(one, index)) is not None]
    if len(sums) == len(sides):
        claims = tuple(one for draft in sums for one in draft.claims)
        return Draft("answered", claims, min(draft.confidence for draft in sums))
    found = [find(one) for one in asked]
    whole, sure_of_whole = find(query)
    sure = max(sure_of_whole, sure_of_both, *(certainty for _, certainty in found))
    if sure < floor:
        return None
    alone = [
        [claim(one, one_asked, index) for one in choose(one_asked, _best(mine, other, floor))[:_SIDE_CLAIMS]]
        for one_asked, mine, other in zip(asked, found, found[::-1], strict=True)
    ]
    claims = _within(without_repeats(one for one in (*both, *_in_turn(alone)) if not one.text.endswith(":")))
    lead = ""
    if not both and not all(alone):
        missing = next(side for side, told in zip(sides, alone, strict=True) if not told)
        lead = phrases.one_side_only(index.vocabulary.label(missing))
    elif not _covers_rest(query, claims, index):
        lead = phrases.NOT_COMPARED
    claims = widened(claims, whole, query, index, most=MOST)
    draft = with_what_replaced(Draft("partial" if lead else "answered", claims, sure, lead), index, query)
    return with_amended(with_facts(draft, query, index), query, index)


def _best(mine: Found, others: Found, floor: float) -> list[Candidate]:
    """A side's candidates: first what stands beside one of the other side's, in a table or in a paragraph.

    When the side is not surely told, nothing else.
    """
    candidates, certainty = mine
    beside = [one for one in candidates[:_LOOKED_AT] if any(_is_beside(one, other) for other in others[0][:_LOOKED_AT])]
    if certainty < floor - _ALLOWANCE:
        return beside
    ranked = sorted(candidates, key=lambda one: -one.score - _REST_WEIGHT * one.features[_REST_COVER])
    return [*beside[:1], *(one for one in ranked if one not in beside[:1])]


def sides_of(query: Query, vocabulary: Vocabulary) -> tuple[Tag, Tag] | None:
    """The two terms that are compared: the only two of a kind, else two that a joining word stands between."""
    for kinds in _SIDES:
        tags = vocabulary.narrowest(tag for tag in query.tags if tag.kind in kinds)
        if len(tags) == 2:
            return _as_said(tags[0], tags[1], query)
    mentions = [one for one in vocabulary.find(query.text) if len(one.tags) == 1]
    for joint in (_OPPOSES, _JOINS):
        for kinds in _SIDES:
            for first, second in pairwise(one for one in mentions if one.tags[0].kind in kinds):
                if first.tags != second.tags and joint.search(query.text[first.end : second.start]):
                    return first.tags[0], second.tags[0]
    return None


def is_opposed(query: Query, vocabulary: Vocabulary) -> bool:
    """Whether the words set two terms of a kind against each other without a word for a difference."""
    if query.wanted not in ("open", "definition", "list", "yes_no") or not _OPPOSES.search(query.text):
        return False
    sides = sides_of(query, vocabulary)
    places = [one for one in vocabulary.find(query.text) if sides and set(one.tags) & set(sides)]
    return len(places) > 1 and _OPPOSES.search(query.text[places[0].end : places[-1].start]) is not None


def _as_said(first: Tag, second: Tag, query: Query) -> tuple[Tag, Tag]:
    order = list(query.tags)
    return (first, second) if order.index(first) < order.index(second) else (second, first)


def _naming_both(query: Query, sides: tuple[Tag, Tag], index: Index, find: Find) -> tuple[list[Claim], float]:
    """What the sentences and rows say that name both sides, those first that hold the words asked about.

    A row brings those of its table that name a side.
    """
    asked = replace(query, wanted="open", text=_COMPARING.sub(" ", query.text))
    candidates, sure = find(asked)
    naming = [one for one in candidates if all(_names(one, side, index.vocabulary) for side in sides)]
    spoken_of = [one for one in candidates if _speaks_of_both(one, sides, index.vocabulary)]
    best = max((one.features[_REST_COVER] for one in naming), default=0.0)
    covering = [one for one in naming if one.features[_REST_COVER] >= max(best, _LEAST_SHARE)]
    contrasting = [
        one
        for one in spoken_of
        if one not in covering and one.score >= _LEAST_SHARE and _CONTRASTS.search(one.unit.text)
    ]
    chosen = (*covering[:_BOTH_CLAIMS], *contrasting)[:_BOTH_CLAIMS]
    facing = _facing([one for one in candidates if one not in chosen], sides, index.vocabulary)
    beside = [
        one
        for one in candidates
        if one not in (*chosen, *facing)
        and one.unit.passage.kind == "row"
        and any(_is_beside(one, other) for other in chosen)
        and any(_names(one, side, index.vocabulary) for side in sides)
    ]
    told = (*facing, *chosen, *beside[:_BOTH_CLAIMS])
    return [claim(one, asked, index) for one in told], sure if told else 0.0


def _facing(
    candidates: Sequence[Candidate], sides: tuple[Tag, Tag], vocabulary: Vocabulary
) -> tuple[Candidate, Candidate] | tuple[()]:
    """The two rows of one table that begin with the one side and the other; of several such tables the likeliest."""
    first, second = sides
    begun = [(one, _heads(one, vocabulary)) for one in candidates if one.unit.passage.kind == "row"]
    pairs = [
        (one, other)
        for one, heads in begun
        if first in heads and second not in heads
        for other, other_heads in begun
        if second in other_heads and first not in other_heads and _is_beside(one, other)
    ]
    return max(pairs, key=lambda pair: pair[0].score + pair[1].score, default=())


def _heads(candidate: Candidate, vocabulary: Vocabulary) -> frozenset[Tag]:
    """The terms that a row's first cell names."""
    return frozenset(tag for one in vocabulary.find(candidate.unit.passage.cells[0].quote) for tag in one.tags)


def _is_beside(one: Candidate, other: Candidate) -> bool:
    """Whether both are rows of one table, or neighbours in a paragraph."""
    mine, theirs = one.unit.passage, other.unit.passage
    if one.unit is other.unit or mine.document_id != theirs.document_id:
        return False
    if mine.kind == "row":
        return mine.headers == theirs.headers and mine.headings == theirs.headings
    return mine.id == theirs.id and abs(one.unit.position - other.unit.position) <= _NEAR


def _names(candidate: Candidate, side: Tag, vocabulary: Vocabulary) -> bool:
    return any(tag.kind == side.kind and fits(tag, side, vocabulary) for tag in candidate.unit.own_tags)


def _speaks_of_both(candidate: Candidate, sides: tuple[Tag, Tag], vocabulary: Vocabulary) -> bool:
    """Whether it names one side at least, and what it stands in the other."""
    around = {tag for side in sides for tag in candidate.unit.around_tags if tag == side}
    return any(
        _names(candidate, one, vocabulary) and (_names(candidate, other, vocabulary) or other in around)
        for one, other in (sides, sides[::-1])
    )


def one_side(query: Query, side: Tag, other: Tag, index: Index) -> Query:
    """The question about one side alone."""
    text, vocabulary = query.text, index.vocabulary
    others = vocabulary.members(other) | {other}
    for mention in reversed(vocabulary.find(text)):
        if others & {*mention.tags}:
            text = without(text, phrase(text, mention.start, mention.end))
    text = tidy(_COMPARING.sub(" ", text))
    if not any(side in mention.tags for mention in vocabulary.find(text)):
        text = f"{text} {vocabulary.label(side)}"
    asked = tuple(one for one in query.asked if one.tag not in others and not _is_of_other(one.tag, side, vocabulary))
    wanted: Wanted = "figure" if "figure" in query.kinds else "open" if _rest(text, index) else "definition"
    return replace(query, asked=asked, wanted=wanted, kinds=(), text=text)


def _is_of_other(tag: Tag, side: Tag, vocabulary: Vocabulary) -> bool:
    """Whether a sector that is asked about has nothing to do with the one that a side is."""
    return {tag.kind, side.kind} <= SECTOR_KINDS and vocabulary.conflicts(tag, side)


def _in_turn(sides: Sequence[Sequence[Claim]]) -> Iterator[Claim]:
    """The first of each side, then the second of each."""
    for pair in zip_longest(*sides):
        yield from (one for one in pair if one is not None)


def _within(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    """The first claims that are not too long to read."""
    kept: list[Claim] = []
    for one in {each.text: each for each in claims}.values():
        if kept and sum(len(other.text) for other in kept) + len(one.text) > _MOST_CHARS:
            continue
        kept.append(one)
    return tuple(kept)


def _covers_rest(query: Query, claims: Sequence[Claim], index: Index) -> bool:
    """Whether the claims hold enough of what the sides are compared by."""
    rest = _rest(query.text, index)
    said = " ".join(one.text for one in claims)
    return len(rest) < _FEW_WORDS or Weighed.of(rest).cover(roots(index.stems(said))) >= _LEAST_COVER


def _rest(text: str, index: Index) -> dict[str, float]:
    """The stems that name no term and say more than that things are compared, with their rarity."""
    return index.rarities(_COMPARING.sub(" ", without_terms(text, index.vocabulary)))
