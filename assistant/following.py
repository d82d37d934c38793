"""Follow-ups: a question that leans on the one before inherits what it omits and replaces what it names. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Protocol

from assistant.cues import folded, load_cues
from assistant.query import TAKEN, AskedTag, Query
from assistant.rewording import Phrase, added, closed, lowered, phrase, replaced, tidy, without
from index.records import Tag
from index.vocabulary import TermMention, UnknownTerm, Vocabulary
from index.words import fold

SECTOR_KINDS = ("profession", "lane", "software")
_SCOPE_KINDS = ("programme", "wave", "part")
_SUBJECT_KINDS = ("programme", "part", *SECTOR_KINDS, "service", "actor")
# Kinds of which a question often names several things at once: a new one replaces one of them only.
_REPLACED = ("part", *SECTOR_KINDS, "service", "actor")
_COMPANION_KINDS = ("service", "actor")
_FEW_WORDS = 2
# « qui y siège ? »; not « y a-t-il ».
_THERE = re.compile(r"(?:^|[\s'])y (?!a\b|a-t-|ai\b|aura|avai|eut\b|en a)\w")

# « jusqu'en 2025 », « pour 2024 ».
_YEAR = re.compile(
    r"(?:\b(?:jusqu(?:'|’)(?:en|à)|d(?:'|’)ici(?: à)?|depuis|pour|avant|après|en|de|vers)\s+)?"
    r"(?:\b(?:fin|début|courant|l(?:'|’)année)\s+)?\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)

# « et celui sur les messageries ? » puts another in the place of what was spoken of.
_ANOTHER = re.compile(
    r"\b(?:celui|celle|ceux|celles) (?:(?:sur|de|du|des|pour|concernant|relati\w+|à|au|aux)\b|d['’])", re.IGNORECASE
)
_RANK = re.compile(r"\b\d{1,2}(?:er|re|e|è|ème|eme)\b|\b[^\W\d_]{4,}i[èe]me\b|\bpremi(?:er|ère)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\W*(?:elles?|ils?)\s+\w", re.IGNORECASE)

Mention = TermMention | UnknownTerm


class Turn(Protocol):
    """A question read by itself: its Query, where its terms stand in `query.text`, and what it says beside them."""

    @property
    def query(self) -> Query: ...  # noqa: D102
    @property
    def mentions(self) -> Sequence[Mention]: ...  # noqa: D102
    @property
    def rest(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def foreign(self) -> Sequence[str]: ...  # noqa: D102


def leans(turn: Turn, previous: Query) -> bool:
    """Whether the question cannot be read without the one before: it says so, or names next to nothing."""
    query, text = turn.query, folded(turn.query.text)
    subjects = query.of_kind(*_SUBJECT_KINDS)
    if load_cues().correcting.match(text):
        return True
    if "definition" in query.kinds[:1] and (subjects or query.of_kind("milestone")):
        return False
    if load_cues().leaning.search(text):
        return True
    if turn.mentions and not query.kinds and not turn.rest:
        before = {_one(tag.kind) for tag in previous.tags}
        return any(_compared(mention_kind(mention)) & before for mention in turn.mentions)
    named = subjects or query.of_kind("wave") or query.unknown or query.alternatives
    if not named and _THERE.search(text):
        return True
    return not named and not turn.foreign and len(turn.rest) <= _FEW_WORDS


def _compared(kind: str) -> set[str]:
    """What a term of this kind stands in the place of; a service or an actor named alone stands alone."""
    return set() if kind in _COMPANION_KINDS else {_one(kind)}


def _one(kind: str) -> str:
    return "sector" if kind in SECTOR_KINDS else kind


def mention_kind(mention: Mention) -> str:
    """The kind of a known or unknown term."""
    return mention.kind if isinstance(mention, UnknownTerm) else mention.tags[0].kind


def follow(turn: Turn, previous: Query, topic: str, vocabulary: Vocabulary) -> tuple[Query, str]:
    """The follow-up with what it omits taken from before, and the topic that further follow-ups are about."""
    query = turn.query
    gone = _gone(turn, previous, vocabulary)
    kept = tuple(
        AskedTag(asked.tag, is_inherited=True)
        for asked in previous.asked
        if asked.tag not in gone and asked.tag not in query.tags
    )
    # « c'était quoi avant ? » asks for what was asked before, not for a definition.
    is_former = query.wants_former and query.kinds[:1] in (("definition",), ("open",), ("yes_no",))
    says_kind = (bool(query.kinds) or _is_clause(turn)) and not is_former
    text, topic = _standalone(turn, previous, topic, frozenset(gone), vocabulary)
    merged = replace(
        query,
        text=text,
        asked=query.asked + kept,
        wanted=next(iter(query.kinds), "open") if says_kind else previous.wanted,
        kinds=query.kinds if says_kind else previous.kinds,
        measure=query.measure or (previous.measure if not says_kind or query.kinds[:1] == ("figure",) else None),
        relative=query.relative or (None if says_kind else previous.relative),
        list_of=query.list_of or (None if says_kind else previous.list_of),
        wants_former=query.wants_former or (not says_kind and previous.wants_former),
        is_follow_up=True,
    )
    return merged, topic


def _is_clause(turn: Turn) -> bool:
    """Whether the follow-up says of its own what it asks of what was named before: « elle s'occupe des hôpitaux ? »."""
    return _PRONOUN.match(opened(turn.query.text)) is not None and bool(turn.rest)


def _gone(turn: Turn, previous: Query, vocabulary: Vocabulary) -> set[Tag]:
    """The terms of before that the question replaces, or that do not belong with what it names."""
    query = turn.query
    # « combien en tout ? » is no longer about one part of it.
    wholes = {"part"} if load_cues().whole.search(folded(query.text)) else set()
    own_kinds = {tag.kind for tag in query.tags} | {unknown.kind for unknown in query.unknown}
    gone: set[Tag] = set()
    others = _REPLACED if query.of_kind(*_REPLACED) and _ANOTHER.search(query.text) else ()
    for asked in previous.asked:
        tag = asked.tag
        if tag in query.tags:
            continue
        if tag.kind in others:
            gone.add(tag)
        if tag.kind in wholes or (tag.kind in own_kinds and tag.kind not in _COMPANION_KINDS):
            gone.add(tag)
        for kinds in (SECTOR_KINDS, _SCOPE_KINDS):
            if tag.kind in kinds and any(new.kind in kinds and not vocabulary.related(tag, new) for new in query.tags):
                gone.add(tag)
    for kind in _COMPANION_KINDS:
        gone |= _companion(turn, previous, kind, vocabulary)
    return gone


def _companion(turn: Turn, previous: Query, kind: str, vocabulary: Vocabulary) -> set[Tag]:
    """The service or actor of before that a new one replaces: held by the same preposition, else the last named."""
    new = [one for one in turn.mentions if isinstance(one, TermMention) and one.tags[0].kind == kind]
    if not new or turn.query.kinds:
        return set()
    mentions = [one for one in vocabulary.find(previous.text) if one.tags[0].kind == kind]
    if not mentions:
        return {tag for tag in previous.tags if tag.kind == kind}
    held = phrase(turn.query.text, new[0].start, new[0].end).preposition
    alike = [one for one in mentions if held and phrase(previous.text, one.start, one.end).preposition == held]
    return {(alike or mentions)[-1].tags[0]} - set(turn.query.tags)


def _standalone(
    turn: Turn, previous: Query, topic: str, gone: frozenset[Tag], vocabulary: Vocabulary
) -> tuple[str, str]:
    """The earlier wording with its terms replaced when the follow-up only names terms, else both wordings."""
    own = opened(turn.query.text)
    if _YEAR.search(own):
        previous, topic = replace(previous, text=_without_years(previous.text)), _without_years(topic)
    if (rank := _other_rank(turn, previous)) is not None:
        return rank, rank
    new = [phrase(turn.query.text, one.start, one.end) for one in turn.mentions]
    if not turn.query.kinds and not _is_clause(turn):
        text = _with_terms(previous.text, turn, new, gone, vocabulary)
        if turn.rest:
            text = f"{closed(text)}, {own}"
        return text, _with_terms(topic, turn, new, gone, vocabulary)
    about = _without_terms(topic, gone | frozenset(turn.query.tags), vocabulary)
    if len(turn.rest) > _FEW_WORDS or _is_clause(turn):
        labels = [vocabulary.label(one.tag) for one in previous.asked if one.tag not in gone | {*turn.query.tags}]
        return (f"{closed(own)} ({', '.join(labels)}) ?" if labels else own), about
    subject = lowered(tidy(_unasked(about)))
    return (f"{closed(own)}{TAKEN}{closed(subject)} ?" if subject else own), about


def _other_rank(turn: Turn, previous: Query) -> str | None:
    """The earlier wording with its one rank replaced by the one that is all of the follow-up: « et le douzième ? »."""
    own, before = _RANK.findall(opened(turn.query.text)), _RANK.findall(previous.text)
    if len(own) != 1 or len(before) != 1 or turn.mentions or len(turn.rest) > 1:
        return None
    return _RANK.sub(own[0], previous.text)


def _without_years(text: str) -> str:
    """The earlier wording without the years that a new one replaces."""
    return tidy(_YEAR.sub(" ", text))


def _unasked(text: str) -> str:
    """The wording without the words that asked."""
    asking = load_cues().asking.match(_aligned(text))
    return text[asking.end() :] if asking else text


def opened(text: str) -> str:
    """The follow-up without the words that tie it to the conversation: « et », « non, je voulais dire »."""
    for pattern in (load_cues().opening, load_cues().correcting, load_cues().correcting):
        match = pattern.match(_aligned(text))
        if match:
            text = text[match.end() :]
    return text


def _aligned(text: str) -> str:
    """The text folded in small letters, each character in its place."""
    return "".join(map(_small, text))


@lru_cache(maxsize=1024)
def _small(letter: str) -> str:
    return plain if len(plain := fold(letter).lower()) == 1 else letter


def _with_terms(text: str, turn: Turn, new: Sequence[Phrase], gone: frozenset[Tag], vocabulary: Vocabulary) -> str:
    """The earlier wording, each term that is gone replaced by the new one of its kind, or taken out."""
    left = list(zip(turn.mentions, new, strict=True))
    old = [one for one in _mentions(text, vocabulary) if _is_gone(one, turn, gone)]
    pairs: dict[int, Phrase] = {}
    for exact in (True, False):
        for mention in old:
            kind = mention_kind(mention)
            for candidate in left:
                own = mention_kind(candidate[0])
                alike = own == kind if exact else _one(own) == _one(kind)
                if mention.start not in pairs and alike:
                    pairs[mention.start] = candidate[1]
                    left.remove(candidate)
                    break
    for mention in reversed(old):
        held = phrase(text, mention.start, mention.end)
        text = replaced(text, held, pairs[mention.start]) if mention.start in pairs else without(text, held)
    for _, one in left:
        text = added(text, one)
    return tidy(text)


def _without_terms(text: str, gone: frozenset[Tag], vocabulary: Vocabulary) -> str:
    """The text without the words of these terms."""
    for mention in reversed(_mentions(text, vocabulary)):
        if isinstance(mention, TermMention) and set(mention.tags) <= gone:
            text = without(text, phrase(text, mention.start, mention.end))
    return tidy(text)


def removing(query: Query, ids: frozenset[str], vocabulary: Vocabulary) -> Query:
    """The query without the terms of these ids, nor their words."""
    gone = frozenset(tag for tag in query.tags if tag.id in ids)
    if not gone:
        return query
    kept = tuple(asked for asked in query.asked if asked.tag not in gone)
    return replace(query, asked=kept, text=_without_terms(query.text, gone, vocabulary))


def _mentions(text: str, vocabulary: Vocabulary) -> list[Mention]:
    found: list[Mention] = [*vocabulary.find(text), *vocabulary.unknown_numbered(text)]
    return sorted(found, key=lambda one: one.start)


def _is_gone(mention: Mention, turn: Turn, gone: frozenset[Tag]) -> bool:
    if isinstance(mention, UnknownTerm):
        return any(mention_kind(one) == mention.kind for one in turn.mentions)
    return all(tag in gone for tag in mention.tags)
