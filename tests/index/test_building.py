from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from dated_documents import info
from fakes import LetterEncoder, write_corpus

from index import generations
from index.build_report import BuildReport, GateVerdict
from index.building import build
from index.errors import BuildInProgress, GateRefused, GenerationDamaged
from index.generation_contents import as_of
from index.searching import Index

DAY = date(2024, 5, 1)


def build_again(corpus: Path, encoder: LetterEncoder, **options: object) -> BuildReport:
    encoder.encoded.clear()
    return build(corpus, corpus.parent / "built", encoder=encoder, today=DAY, **options)


@contextmanager
def opened(corpus: Path, encoder: LetterEncoder) -> Iterator[Index]:
    index = Index.open(generations.current(corpus.parent / "built").folder, encoder=encoder)
    yield index
    index.close()


def test_a_first_build_adds_everything(small_corpus: Path, encoder: LetterEncoder) -> None:
    report = build_again(small_corpus, encoder)
    assert report.added == ("calendrier.md", "glossaire.md")
    assert (report.changed, report.removed, report.unchanged, report.refused) == ((), (), (), ())
    assert report.encoded == len(encoder.encoded) >= report.passages > 2
    assert report.generation == generations.current(small_corpus.parent / "built").name


def test_an_unchanged_corpus_encodes_nothing_and_makes_no_generation(
    small_corpus: Path, encoder: LetterEncoder
) -> None:
    first = build_again(small_corpus, encoder)
    second = build_again(small_corpus, encoder)
    assert second.is_unchanged
    assert encoder.encoded == []
    assert second.generation == first.generation
    assert (second.passages, second.deadlines) == (first.passages, first.deadlines)


def test_a_changed_document_is_the_only_one_encoded_again(small_corpus: Path, encoder: LetterEncoder) -> None:
    build_again(small_corpus, encoder)
    with opened(small_corpus, encoder) as index:
        before = {passage.id: index.vector(row).copy() for row, passage in enumerate(index.passages)}
    glossary = small_corpus / "documents" / "glossaire.md"
    glossary.write_text(glossary.read_text() + "\n## Ajout\n\nUn paragraphe de plus.\n")
    report = build_again(small_corpus, encoder)
    assert report.changed == ("glossaire.md",)
    assert report.unchanged == ("calendrier.md",)
    assert len(encoder.encoded) == 1
    assert "Un paragraphe de plus." in encoder.encoded[0]
    with opened(small_corpus, encoder) as index:
        for row, passage in enumerate(index.passages):
            if passage.id in before:
                assert np.array_equal(index.vector(row), before[passage.id])
        assert index.search("paragraphe de plus")[0].passage.text == "Un paragraphe de plus."


def test_a_dry_run_says_what_is_read_again_and_why(small_corpus: Path, encoder: LetterEncoder) -> None:
    build_again(small_corpus, encoder)
    glossary, vocabulary = small_corpus / "documents" / "glossaire.md", small_corpus / "vocabulary.toml"
    glossary.write_text(glossary.read_text() + "\nUn paragraphe de plus.\n")
    vocabulary.write_text(vocabulary.read_text().replace("V2", "VII"))
    found = build_again(small_corpus, encoder, dry_run=True)
    assert (found.changed, found.reread, found.causes) == (("glossaire.md",), (), ("vocabulary",))
    assert found.reused == 2  # of calendrier.md
    anew = build_again(small_corpus, encoder, dry_run=True, force=True)
    assert (anew.changed, anew.reread) == (("calendrier.md", "glossaire.md"), ("calendrier.md",))
    assert anew.reused == 0


def test_incremental_and_forced_builds_give_the_same_ids_and_answers(
    small_corpus: Path, encoder: LetterEncoder
) -> None:
    build_again(small_corpus, encoder)
    write_corpus(small_corpus, {"nouveau.md": "# Nouveau\n\nUne page qui n'était pas là.\n"})
    build_again(small_corpus, encoder)
    with opened(small_corpus, encoder) as index:
        incremental = [dataclasses.asdict(passage) for passage in index.passages]
        hits = index.search("dépôt des demandes")
    forced = build_again(small_corpus, encoder, force=True)
    assert forced.encoded == len(encoder.encoded) >= len(incremental)
    with opened(small_corpus, encoder) as index:
        assert [dataclasses.asdict(passage) for passage in index.passages] == incremental
        assert index.search("dépôt des demandes") == hits


def test_a_removed_document_leaves_the_index(small_corpus: Path, encoder: LetterEncoder) -> None:
    build_again(small_corpus, encoder)
    (small_corpus / "documents" / "glossaire.md").unlink()
    report = build_again(small_corpus, encoder)
    assert report.removed == ("glossaire.md",)
    assert encoder.encoded == []
    with opened(small_corpus, encoder) as index:
        assert "glossaire" not in index.documents
        assert all(hit.passage.document_id == "calendrier" for hit in index.search("dossier médical partagé"))


def test_a_changed_vocabulary_tags_again_and_encodes_nothing(small_corpus: Path, encoder: LetterEncoder) -> None:
    build_again(small_corpus, encoder)
    vocabulary = small_corpus / "vocabulary.toml"
    vocabulary.write_text(vocabulary.read_text().replace("Vague 2", "Vague deux"))
    report = build_again(small_corpus, encoder)
    assert not report.is_unchanged
    assert encoder.encoded == []


def test_a_generation_of_a_former_version_is_told_and_made_anew(small_corpus: Path, encoder: LetterEncoder) -> None:
    first = build_again(small_corpus, encoder)
    former = generations.current(small_corpus.parent / "built").folder
    manifest = former / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"format": 2', '"format": 1'))
    with pytest.raises(GenerationDamaged, match=r"autre version du programme.*assistant build --force"):
        Index.open(former, encoder=encoder)
    report = build_again(small_corpus, encoder)
    assert not report.is_unchanged
    assert report.encoded == first.encoded
    with opened(small_corpus, encoder) as index:
        assert index.search("dépôt des demandes")


def test_another_model_encodes_everything_again(small_corpus: Path, encoder: LetterEncoder) -> None:
    first = build_again(small_corpus, encoder)
    other = LetterEncoder("letters-2")
    report = build_again(small_corpus, other)
    assert report.encoded == first.encoded
    assert report.unchanged == first.added


def test_a_broken_document_is_refused_by_name_and_the_rest_is_indexed(
    small_corpus: Path, encoder: LetterEncoder
) -> None:
    (small_corpus / "documents" / "tronque.pdf").write_bytes(b"%PDF-1.7 ceci n'est pas un document")
    report = build_again(small_corpus, encoder)
    assert [refusal.path for refusal in report.refused] == ["tronque.pdf"]
    assert report.passages > 2
    again = build_again(small_corpus, encoder)
    assert again.is_unchanged
    assert again.refused == report.refused


def test_a_file_without_an_entry_is_indexed_with_its_own_title_and_date(
    small_corpus: Path, encoder: LetterEncoder
) -> None:
    text = "---\ntitle: Note de cadrage\ndate: 2024-02-03\n---\n\n# Note de cadrage\n\nLe cadrage est fait.\n"
    write_corpus(small_corpus, {"sous-dossier/note.md": text})
    build_again(small_corpus, encoder)
    with opened(small_corpus, encoder) as index:
        info = index.documents["sous-dossier-note-md"]
    assert (info.title, info.source.published_as_written, info.source.authority) == ("Note de cadrage", "2024-02-03", 7)
    assert not info.is_listed
    assert build_again(small_corpus, encoder).is_unchanged


def test_a_dry_run_says_what_would_change_and_writes_nothing(small_corpus: Path, encoder: LetterEncoder) -> None:
    report = build_again(small_corpus, encoder, dry_run=True)
    assert report.is_dry_run
    assert report.added == ("calendrier.md", "glossaire.md")
    assert report.generation is None
    assert not generations.all_generations(small_corpus.parent / "built")


def test_the_gate_sees_both_indexes_and_can_refuse(small_corpus: Path, encoder: LetterEncoder) -> None:
    first = build_again(small_corpus, encoder)
    write_corpus(small_corpus, {"faux.md": "# Faux\n\nLa vague 1 est close en 1999.\n"})
    seen: list[tuple[int, int | None]] = []

    def refuse(candidate: Index, current: Index | None) -> GateVerdict:
        seen.append((len(candidate.passages), len(current.passages) if current else None))
        return GateVerdict(is_accepted=False, summary="1 réponse juste est perdue.")

    with pytest.raises(GateRefused, match="1 réponse juste"):
        build_again(small_corpus, encoder, gate=refuse)
    assert seen == [(first.passages + 1, first.passages)]
    folder = small_corpus.parent / "built"
    assert generations.current(folder).name == first.generation
    assert not list(folder.glob("building-*"))


def test_a_second_builder_is_told_at_once(small_corpus: Path, encoder: LetterEncoder) -> None:
    with generations.writing(small_corpus.parent / "built"), pytest.raises(BuildInProgress, match="autre construction"):
        build_again(small_corpus, encoder)


def test_what_a_killed_build_left_is_removed_and_named(small_corpus: Path, encoder: LetterEncoder) -> None:
    folder = small_corpus.parent / "built"
    (folder / "building-999").mkdir(parents=True)
    (folder / "building-999" / "vectors.npy").write_bytes(b"half")
    report = build_again(small_corpus, encoder)
    assert report.leftovers == ("building-999",)
    assert not (folder / "building-999").exists()


def test_progress_reaches_its_total_at_every_stage(small_corpus: Path, encoder: LetterEncoder) -> None:
    last: dict[str, tuple[int, int]] = {}
    build_again(small_corpus, encoder, progress=lambda stage, done, total: last.__setitem__(stage, (done, total)))
    assert set(last) == {"lecture", "découpage", "échéances", "calcul", "écriture"}
    assert all(done == total for done, total in last.values())


def test_the_corpus_is_as_recent_as_its_evidence_can_be(small_corpus: Path, encoder: LetterEncoder) -> None:
    build_again(small_corpus, encoder)
    with opened(small_corpus, encoder) as index:
        assert index.corpus_as_of == date(2024, 3, 5)


def test_a_page_dated_by_its_year_vouches_for_no_later_day_than_the_first() -> None:
    known = [info("page", "2025-11-20"), info("guide", "2026"), info("note", "2026-02")]
    assert as_of(known, date(2026, 11, 23)) == date(2026, 2, 1)
    months = info("mois", ["2026-02", "2026-03"])
    assert as_of([*known, months], date(2026, 11, 23)) == date(2026, 3, 1)
    read = dataclasses.replace(months, source=dataclasses.replace(months.source, retrieved_on=date(2026, 3, 9)))
    assert as_of([read], date(2026, 11, 23)) == date(2026, 3, 9)
    assert as_of(known[:1], date(2026, 11, 23)) == date(2025, 11, 20)
