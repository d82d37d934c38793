"""Headings without which the words under them say less, or the contrary: they are quoted with them. Pure.

« Ce que le plan ne paie pas » turns the list beneath it round, « Pour un recours » says when its one sentence holds,
and a list that follows its heading at once is opened by it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from assistant.cues import folded
from assistant.verdicts import is_verdict, question_before
from index.records import Block, Page, Passage, Span
from index.splitting import sentence_spans
from index.words import content_words

_LONGEST = 140
# A section no longer than this is one remark: its heading is what it is about.
_REMARK_CHARS = 260
_DENIES = re.compile(
    r"\bn(?:e |')[^.;:]{0,70}?\b(?:pas|plus|jamais|aucun\w*|rien|ni)\b"
    r"|\b(?:exclu(?:e|s|es|sions?)?|ineligib\w+|irrecevab\w+|interdi(?:t|te|ts|tes|ctions?)|a proscrire|a eviter|"
    r"refuse(?:e|s|es)?|hors (?:du |de l'|de la )?(?:perimetre|champ|plan|programme|aide|dispositif|forfait|subvention)"
    r"|non[ -](?!lieu|respect|paiement)(?:\w+(?:ee?s?|ibles?|ables?|us?|ues?|is|ises?|erts?|ertes?)))\b"
)
# What asks, or says when something holds, denies nothing.
_SUPPOSES = re.compile(r"(?:si\b|s'il|en cas |lorsqu|quand |pourquoi|comment|que faire|vous n|je n|j'ai |nous n)")
_BARE = re.compile(
    r"(?:article|annexe|chapitre|section|titre|partie)\b\W*(?:[\dIVXL]+(?:er|e|bis|ter)?|\w)\W*", re.IGNORECASE
)
_LIMITS = re.compile(r"(?:si |s'il|en cas d|lorsqu|pour (?!en savoir|aller plus|plus d)|sauf |a defaut|sans )")


@lru_cache(maxsize=2048)
def denies(heading: str) -> bool:
    """Whether a heading says that what stands under it is not so: « Dépenses non éligibles »."""
    plain = folded(heading.replace("’", "'")).strip()
    return not plain.endswith("?") and not _SUPPOSES.match(plain) and _DENIES.search(plain) is not None


def denying_head(passage: Passage) -> str:
    """The nearest heading of a passage when it denies what stands under it; else empty."""
    nearest = passage.headings[-1] if passage.headings else ""
    return nearest if denies(nearest) else ""


def head_of(passage: Passage, span: Span, page: Page) -> Span | None:
    """The heading, or the question, that a piece of prose is to be quoted with; None without need."""
    question = question_before(page, span.start) if is_verdict(" ".join(span.quote.split())) else None
    return question or _needed(passage, span, page)


def row_head(row: Passage, pages: Sequence[Page]) -> Span | None:
    """The heading that denies what a row says, on its page or the one before."""
    heading = denying_head(row)
    for page in reversed([one for one in pages if (one.number or 0) <= (row.page or 0)]) if heading else ():
        for block in reversed(page.blocks):
            is_before = block.kind == "heading" and (page.number != row.page or block.start < row.start)
            if is_before and page.text[block.start : block.end].strip() == heading.strip():
                return Span(page.number, block.start, block.end, page.text[block.start : block.end])
    return None


def with_head(head: str, text: str) -> str:
    """The heading, then the words: « Ce qui n'est pas payé — les clôtures », « Le plan ne paie pas : les clôtures »."""
    return f"{head} {text}" if head.endswith(":") else f"{head} — {text}"


def _needed(passage: Passage, span: Span, page: Page) -> Span | None:
    at = next((n for n in range(len(page.blocks) - 1, -1, -1) if page.blocks[n].start <= span.start), None)
    if at is None:
        return None
    blocks = page.blocks
    first = _first_of_list(blocks, at)
    over = next((n for n in range(at, -1, -1) if blocks[n].kind == "heading"), None)
    asked = first - 1 if first > 0 and span.start <= blocks[at].start else None
    if asked is not None and _asks(blocks[asked], page):
        over = asked
    elif blocks[at].kind == "item" and (opening := _opening(blocks, first, page)) is not None:
        return opening
    elif over is None or over == at or not _is_told(over, first, passage, span, page):
        return None
    head = blocks[over]
    text = page.text[head.start : head.end]
    return Span(page.number, head.start, head.end, text) if len(text) <= _LONGEST else None


def _first_of_list(blocks: Sequence[Block], at: int) -> int:
    """The first item of the list in which a block stands, or the block itself."""
    while blocks[at].kind == "item" and at > 0 and blocks[at - 1].kind == "item":
        at -= 1
    return at


def _opening(blocks: Sequence[Block], first: int, page: Page) -> Span | None:
    """The short sentence that opens a list: « Ne sont pas payés : », or a line that stands for a heading."""
    block = blocks[first - 1] if first > 0 else None
    if block is None or block.kind != "paragraph":
        return None
    start, end = list(sentence_spans(page.text, block.start, block.end))[-1]
    text = page.text[start:end]
    is_opening = len(text) <= _LONGEST and (text.endswith(":") or text[-1].isalpha())
    return Span(page.number, start, end, text) if is_opening else None


def _asks(block: Block, page: Page) -> bool:
    """Whether a block is a question alone, which what follows answers."""
    text = page.text[block.start : block.end].rstrip()
    return block.kind != "row" and text.endswith("?") and not re.search(r"[.!?…]\s", text)


def _is_told(over: int, first: int, passage: Passage, span: Span, page: Page) -> bool:
    """Whether the heading denies, limits or opens what is quoted, or says what its only remark is about."""
    blocks = page.blocks
    heading = page.text[blocks[over].start : blocks[over].end]
    if denies(heading):
        return True
    if len(passage.headings) < 2 or _BARE.fullmatch(heading.strip()):
        return False  # the document's title stands beside every quotation
    opens_list = blocks[first].kind == "item" and first == over + 1
    plain = folded(heading.replace("’", "'")).strip()
    end = next((one.start for one in blocks[over + 1 :] if one.kind == "heading"), len(page.text))
    section = page.text[blocks[over].end : end].strip()
    is_remark = len(section) <= _REMARK_CHARS and any(one.kind == "paragraph" for one in blocks[over + 1 : over + 2])
    if opens_list or _LIMITS.match(plain):
        return not _holds(span.quote, heading)
    return is_remark and not _holds(span.quote, heading)


def _holds(text: str, heading: str) -> bool:
    """Whether the text itself has the words of the heading."""
    said: Collection[str] = {word[:5] for word in content_words(text)}
    return all(word[:5] in said for word in content_words(heading))
