"""Pure: the words of a statement that lead further: dates to the calendar, acronyms to what they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import urlencode

from assistant.markup import Html, element
from assistant.screens import wording
from index.dating import find_dates
from index.records import Deadline
from index.terms import TermMention
from index.vocabulary import Vocabulary

CALENDAR = "/echeances"
LONG_DATE_CHARS = 30  # a shorter date stands on one line of the narrowest window
Linked = tuple[int, int, Html]

_ACRONYM = re.compile(r"[^\W\d_]?[A-ZÉ][A-ZÉ0-9'’-]+")


def by_passage(deadlines: Iterable[Deadline]) -> dict[str, list[Deadline]]:
    """The deadlines that a calendar shows, by the passage that states them."""
    found: dict[str, list[Deadline]] = {}
    for one in deadlines:
        if one.date_kind != "published":
            found.setdefault(one.passage_id, []).append(one)
    return found


def with_links(text: str, vocabulary: Vocabulary, stated: Sequence[Deadline]) -> list[str]:
    """The text in pieces, its dates linked and its acronyms explained; `stated` are the deadlines of what it quotes."""
    pieces: list[str] = []
    end = 0
    for start, stop, linked in sorted([*_dates(text, stated), *_acronyms(text, vocabulary)], key=lambda one: one[:2]):
        if start >= end:
            pieces += [text[end:start], linked]
            end = stop
    return [*pieces, text[end:]]


def is_acronym(word: str) -> bool:
    """Whether a word is written as acronyms are: « DPI », « HOP'EN »."""
    return _ACRONYM.fullmatch(word) is not None


def calendar_address(first: date, last: date) -> str:
    """The calendar kept to some days."""
    return f"{CALENDAR}?{urlencode({'first': first.isoformat(), 'last': last.isoformat()})}"


def _dates(text: str, stated: Sequence[Deadline]) -> Iterator[Linked]:
    """The dates that the calendar has: by their own words, else by their days, so that other spellings are found."""
    days: Mapping[tuple[date | None, date | None], Deadline] = {(one.first_day, one.last_day): one for one in stated}
    for mention in find_dates(text, written=None):
        one = days.get((mention.first, mention.last))
        if one is None:
            words = mention.text.strip()
            one = next((deadline for deadline in stated if words and words in deadline.mention.quote), None)
        if one is not None:
            yield mention.start, mention.end, _to_calendar(mention.text, one)


def _to_calendar(words: str, one: Deadline) -> Html:
    hint = element("span", f" ({wording.SEE_CALENDAR}, {wording.NEW_TAB})", class_="visually-hidden")
    address = calendar_address(one.first_day, one.last_day)
    looks = "to-calendar is-short" if len(words) < LONG_DATE_CHARS else "to-calendar"
    return element("a", words, hint, href=address, class_=looks, target="_blank", rel="noopener")


def _acronyms(text: str, vocabulary: Vocabulary) -> Iterator[Linked]:
    """Each acronym the first time, where the vocabulary says what it is."""
    explained = set()
    for mention in vocabulary.find(text):
        hint = _meaning(mention, vocabulary)
        if hint and mention.tags not in explained:
            explained.add(mention.tags)
            yield mention.start, mention.end, element("abbr", mention.text, title=hint, tabindex=0)


def _meaning(mention: TermMention, vocabulary: Vocabulary) -> str | None:
    """The name in full, and the definition where there is one."""
    if len(mention.tags) != 1 or not mention.is_exact or not is_acronym(mention.text):
        return None
    term = vocabulary.term(mention.tags[0])
    full = next((name for name in (*term.aliases[:1], term.label) if name != mention.text), "")
    return " : ".join(part for part in (full[:1].upper() + full[1:], term.definition) if part) or None
