"""The named-model path is real: a corpus is built and asked with a sentence-transformers model and a cross-encoder."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tiny_models import bert_parts, write_encoder

from assistant.loading import build_index, load_assistant
from assistant.settings import load_settings

DOCUMENT = """# Le solde

La date limite du solde est le 3 mars 2025. Qui paie ? La vague du solde.
"""


def test_build_and_ask_with_models_by_path(tmp_path: Path) -> None:
    documents = tmp_path / "corpus" / "documents"
    documents.mkdir(parents=True)
    (documents / "solde.md").write_text(DOCUMENT, encoding="utf-8")
    settings = replace(
        load_settings({}),
        corpus=tmp_path / "corpus",
        index=tmp_path / "built",
        embedding_model=write_encoder(tmp_path / "encoder"),
        reranker=bert_parts(tmp_path / "reranker", 1),
    )
    report = build_index(settings)
    assert report.passages == 1
    assert not report.refused
    assistant = load_assistant(settings)
    answer = assistant.answer("date limite du solde ?")
    assert answer.outcome == "answered"
    assert "3 mars 2025" in answer.citations[0].span.quote
    with assistant.reading() as index:
        hits = assistant.writer(index).search(assistant_query(assistant))
        assert hits[0].evidence[-1].retriever == "reranker"


def assistant_query(assistant):  # type: ignore[no-untyped-def]
    from assistant.understanding import understand

    return understand("date limite du solde ?", after=(), day=assistant.today(), vocabulary=assistant.vocabulary)
