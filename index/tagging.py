"""Pure: passages get the terms that they say themselves, and those that their headings, columns and title say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from index.records import DocumentInfo, Passage, Tag
from index.terms import TermMention
from index.vocabulary import Vocabulary

_NAME_CHARS = 60


def tag_passages(
    passages: Iterable[Passage], documents: Mapping[str, DocumentInfo], vocabulary: Vocabulary
) -> tuple[Passage, ...]:
    """The same passages with their tags, in order of first mention, each once.

    `tags` come from the passage's own text (of a row: its cells), `context_tags` from the headings, the column headers
    and the document's title, less those in `tags`. `documents` are by id. An acronym that several terms share counts
    only when the context leaves one of them.
    """
    return tuple(_tagged(passage, documents[passage.document_id].title, vocabulary) for passage in passages)


def _tagged(passage: Passage, title: str, vocabulary: Vocabulary) -> Passage:
    surroundings = [title, *passage.headings, *(header.quote for header in passage.headers if header)]
    context = "\n\n".join(dict.fromkeys(surroundings))
    around = vocabulary.find(context)
    around_tags = _sure(around, frozenset())
    cells = "\n\n".join(cell.quote for cell in passage.cells if cell.quote)
    own_tags = _sure(vocabulary.find(cells or passage.text, context=context), frozenset(around_tags))
    own_tags = tuple(dict.fromkeys((*own_tags, *_named_with_headers(passage, vocabulary))))
    context_tags = tuple(tag for tag in around_tags if tag not in own_tags)
    return replace(passage, tags=own_tags, context_tags=context_tags)


def _named_with_headers(passage: Passage, vocabulary: Vocabulary) -> Iterable[Tag]:
    """The terms that the cells of a row name after the noun that heads their column: « Volet », « Pilotage »."""
    for cell, header in zip(passage.cells, passage.headers, strict=False):
        if header is not None and cell.quote and len(header.quote) + len(cell.quote) <= _NAME_CHARS:
            named = vocabulary.find(f"{header.quote} {cell.quote}")
            if named and named[0].start == 0 and named[0].end > len(header.quote) + 1 and len(named[0].tags) == 1:
                yield named[0].tags[0]


def _sure(mentions: Iterable[TermMention], context: frozenset[Tag]) -> tuple[Tag, ...]:
    """The tags of the mentions that mean one term, or one term of the context."""
    tags: dict[Tag, None] = {}
    for mention in mentions:
        meant = mention.tags if len(mention.tags) == 1 else [tag for tag in mention.tags if tag in context]
        if len(meant) == 1:
            tags[meant[0]] = None
    return tuple(tags)
