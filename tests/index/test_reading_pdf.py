"""PDF: running text, compounds, columns, tables over pages, running headers."""

from __future__ import annotations

from pathlib import Path

import pytest
from file_makers import (
    BODY,
    SECTION,
    TITLE,
    columns_pdf,
    info,
    interleaved_pdf,
    lines_pdf,
    rows,
    story_pdf,
    table_story,
    texts,
)
from reportlab.platypus import PageBreak, Paragraph

from index.line_joining import Joiner
from index.reading import read_document
from index.reading_pdf import is_glued
from index.records import Document, Page

SENTENCES = (
    "Les communes déposent leur demande d’avance sur le portail ; l’élue référente la signe « au plus vite ». "
    "Le service répond sous trente jours et verse l’avance à l’entreprise retenue."
)


def read(path: Path) -> Document:
    return read_document(path, info(path))


def only_page(path: Path) -> Page:
    (page,) = read(path).pages
    return page


def test_lines_of_a_paragraph_are_joined_and_paragraphs_parted(tmp_path: Path) -> None:
    story = [
        Paragraph("Le guide", TITLE),
        Paragraph("L’avance", SECTION),
        Paragraph(SENTENCES, BODY),
        Paragraph(SENTENCES, BODY),
    ]
    page = only_page(story_pdf(tmp_path / "a.pdf", story))
    assert texts(page, "heading") == ["Le guide", "L’avance"]
    assert [block.level for block in page.blocks if block.kind == "heading"] == [1, 2]
    assert texts(page, "paragraph") == [SENTENCES, SENTENCES]


def test_ligatures_soft_hyphens_and_bullets(tmp_path: Path) -> None:
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    fonts = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    if not fonts.exists():
        pytest.skip("no font with ligatures")
    pdfmetrics.registerFont(TTFont("WithLigatures", str(fonts)))
    canvas = Canvas(str(tmp_path / "a.pdf"))
    canvas.setFont("WithLigatures", 11)
    canvas.drawString(72, 700, "Le co\ufb03nancement est e\ufb00ecti\ufb01é, l’o\ufb03cine aussi.")
    canvas.drawString(72, 660, "• un point")
    canvas.drawString(72, 646, "• un autre point")
    canvas.save()
    page = only_page(tmp_path / "a.pdf")
    assert texts(page, "paragraph") == ["Le cofﬁnancement est effectifié, l’officine aussi.".replace("fﬁ", "ffi")]
    assert texts(page, "item") == ["- un point", "- un autre point"]


def test_words_cut_at_line_ends_are_joined_and_compounds_kept(tmp_path: Path) -> None:
    lines = [
        "Les chirurgiens-dentistes sont concernés comme le sont toutes les instal-",
        "lations de la vallée. L'installation est gratuite pour les chirurgiens-",
        "dentistes, pour les porte-",
        "paroles et peut-",
        "être pour les médico-",
        "sociaux du pays.",
    ]
    text = only_page(lines_pdf(tmp_path / "a.pdf", [lines])).text.replace("\n\n", " ")
    for word in (
        "toutes les installations",
        "chirurgiens-dentistes, pour",
        "porte-paroles",
        "peut-être",
        "médico-sociaux",
    ):
        assert word in text


@pytest.mark.parametrize(
    ("lines", "words", "joined"),
    [
        (["le référen-", "cement"], [], "le référencement"),
        (["les sages-", "femmes"], [], "les sages-femmes"),
        (["l'anti-", "douleur"], ["antidouleur"], "l'antidouleur"),
        (["l'anti-", "douleur"], ["anti-douleur"], "l'anti-douleur"),
        (["le plan SUN-", "ES"], [], "le plan SUN-ES"),
        (["de 2024-", "2025"], [], "de 2024-2025"),
        (["a-t-", "elle dit"], [], "a-t-elle dit"),
        (["un tiret -", "suivi"], [], "un tiret - suivi"),
        (["insti\u00ad", "tution"], [], "institution"),
    ],
)
def test_hyphens_at_line_ends(lines: list[str], words: list[str], joined: str) -> None:
    assert Joiner(words).join(lines) == joined


def test_columns_drawn_one_after_the_other(tmp_path: Path) -> None:
    story = [Paragraph(f"Récit numéro {n}. {SENTENCES} {SENTENCES}", BODY) for n in range(10)]
    page = only_page(columns_pdf(tmp_path / "a.pdf", story))
    assert texts(page, "row") == []
    order = [page.text.index(f"Récit numéro {n}.") for n in range(10)]
    assert order == sorted(order)
    assert f"Récit numéro 3. {SENTENCES} {SENTENCES}" in page.text


def test_columns_drawn_line_by_line(tmp_path: Path) -> None:
    left = [f"gauche {n} avec des mots qui vont jusqu'au bord" for n in range(12)]
    right = [f"droite {n} avec des mots qui vont jusqu'au bord" for n in range(12)]
    text = only_page(interleaved_pdf(tmp_path / "a.pdf", left, right)).text
    assert text.index("gauche 11") < text.index("droite 0")


TABLE = [["Couloir", "Jalon", "Date limite"]] + [
    [f"Couloir {n} dont le nom est long et passe à la ligne", "Solde", f"{n % 28 + 1}/12/2023"] for n in range(45)
]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("repeat", [0, 1])
def test_table_over_two_pages(tmp_path: Path, ruled: bool, repeat: int) -> None:
    story = [
        Paragraph(SENTENCES, BODY),
        table_story(TABLE, widths=[170, 90, 100], ruled=ruled, repeat=repeat),
        Paragraph(SENTENCES, BODY),
    ]
    document = read(story_pdf(tmp_path / "a.pdf", story, header="Guide de la vallée", footer="Page {page}"))
    assert len(document.pages) > 1
    assert rows(document) == [dict(zip(TABLE[0], row, strict=True)) for row in TABLE[1:]]
    paragraphs = [text for page in document.pages for text in texts(page, "paragraph")]
    assert paragraphs == [SENTENCES, SENTENCES]
    last = document.pages[1].blocks[0]
    assert last.kind == "row"
    assert last.headers[0] is not None
    assert last.headers[0].page == (2 if repeat and ruled else 1)


def test_another_table_on_the_next_page_keeps_its_own_names(tmp_path: Path) -> None:
    other = [["Poste", "Payé par", "Part"], ["Pose", "région", "80 %"], ["Entretien", "commune", "20 %"]]
    story = [
        table_story(TABLE[:4], widths=[170, 90, 100], ruled=True),
        PageBreak(),
        table_story(other, widths=[170, 90, 100], ruled=True),
    ]
    assert rows(read(story_pdf(tmp_path / "a.pdf", story)))[-1] == {
        "Poste": "Entretien",
        "Payé par": "commune",
        "Part": "20 %",
    }


def test_cell_merged_downwards_counts_for_each_row(tmp_path: Path) -> None:
    from reportlab.lib import colors
    from reportlab.platypus import Table

    cells = [
        ["Couloir", "Jalon", "Date"],
        ["Hôpital", "Avance", "30/11/2022"],
        ["", "Solde", "14/12/2023"],
        ["Officine", "Solde", "28/04/2023"],
    ]
    table = Table(
        cells,
        style=[
            ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
            ("SPAN", (0, 1), (0, 2)),
            ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ],
    )
    found = rows(read(story_pdf(tmp_path / "a.pdf", [table])))
    assert found[1] == {"Couloir": "Hôpital", "Jalon": "Solde", "Date": "14/12/2023"}
    assert found[2]["Couloir"] == "Officine"


def test_prose_and_lists_are_no_tables(tmp_path: Path) -> None:
    points = [
        Paragraph(
            f"{mark} un point assez long pour passer à la ligne suivante quand la page est étroite comme ici",
            BODY,
        )
        for mark in "•••"
    ]
    story = [Paragraph(SENTENCES, BODY), *points, Paragraph("Contact : service des mobilités", BODY)]
    document = read(story_pdf(tmp_path / "a.pdf", story))
    assert rows(document) == []
    assert len(texts(document.pages[0], "item")) == 3


def test_running_headers_and_page_numbers_are_left_out(tmp_path: Path) -> None:
    story = [part for n in range(4) for part in (Paragraph(f"Partie {n}. {SENTENCES}", BODY), PageBreak())]
    document = read(story_pdf(tmp_path / "a.pdf", story, header="Guide de la vallée – 2024", footer="{page} / 4"))
    assert all("Guide de la vallée" not in page.text and "/ 4" not in page.text for page in document.pages)
    assert {left.text for left in document.left_out} >= {"Guide de la vallée – 2024", "2 / 4"}
    assert [texts(page, "paragraph") for page in document.pages] == [[f"Partie {n}. {SENTENCES}"] for n in range(4)]


def test_rows_that_differ_by_their_figures_are_no_running_header(tmp_path: Path) -> None:
    pages = [[f"{page}{row} mars : clôture du lot {row}" for row in range(40)] for page in (1, 2)]
    document = read(lines_pdf(tmp_path / "a.pdf", pages, step=16))
    assert document.left_out == ()


def test_contents_with_leaders_are_left_out(tmp_path: Path) -> None:
    document = read(
        lines_pdf(tmp_path / "a.pdf", [["Le solde ................ 4", "L'avance ................ 6"], [SENTENCES]])
    )
    assert [left.reason for left in document.left_out] == ["sommaire", "sommaire"]


def test_glued_words_are_told() -> None:
    assert is_glued("MesdamesetMessieurslesMembresduConseilmunicipaldelacommunedelavalléedelarivière" * 3)
    assert not is_glued(SENTENCES * 3)
    assert not is_glued("Trop court")
