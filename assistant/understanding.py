"""A typed question becomes a Query: its terms, the kind of answer wanted, the day, and a wording that stands alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answers import Understood
from assistant.cues import FORMERLY, LEANING, Aside, Measure, Relative, Wanted, aside, folded, measure, relative, wanted_kind
from index.records import Tag
from index.vocabulary import TermMention, UnknownTerm, Vocabulary
from index.words import query_words

# Kinds of which a more precise one replaces what was said before: naming a profession drops a lane it does not belong to.
_SECTOR_KINDS = ("profession", "lane", "software")


@dataclass(frozen=True, slots=True)
class AskedTag:
    """A term of the question; `is_inherited` when an earlier question said it."""

    tag: Tag
    is_inherited: bool


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for. `text` stands alone and is spelled right; `asked` are its terms, in the order they were said.

    `alternatives` are the readings of an ambiguous term; `unknown` are numbered terms that the vocabulary does not know
    (« vague 3 »). `day` is today for this question. `is_follow_up` says that something was taken from the conversation.
    """

    question: str
    text: str
    asked: tuple[AskedTag, ...]
    alternatives: tuple[tuple[Tag, ...], ...]
    unknown: tuple[UnknownTerm, ...]
    wanted: Wanted
    measure: Measure | None
    relative: Relative | None
    aside: Aside | None
    wants_former: bool
    day: date
    is_follow_up: bool

    @property
    def tags(self) -> tuple[Tag, ...]:
        """The terms alone."""
        return tuple(asked.tag for asked in self.asked)

    def of_kind(self, *kinds: str) -> tuple[Tag, ...]:
        """The terms of these kinds."""
        return tuple(tag for tag in self.tags if tag.kind in kinds)


def understand(
    question: str, *, after: Sequence[str], day: date, vocabulary: Vocabulary, without: frozenset[str] = frozenset()
) -> Query:
    """The Query of `question`, read after the earlier questions `after` (oldest first).

    A question that stands alone inherits nothing. `without` holds ids of terms that the reader removed.
    """
    query: Query | None = None
    for typed in [*after, question]:
        alone = _alone(typed, day=day, vocabulary=vocabulary)
        if alone.aside is not None and typed is not question:
            continue
        query = _inheriting(alone, query, vocabulary) if query is not None and _leans(alone) else alone
    if query is None:
        query = _alone(question, day=day, vocabulary=vocabulary)
    if without:
        query = replace(query, asked=tuple(asked for asked in query.asked if asked.tag.id not in without))
    return query


def understood(query: Query, vocabulary: Vocabulary) -> tuple[Understood, ...]:
    """The query's terms as the reader sees them."""
    return tuple(
        Understood(asked.tag.kind, asked.tag.id, vocabulary.term(asked.tag).label, asked.is_inherited)
        for asked in query.asked
    )


def _alone(question: str, *, day: date, vocabulary: Vocabulary) -> Query:
    text = vocabulary.correct(" ".join(question.split()))
    mentions = vocabulary.find(text, typing_errors=True)
    asked = tuple(dict.fromkeys(mention.tags[0] for mention in mentions if len(mention.tags) == 1))
    return Query(
        question=question,
        text=text,
        asked=tuple(AskedTag(tag, is_inherited=False) for tag in asked),
        alternatives=tuple(mention.tags for mention in mentions if len(mention.tags) > 1),
        unknown=vocabulary.unknown_numbered(text),
        wanted=wanted_kind(text),
        measure=measure(text),
        relative=relative(text),
        aside=aside(question),
        wants_former=bool(FORMERLY.search(folded(text))),
        day=day,
        is_follow_up=False,
    )


def _leans(query: Query) -> bool:
    """Whether the question cannot be read without the one before: it says so, or names next to nothing."""
    if LEANING.search(folded(query.text)):
        return True
    subjects = query.of_kind("wave", "programme", "part", "lane", "software", "profession", "service", "actor")
    return not subjects and not query.unknown and len(query_words(query.text)) <= 6


def _inheriting(query: Query, previous: Query, vocabulary: Vocabulary) -> Query:
    """The follow-up with what it omits taken from the question before, term of a kind by term of the same kind."""
    own = query.tags
    own_kinds = {tag.kind for tag in own} | {unknown.kind for unknown in query.unknown}
    kept = tuple(
        AskedTag(asked.tag, is_inherited=True)
        for asked in previous.asked
        if asked.tag.kind not in own_kinds and not _is_dropped(asked.tag, own, vocabulary)
    )
    says_kind = query.wanted != "open"
    return replace(
        query,
        text=_standalone(query, previous, kept, vocabulary),
        asked=query.asked + tuple(asked for asked in kept if asked.tag not in own),
        wanted=query.wanted if says_kind else previous.wanted,
        measure=query.measure or (None if says_kind else previous.measure),
        relative=query.relative or (None if says_kind else previous.relative),
        is_follow_up=True,
    )


def _is_dropped(tag: Tag, own: Sequence[Tag], vocabulary: Vocabulary) -> bool:
    """A sector of before goes when the question names one that it does not belong with."""
    if tag.kind not in _SECTOR_KINDS:
        return False
    return any(new.kind in _SECTOR_KINDS and not vocabulary.related(tag, new) for new in own)


def _standalone(query: Query, previous: Query, kept: Sequence[AskedTag], vocabulary: Vocabulary) -> str:
    """The earlier wording with its terms replaced by the new ones when the follow-up names terms only; else both."""
    labels = " ".join(vocabulary.term(asked.tag).label for asked in kept)
    if query.wanted != "open":
        rest = "" if len(query_words(query.text)) > 8 else _without_replaced(query, previous, vocabulary)
        return " ".join(part for part in (query.text, labels, rest) if part)
    return " ".join(part for part in (_without_replaced(query, previous, vocabulary), query.text) if part)


def _without_replaced(query: Query, previous: Query, vocabulary: Vocabulary) -> str:
    """The earlier wording without the terms of kinds that the follow-up names anew or drops."""
    own_kinds = {tag.kind for tag in query.tags} | {unknown.kind for unknown in query.unknown}
    text = previous.text
    mentions: Sequence[TermMention] = vocabulary.find(text, typing_errors=True)
    for mention in reversed(mentions):
        is_replaced = any(tag.kind in own_kinds or _is_dropped(tag, query.tags, vocabulary) for tag in mention.tags)
        if is_replaced:
            text = text[: mention.start] + text[mention.end :]
    return " ".join(text.split())
