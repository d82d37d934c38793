"""Reading in a child process: the same documents, and no file that can hang, crash or exhaust the build."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest
from file_makers import calendar_xlsx, info, lines_pdf, merged_docx, slides_pptx

from index.errors import UnreadableDocument
from index.isolation import IsolatedReader
from index.reading import describe_file, read_document
from index.reading_codec import from_plain, to_plain


def test_the_same_documents_as_in_this_process(tmp_path: Path) -> None:
    html = tmp_path / "a.html"
    html.write_text("<html><body><h1>Titre</h1><p>Un paragraphe assez long pour compter.</p></body></html>", "utf-8")
    made = [
        lines_pdf(tmp_path / "a.pdf", [["Une page."], ["Une autre."]]),
        merged_docx(tmp_path / "a.docx"),
        calendar_xlsx(tmp_path / "a.xlsx"),
        slides_pptx(tmp_path / "a.pptx"),
        html,
    ]
    with IsolatedReader() as reader:
        for path in made:
            assert reader.read(path, info(path)) == read_document(path, info(path))
        assert reader.describe(html) == describe_file(html)


def test_a_refusal_does_not_end_the_worker(tmp_path: Path) -> None:
    broken, sound = tmp_path / "a.pdf", lines_pdf(tmp_path / "b.pdf", [["Une page."]])
    broken.write_bytes(b"%PDF-1.7 rien d'autre")
    with IsolatedReader() as reader:
        with pytest.raises(UnreadableDocument, match="tronqué"):
            reader.read(broken, info(broken))
        worker = reader._worker
        assert reader.read(sound, info(sound)).pages[0].text == "Une page."
        assert reader._worker is worker


def test_a_dead_worker_is_replaced(tmp_path: Path) -> None:
    path = lines_pdf(tmp_path / "a.pdf", [["Une page."]])
    with IsolatedReader() as reader:
        reader.read(path, info(path))
        assert reader._worker is not None
        reader._worker.kill()
        assert reader.read(path, info(path)).pages[0].text == "Une page."


def test_a_file_that_takes_too_long_is_refused(slow: Path) -> None:
    start = time.monotonic()
    with (
        IsolatedReader(timeout_s=1) as reader,
        pytest.raises(UnreadableDocument, match=r"dépassé 1 secondes|abîmé|imbriqué"),
    ):
        reader.read(slow, info(slow))
    assert time.monotonic() - start < 10


@pytest.fixture(scope="module")
def slow(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pipe-like file cannot pass the checks, so a workbook that takes seconds: many cells."""
    import openpyxl

    path = tmp_path_factory.mktemp("slow") / "slow.xlsx"
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    for _ in range(3_000):
        sheet.append(["une cellule"] * 60)
    book.save(path)
    return path


def test_a_file_that_needs_too_much_memory_is_refused(slow: Path) -> None:
    with (
        IsolatedReader(memory_mb=120) as reader,
        pytest.raises(UnreadableDocument, match=r"mémoire|échouer|abîmé"),
    ):
        reader.read(slow, info(slow))


def test_the_worker_reads_no_other_file_and_reaches_nothing(tmp_path: Path) -> None:
    import subprocess
    import sys

    root = Path(__file__).resolve().parents[2]
    (tmp_path / "a.txt").write_text("Du texte.", "utf-8")
    attempts = """
import os, socket, sys
sys.path.insert(0, sys.argv[1])
from index.reading_worker import _guard
sys.addaudithook(_guard({sys.argv[2]}))
open(sys.argv[2]).close()
for attempt in (lambda: open("/etc/passwd"), lambda: open(sys.argv[2], "a"), lambda: os.system("true"),
                lambda: socket.create_connection(("127.0.0.1", 9)), lambda: os.remove(sys.argv[2])):
    try:
        attempt()
    except PermissionError:
        print("forbidden")
"""
    path = os.path.realpath(tmp_path / "a.txt")
    done = subprocess.run(
        [sys.executable, "-c", attempts, str(root), path], capture_output=True, text=True, check=False
    )
    assert done.stdout.split() == ["forbidden"] * 5, done.stderr


def test_a_reply_with_offsets_outside_its_page_is_refused(tmp_path: Path) -> None:
    from index.reading import read_pages

    reading = read_pages(merged_docx(tmp_path / "a.docx"))
    plain = to_plain(reading)
    assert from_plain(plain) == reading
    plain["pages"][0]["blocks"][0][2] = 10**9
    with pytest.raises(ValueError, match="outside"):
        from_plain(plain)
