"""Pure: documents that a new one may repeat or replace: by the sentences they share, by their titles, by their age."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from index.records import DocumentInfo, Source
from index.words import fold

Why = Literal["same_text", "same_title", "same_address"]

SHARED = 0.5
_ALIKE = 0.9
_LEAST_CHARS = 25
_SIGNS = re.compile(r"[^a-z0-9]+")
# What a title says of its edition rather than of its subject.
_EDITION = re.compile(
    r"\b(?:v(?:ersion)? ?\d[\d.]*|\d[\d.,/-]*(?:er)?|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre"
    r"|octobre|novembre|decembre|janv|fev|avr|juil|sept|oct|nov|dec|version|edition|mise a jour|maj|mis a jour"
    r"|nouvelle?|definitif|definitive|final|finale|provisoire|copie|du|de|le|au)\b"
)


@dataclass(frozen=True, slots=True)
class Kin:
    """A document that a new one may repeat or replace.

    `of_new` is the share of the new one's sentences that it holds, `of_known` of its own that the new one holds, 0..1.
    `newer` says whether the new one is dated after it; None when their dates do not tell.
    """

    info: DocumentInfo
    why: Why
    of_new: float
    of_known: float
    newer: bool | None


def sentences_in(texts: Iterable[str]) -> frozenset[str]:
    """What is compared: the sentences without case, accents, signs; those too short to tell are left out."""
    folded = (_SIGNS.sub(" ", fold(text).casefold()).strip() for text in texts)
    return frozenset(text for text in folded if len(text) >= _LEAST_CHARS)


def title_stem(title: str) -> str:
    """The title without what tells its edition: days, months, years, versions."""
    folded = _SIGNS.sub(" ", _EDITION.sub(" ", re.sub(r"[-_]", " ", fold(title).casefold())))
    return " ".join(folded.split())


def kin_of(
    info: DocumentInfo, said: frozenset[str], others: Sequence[tuple[DocumentInfo, frozenset[str]]]
) -> tuple[Kin, ...]:
    """The documents that a new one may repeat or replace, the most alike first; `said` is from `sentences_in`."""
    found = []
    for other, sentences in others:
        shared = len(said & sentences)
        of_new, of_known = shared / max(1, len(said)), shared / max(1, len(sentences))
        why = _why(info, other, max(of_new, of_known))
        if why is not None:
            found.append(Kin(other, why, of_new, of_known, is_newer(info.evidence, other.evidence)))
    return tuple(sorted(found, key=lambda kin: (-kin.of_new - kin.of_known, kin.info.id)))


def is_newer(one: Source, other: Source) -> bool | None:
    """Whether the first was published after the second; None when their dates overlap or one has none."""
    if one.published is None or other.published is None:
        return None
    if one.published.first > other.published.last:
        return True
    return False if one.published.last < other.published.first else None


def _why(info: DocumentInfo, other: DocumentInfo, shared: float) -> Why | None:
    if shared >= SHARED:
        return "same_text"
    if info.source.url and info.source.url == other.evidence.url:
        return "same_address"
    stems = {title_stem(info.title), title_stem(PurePosixPath(info.path).stem)}
    others = {title_stem(other.title), title_stem(PurePosixPath(other.path).stem)}
    return "same_title" if any(_alike(one, two) for one in stems for two in others) else None


def _alike(one: str, two: str) -> bool:
    if min(len(one), len(two)) < 6:
        return False
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    return matcher.real_quick_ratio() >= _ALIKE and matcher.quick_ratio() >= _ALIKE and matcher.ratio() >= _ALIKE
