"""The writer without a model: picks and orders exact quotations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from assistant.candidates import Candidate
from assistant.dated import plain
from assistant.drafts import Claim, Quotation
from assistant.section_heads import head_of, with_head
from assistant.tables import row_claim
from assistant.understanding import Query
from assistant.units import Unit, is_end_of_sentence
from assistant.verdicts import is_of_another, is_verdict, question_before
from index.records import Block, Page, Passage, Span, Tag
from index.searching import Index
from index.splitting import is_entry

_LISTING = ("list", "how", "why", "comparison")
USUAL_CLAIMS = 3
LIST_CLAIMS = 4
USUAL_CHARS = 1100
LIST_CHARS = 2400
# A further quotation is worth reading when its score is at least this share of the best one's.
_WORTH_READING = 0.55
# One figure is asked for: a second one beside it misleads unless it is about as good.
_AS_GOOD = 0.8
_SAME_THING = 0.75
_VERDICT_CHARS = 20
_AS_WELL, _KNOWN, _NEARLY_AS_LIKELY = 0.9, 0.3, 0.6
_NUMBER = re.compile(r"\d+")
# Written as a name: a capital inside a sentence, then small letters.
_NAME = re.compile(r"(?<=[a-zà-ÿ,'’] )[A-ZÀ-Ý][a-zà-ÿ]{3,}\b|(?<=[a-zà-ÿ]['’])[A-ZÀ-Ý][a-zà-ÿ]{3,}\b")
# Takes back what was said before it, and is quoted with it.
_TAKES_BACK = re.compile(
    r"(?:Rien n['’]est (?:encore |toutefois |pour l['’]instant )?(?:\w+é|définitif|sûr|acquis)\b"
    r"|(?:Tout|Cela|Ce|Cette|Ces|La|Le|Les)\b[^.;]{0,40}\b(?:reste(?:nt)? à (?:confirmer|préciser|décider|définir)"
    r"|n['’](?:est|a|ont|sont) pas encore)\b|À confirmer\b)"
)
# A sentence that begins so is quoted with the one before, which says who or what it speaks of.
_LEANS = re.compile(
    r"(?:Elles?|Ils?|Celles?-ci|Ceux-ci|Celui-ci|Cel(?:a|ui-là)|Ce dernier|Cette dernière|Ces derni\w+|C'est|Ce sont"
    r"|Leurs?|Parmi (?:eux|elles)|(?:\w+ )?(?:jours?|semaines?|mois|ans?) (?:plus (?:tôt|tard)|après|avant)"
    r"|(?:Ce jour-là|Le lendemain|La veille|À cette (?:date|occasion)|En même temps))\b"
)


def choose(query: Query, candidates: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The candidates to quote, best first: usually one or two, more when a list is asked."""
    if not candidates:
        return ()
    if query.wanted == "date":
        candidates = _known_as_well(candidates)  # another day beside the one asked for misleads
    best = candidates[0]
    chosen = [best]
    wants_list = query.wanted in _LISTING
    limit, chars = (LIST_CLAIMS, LIST_CHARS) if wants_list else (USUAL_CLAIMS, USUAL_CHARS)
    kind = query.list_of if query.wanted == "list" else None
    named = _named(best.unit, kind)
    floor = best.score * (_AS_GOOD if query.wanted == "figure" else _WORTH_READING)
    for candidate in candidates[1:40]:
        if len(chosen) >= limit or sum(len(one.unit.text) for one in chosen) > chars:
            break
        if candidate.score < floor or not candidate.agrees_like(best):
            continue
        if any(_same(candidate.unit, one.unit) for one in chosen):
            continue
        if kind is not None and _named(candidate.unit, kind) <= named:
            continue
        if query.wanted == "figure" and _is_of_another_name(candidate.unit, best.unit, query):
            continue
        chosen.append(candidate)
        named |= _named(candidate.unit, kind)
    return tuple(chosen)


def _known_as_well(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """The best, and those about as good that are known to answer nearly as likely."""
    best = candidates[0]
    likely = max(_KNOWN, _NEARLY_AS_LIKELY * best.known)
    return (best, *(one for one in candidates[1:] if one.score >= _AS_WELL * best.score and one.known >= likely))


def _is_of_another_name(unit: Unit, best: Unit, query: Query) -> bool:
    """Whether the best names what the query names (« le port du Guilvinec ») and the unit another in its place."""
    asked = {*_NAME.findall(query.text)} & {*_NAME.findall(best.text)}
    said = {*_NAME.findall(unit.text)}
    return bool(asked and said - {*_NAME.findall(best.text)}) and asked.isdisjoint(said)


def _named(unit: Unit, kind: str | None) -> frozenset[Tag]:
    return frozenset(tag for tag in unit.own_tags if tag.kind == kind)


def _same(a: Unit, b: Unit) -> bool:
    """Whether two units say the same in nearly the same words, with no other number."""
    mine, theirs = set(_NUMBER.findall(a.text)), set(_NUMBER.findall(b.text))
    if mine and theirs and not (mine <= theirs or theirs <= mine):
        return False
    mine, theirs = set(a.stems), set(b.stems)
    return len(mine & theirs) >= _SAME_THING * max(1, min(len(mine), len(theirs)))


def without_repeats(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims, less those whose quotation lies within another's."""
    kept: list[Claim] = []
    for one in claims:
        if any(lies_within(one, other) for other in kept):
            continue
        kept = [other for other in kept if not lies_within(other, one)]
        kept.append(one)
    return tuple(kept)


def lies_within(one: Claim, other: Claim) -> bool:
    """Whether the first quotation of one claim lies within that of another."""
    inner, outer = one.quotations[0], other.quotations[0]
    return (
        inner.document_id == outer.document_id
        and inner.span.page == outer.span.page
        and outer.span.start <= inner.span.start
        and inner.span.end <= outer.span.end
    )


def claim(candidate: Candidate, query: Query, index: Index) -> Claim:
    """What a candidate says, with its quotation; a list is quoted whole, with the line that opens it."""
    return unit_claim(candidate.unit, query, index)


def unit_claim(unit: Unit, query: Query, index: Index) -> Claim:
    """What a unit says, likewise."""
    if unit.passage.kind == "row":
        return row_claim(unit.passage, query, index)
    page = next(page for page in index.document_pages(unit.passage.document_id) if page.number == unit.passage.page)
    start, end = whole_list(unit, page, wants_list=query.wanted in _LISTING)
    if query.wanted == "definition" and is_entry(unit.passage.text, unit.passage.headings):
        start, end = unit.passage.start, unit.passage.end
    return prose_claim(unit.passage, Span(page.number, start, end, page.text[start:end]), page)


def prose_claim(passage: Passage, span: Span, page: Page) -> Claim:
    """What a piece of prose says; with the question that it answers, or the heading that it needs."""
    headers: tuple[Span, ...] = ()
    text = plain(span.quote)
    head = head_of(passage, span, page)
    if head is not None:
        text, headers = with_head(plain(head.quote), text), (head,)
    return Claim(text, (Quotation(passage.document_id, passage.id, span, headers),))


def whole_list(unit: Unit, page: Page, *, wants_list: bool) -> tuple[int, int]:
    """The span of the unit, stretched over the list that it opens, or that it stands in when a list is wanted."""
    blocks = page.blocks
    at = next((n for n, block in enumerate(blocks) if block.start <= unit.start < block.end), None)
    if at is None:
        return unit.start, unit.end
    start = unit.start
    taken_back = max(_next(unit, page, _TAKES_BACK, after=after) for after in (1, 2))
    if unit.position > 0 and (_LEANS.match(unit.text) or _is_bare_verdict(unit, page)):
        start = unit.passage.sentences[unit.position - 1][0]
    opens_list = unit.text.rstrip().endswith(":") or (wants_list and _is_before_items(unit, blocks, at))
    if opens_list:
        return start, _last_item(blocks, at + 1, unit.end, page)
    if taken_back:
        return start, taken_back
    if wants_list and (following := _next(unit, page, _LEANS)):
        return start, following
    if blocks[at].kind == "item" and wants_list:
        first = at
        while first > 0 and blocks[first - 1].kind == "item":
            first -= 1
        start = blocks[first].start
        if (
            first > 0
            and page.text[: blocks[first - 1].end].rstrip().endswith(":")
            and blocks[first - 1].kind == "paragraph"
        ):
            start = _last_sentence(page.text, blocks[first - 1])
        return start, _last_item(blocks, first, unit.end, page)
    return start, unit.end


def _is_bare_verdict(unit: Unit, page: Page) -> bool:
    """Whether the sentence before is a mere « Oui. », of which this one says how."""
    start, end = unit.passage.sentences[unit.position - 1]
    return end - start <= _VERDICT_CHARS and is_verdict(page.text[start:end])


def answers_another(candidate: Candidate, query: Query, index: Index) -> bool:
    """Whether the candidate is a yes or no to a question about something else."""
    passage = candidate.unit.passage
    if passage.kind == "row" or not is_verdict(passage.text):
        return False
    page = next(page for page in index.document_pages(passage.document_id) if page.number == passage.page)
    question = question_before(page, passage.start)
    return question is not None and is_of_another(query.text, passage, question, index)


def opens_items(unit: Unit, index: Index) -> bool:
    """Whether a list follows the unit, that would be quoted with it."""
    if unit.passage.kind == "row":
        return False
    page = next(page for page in index.document_pages(unit.passage.document_id) if page.number == unit.passage.page)
    at = next((n for n, block in enumerate(page.blocks) if block.start <= unit.start < block.end), None)
    return at is not None and _is_before_items(unit, page.blocks, at)


def _is_before_items(unit: Unit, blocks: Sequence[Block], at: int) -> bool:
    """Whether the unit ends a paragraph that a list follows."""
    is_last = blocks[at].kind == "paragraph" and unit.end >= blocks[at].end - 1
    return is_last and at + 1 < len(blocks) and blocks[at + 1].kind == "item"


def _next(unit: Unit, page: Page, begins: re.Pattern[str], *, after: int = 1) -> int:
    """The end of the next sentence of the passage, or the one after, when it begins so (« Elles sont… »); else 0."""
    sentences = unit.passage.sentences
    if unit.position + after >= len(sentences):
        return 0
    start, end = sentences[unit.position + after]
    return end if begins.match(page.text[start:end]) else 0


def with_items(passage: Passage, page: Page) -> Span:
    """The passage as a span, with the list that its last line opens."""
    end = passage.end
    if passage.text.rstrip().endswith(":"):
        after = next((n for n, block in enumerate(page.blocks) if block.start >= passage.end), len(page.blocks))
        end = _last_item(page.blocks, after, passage.end, page)
    whole = passage.sentences[1:] if is_end_of_sentence(passage) else ()
    start = whole[0][0] if whole else passage.start
    return Span(page.number, start, end, page.text[start:end])


def _last_item(blocks: Sequence[Block], first: int, end: int, page: Page) -> int:
    begins = end
    for block in blocks[first:]:
        if block.kind != "item" or block.end - begins > LIST_CHARS:
            break
        end = block.end
    return len(page.text[:end].rstrip()) if end else end


def _last_sentence(text: str, block: Block) -> int:
    """Where the paragraph's last sentence begins."""
    cut = max(text.rfind(mark, block.start, block.end - 1) for mark in (". ", "! ", "? ", "\n"))
    return block.start if cut < 0 else cut + 1 + (len(text[cut + 1 :]) - len(text[cut + 1 :].lstrip()))
