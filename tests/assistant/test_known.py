"""What known questions lead to is shown where no answer is sure, and makes a day doubtful that it does not give."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest
from fakes import write_corpus

from assistant.answering import Assistant
from assistant.answers import Answer
from assistant.loading import over
from assistant.settings import load_settings
from index.building import build
from index.encoding import load_encoder
from index.holding import IndexHolder

DAY = date(2026, 3, 2)
MANIFEST = """
[programme]
name = "Plan Fontaines : remise en eau des fontaines publiques"
short_name = "Plan Fontaines"
[[document]]
id = "guide"
path = "guide.md"
title = "Guide des communes"
publisher = "Office des fontaines"
kind = "page-officielle"
authority = 2
published_on = "2026-01-15"
origin = "original"
"""
VOCABULARY = """
[[term]]
id = "plan-fontaines"
kind = "programme"
label = "Plan Fontaines"
[[term]]
id = "versement"
kind = "milestone"
label = "Versement"
aliases = ["verser"]
"""
PURGED = "Avant l'hiver, chaque commune purge ses conduites."
DEADLINE = "La demande de versement est à déposer au plus tard le 3 mai 2027."
RECORDS = "Les factures se gardent jusqu'au 9 juin 2031."
NEW = "Le stand des fontaines ferme le 7 janvier 2027 à 16 h."
GUIDE = f"# Guide\n\n{PURGED}\n\n## Le versement\n\n{DEADLINE}\n\n## Les archives\n\n{RECORDS}\n"
KNOWN = {
    PURGED: ["Qui vide les tuyaux quand il va geler ?", "gel des canalisations que faire", "tuyaux et grand froid"],
    DEADLINE: ["Jusqu'à quand réclamer notre argent ?", "dernier jour pour être remboursé"],
    RECORDS: [
        "Combien de temps conserver nos papiers ?",
        "quand jeter les factures",
        "archives : la durée",
    ],
}


@pytest.fixture(scope="module")
def fountains(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("fountains")
    documents = {"guide.md": GUIDE, "nouveau.md": f"# Le stand\n\n{NEW}\n"}
    corpus = write_corpus(folder / "corpus", documents, manifest=MANIFEST, vocabulary=VOCABULARY)
    lines = (
        json.dumps({"document": "guide", "quotes": [quote], "questions": questions}, ensure_ascii=False)
        for quote, questions in KNOWN.items()
    )
    (corpus / "phrasings.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    encoder = load_encoder("bundled")
    build(corpus, folder / "built", encoder=encoder)
    settings = load_settings({"ASSISTANT_CORPUS": str(corpus), "ASSISTANT_INDEX": str(folder / "built")})
    holder = IndexHolder(settings.index, encoder=encoder)
    yield over(holder, settings)
    holder.close()


def is_said_to_answer(quote: str, likely: float, fountains: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the sentence as likely as that to answer whatever is asked: three passages are too few to be told apart."""
    with fountains.reading() as index:
        row = next(n for n, passage in enumerate(index.passages) if quote in passage.text)
        monkeypatch.setattr(index, "_answered_by", lambda _text, _own: {(row, 0): likely})


def quoted(answer: Answer) -> str:
    return " ".join(citation.span.quote for citation in answer.citations)


def test_what_shares_no_word_with_the_question_is_shown_when_it_is_known_to_answer(
    fountains: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "Qui doit vider les tuyaux quand il va geler ?"
    assert fountains.answer(asked, day=DAY).outcome == "out_of_scope"
    is_said_to_answer(PURGED, 0.6, fountains, monkeypatch)
    answer = fountains.answer(asked, day=DAY)
    assert answer.outcome in ("answered", "partial")
    assert quoted(answer) == PURGED


def test_what_is_hardly_known_to_answer_stays_out(fountains: Assistant, monkeypatch: pytest.MonkeyPatch) -> None:
    is_said_to_answer(PURGED, 0.2, fountains, monkeypatch)
    assert not fountains.answer("Quelle est la recette du clafoutis ?", day=DAY).citations


def test_a_day_is_asserted_when_what_is_known_to_answer_gives_it(
    fountains: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "Quelle est la date limite de la demande de versement ?"
    is_said_to_answer(DEADLINE, 0.6, fountains, monkeypatch)
    sure = fountains.answer(asked, day=DAY)
    assert (sure.outcome, quoted(sure)) == ("answered", DEADLINE)


def test_a_day_is_doubtful_when_another_one_is_known_to_answer(
    fountains: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = "Quelle est la date limite de la demande de versement ?"
    is_said_to_answer(RECORDS, 0.6, fountains, monkeypatch)
    doubtful = fountains.answer(asked, day=DAY)
    assert doubtful.outcome == "partial"
    assert DEADLINE in quoted(doubtful)
    assert RECORDS in quoted(doubtful)


def test_a_document_that_nobody_wrote_questions_for_is_answered_from_as_without_them(
    fountains: Assistant, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_said_to_answer(RECORDS, 0.6, fountains, monkeypatch)
    answer = fountains.answer("Quand ferme le stand des fontaines ?", day=DAY)
    assert (answer.outcome, quoted(answer)) == ("answered", NEW)
    with fountains.reading() as index:
        assert {name: index.is_unknown(name) for name in index.documents} == {"guide": False, "nouveau-md": True}
