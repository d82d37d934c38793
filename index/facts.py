"""Passages → facts: budgets, costs and the meanings of acronyms, and which replaces which. Pure.

The rule is that of deadlines: of two that say another thing of the same subject, the one whose source is dated wholly
after the other's, and is of at least equal authority, is in force; otherwise both stand as a conflict.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import combinations

from index import amended_figures
from index.amounts import Amount, whole_amount
from index.attribution import Frame, TermReader, framed
from index.meanings import is_like_meaning, is_same_meaning, meaning_of_row, meanings_of
from index.records import DocumentInfo, Fact, FactKind, Passage, Span, Tag, TagKind
from index.replacing import outdates
from index.superseding import standing_ends

_SUBJECT_KINDS: tuple[TagKind, ...] = ("programme", "wave", "part", "lane", "software", "profession", "milestone")
# « le budget total du plan ».
_OF_PROGRAMME = re.compile(r"\b(?:du|de la|de l['’])\s?(?:plan|programme|dispositif|fonds|stratégie)\b", re.IGNORECASE)
# « environ 2 milliards » and 2.1 milliards do not contradict each other.
_ROUNDING = Decimal("0.15")


def collect(passages: Sequence[Passage], documents: Mapping[str, DocumentInfo], reader: TermReader) -> tuple[Fact, ...]:
    """Every sum and meaning that the passages state, in reading order, with what replaces it."""
    found = [one for passage in passages for one in _facts_of(passage, documents[passage.document_id], reader)]
    # A sum of which nothing says what it is, is what the same sum of the same subject is elsewhere.
    kinds = {(fact.about, fact.value, fact.period): fact.kind for fact, is_said in found if is_said}
    told = [
        fact if is_said else replace(fact, kind=kinds[fact.about, fact.value, fact.period])
        for fact, is_said in found
        if is_said or (fact.about, fact.value, fact.period) in kinds
    ]
    return (*decide(_with_ids(told), documents), *amended_figures.collect(passages, documents, reader))


def _facts_of(passage: Passage, info: DocumentInfo, reader: TermReader) -> Iterator[tuple[Fact, bool]]:
    """The facts of a passage, and whether the words say what they are."""
    for start, end in passage.sentences:
        text = passage.text[start - passage.start : end - passage.start]
        span = Span(passage.page, start, end, text)
        headers = tuple(dict.fromkeys(header for header in passage.headers if header is not None and header.quote))
        said = passage.searchable.split("\n", 1)[-1] if passage.kind == "row" else text
        amount = whole_amount(said, _with_label(passage) if passage.kind == "row" else text)
        if amount is not None and (about := _about(said, passage, info, reader)):
            yield _sum(passage, span, headers, amount, about), amount.kind is not None
        cells = [cell.quote for cell in passage.cells]
        for acronym, meaning in meaning_of_row(cells) if passage.kind == "row" else meanings_of(text):
            yield _fact(passage, span, headers, "meaning", acronym=acronym, value=meaning), True


def _with_label(row: Passage) -> str:
    """The row's cells and the header of the first, which says what the rows are: « crédits 2024 »."""
    return " ; ".join([row.headers[0].quote if row.headers and row.headers[0] else "", *(c.quote for c in row.cells)])


def _sum(passage: Passage, span: Span, headers: tuple[Span, ...], amount: Amount, about: tuple[Tag, ...]) -> Fact:
    fact = _fact(passage, span, headers, amount.kind or "total", acronym="", value=format(amount.euros, "f"))
    return replace(fact, about=about, period=amount.period, is_rounded=amount.is_rounded)


def _fact(passage: Passage, span: Span, headers: tuple[Span, ...], kind: FactKind, *, acronym: str, value: str) -> Fact:
    return Fact(
        id="", passage_id=passage.id, document_id=passage.document_id, kind=kind, about=(), acronym=acronym, period="",
        value=value, is_rounded=False, span=span, headers=headers, status="in_force", replaced_by=None,
        conflicts_with=(),
    )  # fmt: skip


def _about(said: str, passage: Passage, info: DocumentInfo, reader: TermReader) -> tuple[Tag, ...]:
    """What the sum is of: the terms beside it, else those of the nearest heading or of the title.

    « le budget du plan » under the heading of a wave is no wave's.
    """
    own = [one.tag for one in reader.named(said) if one.tag.kind in _SUBJECT_KINDS]
    frames = [Frame(text) for text in (*reversed(passage.headings), info.title)]
    tags = own or list(framed((), frozenset(), frames[:1], reader)) or list(framed((), frozenset(), frames, reader))
    if not own and _OF_PROGRAMME.search(said):
        above = [tag for tag in tags if tag.kind != "programme" for tag in reader.vocabulary.belonging(tag)]
        tags = [tag for tag in (*tags, *above) if tag.kind == "programme"]
    return tuple(sorted(reader.vocabulary.narrowest(dict.fromkeys(tags))))


def _with_ids(facts: Sequence[Fact]) -> list[Fact]:
    seen: Counter[str] = Counter()
    named = []
    for fact in facts:
        words = "\n".join((fact.kind, fact.acronym, fact.value, fact.span.quote))
        name = f"{fact.document_id}:f-{hashlib.sha256(words.encode()).hexdigest()[:12]}"
        seen[name] += 1
        named.append(replace(fact, id=name if seen[name] == 1 else f"{name}-{seen[name]}"))
    return named


def decide(facts: Sequence[Fact], documents: Mapping[str, DocumentInfo]) -> tuple[Fact, ...]:
    """The facts in the same order with `status`, `replaced_by` and `conflicts_with`."""
    replaced: dict[int, set[int]] = defaultdict(set)
    conflicts: dict[int, set[int]] = defaultdict(set)
    for first, second in _pairs(facts):
        mine, theirs = documents[facts[first].document_id], documents[facts[second].document_id]
        if mine.id == theirs.id or agree(facts[first], facts[second]) or _are_two_meanings(facts[first], facts[second]):
            continue
        if outdates(mine, theirs):
            replaced[second].add(first)
        elif outdates(theirs, mine):
            replaced[first].add(second)
        else:
            conflicts[first].add(second)
            conflicts[second].add(first)
    decided = []
    for number, fact in enumerate(facts):
        if ends := standing_ends(number, replaced):
            best = min(ends, key=lambda one: (_rank(documents[facts[one].document_id]), _distance(facts[one], fact)))
            decided.append(replace(fact, status="replaced", replaced_by=facts[best].id))
            continue
        others = tuple(sorted(facts[one].id for one in conflicts[number] if not standing_ends(one, replaced)))
        decided.append(replace(fact, status="conflict" if others else "in_force", conflicts_with=others))
    return tuple(decided)


def _pairs(facts: Sequence[Fact]) -> Iterable[tuple[int, int]]:
    """The pairs about the same thing."""
    buckets: dict[object, list[int]] = defaultdict(list)
    for number, fact in enumerate(facts):
        buckets[fact.kind, fact.acronym, fact.about].append(number)
    return (pair for numbers in buckets.values() for pair in combinations(numbers, 2) if _same_years(facts, *pair))


def _same_years(facts: Sequence[Fact], first: int, second: int) -> bool:
    """Whether both sums are said for the same years; the sum of one year is never that of the whole."""
    mine, theirs = facts[first].period, facts[second].period
    return mine == theirs or (not (mine and theirs) and not (mine or theirs).isdigit())


def agree(one: Fact, other: Fact) -> bool:
    """Whether both say the same, perhaps one of them in round figures."""
    if one.kind == "meaning":
        return is_same_meaning(one.value, other.value)
    mine, theirs = Decimal(one.value), Decimal(other.value)
    tolerance = _ROUNDING if one.is_rounded or other.is_rounded else Decimal(0)
    return abs(mine - theirs) <= tolerance * max(mine, theirs)


def _are_two_meanings(one: Fact, other: Fact) -> bool:
    """Whether two things share an acronym: nothing of what one is called is in the name of the other."""
    return one.kind == "meaning" and not is_like_meaning(one.value, other.value)


def _distance(one: Fact, other: Fact) -> Decimal:
    """How far apart two sums are: of several that stand, the nearest took the place."""
    return Decimal(0) if one.kind == "meaning" else abs(Decimal(one.value) - Decimal(other.value))


def _rank(info: DocumentInfo) -> tuple[int, int]:
    source = info.evidence
    return source.authority, -source.published.last.toordinal() if source.published else 0
