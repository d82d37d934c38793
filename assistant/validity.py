"""A document out of force comes after those in force, and is quoted only with « n'est plus en vigueur depuis … »."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TypeVar

from assistant import phrases
from assistant.answers import Derived
from assistant.candidates import Candidate
from assistant.dated import Dated, DatedIndex
from assistant.drafts import Claim, Draft
from index.ends import End

_Thing = TypeVar("_Thing")
# A document that replaced another speaks for it where its best sentence is at least this good beside the other's.
_AS_GOOD = 0.8
_ALIKE = 0.5


def end_of(document_id: str, index: DatedIndex, day: date) -> End | None:
    """How the document went out of force before that day; None when it is in force."""
    end = index.ends.get(document_id)
    return end if end is not None and end.day < day else None


def is_expired(document_id: str, index: DatedIndex, day: date) -> bool:
    """Whether the document is past its own last day. One that was only replaced may still be the only one to say it."""
    end = end_of(document_id, index, day)
    return end is not None and not end.replaced_by


def expired_last(
    things: Iterable[_Thing], document_of: Callable[[_Thing], str], index: DatedIndex, day: date
) -> list[_Thing]:
    """The things in their order, those of documents past their last day behind the others."""
    return sorted(things, key=lambda one: is_expired(document_of(one), index, day))


def standing(candidates: Sequence[Candidate], index: DatedIndex, day: date) -> list[Candidate]:
    """The candidates less those past their last day, and those replaced by a document that says about as much."""
    best: dict[str, float] = {}
    for one in candidates:
        best[one.document_id] = max(best.get(one.document_id, 0.0), one.score)
    kept = []
    for one in candidates:
        end = end_of(one.document_id, index, day)
        if end is None or (end.replaced_by and best.get(end.replaced_by, 0.0) < _AS_GOOD * one.score):
            kept.append(one)
    return kept


def expired_alone(candidates: Sequence[Candidate], index: DatedIndex, day: date) -> list[Candidate]:
    """The candidates past their last day of which none in force says something else in much the same words."""
    is_over = [is_expired(one.document_id, index, day) for one in candidates]
    told = [one.unit.roots for one, over in zip(candidates, is_over, strict=True) if not over]
    return [
        one
        for one, over in zip(candidates, is_over, strict=True)
        if over and not any(_is_alike(one.unit.roots, roots) for roots in told)
    ]


def _is_alike(mine: frozenset[str], others: frozenset[str]) -> bool:
    return len(mine & others) >= _ALIKE * max(1, min(len(mine), len(others)))


def standing_dates(dated: Sequence[Dated], index: DatedIndex, day: date) -> tuple[Dated, ...]:
    """The dates, quoted from documents in force where these say them too.

    What only a document out of force dates is left out where one in force dates the same.
    """
    shown = [_from_standing(one, index, day) for one in dated]
    said = [one for one in shown if end_of(one.best.document_id, index, day) is None]
    return tuple(one for one in shown if one in said or not any(_is_of_same(one, other) for other in said))


def _from_standing(one: Dated, index: DatedIndex, day: date) -> Dated:
    best, *same = sorted(one.every, key=lambda deadline: end_of(deadline.document_id, index, day) is not None)
    return replace(one, best=best, same=tuple(same)) if best is not one.best else one


def _is_of_same(one: Dated, other: Dated) -> bool:
    """Whether both date the same step of the same thing."""
    mine, theirs = one.best, other.best
    return mine.date_kind == theirs.date_kind and set(mine.tags) == set(theirs.tags)


def with_validity(draft: Draft, index: DatedIndex, day: date) -> Draft:
    """The draft with each claim from a document out of force on that day marked and last, and a notice for each."""
    told: list[str] = []
    claims = [_marked(claim, index, day, told) for claim in draft.claims]
    ordered = sorted(claims, key=lambda claim: _comes_last(claim, index, day))
    return replace(draft, claims=tuple(ordered), notices=tuple(dict.fromkeys((*draft.notices, *told))))


def _comes_last(claim: Claim, index: DatedIndex, day: date) -> bool:
    """Whether all it quotes is past its last day; what is told as former stays behind what took its place."""
    is_former = claim.text.startswith(phrases.FORMERLY)
    return not is_former and all(is_expired(one.document_id, index, day) for one in claim.quotations)


def _marked(claim: Claim, index: DatedIndex, day: date, told: list[str]) -> Claim:
    cited = {quotation.document_id for quotation in claim.quotations}
    ends = {name: end for name in sorted(cited) if (end := end_of(name, index, day)) is not None}
    if not ends:
        return claim
    said = {name: _no_longer(end, index) for name, end in ends.items()}
    told += [phrases.expired(index.documents[name].title, how) for name, how in said.items()]
    if len(ends) < len(cited) or claim.text.startswith(phrases.FORMERLY):
        return claim  # it holds by what else it quotes, or says already that it was so before
    last = said[max(ends, key=lambda name: ends[name].day)]
    text = f"{claim.text.removesuffix('.')} ({last})."
    derived = Derived(last, "fin de validité du document cité")
    return replace(claim, text=text, derived=(*claim.derived, derived))


def _no_longer(end: End, index: DatedIndex) -> str:
    """« n'est plus en vigueur depuis le 31 mars 2026 », or what replaced it where its day is not known."""
    return phrases.ended(end.day) if end.is_exact else phrases.replaced_by(index.documents[end.replaced_by].title)
