"""Reading as a whole: what is refused and why, and what always holds of a document that was read."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from file_makers import (
    bomb_docx,
    calendar_xlsx,
    encrypted_pdf,
    image_pdf,
    info,
    lines_pdf,
    merged_docx,
    rotated_pdf,
    slides_pptx,
    with_part,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import UnreadableDocument
from index.frames import compose
from index.parts import Cell, Part, Prose, Table, spread
from index.reading import SUFFIXES, content_hash, read_document
from index.records import Document, Page


def assert_sound(document: Document) -> None:
    """Blocks in order, without overlap; every span quotes its frame exactly; NFC."""
    frames = {page.number: page.text for page in document.pages}
    for page in document.pages:
        assert unicodedata.is_normalized("NFC", page.text)
        assert "\r" not in page.text
        assert_blocks_sound(page, frames)


def assert_blocks_sound(page: Page, frames: dict[int | None, str]) -> None:
    end = 0
    for block in page.blocks:
        assert end <= block.start < block.end <= len(page.text)
        assert page.text[block.start : block.end].strip() == page.text[block.start : block.end]
        assert len(block.cells) == len(block.headers)
        for span in (*block.cells, *(header for header in block.headers if header)):
            assert frames[span.page][span.start : span.end] == span.quote
        end = block.end


def refusal(path: Path) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(path, info(path))
    assert caught.value.path == path.name
    return caught.value.reason


def test_suffixes_are_those_of_the_contract() -> None:
    assert {".pdf", ".md", ".html", ".docx", ".pptx", ".xlsx", ".txt"} <= SUFFIXES


def test_every_format_gives_sound_documents(tmp_path: Path) -> None:
    markdown, html, text = tmp_path / "a.md", tmp_path / "a.html", tmp_path / "a.txt"
    markdown.write_text("# Titre\n\nUn *mot*.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", "utf-8")
    html.write_text("<html><body><h1>Titre</h1><p>Un paragraphe assez long pour compter.</p></body></html>", "utf-8")
    text.write_text("Titre\n\nUn paragraphe de\u0301compose\u0301.\r\n\r\n- un\r\n- deux\r\n", "utf-8")
    made = [
        lines_pdf(tmp_path / "a.pdf", [["Une ligne.", "Une autre ligne."]]),
        merged_docx(tmp_path / "a.docx"),
        calendar_xlsx(tmp_path / "a.xlsx"),
        slides_pptx(tmp_path / "a.pptx"),
    ]
    for path in [markdown, html, text, *made]:
        document = read_document(path, info(path))
        assert_sound(document)
        assert any(page.blocks for page in document.pages), path.name


def test_empty_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "vide.pdf").touch()
    assert "vide" in refusal(tmp_path / "vide.pdf")
    (tmp_path / "blanc.txt").write_text(" \n\n ", "utf-8")
    assert "aucun texte" in refusal(tmp_path / "blanc.txt")


def test_encrypted_pdf_is_refused_with_the_remedy(tmp_path: Path) -> None:
    source = lines_pdf(tmp_path / "source.pdf", [["Secret."]])
    assert "mot de passe" in refusal(encrypted_pdf(tmp_path / "a.pdf", source, "secret"))


def test_pdf_locked_without_a_password_is_read(tmp_path: Path) -> None:
    source = lines_pdf(tmp_path / "source.pdf", [["Lisible par tous."]])
    path = encrypted_pdf(tmp_path / "a.pdf", source, "")
    assert read_document(path, info(path)).pages[0].text == "Lisible par tous."


def test_truncated_files_are_refused(tmp_path: Path) -> None:
    for source in (lines_pdf(tmp_path / "source.pdf", [["a" * 60] * 40]), merged_docx(tmp_path / "source.docx")):
        cut = tmp_path / f"cut{source.suffix}"
        content = source.read_bytes()
        cut.write_bytes(content[: len(content) // 2])
        reason = refusal(cut)
        assert "tronqué" in reason or "abîmé" in reason
        assert reason.endswith(".")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.docx", b"%PDF-1.7\n%%EOF", "PDF"),
        ("a.pdf", b"du texte tout simple, sans rien d'autre", "texte"),
        ("a.txt", b"<!DOCTYPE html><html><body>x</body></html>", "HTML"),
        ("a.pdf", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "image"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18, "ZIP"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 50, "mot de passe"),
        ("a.md", bytes(range(256)) * 4, "binaire"),
        ("a.odt", b"x", "n'est pas lu"),
    ],
)
def test_mislabelled_files_are_refused(tmp_path: Path, name: str, content: bytes, told: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert told in refusal(path)


def test_a_word_file_named_as_a_workbook_is_refused(tmp_path: Path) -> None:
    path = merged_docx(tmp_path / "a.docx").rename(tmp_path / "a.xlsx")
    assert ".docx" in refusal(path)


def test_enormous_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as stream:
        stream.truncate(101 * 2**20)
    assert "101 Mo" in refusal(path)


def test_zip_bomb_is_refused(tmp_path: Path) -> None:
    path = bomb_docx(tmp_path / "a.docx")
    assert path.stat().st_size < 2**20
    assert "300 Mo" in refusal(path)


def test_office_file_with_entities_or_paths_outside_is_refused(tmp_path: Path) -> None:
    source = merged_docx(tmp_path / "source.docx")
    laughs = b'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a "ha">]><d>&a;</d>'
    assert "entités" in refusal(with_part(tmp_path / "a.docx", source, "word/document.xml", laughs))
    assert "chemins" in refusal(with_part(tmp_path / "b.docx", source, "../../evil.xml", b"<a/>"))


def test_links_and_names_beyond_reason_are_refused(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("Du texte.", "utf-8")
    link = tmp_path / "lien.txt"
    link.symlink_to(target)
    assert "lien" in refusal(link)
    long = tmp_path / ("é" * 122 + ".txt")
    long.write_text("Du texte.", "utf-8")
    assert "trop long" in refusal(long)
    broken = tmp_path / "a\nb.txt"
    broken.write_text("Du texte.", "utf-8")
    assert "retour à la ligne" in refusal(broken)


def test_page_without_text_is_reported(tmp_path: Path) -> None:
    path = image_pdf(tmp_path / "a.pdf", words="Une page de texte.")
    document = read_document(path, info(path))
    assert document.warnings == ("page 2 : aucun texte, image numérisée ?",)
    assert [page.number for page in document.pages] == [1, 2]
    scanned = image_pdf(tmp_path / "b.pdf")
    assert read_document(scanned, info(scanned)).warnings == ("page 1 : aucun texte, image numérisée ?",)


def test_rotated_pages_read_the_same(tmp_path: Path) -> None:
    source = lines_pdf(
        tmp_path / "source.pdf", [["Le solde est versé après la prestation.", "L'avance est facultative."]]
    )
    expected = read_document(source, info(source)).pages[0].text
    for degrees in (90, 180, 270):
        path = rotated_pdf(tmp_path / f"{degrees}.pdf", source, degrees)
        assert read_document(path, info(path)).pages[0].text == expected


def test_hash_changes_with_the_bytes_and_with_what_is_known(tmp_path: Path) -> None:
    one, two = info(tmp_path / "a.txt"), info(tmp_path / "b.txt")
    assert content_hash(b"x", one) == content_hash(b"x", one)
    assert len({content_hash(b"x", one), content_hash(b"y", one), content_hash(b"x", two)}) == 3


words = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
proses: st.SearchStrategy[Part] = st.builds(
    Prose, st.sampled_from(["heading", "paragraph", "item"]), words, st.integers(1, 6), st.booleans()
)
spans = st.tuples(words, st.integers(1, 3), st.integers(1, 3))
tables: st.SearchStrategy[Part] = st.builds(
    lambda rows, header_rows: spread(rows, header_rows=header_rows),
    st.lists(st.lists(spans, min_size=1, max_size=4), min_size=1, max_size=4),
    st.integers(0, 2),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(proses | tables, max_size=8))
def test_frames_are_sound_whatever_the_parts(parts: list[Part]) -> None:
    page = compose(3, parts)
    assert unicodedata.is_normalized("NFC", page.text)
    assert_blocks_sound(page, {3: page.text})


def test_a_cell_merged_downwards_points_to_where_it_stands() -> None:
    rows = [[("Couloir", 1, 1), ("Date", 1, 1)], [("Hôpital", 2, 1), ("14/12", 1, 1)], [("15/12", 1, 1)]]
    page = compose(None, [spread(rows, header_rows=1)])
    first, second = page.blocks
    assert second.cells[0] == first.cells[0]
    assert second.cells[0].end <= second.start
    assert page.text[second.start : second.end] == "15/12"
    assert [header.quote for header in second.headers if header] == ["Couloir", "Date"]


def test_a_row_merged_across_heads_the_rows_beneath() -> None:
    rows = [[("A", 1, 1), ("B", 1, 1)], [("Ville", 1, 2)], [("x", 1, 1), ("y", 1, 1)]]
    page = compose(None, [spread(rows, header_rows=1)])
    (block,) = page.blocks
    assert [cell.quote for cell in block.cells] == ["Ville", "x", "y"]
    assert block.headers[0] is None


def test_two_rows_of_names_become_one() -> None:
    rows = [
        [("Couloir", 2, 1), ("Dates", 1, 2)],
        [("Avance", 1, 1), ("Solde", 1, 1)],
        [("h", 1, 1), ("1", 1, 1), ("2", 1, 1)],
    ]
    page = compose(None, [spread(rows, header_rows=2)])
    assert [header.quote for header in page.blocks[0].headers if header] == [
        "Couloir",
        "Dates – Avance",
        "Dates – Solde",
    ]


def test_a_table_without_rows_beneath_its_names_is_kept() -> None:
    page = compose(None, [Table(((Cell("seule", 0, 0), Cell("ligne", 0, 1)),))])
    assert page.text == "seule | ligne"
    assert len(page.blocks) == 1
