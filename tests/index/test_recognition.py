"""Scanned pages: read with tesseract where it is installed with French, reported where it is not."""

from __future__ import annotations

import io
import threading
import time
from pathlib import Path

import pytest
from file_makers import image_pdf, info, lines_pdf
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from index import recognition
from index.corpus_reading import read_corpus_document
from index.errors import UnreadableDocument
from index.isolation import IsolatedReader
from index.page_images import render
from index.recognition import identity, recognise, with_scans_read

LINES = [
    "Le dépôt des demandes de solde",
    "est clos le 14 décembre 2023 à 14 h.",
    "Les pièces sont à envoyer au guichet.",
]
needs_engine = pytest.mark.skipif(not identity(), reason="tesseract with French is not installed")


def scanned_pdf(path: Path, lines: list[str]) -> Path:
    """A page of text, then a page as a scanner makes it: only a picture."""
    picture = render(lines_pdf(path.with_name("source.pdf"), [lines]), 1, 200 / 72)
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawString(72, 700, "Une première page avec du texte.")
    canvas.showPage()
    canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, 0, *A4)
    canvas.save()
    return path


def png(picture: Image.Image) -> bytes:
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


@needs_engine
def test_a_scanned_page_is_read_and_its_confidence_is_shown(tmp_path: Path) -> None:
    path = scanned_pdf(tmp_path / "a.pdf", LINES)
    with IsolatedReader() as reader:
        document = read_corpus_document(reader, path, info(path), "hash")
    first, second = document.pages
    assert first.text == "Une première page avec du texte."
    assert second.number == 2
    assert "est clos le 14 décembre 2023" in second.text.replace("\n", " ")
    assert all(0 <= block.start < block.end <= len(second.text) for block in second.blocks)
    (warning,) = document.warnings
    assert warning.startswith("page 2 : image numérisée, lue par reconnaissance de caractères (confiance ")
    assert int(warning.partition("confiance ")[2].partition(" %")[0]) > 70


@needs_engine
def test_an_empty_picture_and_noise_give_no_text(tmp_path: Path) -> None:
    assert recognise(png(Image.new("L", (400, 300), 255))).paragraphs == ()
    path = image_pdf(tmp_path / "a.pdf", words="Un texte.")
    with IsolatedReader() as reader:
        document = read_corpus_document(reader, path, info(path), "hash")
    assert document.pages[1].text == ""
    assert document.warnings == ("page 2 : image sans texte reconnu",)


def test_without_an_engine_the_page_is_reported_with_the_remedy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert identity() == ""
    path = image_pdf(tmp_path / "a.pdf", words="Un texte.")
    with IsolatedReader() as reader:
        document = read_corpus_document(reader, path, info(path), "hash")
    (warning,) = document.warnings
    assert warning.startswith("page 2 : aucun texte, image numérisée ?")
    assert "tesseract-ocr-fra" in warning


def test_an_engine_that_hangs_or_writes_nonsense_is_survived(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "tesseract"
    program.write_text(
        '#!/bin/sh\ncase "$1" in --list-langs) echo fra;; --version) echo fake 1;; *) cat > /dev/null; echo x;; esac\n'
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert identity() == "fake 1"
    assert recognise(b"picture") == recognition.Recognised((), 0.0)
    program.write_text(
        '#!/bin/sh\ncase "$1" in --list-langs) echo fra;; --version) echo fake 1;; *) exec sleep 60;; esac\n'
    )
    monkeypatch.setattr(recognition, "_PAGE_S", 0.3)
    path = image_pdf(tmp_path / "a.pdf", words="Un texte.")
    with IsolatedReader() as reader:
        document = reader.read(path, info(path))
        assert "non lue" in with_scans_read(document, path, reader).warnings[0]


@pytest.mark.parametrize("script", ["#!/bin/sh\nexec sleep 60\n", "not a program"])
def test_an_engine_that_does_not_even_tell_its_languages_is_none_and_the_report_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    program = tmp_path / "tesseract"
    program.write_text(script)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(recognition, "_ENGINE_S", 0.3)
    assert identity() == ""
    path = image_pdf(tmp_path / "a.pdf", words="Un texte.")
    with IsolatedReader() as reader:
        document = read_corpus_document(reader, path, info(path), "hash")
    assert document.warnings == (
        "page 2 : image numérisée, non lue : tesseract est installé et ne répond pas ; réinstallez-le",
    )


def test_a_reader_that_is_stopped_kills_the_engine_and_reads_nothing_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program, numbers = tmp_path / "tesseract", tmp_path / "numbers"
    numbers.mkdir()  # folders in it name the processes: the engine may write no file
    program.write_text(
        f'#!/bin/sh\ncase "$1" in --list-langs) echo fra;; --version) echo fake 1;; '
        f"*) mkdir {numbers}/$$; exec sleep 60;; esac\n"
    )
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    path = image_pdf(tmp_path / "a.pdf", words="Un texte.")
    with IsolatedReader() as reader:
        document = reader.read(path, info(path))

        def stop() -> None:
            while not list(numbers.iterdir()):
                time.sleep(0.02)
            reader.stop()

        stopping = threading.Thread(target=stop, daemon=True)
        stopping.start()
        began = time.monotonic()
        with pytest.raises(UnreadableDocument, match="arrêtée"):
            with_scans_read(document, path, reader)
        assert time.monotonic() - began < 30
        stopping.join()
        assert not Path(f"/proc/{next(numbers.iterdir()).name}").exists()
        with pytest.raises(UnreadableDocument, match="arrêtée"):
            reader.read(path, info(path))
