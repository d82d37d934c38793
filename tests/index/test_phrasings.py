from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from fakes import LetterEncoder, letters

from index.building import build
from index.corpus import load_corpus
from index.earlier import Earlier
from index.errors import CorpusError
from index.generations import current
from index.known_questions import KnownQuestions
from index.phrasings import Phrasing, Placed, read_phrasings
from index.searching import Index
from index.vocabulary import Vocabulary

GUICHET = "Le guichet des avances ferme le 14 décembre 2023."
CLOSED = "Après ce jour, aucune demande n'est reçue."
OTHER = "Les agences régionales suivent les établissements."
KNOWN = {
    "document": "avis-md",
    "quotes": [CLOSED],
    "questions": ["Et si mon dossier part trop tard ?", "retard : que faire"],
}


def corpus(folder: Path, *lines: dict[str, Any] | str) -> Path:
    (folder / "documents").mkdir(parents=True, exist_ok=True)
    (folder / "documents/avis.md").write_text(
        f"# Avis\n\n{GUICHET} {CLOSED}\n\n## Suivi\n\n{OTHER}\n", encoding="utf-8"
    )
    texts = (one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in lines)
    if lines:
        (folder / "phrasings.jsonl").write_text("\n".join(texts) + "\n", encoding="utf-8")
    return folder


def opened(folder: Path) -> Index:
    return Index.open(current(folder).folder, encoder=LetterEncoder())


def test_a_line_names_a_document_its_quotations_and_their_questions(tmp_path: Path) -> None:
    path = corpus(tmp_path, KNOWN, "") / "phrasings.jsonl"
    assert read_phrasings(path) == (Phrasing("avis-md", (CLOSED,), tuple(KNOWN["questions"])),)
    assert read_phrasings(None) == ()
    assert load_corpus(tmp_path).phrasings_path == path


@pytest.mark.parametrize(
    "line",
    [
        "pas du JSON",
        "[]",
        "{}",
        {**KNOWN, "questions": "une seule"},
        {**KNOWN, "quotes": [" "]},
        {**KNOWN, "document": 3},
    ],
)
def test_a_line_that_cannot_be_read_is_named_with_its_remedy(tmp_path: Path, line: dict[str, Any] | str) -> None:
    path = corpus(tmp_path, KNOWN, line) / "phrasings.jsonl"
    with pytest.raises(CorpusError, match=r"phrasings\.jsonl, ligne 2 : .*Corrigez-la"):
        read_phrasings(path)


def test_a_file_that_is_no_utf_8_is_refused_with_its_remedy(tmp_path: Path) -> None:
    path = corpus(tmp_path, KNOWN) / "phrasings.jsonl"
    path.write_bytes("déposé".encode("latin-1"))
    with pytest.raises(CorpusError, match="UTF-8"):
        read_phrasings(path)


def test_known_questions_lead_to_the_sentence_that_answers(tmp_path: Path) -> None:
    build(corpus(tmp_path / "corpus", KNOWN), tmp_path / "built", encoder=LetterEncoder())
    index = opened(tmp_path / "built")
    found = index.answered_by("retard : que faire")
    (row, number), likely = max(found.items(), key=lambda one: one[1])
    passage = index.passages[row]
    start, end = passage.sentences[number]
    assert passage.text[start - passage.start : end - passage.start] == CLOSED
    assert 0 < likely <= 1
    assert index.search("que faire", asked="retard : que faire")[0].passage.id == passage.id
    index.close()


def test_without_known_questions_nothing_is_known_and_nothing_written(tmp_path: Path) -> None:
    build(corpus(tmp_path / "corpus"), tmp_path / "built", encoder=LetterEncoder())
    index = opened(tmp_path / "built")
    assert index.answered_by("retard : que faire") == {}
    assert KnownQuestions.open(index.folder) is None
    index.close()


def test_a_quotation_that_is_not_in_its_document_is_told_and_its_questions_left_out(tmp_path: Path) -> None:
    gone = {"document": "avis-md", "quotes": ["Le guichet ne ferme jamais."], "questions": ["Toujours ouvert ?"]}
    elsewhere = {**KNOWN, "document": "absent"}
    report = build(corpus(tmp_path / "corpus", KNOWN, gone, elsewhere), tmp_path / "built", encoder=LetterEncoder())
    assert [
        warning for warning in report.warnings if "Le guichet ne ferme jamais." in warning and "« avis-md »" in warning
    ]
    assert [warning for warning in report.warnings if "« absent »" in warning]


def test_a_quotation_may_be_part_of_a_sentence_or_several(tmp_path: Path) -> None:
    build(corpus(tmp_path / "corpus"), tmp_path / "built", encoder=LetterEncoder())
    index = opened(tmp_path / "built")
    asked = [Phrasing("avis-md", quotes, (name,)) for name, quotes in {
        "part": ("guichet des avances ferme",), "both": (f"{GUICHET}  {CLOSED}",), "two": (GUICHET, OTHER),
    }.items()]  # fmt: skip
    placed = Placed.of(asked, tuple(index.passages), Vocabulary.from_terms(()))
    counts = {name: len(places) for name, places in zip(placed.questions, placed.targets, strict=True)}
    assert counts == {"part": 1, "both": 2, "two": 2}
    index.close()


def test_what_was_encoded_is_taken_over_and_a_change_makes_a_generation(tmp_path: Path) -> None:
    folder = corpus(tmp_path / "corpus", KNOWN)
    first = build(folder, tmp_path / "built", encoder=LetterEncoder())
    again = build(folder, tmp_path / "built", encoder=LetterEncoder())
    assert again.is_unchanged
    more = {**KNOWN, "questions": [*KNOWN["questions"], "Trop tard, et alors ?"]}
    second = build(corpus(tmp_path / "corpus", more), tmp_path / "built", encoder=LetterEncoder())
    assert (second.encoded, second.causes) == (1, ("phrasings",))
    assert first.encoded > 1
    earlier = Earlier.current(tmp_path / "built")
    assert earlier is not None
    row = earlier.encoded_rows["Trop tard, et alors ?"]
    assert earlier.encoded([row])[0] == pytest.approx(letters("Trop tard, et alors ?").astype(np.float16), abs=1e-3)
