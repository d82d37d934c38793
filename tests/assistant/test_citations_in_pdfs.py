"""The default corpus drawn as PDFs in many layouts: the golden questions' quotations are marked on their pages, and
the words under the marks, read back from the page, are exactly those of the quotation."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from conftest import CHECKOUT, DEFAULT_DAY
from fakes import LetterEncoder
from pdf_layouts import LAYOUTS, draw, letters_in, plain

from assistant.answers import Citation
from assistant.evaluating import read_questions
from assistant.loading import over
from assistant.settings import load_settings
from index.building import build
from index.holding import IndexHolder
from index.page_images import locate

if TYPE_CHECKING:
    from assistant.answering import Assistant

CORPUS = CHECKOUT / "corpus"


@pytest.fixture(scope="module")
def of_pdfs(default_assistant: Assistant, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """The assistant over the default corpus with every document drawn as a PDF."""
    folder = tmp_path_factory.mktemp("pdfs")
    for number, info in enumerate(default_assistant.documents()):
        path = folder / "corpus" / "documents" / f"{info.id}.pdf"
        path.parent.mkdir(parents=True, exist_ok=True)
        draw(path, default_assistant.pages(info.id), LAYOUTS[number % len(LAYOUTS)])
    manifest = (CORPUS / "manifest.toml").read_text(encoding="utf-8")
    named = re.sub(r'(?m)^id = "([^"]+)"\npath = "[^"]+"', r'id = "\1"\npath = "\1.pdf"', manifest)
    (folder / "corpus" / "manifest.toml").write_text(named, encoding="utf-8")
    vocabulary = (CORPUS / "vocabulary.toml").read_text(encoding="utf-8")
    (folder / "corpus" / "vocabulary.toml").write_text(vocabulary, encoding="utf-8")
    encoder = LetterEncoder()
    report = build(folder / "corpus", folder / "index", encoder=encoder)
    assert report.refused == ()
    settings = load_settings({"ASSISTANT_CORPUS": str(folder / "corpus"), "ASSISTANT_DAY": DEFAULT_DAY.isoformat()})
    holder = IndexHolder(folder / "index", encoder=encoder)
    yield over(holder, settings)
    holder.close()


def golden_citations(assistant: Assistant) -> dict[tuple[str, int, int, int], Citation]:
    """The citations of the answers to the golden questions (every other of the working half), each place once."""
    found = {}
    golden = [one for one in read_questions(CORPUS / "questions.jsonl") if one.half == "work" and one.answerable]
    for one in golden[::2]:
        answer = assistant.answer(one.question, after=one.after, day=one.day or DEFAULT_DAY)
        for citation in answer.citations:
            span = citation.span
            found[citation.document.id, span.page or 0, span.start, span.end] = citation
    return found


def test_the_marks_hold_exactly_the_quotations_words(of_pdfs: Assistant) -> None:
    citations = golden_citations(of_pdfs)
    wrong, layouts = [], Counter[str]()
    paths: dict[str, Path] = {info.id: of_pdfs.document_path(info.id) for info in of_pdfs.documents()}
    for (document_id, page, start, _), citation in citations.items():
        path, quote = paths[document_id], citation.span.quote
        assert page, "every document is a PDF: every citation names its page"
        boxes = locate(path, page, quote, start)
        marked = letters_in(path, page, boxes)
        if marked != plain(quote.replace(" | ", "")):
            wrong.append((document_id, page, quote, marked))
        layouts[document_id] += 1
    assert len(citations) >= 40
    assert len(layouts) >= 20
    assert wrong == []
