"""Pure: what a new edition of the documents changes for people: dates, who is concerned, documents, contradictions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from assistant.agenda import agenda
from assistant.errors import AssistantError
from assistant.scopes import Cell, matrix
from index.dating import format_interval
from index.deadline_subjects import key_of
from index.deadlines import about, describe
from index.editions import Edition
from index.records import Deadline, DocumentInfo, Passage, Tag

Change = Literal["added", "moved", "changed", "withdrawn", "removed"]


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as a document says it: `text` is the date in French, `quote` the sentence or row."""

    text: str
    quote: str
    document_id: str
    document: str


@dataclass(frozen=True, slots=True)
class DeadlineChange:
    """A deadline that is new, on another day, or said no more; `label` names it, `date_kind` as in a Deadline."""

    change: Change
    label: str
    date_kind: str
    before: Dated | None
    after: Dated | None


@dataclass(frozen=True, slots=True)
class CellChange:
    """Whether someone is concerned by a wave: the verdicts of the two editions, « contested » when documents differ."""

    who: str
    wave: str
    before: str
    after: str
    quote: str


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """A document that is new, differs or is gone; of one that differs, the sentences and rows that came and went."""

    change: Change
    id: str
    title: str
    came: tuple[str, ...]
    went: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Two dates of one thing that nothing decides between."""

    label: str
    one: Dated
    other: Dated


@dataclass(frozen=True, slots=True)
class Digest:
    """What changes from the edition `before` (empty when it is the first) to the edition `after`."""

    before: str
    after: str
    deadlines: tuple[DeadlineChange, ...]
    cells: tuple[CellChange, ...]
    documents: tuple[DocumentChange, ...]
    contradictions: tuple[Contradiction, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing changes for those it was made for."""
        return not (self.deadlines or self.cells or self.documents or self.contradictions)


def digest(before: Edition, after: Edition, filters: Mapping[str, str | None]) -> Digest:
    """What changes, for those who are concerned by every term of the filters (kind → id of a term).

    Raises:
        AssistantError: a filter's id is not in the vocabulary of `after`.
    """
    tags = [Tag(kind, name) for kind, name in filters.items() if name]  # type: ignore[arg-type]
    return Digest(
        before=before.name,
        after=after.name,
        deadlines=tuple(_deadlines(before, after, filters)),
        cells=tuple(_cells(before, after, tags)),
        documents=tuple(_documents(before, after, tags)),
        contradictions=tuple(_contradictions(before, after, tags)),
    )


def _deadlines(before: Edition, after: Edition, filters: Mapping[str, str | None]) -> Iterable[DeadlineChange]:
    now = _by_subject(after, agenda(after.deadlines, after.vocabulary, filters))
    try:
        then = _by_subject(before, agenda(before.deadlines, before.vocabulary, filters))
    except AssistantError:
        then = {}
    for subject in [*now, *(subject for subject in then if subject not in now)]:
        days = {_day(one) for one in now.get(subject, ())} & {_day(one) for one in then.get(subject, ())}
        came = [one for one in now.get(subject, ()) if _day(one) not in days]
        went = [one for one in then.get(subject, ()) if _day(one) not in days]
        for new, old in zip_longest(came, went):
            yield _change(before, after, old, new)


def _change(before: Edition, after: Edition, old: Deadline | None, new: Deadline | None) -> DeadlineChange:
    change: Change = "moved" if old and new else "added" if new else "withdrawn"
    told, edition = (new, after) if new else (old, before)
    return DeadlineChange(
        change,
        describe(told, edition.vocabulary) if told else "",
        told.date_kind if told else "",
        _dated(before, old) if old else None,
        _dated(after, new) if new else None,
    )


def _by_subject(edition: Edition, deadlines: Iterable[Deadline]) -> dict[object, list[Deadline]]:
    """The deadlines of each thing that is dated; a sentence without a term is about its other words."""
    found: dict[object, list[Deadline]] = {}
    for one in deadlines:
        key = key_of(one, edition.vocabulary)
        terms = tuple(sorted((kind, tuple(sorted(tags))) for kind, tags in key.items() if tags))
        words = "" if terms else _around(one)
        found.setdefault((one.date_kind, terms, words), []).append(one)
    return found


def _around(one: Deadline) -> str:
    start, end = one.mention.start - one.span.start, one.mention.end - one.span.start
    return one.document_id + one.span.quote[:start] + one.span.quote[end:]


def _day(one: Deadline) -> object:
    return one.first_day, one.last_day, one.hour


def _dated(edition: Edition, one: Deadline) -> Dated:
    text = format_interval(one.first_day, one.last_day, one.precision, one.hour)
    return Dated(text, _words(one.span.quote), one.document_id, edition.documents[one.document_id].title)


def _cells(before: Edition, after: Edition, tags: Sequence[Tag]) -> Iterable[CellChange]:
    then, now = _matrix(before), _matrix(after)
    for key in [*now, *(key for key in then if key not in now)]:
        old, new = then.get(key), now.get(key)
        who, wave = key
        is_wanted = all(tag == who or tag in after.vocabulary.belonging(who) for tag in tags)
        if is_wanted and _verdict(old) != _verdict(new):
            known = after.vocabulary if new else before.vocabulary
            quote = next((_words(proof.span.quote) for cell in (new, old) if cell for proof in cell.proofs), "")
            yield CellChange(known.label(who), known.label(wave), _verdict(old), _verdict(new), quote)


def _matrix(edition: Edition) -> dict[tuple[Tag, Tag], Cell]:
    rows = matrix(edition.passages, edition.deadlines, edition.documents, edition.vocabulary)
    return {(cell.who, cell.wave): cell for row in rows for cell in row.cells}


def _verdict(cell: Cell | None) -> str:
    if cell is None:
        return "undocumented"
    return "contested" if cell.is_contested else cell.verdict


def _documents(before: Edition, after: Edition, tags: Sequence[Tag]) -> Iterable[DocumentChange]:
    then, now = _said(before), _said(after)
    wanted = _carrying(before, tags) | _carrying(after, tags) if tags else None
    everything: dict[str, DocumentInfo] = {**before.documents, **after.documents}
    for name in [*after.documents, *(name for name in before.documents if name not in after.documents)]:
        came, went = _differing(then.get(name, []), now.get(name, []))
        is_same = before.hashes.get(name) == after.hashes.get(name) and not came and not went
        if is_same or (wanted is not None and name not in wanted):
            continue
        change: Change = (
            "added" if name not in before.documents else "changed" if name in after.documents else "removed"
        )
        is_changed = change == "changed"
        yield DocumentChange(change, name, everything[name].title, came * is_changed, went * is_changed)


def _said(edition: Edition) -> dict[str, list[str]]:
    """The sentences and rows of each document, in reading order."""
    said: dict[str, list[str]] = {}
    for passage in edition.passages:
        said.setdefault(passage.document_id, []).extend(_sentences(passage))
    return said


def _sentences(passage: Passage) -> list[str]:
    if passage.kind == "row":
        return [_words(passage.text)]
    return [_words(passage.text[start - passage.start : end - passage.start]) for start, end in passage.sentences]


def _differing(then: Sequence[str], now: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The sentences that came and those that went; one that only stands elsewhere is neither."""
    came, went = Counter(now) - Counter(then), Counter(then) - Counter(now)
    return tuple(one for one in dict.fromkeys(now) if came[one]), tuple(one for one in dict.fromkeys(then) if went[one])


def _carrying(edition: Edition, tags: Sequence[Tag]) -> set[str]:
    """The documents with a passage that carries all the terms, or something that belongs to them."""
    accepted = [{tag, *edition.vocabulary.members(tag)} for tag in tags]
    return {
        passage.document_id
        for passage in edition.passages
        if all(one & {*passage.tags, *passage.context_tags} for one in accepted)
    }


def _contradictions(before: Edition, after: Edition, tags: Sequence[Tag]) -> Iterable[Contradiction]:
    known = {frozenset((one.id, other)) for one in before.deadlines for other in one.conflicts_with}
    by_id = {one.id: one for one in after.deadlines}
    told: set[frozenset[str]] = set()
    for one in about(after.deadlines, tags, after.vocabulary):
        for name in one.conflicts_with:
            pair = frozenset((one.id, name))
            if pair not in known | told and name in by_id:
                told.add(pair)
                label = describe(one, after.vocabulary)
                yield Contradiction(label, _dated(after, one), _dated(after, by_id[name]))


def _words(text: str) -> str:
    return " ".join(text.split())
