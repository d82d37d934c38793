"""An index of a few passages made by hand, and queries over it, for the tests of answers that give dates."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from dated_documents import vocabulary

from assistant.understanding import Query, understand
from index.deadlines import collect
from index.ends import End, ends_of
from index.records import Deadline, DocumentInfo, Page, Passage
from index.vocabulary import Vocabulary
from index.words import fold

DAY = date(2026, 11, 23)


class SmallIndex:
    """What writing of dates needs of an index; the stem of a word is its first five letters, every word weighs 4."""

    def __init__(
        self, passages: Sequence[Passage], documents: Mapping[str, DocumentInfo], terms: Vocabulary | None = None
    ) -> None:
        self.vocabulary = vocabulary() if terms is None else terms
        self.documents = documents
        self.deadlines: tuple[Deadline, ...] = collect(passages, documents, self.vocabulary, ())
        self._passages = {passage.id: passage for passage in passages}

    @property
    def ends(self) -> Mapping[str, End]:
        return ends_of(self.documents.values())

    def passage(self, name: str) -> Passage:
        return self._passages[name]

    def deadline(self, name: str) -> Deadline | None:
        return next((deadline for deadline in self.deadlines if deadline.id == name), None)

    def deadlines_of(self, passage_id: str) -> tuple[Deadline, ...]:
        return tuple(deadline for deadline in self.deadlines if deadline.passage_id == passage_id)

    def deadlines_holding(self, stems: Iterable[str]) -> tuple[Deadline, ...]:
        return tuple(one for one in self.deadlines if frozenset(stems) <= frozenset(self.stems(self._all_of(one))))

    def _all_of(self, deadline: Deadline) -> str:
        passage = self.passage(deadline.passage_id)
        headers = (header.quote for header in passage.headers if header)
        return " ; ".join((*passage.headings, *headers, passage.text))

    def rarities(self, question: str) -> dict[str, float]:
        return dict.fromkeys((stem for stem in self.stems(question) if len(stem) > 3), 4.0)

    def stems(self, text: str) -> list[str]:
        return [word[:5] for word in re.findall(r"\w+", fold(text).casefold())]

    def pages(self, document: str) -> tuple[Page, ...]:
        """The frame of a document: its passages and headers at their places, spaces between."""
        found = [passage for passage in self._passages.values() if passage.document_id == document]
        text = [" "] * max(passage.end for passage in found)
        for passage in found:
            spans = [(passage.start, passage.text), *((h.start, h.quote) for h in passage.headers if h)]
            for start, quote in spans:
                text[start : start + len(quote)] = quote
        return (Page(None, "".join(text), ()),)


def asked(question: str, *, after: Sequence[str] = (), day: date = DAY, terms: Vocabulary | None = None) -> Query:
    """The query of a question."""
    return understand(question, after=after, day=day, vocabulary=vocabulary() if terms is None else terms)
