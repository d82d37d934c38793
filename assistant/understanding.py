"""A typed question becomes a Query: its terms, the kind of answer wanted, the day, and a wording that stands alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answers import Understood
from assistant.cues import (
    Aside,
    Measure,
    Wanted,
    aside,
    folded,
    load_cues,
    measure,
    relative,
    wanted_kinds,
    wants_former,
    written_out,
)
from assistant.following import SECTOR_KINDS, Mention, follow, leans, mention_kind, opened, removing
from assistant.letters import without_courtesy
from assistant.numbered_parts import with_own_parts
from assistant.query import AskedTag, Lack, Query
from assistant.siblings import with_sibling
from assistant.unfamiliar import Knows, Rest, is_elsewhere, is_english, listed_kind, rest_of, unknown_names
from index.vocabulary import TermMention, Vocabulary
from index.words import content_words

__all__ = ["AskedTag", "Query", "understand", "understood"]

# Naming one of these, a question is about the programme whatever else it says.
_PROGRAMME_KINDS = frozenset({"programme", "wave", "part", "software", "milestone", "service"})
# Alone, a term of these kinds asks for its definition.
_DEFINED_KINDS = _PROGRAMME_KINDS | {"actor"}
# Ends before a term that is set aside.
_EXCLUDES = re.compile(
    r"(?:\b(?:hors|hormis|sauf|excepté|à part|autres? que|mis à part)|[(,;:]\s*(?:et |mais )?(?:non |pas ))"
    r"\s*(?:pour |dans |chez )?(?:les? |la |l['’]|du |des? |de la |de l['’]|d['’]|aux? )?$",
    re.IGNORECASE,
)
# « … qui n'existaient pas en vague 1 », « … alors qu'ils étaient absents de la première »: new since then.
_NEW_SINCE = re.compile(
    r"(?:\bn(?:e |['’])(?:existai(?:en)?t|étai(?:en)?t|figurai(?:en)?t|existent?)\b[^,;.?!]{0,30}?\bpas\b"
    r"|\bqu(?:e |['’])(?:ils?|elles?|on) n(?:e |['’])\w+ pas\b|absente?s?\b|inexistante?s?\b)[^,;.?!]{0,20}$",
    re.IGNORECASE,
)
_AROUND_MILESTONES = frozenset({"wave", "part", "programme", *SECTOR_KINDS})


@dataclass(frozen=True, slots=True)
class _Alone:
    """A question read by itself."""

    query: Query
    mentions: tuple[Mention, ...]
    said: Rest

    @property
    def rest(self) -> tuple[str, ...]:
        return self.said.words

    @property
    def foreign(self) -> tuple[str, ...]:
        return self.said.unheld


def understand(
    question: str,
    *,
    after: Sequence[str],
    day: date,
    vocabulary: Vocabulary,
    without: frozenset[str] = frozenset(),
    knows: Knows | None = None,
) -> Query:
    """The Query of `question`, read after the earlier questions `after` (oldest first).

    A question that stands alone inherits nothing. `without` holds ids of terms that the reader removed; `knows` says
    whether a word stands in a document.
    """
    previous: Query | None = None
    topic = ""
    for typed in after:
        turn = _alone(typed, day=day, vocabulary=vocabulary, knows=knows, previous=previous)
        if turn.query.aside is None:
            previous, topic = _read(turn, previous, topic, vocabulary)
    turn = _alone(question, day=day, vocabulary=vocabulary, knows=knows, previous=previous)
    if turn.query.aside not in (None, "other"):
        return turn.query
    query, _ = _read(turn, previous, topic, vocabulary)
    return replace(removing(query, without, vocabulary), lacks=_lacks(query, turn, vocabulary))


def understood(query: Query, vocabulary: Vocabulary) -> tuple[Understood, ...]:
    """The query's terms as the reader sees them."""
    return tuple(
        Understood(asked.tag.kind, asked.tag.id, vocabulary.term(asked.tag).label, asked.is_inherited)
        for asked in query.asked
    )


def _read(turn: _Alone, previous: Query | None, topic: str, vocabulary: Vocabulary) -> tuple[Query, str]:
    """The question as it is meant after the ones before, and the topic that follow-ups are about."""
    if previous is None or not leans(turn, previous):
        query = _decided(turn)
        return query, query.text
    query, topic = follow(turn, previous, topic, vocabulary)
    return replace(query, aside=None), topic


def _alone(
    question: str, *, day: date, vocabulary: Vocabulary, knows: Knows | None, previous: Query | None = None
) -> _Alone:
    text = without_courtesy(" ".join(question.split()))
    spelled = vocabulary.correct(written_out(text))
    text = vocabulary.in_own_names(spelled)
    before = previous.tags if previous is not None else ()
    text = with_own_parts(with_sibling(text, before, vocabulary), before, vocabulary)
    text = _without_excluded(text, vocabulary)
    found = vocabulary.find(text, typing_errors=True)
    unknown = vocabulary.unknown_numbered(text)
    mentions: list[Mention] = [*found, *unknown]
    if knows is not None:
        named = unknown_names(text, vocabulary, [(one.start, one.end) for one in mentions], knows)
        unknown, mentions = (*unknown, *named), [*mentions, *named]
    mentions.sort(key=lambda one: one.start)
    english = is_english(text)
    tied = len(text) - len(opened(text))
    said = rest_of(" " * tied + text[tied:], mentions, None if english else knows)
    narrow = [vocabulary.narrowest(one.tags) for one in found]
    asked = tuple(dict.fromkeys(tags[0] for tags in narrow if len(tags) == 1))
    kinds = wanted_kinds(spelled)
    query = Query(
        question=question,
        text=text,
        asked=tuple(AskedTag(tag, is_inherited=False) for tag in asked),
        alternatives=tuple(tags for tags in narrow if len(tags) > 1),
        unknown=unknown,
        wanted=next(iter(kinds), "open"),
        kinds=kinds,
        measure=_measured(spelled, kinds),
        relative=relative(spelled),
        aside=_aside(question, said, found),
        list_of=listed_kind(text, vocabulary) if "list" in kinds else None,
        wants_former=wants_former(spelled),
        day=day,
        is_follow_up=False,
        is_english=english,
        lacks=None,
        foreign_words=said.foreign,
        foreign_names=said.names,
    )
    return _Alone(query, tuple(mentions), said)


def _without_excluded(text: str, vocabulary: Vocabulary) -> str:
    """The question less the terms that it sets aside: « hors médecins », « (pas la DRIMbox) », « absents de la V1 »."""
    for mention in reversed(vocabulary.find(text)):
        aside_from = _EXCLUDES.search(text[: mention.start])
        if aside_from is not None:
            text = f"{text[: aside_from.start()]} {text[mention.end :]}"
    waves = [one for one in vocabulary.find(text) if one.tags[0].kind == "wave"]
    if len(waves) > 1 and _NEW_SINCE.search(text[waves[0].end : waves[-1].start]):
        return f"{text[: waves[0].end]}, nouveaux{text[waves[-1].end :]}"
    return text


def _measured(text: str, kinds: Collection[Wanted]) -> Measure | None:
    """What would be measured when a figure is wanted; an address or a person is wanted whatever the wording."""
    found = measure(text)
    counts = "figure" in kinds and next(iter(kinds)) != "list"  # « combien, et lesquels » asks for the things
    is_meant = found in ("contact", "person") and next(iter(kinds), None) != "definition"  # a letter may lie before it
    return found if counts or is_meant else None


def _aside(question: str, said: Rest, found: Sequence[TermMention]) -> Aside | None:
    """What the question is when it is none about the programme, by its words or by what it does not name."""
    kind = aside(question)
    names_programme = any(tag.kind in _PROGRAMME_KINDS for mention in found for tag in mention.tags)
    if kind in ("advice", "other") and names_programme:
        return None
    if kind is None and is_elsewhere(said, has_terms=bool(found)):
        return "other"
    return kind


def _decided(turn: _Alone) -> Query:
    """The query of a question that stands alone, with what its terms say of the answer wanted."""
    query = turn.query
    wanted = _wanted(turn)
    by_default: Measure | None = "count" if wanted == "figure" else None
    return replace(query, wanted=wanted, measure=query.measure or by_default)


def _wanted(turn: _Alone) -> Wanted:
    query = turn.query
    milestones = query.of_kind("milestone")
    if query.kinds:
        counts = query.relative is not None and (milestones or "date" in query.kinds)
        return "date" if counts and query.wanted in ("yes_no", "figure", "open") else query.wanted
    if query.relative is not None and milestones:
        return "date"
    if milestones and query.of_kind(*_AROUND_MILESTONES) and load_cues().milestone_words.issuperset(turn.rest):
        return "date"
    is_bare = len(turn.mentions) == 1 and not turn.rest and mention_kind(turn.mentions[0]) in _DEFINED_KINDS
    return "definition" if is_bare and not query.unknown else "open"


def _lacks(query: Query, turn: _Alone, vocabulary: Vocabulary) -> Lack | None:
    """What nobody said and the answer depends on."""
    if query.aside is not None or turn.foreign or query.foreign_names:
        return None
    concerns = load_cues().concern.search(folded(query.text)) is not None
    has_sectors = any(vocabulary.terms_of(kind) for kind in ("profession", "lane"))
    if concerns and has_sectors and not query.of_kind(*SECTOR_KINDS) and not query.alternatives:
        return "profession"
    generic = load_cues().milestone_words | load_cues().asking_words
    words = [word for word in content_words(query.text) if word not in generic]
    names_something = query.asked or query.unknown or query.alternatives or words or query.is_follow_up
    return None if names_something else "subject"
