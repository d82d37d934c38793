"""Selected deadlines → a draft: one claim a day, sectors of one day together, what each replaced behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant import phrases
from assistant.answers import Derived
from assistant.date_asked import DateAsked
from assistant.date_folding import fold_day, fold_label, folded_days
from assistant.date_grouping import unsaid_tags
from assistant.date_notices import choices, notices
from assistant.dated import Dated, DatedIndex, date_text, dated_text, quotation_of, with_full_day
from assistant.drafts import Claim, Draft
from assistant.understanding import Query
from assistant.validity import with_validity
from index.dating import format_day
from index.records import Deadline, Tag

_SURE = 0.97
_LEAST_SURE = 0.6
_CHARS = 1250
_LIST_CHARS = 3600
_NEXT = 6
_FORMER = 2
_ENDS = {"closes": "date limite", "opens": "ouverture"}
_TOLD_KINDS: tuple[str, ...] = ("milestone", "part", "wave", "lane", "software", "profession")


def dated_draft(query: Query, asked: DateAsked, dated: Sequence[Dated], index: DatedIndex) -> Draft:
    """The draft that gives these dates; several right answers are all listed, with the sectors as choices."""
    dated = dated[:_NEXT] if query.relative == "next" else _ahead_first(dated, query)
    groups = folded_days(query, dated, index)
    every = [claim for group in groups for claim in _claims(group, dated, query, index)]
    claims = list({claim.text: claim for claim in reversed(every)}.values())[::-1]
    kept, left = _within(claims, _LIST_CHARS if asked.is_calendar or query.wanted == "list" else _CHARS)
    lead = phrases.as_of(query.day) if query.relative else ""
    sure = _SURE if all(one.best.status == "in_force" for one in dated) else _LEAST_SURE
    told = notices(query, dated, index)
    if left:
        told = (*told, f"La liste est abrégée : {left} autres échéances sont dans l'écran des échéances.")
    draft = Draft("answered", kept, sure, lead, told, choices(query, asked, dated, index))
    return with_validity(draft, index, query.day)


def _ahead_first(dated: Sequence[Dated], query: Query) -> Sequence[Dated]:
    """What is still ahead, then what is over, nearest to today first, for a question that leans on today.

    Nobody counts the days to one gone by while another is ahead.
    """
    if query.relative not in ("days_left", "still_possible"):
        return dated
    ahead = [one for one in dated if one.best.last_day >= query.day]
    over = [one for one in reversed(dated) if one.best.last_day < query.day]
    return ahead if ahead and query.relative == "days_left" else [*ahead, *over]


def _within(claims: Sequence[Claim], limit: int) -> tuple[tuple[Claim, ...], int]:
    """The first claims that fit, and how many are left."""
    size = 0
    kept: list[Claim] = []
    for claim in claims:
        size += len(claim.text) + 5 * len(claim.quotations)
        if kept and size > limit:
            break
        kept.append(claim)
    return tuple(kept), len(claims) - len(kept)


def _claims(group: Sequence[Dated], dated: Sequence[Dated], query: Query, index: DatedIndex) -> list[Claim]:
    """The claim of a day, and those of what it replaced; the other way round when the former day is asked for.

    A sentence that says both days is said once.
    """
    first = group[0]
    said_here: list[Deadline] = []
    if len(group) > 1:
        text, derived = _folded_text(group, dated, query, index)
    else:
        text, derived = _text(first.best, query, index)
        is_prose = index.passage(first.best.passage_id).kind == "prose"
        said_here = [one for one in first.former if is_prose and _is_beside(one, first.best)]
        for former in (one for one in said_here if one.year_inferred):
            text, derived = with_full_day(text, former), [*derived, *_inferred(former)]
    counted = _counted(first.best, query)
    if counted is not None:
        text, derived = f"{text.removesuffix('.')} ({counted.value}).", [*derived, counted]
    current = tuple(dict.fromkeys(quotation_of(one.best) for one in group))
    claims = [Claim(text, current, tuple(derived))]
    for one in group:
        told_apart = [deadline for deadline in one.former if deadline not in said_here]
        claims += [_former(deadline, one, query, index) for deadline in told_apart[:_FORMER]]
    return [*claims[1:], claims[0]] if query.wants_former else claims


def _is_beside(one: Deadline, other: Deadline) -> bool:
    """Whether both are said by one sentence."""
    return (one.document_id, one.span) == (other.document_id, other.span)


def _folded_text(
    group: Sequence[Dated], dated: Sequence[Dated], query: Query, index: DatedIndex
) -> tuple[str, list[Derived]]:
    """« Solde · Vague 1 — Hôpital, Imagerie : 14 décembre 2023 à 14h »."""
    asked = [tag for tag in query.tags if tag.kind in ("milestone", "part", "wave")]
    if not query.of_kind("milestone"):
        asked = [tag for tag in group[0].best.tags if tag.kind == "milestone"] + asked
    subject = " · ".join(index.vocabulary.label(tag) for tag in asked)
    end = _ENDS.get(group[0].best.date_kind, "")
    subject = f"{subject}, {end}" if end else subject
    places = fold_label(group, dated, index)
    day = date_text(fold_day(group))
    how = "d'après ce que disent les passages cités, leurs titres et leurs sections"
    text = " — ".join(part for part in (subject, places) if part)
    derived = [Derived(value, how) for value in (subject, places) if value]
    return f"{text} : {day}", derived + _inferred(group[0].best)


def _text(deadline: Deadline, query: Query, index: DatedIndex) -> tuple[str, list[Derived]]:
    """The document's words, after the terms that they leave to the title or the section."""
    text = dated_text(deadline, index.passage(deadline.passage_id))
    derived: list[Derived] = []
    unsaid = unsaid_tags(deadline, index, _told(deadline, query))
    if unsaid:
        label = " · ".join(index.vocabulary.label(tag) for tag in unsaid)
        title = index.documents[deadline.document_id].title
        text = f"{label} — {text}"
        derived.append(Derived(label, phrases.framed_in(title)))
    if deadline.year_inferred:
        text = with_full_day(text, deadline)
    return text, derived + _inferred(deadline)


def _told(deadline: Deadline, query: Query) -> list[Tag]:
    """What a reader must know of the deadline: its wave and part, its software or else its lane."""
    tags = sorted(
        (tag for tag in deadline.tags if tag.kind in _TOLD_KINDS), key=lambda tag: _TOLD_KINDS.index(tag.kind)
    )
    has_software = any(tag.kind == "software" for tag in tags)
    asked = query.of_kind("milestone", "profession")
    milestones = [tag for tag in tags if tag.kind == "milestone"]
    return [
        tag
        for tag in tags
        if not (tag.kind == "lane" and has_software)
        and not (tag.kind == "profession" and tag not in asked)
        and not (tag.kind == "milestone" and len(milestones) > 1 and tag not in asked)
    ]


def _inferred(deadline: Deadline) -> list[Derived]:
    if not deadline.year_inferred:
        return []
    how = "année déduite de la date du document"
    return [Derived(str(deadline.last_day.year), how), Derived(date_text(deadline), how)]


def _counted(deadline: Deadline, query: Query) -> Derived | None:
    """How far the day is, for a question that leans on today."""
    if not query.relative or deadline.precision not in ("day", "hour") or deadline.date_kind not in _ENDS:
        return None
    days = (deadline.last_day - query.day).days
    if deadline.date_kind == "opens":
        value = (
            f"ouvert depuis {_days(-days)}"
            if days < 0
            else "ouvre aujourd'hui"
            if days == 0
            else f"ouvre dans {_days(days)}"
        )
    else:
        value = phrases.days_left(days)
    return Derived(value, f"compté du {format_day(query.day)} au {format_day(deadline.last_day)}")


def _days(count: int) -> str:
    return f"{count} jour" if count == 1 else f"{count} jours"


def _former(deadline: Deadline, one: Dated, query: Query, index: DatedIndex) -> Claim:
    source = index.documents[deadline.document_id].evidence
    text, derived = _text(deadline, query, index)
    if source.publisher:
        derived.append(Derived(source.publisher, "source citée"))
    if source.published:
        derived.append(Derived(phrases.published(source), "date de la page citée"))
    quotation = quotation_of(deadline, replaced_by=quotation_of(one.best))
    if _is_beside(deadline, one.best):
        quotation = replace(quotation, is_current=True, replaced_by=None)
    return Claim(phrases.formerly(source, text), (quotation,), tuple(derived))
