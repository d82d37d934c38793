"""Deadlines → a draft: one claim a date, what it replaced behind it, days counted when the question leans on today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from assistant import phrases
from assistant.agreement import SECTOR_KINDS
from assistant.answers import Derived
from assistant.dated import Dated, date_text, dated_text, label, quotation_of
from assistant.drafts import Claim, Draft
from assistant.understanding import Query
from index.dating import format_day
from index.records import Deadline, Tag
from index.searching import Index

_SURE = 0.97
_LEAST_SURE = 0.6
_CHARS = 1400
_LIST_CHARS = 4000
_OLD = timedelta(days=183)
_PRESS_AUTHORITY = 6
_NEXT = 6


@dataclass(frozen=True, slots=True)
class _Entry:
    """One deadline to say, and the claims that say it."""

    dated: Dated
    claims: tuple[Claim, ...]


def dated_draft(query: Query, dated: Sequence[Dated], index: Index) -> Draft:
    """The draft that gives these dates; several right answers are all listed, with the sectors as choices."""
    dated = _at_day(query, dated)
    entries = [_Entry(one, _claims(one, query, index)) for one in dated]
    limit = _LIST_CHARS if len(entries) > 4 and not _is_narrow(query) else _CHARS
    kept: list[Claim] = []
    for entry in entries:
        if kept and sum(len(claim.text) for claim in (*kept, *entry.claims)) > limit:
            break
        kept.extend(entry.claims)
    lead = phrases.as_of(query.day) if query.relative else ""
    sure = _SURE if all(one.best.status == "in_force" for one in dated) else _LEAST_SURE
    return Draft("answered", tuple(kept), sure, lead, _notices(query, dated, index), _choices(query, dated, index))


def _is_narrow(query: Query) -> bool:
    return bool(query.of_kind("milestone")) and bool(query.of_kind(*SECTOR_KINDS))


def _at_day(query: Query, dated: Sequence[Dated]) -> Sequence[Dated]:
    """For « prochaines échéances », those from today on, soonest first."""
    if query.relative != "next":
        return dated
    ahead = [one for one in dated if one.best.last_day >= query.day]
    return ahead[:_NEXT] or list(dated)[-1:]


def _claims(one: Dated, query: Query, index: Index) -> tuple[Claim, ...]:
    best = one.best
    text = dated_text(best, index.passage(best.passage_id))
    derived = list(_inferred(best))
    if query.relative and best.precision in ("day", "hour"):
        counted = phrases.days_left((best.last_day - query.day).days)
        derived.append(Derived(counted, f"du {format_day(query.day)} au {date_text(best)}"))
        text = f"{text} ({counted})"
    current = quotation_of(best)
    claims = [Claim(text, (current,), tuple(derived))]
    for former in one.former[:2]:
        source = index.documents[former.document_id].evidence
        said = dated_text(former, index.passage(former.passage_id))
        prefix = phrases.formerly(source, said)
        how = "date de la page citée"
        when = (Derived(phrases.published(source), how),) if source.published else ()
        claims.append(Claim(prefix, (quotation_of(former, replaced_by=current),), (*when, Derived(source.publisher, "source citée"))))
    return tuple(claims)


def _inferred(deadline: Deadline) -> tuple[Derived, ...]:
    if not deadline.year_inferred:
        return ()
    return (Derived(str(deadline.last_day.year), "année déduite de la date du document"),)


def _notices(query: Query, dated: Sequence[Dated], index: Index) -> tuple[str, ...]:
    notices: list[str] = []
    for one in dated:
        info = index.documents[one.best.document_id]
        source = info.evidence
        if one.best.year_inferred:
            notices.append(phrases.inferred(str(one.best.last_day.year), "elle est déduite de la date du document"))
        if one.best.status == "conflict":
            notices.append(phrases.CONFLICT_NOTICE)
        if info.valid_until is not None and info.valid_until < query.day:
            notices.append(phrases.expired(info.title, info.valid_until))
        if one.best.last_day < query.day:
            continue
        is_old = source.published is not None and query.day - source.published.last > _OLD
        if is_old or source.authority >= _PRESS_AUTHORITY:
            notices.append(phrases.to_verify(source))
        elif one.former:
            notices.append(phrases.POSTPONED_NOTICE)
    return tuple(dict.fromkeys(notices))


def _choices(query: Query, dated: Sequence[Dated], index: Index) -> tuple[str, ...]:
    """Whole questions that narrow the answer: by sector, else by wave, when several are given."""
    asked = {tag.kind for tag in query.tags}
    base = query.text.rstrip(" ?!.")
    for kinds in (("lane",), ("wave",)):
        if asked & (SECTOR_KINDS if kinds == ("lane",) else set(kinds)):
            continue
        found: dict[Tag, None] = {tag: None for one in dated for tag in one.best.tags if tag.kind in kinds}
        if len(found) > 1:
            return tuple(f"{base} {index.vocabulary.label(tag)} ?" for tag in found)
    return ()


def subject_label(one: Dated, index: Index) -> str:
    """What a date is about, for a heading."""
    return label(one.best, index.vocabulary)
