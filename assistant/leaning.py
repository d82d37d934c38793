"""What a sentence of a model leans on: the words it quotes, found in the passage shown and widened to whole sentences.

A span that cuts a sentence could leave out its « ne … pas »: the quotation is the sentences or the row around it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from assistant.answers import Derived
from assistant.dated import date_text, plain
from assistant.drafts import Quotation
from assistant.proving import Proof
from assistant.quoting import whole_list
from assistant.units import Unit, Units
from index.quote_places import find_quote
from index.records import Deadline, Page, Passage, Span
from index.searching import Index
from index.terms import TermMention

_LEAST_SPAN_CHARS = 3
_MOST_SENTENCES = 5


@dataclass(frozen=True, slots=True)
class Leaning:
    """A quotation and what it proves; `is_exact` when the words were copied letter by letter, spaces apart.

    `inferred` are the days in the quotation whose year another date gives, with how.
    """

    quotation: Quotation
    proof: Proof
    is_exact: bool
    inferred: tuple[Derived, ...]


def units_quoted(span: str, passage: Passage, units: Units) -> tuple[Unit, ...]:
    """The units that the words stand in, exactly or nearly so; none when they are not in the passage."""
    if len("".join(span.split())) < _LEAST_SPAN_CHARS:
        return ()
    every = units.of(passage)
    if passage.kind == "row":
        return every if find_quote(passage.searchable, span) or find_quote(passage.text, span) else ()
    runs = find_quote(passage.text, span)
    if not runs:
        return ()
    first, last = passage.start + min(run[0] for run in runs), passage.start + max(run[1] for run in runs)
    found = tuple(unit for unit in every if unit.start < last and first < unit.end)
    return found if len(found) <= _MOST_SENTENCES else ()


def is_copied(span: str, passage: Passage) -> bool:
    """Whether the words stand in the passage as they are, but for spaces and kinds of apostrophe."""

    def tidy(text: str) -> str:
        return " ".join(text.replace("’", "'").split())

    return tidy(span) in tidy(passage.searchable) or tidy(span) in tidy(passage.text)


def lean(sentence: str, quoted: Sequence[Unit], index: Index, *, is_exact: bool) -> Leaning:
    """The quotation of these neighbouring units of one passage, with what it proves of the sentence."""
    passage = quoted[0].passage
    page = next(page for page in index.document_pages(passage.document_id) if page.number == passage.page)

    @cache
    def nearness() -> float:
        return max(index.sentence_deviations(sentence, passage)[unit.position] for unit in quoted)

    if passage.kind == "row":
        unit = quoted[0]
        quotation = Quotation(
            passage.document_id, passage.id, Span(passage.page, unit.start, unit.end, unit.text), unit.headers
        )
        text = _row_clauses(passage)
    else:
        stretched = [whole_list(unit, page, wants_list=_is_item(unit, page)) for unit in quoted]
        start, end = min(one[0] for one in stretched), max(one[1] for one in stretched)
        span = Span(page.number, start, end, page.text[start:end])
        quotation = Quotation(passage.document_id, passage.id, span, quoted[0].headers)
        text = span.quote
    headings = _headings(page, quotation.span.start)
    inferred = _inferred(quotation, index)
    days = "".join(f"\n{day.value}" for day in inferred)
    around = "\n".join(span.quote for span in headings)
    proof = Proof(text + days, "\n".join(_framing(text, headings, index)), nearness, around)
    return Leaning(_with_headings(quotation, headings, sentence, index), proof, is_exact, inferred)


def _is_item(unit: Unit, page: Page) -> bool:
    """Whether the unit stands in a list, which is quoted whole, with the line that opens it."""
    return any(block.kind == "item" and block.start <= unit.start < block.end for block in page.blocks)


def _row_clauses(passage: Passage) -> str:
    """The row as one clause for each cell: what the row is about, its column, what stands there."""
    cells = [(h.quote if h else "", c.quote) for c, h in zip(passage.cells, passage.headers, strict=True) if c.quote]
    if not cells:
        return passage.text
    (head_column, head), rest = cells[0], cells[1:]
    subject = plain(f"{head_column} : {head}" if head_column else head)
    return " ;\n".join((subject, *(plain(f"{head} — {column} : {text}") for column, text in rest)))


def _headings(page: Page, offset: int) -> tuple[Span, ...]:
    """The headings that govern a place of its page, outermost first, as quotations."""
    path: list[tuple[int, Span]] = []
    for block in page.blocks:
        if block.start >= offset:
            break
        if block.kind == "heading" and block.end > block.start:
            span = Span(page.number, block.start, block.end, page.text[block.start : block.end])
            path = [*(kept for kept in path if kept[0] < block.level), (block.level, span)]
    return tuple(span for _, span in path)


def _framing(text: str, headings: Sequence[Span], index: Index) -> list[str]:
    """The headings that say what the text is about: of each kind of term, only the nearest that names one."""
    kinds = {mention.tags[0].kind for mention in index.vocabulary.find(text)}
    framing: list[str] = []
    for heading in reversed(headings):
        found = index.vocabulary.find(heading.quote)
        named = {mention.tags[0].kind for mention in found}
        if not named & kinds:
            framing.insert(0, heading.quote)
        else:
            # Of a kind that the text does not name, the one term of a heading holds for it; of two, who knows.
            alone = [one for one in found if one.tags[0].kind not in kinds and _is_alone(one, found)]
            framing[:0] = [one.text for one in alone]
        kinds |= named
    return framing


def _is_alone(mention: TermMention, found: Sequence[TermMention]) -> bool:
    return all(other.tags == mention.tags for other in found if other.tags[0].kind == mention.tags[0].kind)


def _with_headings(quotation: Quotation, headings: Sequence[Span], sentence: str, index: Index) -> Quotation:
    """The quotation with those headings that hold a term or word of the sentence which it does not hold itself."""
    said = set(index.stems(sentence))
    held = set(index.stems(" ".join((quotation.span.quote, *(header.quote for header in quotation.headers)))))
    needed = tuple(span for span in headings if (said - held) & set(index.stems(span.quote)))
    return Quotation(quotation.document_id, quotation.passage_id, quotation.span, (*needed, *quotation.headers))


def _inferred(quotation: Quotation, index: Index) -> tuple[Derived, ...]:
    """The full days of the quotation's dates whose year is inferred."""
    return tuple(
        Derived(date_text(deadline), "année déduite de la date du document")
        for deadline in index.deadlines_of(quotation.passage_id)
        if deadline.year_inferred and _is_inside(deadline, quotation.span)
    )


def _is_inside(deadline: Deadline, span: Span) -> bool:
    return deadline.mention.page == span.page and span.start <= deadline.mention.start < span.end
