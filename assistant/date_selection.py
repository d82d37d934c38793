"""The deadlines that a query asks for: about all that it names, nearest to its sector, of the kind of date wanted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from assistant.agreement import SECTOR_KINDS
from assistant.candidates import without_terms
from assistant.cues import folded
from assistant.date_asked import DateAsked
from assistant.date_cues import FORETOLD, PUBLISHING, SPAN, TEXT
from assistant.date_grouping import grouped
from assistant.date_matching import GENERAL, agreeing, begins, is_end, is_of_services, sector_tier
from assistant.date_said import at_precision, named_days, on_days, ordinals, since, told_in, within
from assistant.date_steps import called_so
from assistant.date_wholes import asks_for_whole, dates_whole, is_due
from assistant.dated import Dated, DatedIndex
from assistant.ranks import naming_rank, of_rank
from assistant.understanding import Query
from index.records import DayRange, Deadline, Tag
from index.terms import Term
from index.vocabulary import names_of

# The share of the words left over that a statement must hold to be what is asked about.
_COVERED = 0.7
_LEAST_WEIGHT = 3.5
_HINT = 0.25
# Words are the same by this many first letters: « réunion » and « s'est réuni ».
_ROOT = 5
_SUBJECT_KINDS = ("wave", "part", "service", "programme", "lane", "software", "profession")
_TELLING_KINDS = ("milestone", "part", "service", "lane", "software", "profession")
OPPOSITE: dict[str, Literal["opens", "closes"]] = {"opens": "closes", "closes": "opens"}


@dataclass(frozen=True, slots=True)
class Selection:
    """What was found. `is_sure` when it is what was asked; else it is all that is dated of the subject."""

    dated: tuple[Dated, ...]
    is_sure: bool


NOTHING = Selection((), is_sure=False)


def coming(query: Query, asked: DateAsked, index: DatedIndex) -> tuple[Dated, ...]:
    """Everything that opens or closes from today on, for a question that asks what comes next and names nothing."""
    if query.relative != "next" or query.tags or asked.rest:
        return ()
    ahead = [one for one in index.deadlines if one.status == "in_force" and one.last_day >= query.day]
    return grouped((one for one in ahead if one.date_kind in ("opens", "closes")), query, index)


def in_period(query: Query, period: DayRange, index: DatedIndex) -> tuple[Dated, ...]:
    """Everything that is dated within a period, of what the query names; a month in which something was so is not."""
    found = within(_nearest_sector(query, index), period)
    due = [one for one in found if one.date_kind != "takes_place" or one.precision in ("day", "hour", "range")]
    return grouped((one for one in due if one.status != "replaced"), query, index)


def select(query: Query, asked: DateAsked, index: DatedIndex) -> Selection:
    """The deadlines that the query asks for, in the order of days; each subject and day once."""
    matching = _nearest_sector(query, index)
    if query.relative == "next":
        matching = [one for one in matching if one.last_day >= query.day]
    subjects = query.of_kind(*_SUBJECT_KINDS)
    if asked.is_moved and (standing := _standing_for_named_days(query, index)):
        return Selection(grouped(standing, query, index), is_sure=True)
    if not query.of_kind("milestone"):
        return _without_milestone(query, asked, matching, index) if subjects else NOTHING
    kept = _of_kind(_foretold(query, index) or matching, asked, query, index.deadlines)
    asked_text = without_terms(query.text, index.vocabulary)
    kept = list(naming_rank(kept, _said_whole, asked_text) or of_rank(kept, _said_whole, asked_text)) or kept
    if not subjects and asked.weight > _LEAST_WEIGHT:
        kept = _hinted(kept, asked, index, least=_HINT)
    else:
        kept = _told_apart(kept, asked, index)
    kept = [one for one in kept if asked.other_events <= _said(one, index)]
    return Selection(grouped(kept, query, index), is_sure=True)


def _foretold(query: Query, index: DatedIndex) -> list[Deadline]:
    """What was told, at the time that the question names, of what was to come: « en mai 2023, on annonçait… »."""
    days = named_days(query.text) if FORETOLD.search(folded(query.text)) else ()
    about = [one for one in _about(query, index) if sector_tier(one, query, index.vocabulary) is not None]
    told = told_in(about, days, index) if days else []
    return told if len(told) < len(about) else []


def _standing_for_named_days(query: Query, index: DatedIndex) -> list[Deadline]:
    """What stands today for the days that the question names, of what it names: « fin mars, est-ce repoussé ? »."""
    days = named_days(query.text)
    about = [one for one in _about(query, index) if sector_tier(one, query, index.vocabulary) is not None]
    stated = on_days(about, days)
    newest = (index.deadline(one.replaced_by) if one.replaced_by else one for one in stated)
    standing = (one for one in newest if one is not None and one.status != "replaced")
    due = [one for one in standing if one.date_kind in ("opens", "closes")]
    return list({one.id: one for one in due}.values())


def _without_milestone(query: Query, asked: DateAsked, matching: Sequence[Deadline], index: DatedIndex) -> Selection:
    """Without a step named: the statements that hold what else is asked, or the calendar of a sector or part."""
    if asked.is_moved and not named_days(query.text) and (moved := _moved(query, asked, matching, index)):
        return Selection(moved, is_sure=True)
    if asked.other_events:
        return _event(query, asked, matching, index)
    if asked.weight > _LEAST_WEIGHT:
        right_kind = [one for one in matching if asked.kind is None or one.date_kind != OPPOSITE[asked.kind]]
        if asked.kind == "closes":
            right_kind = [one for one in right_kind if not begins(one, index.vocabulary)]
        kept = _hinted(right_kind, asked, index, least=_COVERED)
        if kept:
            return Selection(grouped(kept, query, index), is_sure=True)
    is_narrow = bool(query.of_kind("part", "wave", *SECTOR_KINDS)) or _names_own_programme(query, index)
    if whole := _whole(query, asked, matching, index):
        return Selection(grouped(whole, query, index), is_sure=True)
    lasting = since(one for one in matching if set(query.of_kind("service")) & set(one.tags))
    if asked.kind == "opens" and len({one.last_day for one in lasting}) == 1:
        return Selection(grouped(lasting, query, index), is_sure=not asked.rest)
    is_loose = query.of_kind("service") or (asked.kind == "opens" and not query.of_kind("part", *SECTOR_KINDS))
    if not asked.is_calendar and (not is_narrow or is_loose):
        return NOTHING
    if told := at_precision(told_in(matching, named_days(query.text), index), query.text):
        return Selection(grouped(told, query, index), is_sure=True)
    kept = [one for one in matching if asked.kind is None or is_end(one, asked.kind)]
    kept = [one for one in kept if one.date_kind in ("opens", "closes")]
    kept = (called_so(kept, query.text) if not asked.is_calendar else []) or kept
    if asked.weight > _LEAST_WEIGHT:
        kept = _hinted(kept, asked, index, least=0.0)
        return Selection(grouped(kept, query, index) if asked.kind else (), is_sure=False)
    is_sure = asked.is_calendar or bool(query.of_kind("part", "wave", *SECTOR_KINDS))
    return Selection(grouped(kept, query, index), is_sure=is_sure)


def _moved(query: Query, asked: DateAsked, matching: Sequence[Deadline], index: DatedIndex) -> tuple[Dated, ...]:
    """What stands in the place of another date, where the words left over tell one such alone."""
    moved = [one for one in grouped(matching, query, index) if one.former]
    shares = [_share(one.best, asked, index) for one in moved]
    best = [one for one, share in zip(moved, shares, strict=True) if share == max(shares)]
    return tuple(best) if len(best) == 1 and (max(shares) >= _HINT or not asked.rest) else ()


def _whole(query: Query, asked: DateAsked, matching: Sequence[Deadline], index: DatedIndex) -> list[Deadline]:
    """The beginnings or ends of what is named itself, where the words ask for them; both for « de quand à quand »."""
    if SPAN.search(folded(query.text)) and (query.of_kind("part") or not asked.rest):
        ranges = [one for one in matching if one.precision == "range" and one.date_kind != "published"]
        longest = max((one.last_day - one.first_day for one in ranges), default=None)
        return [one for one in ranges if one.last_day - one.first_day == longest]
    if asked.kind is None or asked.rest or asked.is_calendar or query.of_kind("service"):
        return []
    kind = asked.kind
    if not asks_for_whole(query, kind):
        return []
    # A window closes when nothing can be handed in any more, whatever goes on behind it.
    due = [one for one in matching if kind == "closes" and one.date_kind == kind and query.of_kind("part")]
    return [one for one in matching if one in due or dates_whole(one, kind, query, index)]


def _event(query: Query, asked: DateAsked, matching: Sequence[Deadline], index: DatedIndex) -> Selection:
    """The day of a decree or publication, where what is asked about knows but one."""
    beside = {stem: rarity for stem, rarity in asked.rest.items() if not PUBLISHING.match(stem)}
    texts = frozenset(stem for stem in asked.rest if TEXT.match(stem))
    less_asked = replace(asked, rest=beside)
    kind = "takes_place" if less_asked.other_events else "published"
    told = [one for one in matching if one.date_kind == kind and ordinals(query.text) <= ordinals(one.span.quote)]
    told = [one for one in told if texts <= _said(one, index)]
    # A rank (« la septième ») tells by itself which of several it is.
    least = _HINT if ordinals(query.text) else _COVERED
    kept = [one for one in told if not beside or _share(one, less_asked, index) >= least]
    if less_asked.other_events and not ordinals(query.text):
        kept = [one for one in kept if less_asked.other_events <= _said(one, index)]
    is_one = len({one.last_day for one in kept}) == 1
    return Selection(grouped(kept, query, index)[:1], is_sure=True) if is_one else NOTHING


def _names_own_programme(query: Query, index: DatedIndex) -> bool:
    """Whether a programme is named that is no umbrella of others."""
    return any(
        not any(one.kind == "programme" for one in index.vocabulary.members(tag)) for tag in query.of_kind("programme")
    )


def _nearest_sector(query: Query, index: DatedIndex) -> list[Deadline]:
    """The deadlines in force that agree with the query; a sector's own stand for the more general ones."""
    vocabulary = index.vocabulary
    about = _about(query, index)
    tiers = {one.id: tier for one in about if (tier := sector_tier(one, query, vocabulary)) is not None}
    if query.of_kind(*SECTOR_KINDS) and not _holds_for_sector(query, index):
        tiers = {name: tier for name, tier in tiers.items() if tier > GENERAL}
    standing: dict[str, Deadline] = {}
    for one in about:
        if one.id not in tiers:
            continue
        newer = index.deadline(one.replaced_by) if one.replaced_by else one
        if newer is not None and newer.status != "replaced":
            standing.setdefault(newer.id, newer)
            tiers[newer.id] = max(tiers.get(newer.id, 0), tiers[one.id])
    # The sector named by a decree does not hide the dates of the software that it stands for.
    due = [name for name, one in standing.items() if one.date_kind != "published"]
    best = max((tiers[name] for name in due or standing), default=0)
    floor = min(best, 2)
    near = [one for one in standing.values() if tiers[one.id] >= floor]
    if not (query.of_kind("part") or _names_own_programme(query, index)):
        return near
    # What a programme of one sector says to all is said to that sector, where it has no date of its own for it.
    own = {part for one in near for part in _dated_parts(one)}
    return [one for one in standing.values() if one in near or (_dated_parts(one) and not _dated_parts(one) & own)]


def _dated_parts(deadline: Deadline) -> set[tuple[str, Tag]]:
    return {(deadline.date_kind, tag) for tag in deadline.tags if tag.kind == "part"}


def _about(query: Query, index: DatedIndex) -> list[Deadline]:
    """The deadlines, in force or not, of what the query names; those of another sector are among them."""
    vocabulary = index.vocabulary
    about = [one for one in agreeing(index.deadlines, query, vocabulary) if one.mention.quote]
    if query.of_kind("service"):
        about = [one for one in about if is_of_services(one, query, index.passage(one.passage_id), vocabulary)]
    return about


def _holds_for_sector(query: Query, index: DatedIndex) -> bool:
    """Whether a date for everyone also holds for the sector.

    That of a part or of a programme of its own does, and that of a wave which dates other steps of the sector.
    """
    if query.of_kind("part") or _names_own_programme(query, index):
        return True
    if not query.of_kind("wave"):
        return False
    other = replace(query, asked=tuple(one for one in query.asked if one.tag.kind != "milestone"))
    vocabulary = index.vocabulary
    closing = (one for one in index.deadlines if one.date_kind == "closes")
    return any(
        (sector_tier(one, other, vocabulary) or GENERAL) > GENERAL for one in agreeing(closing, other, vocabulary)
    )


def _of_kind(matching: Sequence[Deadline], asked: DateAsked, query: Query, every: Sequence[Deadline]) -> list[Deadline]:
    """The ends, or the openings if they are asked; what merely takes place only for steps that have neither."""
    usable = [one for one in matching if one.date_kind != "published"]
    if is_due(query.of_kind("milestone"), every):
        usable = [one for one in usable if one.date_kind != "takes_place"]
    if asked.kind is None and (asked.is_calendar or query.wanted == "list"):
        ends = [one for one in usable if one.date_kind in ("opens", "closes")]
        return ends or usable
    for kind in (asked.kind,) if asked.kind else ("closes", "opens"):
        if found := [one for one in usable if is_end(one, kind)]:
            return found
    return [one for one in usable if asked.kind is None or one.date_kind != OPPOSITE[asked.kind]]


def _hinted(deadlines: Sequence[Deadline], asked: DateAsked, index: DatedIndex, *, least: float) -> list[Deadline]:
    """Those that hold the most of the words left over, when that is at least this share."""
    shares = {one.id: _share(one, asked, index) for one in deadlines}
    best = max(shares.values(), default=0.0)
    return [one for one in deadlines if shares[one.id] == best] if best >= least else []


def _told_apart(deadlines: list[Deadline], asked: DateAsked, index: DatedIndex) -> list[Deadline]:
    """Those whose terms are called by words left over: « le cabinet » tells the software of cabinets from others."""
    called = {one.id: _weight(_names(one, index), asked) for one in deadlines}
    best = max(called.values(), default=0.0)
    return [one for one in deadlines if called[one.id] == best]


def _share(deadline: Deadline, asked: DateAsked, index: DatedIndex) -> float:
    """The share of the words left over that the statement holds; its headings count for half."""
    said = _said(deadline, index) | _names(deadline, index)
    headings = frozenset(index.stems(" ".join(index.passage(deadline.passage_id).headings))) - said
    return (_weight(said, asked) + _weight(headings, asked) / 2) / (asked.weight or 1.0)


def _weight(stems: frozenset[str], asked: DateAsked) -> float:
    said = {stem[:_ROOT] for stem in stems}
    return sum(rarity for stem, rarity in asked.rest.items() if stem[:_ROOT] in said)


def _said(deadline: Deadline, index: DatedIndex) -> frozenset[str]:
    """The words of the sentence or row and of its headers."""
    return frozenset(index.stems(_said_whole(deadline)))


def _said_whole(deadline: Deadline) -> str:
    return " ".join((deadline.span.quote, *(header.quote for header in deadline.headers)))


def _names(deadline: Deadline, index: DatedIndex) -> frozenset[str]:
    """How the deadline's terms are called."""
    terms: list[Term] = [index.vocabulary.term(tag) for tag in deadline.tags if tag.kind in _TELLING_KINDS]
    return frozenset(stem for term in terms for stem in index.stems(" ".join(names_of(term))))
