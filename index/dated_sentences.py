"""Pure: a sentence of prose → its dated statements."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from index.attribution import (
    SECTOR_KINDS,
    Frame,
    Named,
    TermReader,
    framed,
    holds_for_all,
    is_for_others,
    tags_of_dates,
)
from index.dated_frames import Around, Sentence, speech_before
from index.dated_statements import Statement
from index.dating import DateMention, find_dates
from index.dating_expressions import find_expressions
from index.dating_words import flatten
from index.event_titles import topics
from index.records import DateKind, Deadline, Passage, Source, Span, Tag

_LABELLED = re.compile(r"[^.;]{0,80}: ?(?:le |au )?$")
# « Nantes, le 3 mai 2026 »
_DATELINE = re.compile(r"(?:[^.;]{0,120}[,:(-] ?)?(?:le )?")
_IN_TIME = re.compile(r"\b(?:au|en|a l'|d'ici (?:le |l')?|avant (?:le |l')?|fin|debut|jusqu'(?:au|a l'|en)) ?$")
_YEAR_DAYS = 300
_OBLIGATION = re.compile(
    r"\b(?:doi(?:t|vent)|devr(?:a|ont|ait|aient)|devai(?:t|ent)|faut|au plus tard|limites?|a \w+(?:er|ir|re)|"
    r"candidat\w+|guichets?|"
    r"depots?|inscriptions?|fenetres?|ouvert\w*|clos\w*|clotur\w*)\b"
)


def sentence_statements(
    sentence: Sentence, earlier: Sequence[Sentence], around: Around, reader: TermReader
) -> Iterator[Statement]:
    """The dated statements of a sentence; `earlier` are those before it in its section."""
    before = list(speech_before(sentence, earlier))
    introduction = next((one.text for one in before if one.text.rstrip().endswith(":")), "")
    source = around.info.evidence
    dates = find_dates(
        without_named_dates(sentence.text, reader.named(sentence.text)),
        written=source.published,
        written_is_estimated=source.published_on_estimated,
        context=introduction if sentence.is_item else "",
    )
    dates = tuple(date for date in dates if date.first)
    if not dates:
        return
    for_all = holds_for_all(sentence.text)
    frames = [*(Frame(one.text, is_speech=True) for one in before), *around.frames(sentence.passage)]
    passage = sentence.passage
    span = Span(passage.page, sentence.start, sentence.end, sentence.text)
    tagged = tags_of_dates(sentence.text, dates, reader, "\n".join(frame.text for frame in frames))
    about = topics(sentence.text, reader)
    for date, every in zip(dates, tagged, strict=True):
        for_others = is_for_others(sentence.text, date.start, date.end)
        own = tuple(tag for tag in every if tag not in about and not (for_others and tag.kind in SECTOR_KINDS))
        kind = date.date_kind
        has_milestone = any(tag.kind == "milestone" for tag in own)
        if not date.is_cued and has_milestone and _LABELLED.fullmatch(flatten(sentence.text[: date.start])):
            kind = "closes"
        if not date.is_cued and _is_of(source, date) and _DATELINE.fullmatch(flatten(sentence.text[: date.start])):
            kind = "published" if not sentence.text[date.end :].strip(" .") else kind
        kind = sober(kind, date, sentence.text)
        no_sector = SECTOR_KINDS if for_all or for_others else frozenset()
        tags = framed(own, unasked(kind) | reader.unknown_kinds(sentence.text) | no_sector, frames, reader)
        mention = Span(passage.page, sentence.start + date.start, sentence.start + date.end, date.text)
        yield statement_of(passage, span, (), mention, date, kind, tags)


def without_named_dates(text: str, names: Iterable[Named]) -> str:
    """The text, of the same length, without the names that hold a date and are no time.

    « la session de printemps 2027 » is a name, « au printemps 2027 » a time.
    """
    for one in names:
        if find_expressions(flatten(text[one.start : one.end])) and not _IN_TIME.search(flatten(text[: one.start])):
            text = f"{text[: one.start]}{'x' * (one.end - one.start)}{text[one.end :]}"
    return text


def _is_of(source: Source, date: DateMention) -> bool:
    """Whether the date is the document's own."""
    published = source.published
    return published is not None and (date.first, date.last) == (published.first, published.last)


def sober(kind: DateKind, date: DateMention, text: str) -> DateKind:
    """« 250 millions jusqu'en 2025 » closes nothing: a year is a deadline only where something is due."""
    is_loose = is_about_a_year(date) and not _OBLIGATION.search(flatten(text))
    return "takes_place" if kind in {"opens", "closes"} and is_loose else kind


def is_about_a_year(date: DateMention) -> bool:
    """Whether the date leaves a year or more open."""
    return date.first is not None and date.last is not None and (date.last - date.first).days >= _YEAR_DAYS


def unasked(kind: DateKind) -> frozenset[str]:
    """A milestone that stands around is that of the dates that open or close, not of decrees and meetings."""
    return frozenset() if kind in {"opens", "closes"} else frozenset({"milestone"})


def statement_of(
    passage: Passage, span: Span, headers: tuple[Span, ...], mention: Span, date: DateMention, kind: DateKind,
    tags: tuple[Tag, ...],
) -> Statement:  # fmt: skip
    """A statement about a resolved date; its id and status come later."""
    assert date.first is not None
    assert date.last is not None
    deadline = Deadline(
        id="", passage_id=passage.id, document_id=passage.document_id, first_day=date.first, last_day=date.last,
        hour=date.hour, precision=date.precision, date_kind=kind, year_inferred=date.year_inferred, tags=tags,
        span=span,
        headers=headers, mention=mention, status="in_force", replaced_by=None, conflicts_with=(),
    )  # fmt: skip
    return Statement(deadline, date.moved)
