"""Pages → passages: about 900 characters of prose, or one table row. Never across documents, headings or pages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence

from index.records import Block, Document, Page, Passage

PASSAGE_CHARS = 900
VERSION = 4
# A sentence ends at . ! ? … before a space and a capital, digit, quote or dash; not after an abbreviation or initial.
# What closes a quotation or brackets after it, with the space that French puts before », belongs to the sentence.
_SENTENCE_END = re.compile(r"(?<=[.!?…])((?:[ \u00a0\u202f]?[»\"')\]])*)\s+(?=[«\"'(\[–—-]?\s*[A-ZÀ-ÖØ-Þ0-9])")
_ABBREVIATION = re.compile(
    r"\b(?:[A-Z]|art|cf|ex|al|MM|Mme|Mmes|Dr|Pr|Me|St|Ste|no|pp|vol|chap|env|max|min|tél|av|bd|etc|fig|réf|éd"
    r"|janv|févr|avr|juil|sept|oct|nov|déc)\.$",
    re.IGNORECASE,
)


# Each entry of a glossary is a passage of its own: « Paillage : couche de matière posée au pied d'un plant ».
_GLOSSARY = re.compile(
    r"\b(?:glossaire|lexique|vocabulaire|terminologie|définitions|sigles|acronymes|abréviations)\b"
    r"|\b(?:mots|termes|notions)(?: clés?| utiles)? (?:du|de la|de l['’]|des|employés|utilisés|à connaître)",
    re.IGNORECASE,
)
_ENTRY = re.compile(r"[^.:;!?\n]{2,60}?[ \u00a0\u202f]?:\s+\S")


def split(document: Document) -> tuple[Passage, ...]:
    """The document's passages in reading order, with empty tags.

    Every character of a block that is no heading and no space is in exactly one passage. Ids are the document's id and
    a hash of text and headings; a repeated text gets a counter, so that ids stay unique and stable.
    """
    passages: list[Passage] = []
    seen: dict[str, int] = {}
    headings: list[tuple[int, str]] = []
    for page in document.pages:
        for run, path in _runs(page, headings, document.info.title):
            for passage in _passages(document.info.id, page, run, path):
                digest = hashlib.sha256("\n".join((*passage.headings, passage.text)).encode()).hexdigest()[:12]
                seen[digest] = seen.get(digest, 0) + 1
                suffix = "" if seen[digest] == 1 else f"-{seen[digest]}"
                passages.append(_with_id(passage, f"{document.info.id}:{digest}{suffix}"))
    return tuple(passages)


def is_entry(text: str, headings: Sequence[str]) -> bool:
    """Whether a paragraph under these headings is an entry of a glossary."""
    return _ENTRY.match(text) is not None and any(_GLOSSARY.search(heading) for heading in headings)


def _runs(
    page: Page, headings: list[tuple[int, str]], title: str
) -> Iterator[tuple[tuple[Block, ...], tuple[str, ...]]]:
    """The blocks that may share a passage, with their heading path; rows come alone. Updates `headings` as it goes."""
    run: list[Block] = []
    for block in page.blocks:
        if block.kind in ("paragraph", "item"):
            run.append(block)
            continue
        if run:
            yield tuple(run), _path(headings, title)
            run = []
        if block.kind == "heading":
            while headings and headings[-1][0] >= block.level:
                headings.pop()
            headings.append((block.level, " ".join(page.text[block.start : block.end].split())))
        else:
            yield (block,), _path(headings, title)
    if run:
        yield tuple(run), _path(headings, title)


def _path(headings: Sequence[tuple[int, str]], title: str) -> tuple[str, ...]:
    names = [text for _, text in headings]
    return tuple(names) if names and names[0].casefold() == title.casefold() else (title, *names)


def _passages(document_id: str, page: Page, run: tuple[Block, ...], headings: tuple[str, ...]) -> Iterator[Passage]:
    if run[0].kind == "row":
        row = run[0]
        text = page.text[row.start : row.end]
        yield Passage(
            "",
            document_id,
            "row",
            page.number,
            row.start,
            row.end,
            text,
            headings,
            ((row.start, row.end),),
            row.cells,
            row.headers,
            (),
            (),
        )
        return
    entries = frozenset(block.start for block in run if is_entry(page.text[block.start : block.end], headings))
    for sentences in _packed(page.text, _sentences(page.text, run), entries):
        start, end = sentences[0][0], sentences[-1][1]
        yield Passage(
            "",
            document_id,
            "prose",
            page.number,
            start,
            end,
            page.text[start:end],
            headings,
            tuple(sentences),
            (),
            (),
            (),
            (),
        )


def _with_id(passage: Passage, identifier: str) -> Passage:
    return Passage(
        identifier,
        passage.document_id,
        passage.kind,
        passage.page,
        passage.start,
        passage.end,
        passage.text,
        passage.headings,
        passage.sentences,
        passage.cells,
        passage.headers,
        passage.tags,
        passage.context_tags,
    )


def _sentences(text: str, blocks: Sequence[Block]) -> Iterator[tuple[int, int]]:
    """Spans of the sentences of the blocks; each list item and each block starts a sentence of its own."""
    for block in blocks:
        yield from sentence_spans(text, block.start, block.end)


def sentence_spans(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Spans of the sentences in `text[start:end]`, without the spaces around them, in order.

    A sentence longer than a passage is cut where LangChain's recursive splitter finds the least bad place.
    """
    begin = start
    ends = [match.end(1) for match in _SENTENCE_END.finditer(text, start, end)]
    for stop in [*ends, end]:
        if stop != end and _ABBREVIATION.search(text[max(begin, stop - 8) : stop]):
            continue
        first, last = _stripped(text, begin, stop)
        if first < last:
            yield from _within_limit(text, first, last)
        begin = last


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _within_limit(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if end - start <= PASSAGE_CHARS:
        yield start, end
        return
    # It takes 0.5 s to import, and a build where nothing changed splits nothing.
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        chunk_size=PASSAGE_CHARS, chunk_overlap=0, separators=["\n", " ; ", ", ", " ", ""], keep_separator="end"
    )
    position = start
    for piece in splitter.split_text(text[start:end]):
        found = text.find(piece.strip(), position, end)
        first, last = _stripped(text, found, found + len(piece.strip()))
        if first < last:
            yield first, last
            position = last


def _packed(
    text: str, sentences: Iterator[tuple[int, int]], entries: frozenset[int]
) -> Iterator[list[tuple[int, int]]]:
    """Sentences packed into passages of at most PASSAGE_CHARS, cut at paragraphs when the passage is already long.

    A passage begins at each of `entries`.
    """
    pack: list[tuple[int, int]] = []
    for start, end in sentences:
        too_long = pack and end - pack[0][0] > PASSAGE_CHARS
        at_paragraph = pack and "\n" in text[pack[-1][1] : start] and pack[-1][1] - pack[0][0] > 0.6 * PASSAGE_CHARS
        if too_long or at_paragraph or (pack and start in entries):
            yield pack
            pack = []
        pack.append((start, end))
    if pack:
        yield pack
