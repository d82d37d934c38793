"""Pure: who is concerned by which wave, decided only by sentences and rows that say so; the rest is left undecided.

A sentence decides when it names a profession or lane and a wave (or stands under headings that name just one of them)
and holds a verb of scope. One that contrasts, doubts or asks decides nothing: an empty cell is better than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from assistant.document_list import fold
from index.records import Deadline, DocumentInfo, Passage, Span, Tag
from index.terms import Term
from index.vocabulary import Vocabulary

Verdict = Literal["concerned", "not_concerned", "undocumented"]

_SCOPE = re.compile(
    r"\b(?:concern(?:e|ent|ait|aient|era|eront|ee?s?)|etend(?:u|ue|us|ues|ent)?|s'etend|elargi\w*|"
    r"rejoi(?:nt|gnent|ndra|ndront)|(?:est|sont|etai(?:t|ent)|ser(?:a|ont)) \w* ?eligibles?|"
    r"s'ouvr\w+|(?:ouvert\w*|ouvre\w*) (?:a|aux)|entr(?:e|ent|era|eront|es?) dans|perimetre|inclu[ts]?\w*|"
    r"fon?t partie|fait partie|beneficie\w*|nouve(?:au|aux|lle|lles) en)\b"
)
_NEGATION = re.compile(
    r"\bn(?:e |')[^.;:]{0,40}?\b(?:pas|plus|jamais|aucun\w*)\b"
    r"|\b(?:non (?:concern|eligib|inclu)\w*|exclu\w*|hors (?:du )?perimetre)\b"
)
_UNSURE = re.compile(
    r"\?|\b(?:si|mais|sauf|hormis|excepte\w*|exception|contrairement|difference|alors que|tandis que|"
    r"pourrai\w*|devrai\w*|envisag\w*|etudi\w*|etude|souhait\w*|propos\w*|demand\w+|peut-etre|eventuel\w*|avant|seul\w*|uniquement)\b"
)
_YES = re.compile(r"(?:oui|concerne\w*|inclu\w*|✓|✔|x)")
_NO = re.compile(r"(?:non|non concerne\w*|exclu\w*|hors perimetre|✗|✘)")


@dataclass(frozen=True, slots=True)
class Proof:
    """A quotation that decides, and how; `is_date` when it is a date to keep, not a sentence about the scope."""

    document: DocumentInfo
    passage_id: str
    span: Span
    headers: tuple[Span, ...]
    is_concerned: bool
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What the documents say of someone in a wave; `is_contested` when they say both and none is clearly the newer."""

    who: Tag
    wave: Tag
    verdict: Verdict
    proofs: tuple[Proof, ...]
    is_contested: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A lane or a profession and its cells, in the order of the waves."""

    who: Term
    cells: tuple[Cell, ...]


def matrix(
    passages: Sequence[Passage],
    deadlines: Iterable[Deadline],
    documents: Mapping[str, DocumentInfo],
    vocabulary: Vocabulary,
) -> tuple[Row, ...]:
    """A row per lane, each followed by its professions, then the professions of no lane.

    A lane of which nothing is said is left out when it has professions: they stand for it.
    """
    found: dict[tuple[Tag, Tag], list[Proof]] = {}
    for who, wave, proof in _proofs(passages, deadlines, documents, vocabulary):
        proofs = found.setdefault((who, wave), [])
        if all((proof.passage_id, proof.span) != (known.passage_id, known.span) for known in proofs):
            proofs.append(proof)
    waves = [term.tag for term in vocabulary.terms_of("wave")]
    rows = (
        Row(term, tuple(_cell(term.tag, wave, found.get((term.tag, wave), [])) for wave in waves))
        for term in _in_order(vocabulary)
    )
    return tuple(row for row in rows if _says_something(row) or not _has_professions(row.who, vocabulary))


def lane_of(who: Term, rows: Sequence[Row]) -> Row | None:
    """The row of the lane that a profession belongs to."""
    return next((row for row in rows if row.who.kind == "lane" and row.who.tag in who.within), None)


def _says_something(row: Row) -> bool:
    return any(cell.proofs for cell in row.cells)


def _has_professions(term: Term, vocabulary: Vocabulary) -> bool:
    return any(term.tag in profession.within for profession in vocabulary.terms_of("profession"))


def _in_order(vocabulary: Vocabulary) -> list[Term]:
    professions = list(vocabulary.terms_of("profession"))
    ordered: list[Term] = []
    for lane in vocabulary.terms_of("lane"):
        ordered.append(lane)
        ordered += [term for term in professions if lane.tag in term.within]
    return ordered + [term for term in professions if term not in ordered]


def _cell(who: Tag, wave: Tag, proofs: Sequence[Proof]) -> Cell:
    """The verdict of the proofs; where they disagree, of those that are newer than all that say otherwise."""
    ranked = tuple(sorted(proofs, key=_rank))
    verdicts = {proof.is_concerned for proof in ranked}
    if len(verdicts) == 1:
        return Cell(who, wave, "concerned" if verdicts.pop() else "not_concerned", ranked, is_contested=False)
    newer = [proof for proof in ranked if all(_is_newer(proof, other) for other in ranked if _disagree(proof, other))]
    if newer:
        return Cell(who, wave, "concerned" if newer[0].is_concerned else "not_concerned", ranked, is_contested=False)
    return Cell(who, wave, "undocumented", ranked, is_contested=bool(ranked))


def _disagree(one: Proof, other: Proof) -> bool:
    return one.is_concerned != other.is_concerned


def _is_newer(one: Proof, other: Proof) -> bool:
    mine, theirs = one.document.evidence.published, other.document.evidence.published
    return mine is not None and theirs is not None and mine.first > theirs.last


def _rank(proof: Proof) -> tuple[int, int, int, str]:
    """Sentences about the scope before dates, then the stronger source, then the newer."""
    evidence = proof.document.evidence
    newest = evidence.published.last.toordinal() if evidence.published else 0
    return proof.is_date, evidence.authority, -newest, proof.passage_id


def _proofs(
    passages: Sequence[Passage],
    deadlines: Iterable[Deadline],
    documents: Mapping[str, DocumentInfo],
    vocabulary: Vocabulary,
) -> Iterator[tuple[Tag, Tag, Proof]]:
    for passage in passages:
        info = documents[passage.document_id]
        if passage.kind == "row":
            yield from _of_row(passage, info, vocabulary)
        else:
            for start, end in passage.sentences:
                yield from _of_sentence(passage, info, vocabulary, start, end)
    by_id = {passage.id: passage for passage in passages}
    for deadline in deadlines:
        if deadline.passage_id in by_id:
            info = documents[deadline.document_id]
            yield from _of_deadline(deadline, by_id[deadline.passage_id], info, vocabulary)


def _of_sentence(
    passage: Passage, info: DocumentInfo, vocabulary: Vocabulary, start: int, end: int
) -> Iterator[tuple[Tag, Tag, Proof]]:
    text = passage.text[start - passage.start : end - passage.start]
    said = _decides(text)
    if said is None:
        return
    whos, waves = _named(text, vocabulary)
    wave = _one_wave(waves, passage, info, vocabulary)
    whos = whos or _the_lane(passage, info, vocabulary)
    if wave is not None:
        proof = Proof(info, passage.id, Span(passage.page, start, end, text), (), said)
        yield from ((who, wave, proof) for who in whos)


def _of_row(passage: Passage, info: DocumentInfo, vocabulary: Vocabulary) -> Iterator[tuple[Tag, Tag, Proof]]:
    """A row that names someone, and a wave in a cell or a header: « oui » or « non » there, or a verb of scope."""
    whos = _named(passage.cells[0].quote, vocabulary)[0] if passage.cells else []
    if not whos:
        return
    headers = tuple(header for header in passage.headers if header)
    span = Span(passage.page, passage.start, passage.end, passage.text)
    for cell, header in list(zip(passage.cells, passage.headers, strict=True))[1:]:
        head = header.quote if header else ""
        said = _answered(cell.quote) if _named(head, vocabulary)[1] else _decides(f"{head} : {cell.quote}")
        waves = _named(f"{head} : {cell.quote}", vocabulary)[1]
        if said is not None and len(waves) == 1:
            yield from ((who, waves[0], Proof(info, passage.id, span, headers, said)) for who in whos)


def _of_deadline(
    deadline: Deadline, passage: Passage, info: DocumentInfo, vocabulary: Vocabulary
) -> Iterator[tuple[Tag, Tag, Proof]]:
    """Who has a date to keep in a wave is concerned by it; both must be named in what the reader sees."""
    if deadline.status == "replaced" or deadline.date_kind not in ("opens", "closes"):
        return
    headers = [header.quote for header in deadline.headers]
    seen = " . ".join((info.title, *passage.headings, *headers, deadline.span.quote))
    named = {tag for mention in vocabulary.find(seen) if len(mention.tags) == 1 for tag in mention.tags}
    named |= {tag for one in list(named) if one.kind == "software" for tag in vocabulary.belonging(one)}
    waves = [tag for tag in deadline.tags if tag.kind == "wave" and tag in named]
    if len(waves) == 1:
        proof = Proof(info, deadline.passage_id, deadline.span, deadline.headers, is_concerned=True, is_date=True)
        whos = [tag for tag in deadline.tags if tag.kind in ("lane", "profession") and tag in named]
        yield from ((who, waves[0], proof) for who in whos)


def _decides(text: str) -> bool | None:
    """Whether a sentence says that someone is concerned, or is not; None when it does not clearly say either."""
    folded = fold(text).replace("’", "'")
    if not _SCOPE.search(folded) or _UNSURE.search(folded):
        return None
    return not _NEGATION.search(folded)


def _answered(cell: str) -> bool | None:
    """« oui » or « non » in a column of a wave."""
    folded = fold(cell).strip(" .")
    return True if _YES.fullmatch(folded) else False if _NO.fullmatch(folded) else None


def _named(text: str, vocabulary: Vocabulary) -> tuple[list[Tag], list[Tag]]:
    """The lanes and professions, and the waves, that a text names beyond doubt."""
    tags = [mention.tags[0] for mention in vocabulary.find(text) if len(mention.tags) == 1]
    unique = list(dict.fromkeys(tags))
    return [tag for tag in unique if tag.kind in ("lane", "profession")], [tag for tag in unique if tag.kind == "wave"]


def _one_wave(waves: Sequence[Tag], passage: Passage, info: DocumentInfo, vocabulary: Vocabulary) -> Tag | None:
    """The wave that a sentence is about: its own, else the only one of its headings and title."""
    if waves:
        return waves[0] if len(waves) == 1 else None
    around = _around(passage, info, vocabulary)[1]
    return around[0] if len(around) == 1 else None


def _the_lane(passage: Passage, info: DocumentInfo, vocabulary: Vocabulary) -> list[Tag]:
    """The only lane of the headings and title, for a sentence that names nobody."""
    lanes = [tag for tag in _around(passage, info, vocabulary)[0] if tag.kind == "lane"]
    return lanes if len(lanes) == 1 else []


def _around(passage: Passage, info: DocumentInfo, vocabulary: Vocabulary) -> tuple[list[Tag], list[Tag]]:
    return _named(" . ".join((info.title, *passage.headings)), vocabulary)
