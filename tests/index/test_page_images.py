"""Page images: the quotation's boxes stand where its words are drawn, at any rotation."""

from __future__ import annotations

import threading
from io import BytesIO
from pathlib import Path

import pytest
from file_makers import BODY, HEIGHT, WIDTH, info, interleaved_pdf, lines_pdf, rotated_pdf, rows, story_pdf, table_story
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader, PdfWriter
from reportlab.platypus import Paragraph

from index.errors import UnreadableDocument
from index.page_files import Box
from index.page_images import locate, render
from index.quote_places import find_quote
from index.reading import read_document

LINES = ["Le solde est dû le 14 décembre.", "Rien ici ne ressemble au reste.", "Le solde est dû le 14 décembre."]


def is_dark(path: Path, box: Box, page: int = 1) -> bool:
    """Whether something is drawn inside the box of the page's picture."""
    image = Image.open(BytesIO(render(path, page, 2))).convert("L")
    place = (box.left * image.width, box.top * image.height, box.right * image.width, box.bottom * image.height)
    return min(image.crop(tuple(round(edge) for edge in place)).tobytes()) < 128


def test_a_page_is_drawn_at_the_scale_asked(tmp_path: Path) -> None:
    path = lines_pdf(tmp_path / "a.pdf", [LINES, ["Fin."]])
    image = Image.open(BytesIO(render(path, 1, 2)))
    assert image.size == (round(WIDTH * 2), round(HEIGHT * 2)) or abs(image.width - WIDTH * 2) < 2


def test_giant_page_is_drawn_smaller(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(14_000, 14_000))
    canvas.drawString(100, 100, "Grand.")
    canvas.save()
    image = Image.open(BytesIO(render(tmp_path / "a.pdf", 1, 2)))
    assert image.width * image.height < 25_000_000


def test_box_of_a_line(tmp_path: Path) -> None:
    path = lines_pdf(tmp_path / "a.pdf", [LINES])
    (box,) = locate(path, 1, LINES[1])
    assert box.left == pytest.approx(72 / WIDTH, abs=0.01)
    assert box.bottom == pytest.approx((120 + 14) / HEIGHT, abs=0.01)
    assert is_dark(path, box)


def test_expected_start_chooses_between_occurrences(tmp_path: Path) -> None:
    path = lines_pdf(tmp_path / "a.pdf", [LINES])
    (first,), (last,) = locate(path, 1, LINES[0], 0), locate(path, 1, LINES[0], 64)
    assert first.top < last.top


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_boxes_follow_the_rotation(tmp_path: Path, degrees: int) -> None:
    path = rotated_pdf(tmp_path / "b.pdf", lines_pdf(tmp_path / "a.pdf", [["Un seul mot ici."]]), degrees)
    (box,) = locate(path, 1, "seul mot")
    assert is_dark(path, box)
    assert (box.bottom - box.top > box.right - box.left) == (degrees != 180)


def test_boxes_follow_the_crop_box(tmp_path: Path) -> None:
    writer = PdfWriter()
    page = PdfReader(lines_pdf(tmp_path / "a.pdf", [["Un seul mot ici."]])).pages[0]
    page.cropbox.lower_left, page.cropbox.upper_right = (50, 500), (400, 800)
    writer.add_page(page)
    writer.write(tmp_path / "b.pdf")
    (box,) = locate(tmp_path / "b.pdf", 1, "seul mot")
    assert is_dark(tmp_path / "b.pdf", box)
    assert box.top == pytest.approx((800 - (HEIGHT - 120)) / 300, abs=0.05)


def test_a_row_is_found_cell_by_cell(tmp_path: Path) -> None:
    cells = [["Couloir", "Jalon", "Date"]] + [
        [f"Couloir {n} au nom qui passe à la ligne", "Solde", "14/12/2023"] for n in range(9)
    ]
    path = story_pdf(tmp_path / "a.pdf", [table_story(cells, widths=[90, 90, 90], ruled=True)])
    (page,) = read_document(path, info(path)).pages
    row = page.blocks[5]
    boxes = locate(path, 1, page.text[row.start : row.end], row.start)
    assert len(boxes) >= 3
    assert max(box.bottom for box in boxes) - min(box.top for box in boxes) < 0.06
    assert len(rows(read_document(path, info(path)))) == 9


def test_every_sentence_read_is_found_again(tmp_path: Path) -> None:
    text = "L’éditeur dépose « sa demande » d’avance, puis de solde ; les chirurgiens-dentistes aussi, en 2024-2025."
    path = story_pdf(tmp_path / "a.pdf", [Paragraph(f"{n}. {text}", BODY) for n in range(20)])
    (page,) = read_document(path, info(path)).pages
    for block in page.blocks:
        boxes = locate(path, 1, page.text[block.start : block.end], block.start)
        assert boxes
        assert is_dark(path, boxes[0])


def test_a_sentence_of_columns_drawn_line_by_line_is_found(tmp_path: Path) -> None:
    left = [f"colonne de gauche, ligne {n} jusqu'au bord" for n in range(10)]
    right = [f"puis la droite, numéro {n} jusqu'au bord" for n in range(10)]
    path = interleaved_pdf(tmp_path / "a.pdf", left, right)
    boxes = locate(path, 1, " ".join(left[2:4]))
    assert len(boxes) == 2
    assert all(box.right < 0.55 for box in boxes)


def test_what_is_not_there_is_not_found(tmp_path: Path) -> None:
    path = lines_pdf(tmp_path / "a.pdf", [LINES])
    assert locate(path, 1, "La prestation est finalisée au 20 septembre.") == ()
    assert locate(path, 1, "zéro | un | deux") == ()
    assert locate(path, 1, "  ") == ()


def test_a_page_that_does_not_exist_and_a_damaged_file(tmp_path: Path) -> None:
    path = lines_pdf(tmp_path / "a.pdf", [LINES])
    with pytest.raises(UnreadableDocument, match="page 2"):
        render(path, 2, 1)
    (tmp_path / "b.pdf").write_bytes(b"rien")
    with pytest.raises(UnreadableDocument, match="abîmé"):
        render(tmp_path / "b.pdf", 1, 1)


def test_threads_do_not_meet_in_pdfium(tmp_path: Path) -> None:
    path = lines_pdf(tmp_path / "a.pdf", [LINES] * 3)
    found: list[int] = []

    def work() -> None:
        found.extend(len(locate(path, page, LINES[1])) for page in (1, 2, 3) * 4 if render(path, page, 0.2))

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1] * 72


@settings(max_examples=100, deadline=None)
@given(st.text("aéÉœﬁ' ’«»-\n\u00ad12,.", min_size=1, max_size=60), st.data())
def test_a_slice_of_the_text_is_found_where_it_is(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found = find_quote(text, text[start:end], start)
    wanted = [c for c in text[start:end] if not c.isspace() and c not in "-\u00ad"]
    assert bool(found) == bool(wanted)
    if found:
        ((first, last),) = found
        assert start <= first < last <= end or text[first:last] in text
