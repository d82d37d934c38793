"""What is in a file before the corpus takes it: read as a build would read it, its dates and terms found, its kin."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from index import deadlines
from index.acronyms import learn_acronyms
from index.corpus import unlisted_document
from index.corpus_reading import described, read_corpus_document
from index.isolation import IsolatedReader
from index.likeness import Kin, kin_of, sentences_in
from index.records import Deadline, Document, DocumentInfo, Page, Passage, Tag
from index.tagging import tag_passages
from index.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class FirstLook:
    """A file as a build would see it. `tags` are the terms that its passages say, with how many do, the most first."""

    document: Document
    passages: int
    tables: int
    deadlines: tuple[Deadline, ...]
    tags: tuple[tuple[Tag, int], ...]
    kin: tuple[Kin, ...]


def first_look(
    path: Path,
    vocabulary: Vocabulary,
    others: Mapping[str, tuple[DocumentInfo, Sequence[Passage]]],
    reader: IsolatedReader,
) -> FirstLook:
    """Reads a file in a process of its own, as a build does; `others` are the documents it is compared with, by id.

    Raises:
        UnreadableDocument: with the reason, in French.
    """
    from index import splitting  # its library is not loaded to answer

    info = described(unlisted_document(path.name, set(others)), reader.describe(path))
    document = read_corpus_document(reader, path, replace(info, is_listed=True), "")
    known = vocabulary.with_acronyms(learn_acronyms("\n".join(page.text for page in document.pages)))
    passages = tag_passages(splitting.split(document), {info.id: info}, known)
    counted = Counter(tag for passage in passages for tag in passage.tags)
    compared = [(other, sentences_in(_sentences(own))) for other, own in others.values()]
    return FirstLook(
        document=replace(document, info=info),
        passages=len(passages),
        tables=sum(_tables(page) for page in document.pages),
        deadlines=deadlines.collect(passages, {info.id: info}, known),
        tags=tuple(counted.most_common()),
        kin=kin_of(info, sentences_in(_sentences(passages)), compared),
    )


def _sentences(passages: Sequence[Passage]) -> list[str]:
    return [passage.text[start - passage.start : end - passage.start] for passage in passages
            for start, end in passage.sentences]  # fmt: skip


def _tables(page: Page) -> int:
    """How many runs of rows the page has."""
    kinds = ["heading", *(block.kind for block in page.blocks)]
    return sum(kind == "row" != before for before, kind in pairwise(kinds))
