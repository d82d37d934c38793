"""Builds killed at any moment, a full disk, clocks that step, readers during swaps, hostile files."""

from __future__ import annotations

import dataclasses
import logging
import random
import shutil
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest
from fakes import LetterEncoder, write_corpus
from file_makers import info
from hostile_files import make_hostile
from upkeep_trials import (
    ANSWER,
    CHECKOUT,
    DAY,
    QUESTION,
    assert_answers,
    can_mount,
    kill_builds,
    read_during_swaps,
    small_disk,
)

from index import generations
from index.building import build
from index.errors import IndexingError, UnreadableDocument
from index.isolation import IsolatedReader
from index.searching import Index


def test_ten_killed_builds_harm_nothing(small_corpus: Path) -> None:
    done = kill_builds(small_corpus, 10, random.Random(7))
    assert done.stages.total() == 10
    assert done.stages["fin"] < 8


def test_eight_readers_see_three_swaps_without_an_error(small_corpus: Path) -> None:
    seen = read_during_swaps(small_corpus, readers=8, swaps=3)
    assert seen.errors == ()
    assert seen.questions > 24
    assert seen.stale_s < 2


@pytest.mark.skipif(not can_mount(), reason="a small disk cannot be mounted here")
def test_a_full_disk_leaves_the_index_in_use(small_corpus: Path, tmp_path: Path, encoder: LetterEncoder) -> None:
    try:
        with small_disk(tmp_path / "disk", 24) as disk:
            built = disk / "built"
            build(small_corpus, built, encoder=encoder, today=DAY)
            _fill(disk / "filler", keep=40_000)
            with pytest.raises(IndexingError, match="libérez de la place"):
                build(small_corpus, built, encoder=encoder, force=True, today=DAY)
            assert_answers(built)
            (disk / "filler").unlink()
            assert build(small_corpus, built, encoder=encoder, force=True, today=DAY).generation
            assert_answers(built)
            assert not list(built.glob("building-*"))
    except OSError as error:
        pytest.skip(f"a small disk cannot be mounted here: {error}")


def _fill(path: Path, *, keep: int) -> None:
    """Fills the disk but for `keep` bytes."""
    free = shutil.disk_usage(path.parent).free - keep
    with path.open("wb") as file:
        while free > 0:
            free -= file.write(bytes(min(free, 2**20)))


def test_a_clock_that_steps_back_changes_no_order(small_corpus: Path, encoder: LetterEncoder) -> None:
    built, names = small_corpus.parent / "built", []
    for number, year in enumerate((2031, 1970, 2026)):
        write_corpus(small_corpus, {"page.md": f"# Page\n\nCette page porte le numéro {number}.\n"})
        now = datetime(year, 1, 1, tzinfo=UTC)
        names.append(build(small_corpus, built, encoder=encoder, now=lambda now=now: now).generation)
    assert [one.name for one in generations.all_generations(built)] == names
    assert generations.current(built).name == names[-1]
    assert generations.current(built).manifest["built_at"].startswith("2026-")
    assert generations.rollback(built).name == names[1]


def test_a_second_build_says_so_within_a_second(small_corpus: Path) -> None:
    built = small_corpus.parent / "built"
    code = (
        "import sys, time; from pathlib import Path; from index.generations import writing\n"
        "from index.errors import BuildInProgress\nbegan = time.monotonic()\n"
        "try:\n    with writing(Path(sys.argv[1])): print('works')\n"
        "except BuildInProgress as error:\n    print(time.monotonic() - began, error)\n"
    )
    with generations.writing(built):
        done = subprocess.run(
            [sys.executable, "-c", code, str(built)], cwd=CHECKOUT, capture_output=True, text=True, check=True
        )
    seconds, _, message = done.stdout.partition(" ")
    assert float(seconds) < 1
    assert "autre construction" in message


def test_a_forced_build_gives_the_same_ids_vectors_and_answers(small_corpus: Path, encoder: LetterEncoder) -> None:
    built = small_corpus.parent / "built"
    build(small_corpus, built, encoder=encoder, today=DAY)
    write_corpus(small_corpus, {"page.md": "# Page\n\nUne page de plus, du 3 mars 2024.\n"})
    seen = []
    for force in (False, True):
        report = build(small_corpus, built, encoder=encoder, today=DAY, force=force)
        index = Index.open(generations.current(built).folder, encoder=encoder)
        passages = [dataclasses.asdict(passage) for passage in index.passages]
        vectors = [index.vector(row).tobytes() for row in range(len(passages))]
        seen.append((passages, vectors, index.deadlines, index.search(QUESTION)))
        index.close()
        assert str(report.generation).endswith(index.generation[-8:])
    assert seen[0] == seen[1]


@pytest.mark.parametrize("damage", ["missing", "rubbish", "another version"])
def test_a_damaged_collection_is_remade_and_the_log_says_so(
    small_corpus: Path, encoder: LetterEncoder, damage: str, caplog: pytest.LogCaptureFixture
) -> None:
    built = small_corpus.parent / "built"
    build(small_corpus, built, encoder=encoder, today=DAY)
    folder = generations.current(built).folder
    if damage == "missing":
        (folder / "chroma" / "complete.json").unlink()
    elif damage == "rubbish":
        (folder / "chroma" / "chroma.sqlite3").write_bytes(b"rubbish" * 1000)
    else:
        (folder / "chroma" / "complete.json").write_text('{"chromadb": "0.0.1", "passages": 3}')
    with caplog.at_level(logging.WARNING):
        index = Index.open(folder, encoder=encoder)
        assert ANSWER in index.search(QUESTION)[0].passage.text
        index._nearest.wait_until_remade()
        assert ANSWER in index.search(QUESTION)[0].passage.text
        index.close()
    assert any("collection Chroma refaite" in record.getMessage() for record in caplog.records)


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of one sound document and forty hostile files."""
    corpus = write_corpus(tmp_path_factory.mktemp("hostile"), {"sain.md": "# Sain\n\nLe guichet ferme en juin.\n"})
    make_hostile(corpus / "documents" / "hostile", 40)
    return corpus


def test_forty_hostile_files_are_all_reported_and_the_rest_is_indexed(hostile: Path) -> None:
    report = build(hostile, hostile.parent / "built", encoder=LetterEncoder(), today=DAY)
    names = {*report.added, *(refusal.path for refusal in report.refused)}
    folder = hostile / "documents"
    made = {path.relative_to(folder).as_posix() for path in folder.glob("hostile/*/*")}
    assert made - names == set()
    assert "sain.md" in report.added
    assert len(report.refused) >= 25
    assert all(refusal.reason.rstrip(".").count(" ") >= 3 for refusal in report.refused)
    again = build(hostile, hostile.parent / "built", encoder=LetterEncoder(), today=DAY)
    assert again.is_unchanged
    assert again.refused == report.refused


def test_no_hostile_file_passes_its_limits(tmp_path: Path) -> None:
    """With limits so low that some files do pass them: the reader says so, in time, and goes on."""
    from hostile_files import docx_of_deep_tables, pdf_of_endless_text, text_of_one_line

    sound = tmp_path / "sain.md"
    sound.write_text("# Sain\n\nLe guichet ferme en juin.\n", encoding="utf-8")
    with IsolatedReader(timeout_s=2) as reader:
        for make in (text_of_one_line, pdf_of_endless_text, docx_of_deep_tables):
            path = make(tmp_path, random.Random(1))
            began = time.monotonic()
            with suppress(UnreadableDocument):
                reader.read(path, info(path))
            assert time.monotonic() - began < 10
            assert reader.read(sound, info(sound)).pages[0].text
