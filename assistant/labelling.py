"""Sums of several waves side by side: each is told with its wave, where its quotation does not name one. Pure."""

from __future__ import annotations

from dataclasses import replace

from assistant import phrases
from assistant.answers import Derived
from assistant.drafts import Claim, Draft
from assistant.query import Query
from assistant.shapes import shapes_of
from index.records import Tag
from index.searching import Index


def with_waves(draft: Draft, query: Query, index: Index) -> Draft:
    """The draft with the wave said of each figure, where the claims are of several or of another than was asked."""
    framed = [_wave(claim, index) for claim in draft.claims]
    asked = {tag for tag in query.tags if tag.kind == "wave"}
    waves = {wave for wave, _ in framed if wave is not None}
    if len(waves | asked) < 2:
        return draft
    claims = tuple(
        _labelled(claim, wave, index) if wave is not None and not is_said and _has_figure(claim) else claim
        for claim, (wave, is_said) in zip(draft.claims, framed, strict=True)
    )
    return replace(draft, claims=claims)


def _wave(claim: Claim, index: Index) -> tuple[Tag | None, bool]:
    """The one wave that a claim is of, and whether its words name it; None when none or several do."""
    said = {tag for mention in index.vocabulary.find(claim.text) for tag in mention.tags if tag.kind == "wave"}
    if said:
        return (said.pop() if len(said) == 1 else None), True
    passage = index.passage(claim.quotations[0].passage_id)
    own = {tag for tag in passage.tags if tag.kind == "wave"}
    around = own or {tag for tag in passage.context_tags if tag.kind == "wave"}
    return (around.pop() if len(around) == 1 else None), False


def _has_figure(claim: Claim) -> bool:
    shapes = shapes_of(claim.text)
    return shapes.amount or shapes.share or bool(shapes.counted)


def _labelled(claim: Claim, wave: Tag, index: Index) -> Claim:
    label = index.vocabulary.label(wave)
    title = index.documents[claim.quotations[0].document_id].title
    derived = Derived(label, phrases.framed_in(title))
    return replace(claim, text=f"{label} — {claim.text}", derived=(*claim.derived, derived))
