"""Quotations on drawn pages, whatever the fonts, columns, rotation, ligatures and hyphens at line ends: the boxes hold
exactly the quotation's words, be it a sentence, a few words or the row of a table."""

from __future__ import annotations

import tempfile
from pathlib import Path

from file_makers import info
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pdf_layouts import FONTS, Layout, draw, letters_in, plain

from index.page_images import locate
from index.reading import read_document
from index.records import Block, Page, Span

TEXT = (
    "vague officine efficace chiffre affilié conflit établissements informatisation chirurgiens-dentistes l’éditeur "
    "d'avance référencement œuvre (LGC) 14 h 30/11/2022 2 307 « solde » médico-social souffrance différents À façon"
)
SENTENCES = st.lists(st.sampled_from(TEXT.split(" ")), min_size=6, max_size=30).map(" ".join).map("Le {}.".format)
CELLS = SENTENCES.map(lambda text: text[:25].strip())
ONE_COLUMN = st.builds(
    Layout,
    st.sampled_from(FONTS[:3]),
    st.sampled_from([9, 11]),
    degrees=st.sampled_from([0, 90, 180, 270]),
    is_hyphenated=st.booleans(),
)
TWO_COLUMNS = st.builds(
    Layout,
    st.sampled_from(["Times-Roman", "Helvetica", "Noto"]),
    st.just(8.5),
    columns=st.just(2),
    degrees=st.sampled_from([0, 90]),
    is_justified=st.booleans(),
    is_hyphenated=st.booleans(),
)
LIGATURES = st.builds(Layout, st.just("Noto"), has_ligatures=st.just(True))


@given(
    ONE_COLUMN | TWO_COLUMNS | LIGATURES,
    st.lists(SENTENCES, min_size=4, max_size=30),
    st.lists(CELLS, min_size=6, max_size=12, unique=True),
    st.data(),
)
@settings(
    max_examples=40,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # shrinking would draw hundreds of files
)
def test_the_boxes_of_a_quotation_hold_exactly_its_words(
    layout: Layout, sentences: list[str], cells: list[str], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = draw(Path(folder) / "a.pdf", [written(sentences, cells)], layout)
        for page in read_document(path, info(path)).pages:
            for block in data.draw(st.lists(st.sampled_from(page.blocks), min_size=1, max_size=4)):
                assert_marked(path, page, block.start, block.end)
            prose = [block for block in page.blocks if block.kind == "paragraph"]
            if prose:
                block = data.draw(st.sampled_from(prose))
                words = page.text[block.start : block.end].split(" ")
                first = data.draw(st.integers(0, max(0, len(words) - 5)))
                start = block.start + len(" ".join(words[:first])) + bool(first)
                assert_marked(path, page, start, start + len(" ".join(words[first : first + 5])))


def written(sentences: list[str], cells: list[str]) -> Page:
    """A page of paragraphs and, in their middle, a table of three columns."""
    headers = tuple(Span(None, 0, 0, name) for name in ("Outil", "Jalon", "Date"))
    rows = [tuple(Span(None, 0, 0, cell) for cell in cells[at : at + 3]) for at in range(0, len(cells) - 2, 3)]
    text, paragraphs = "", []
    for sentence in sentences:
        paragraphs.append(Block("paragraph", len(text), len(text) + len(sentence)))
        text += sentence + "\n\n"
    middle = len(paragraphs) // 2
    table = [Block("row", 0, 0, 0, row, headers) for row in rows]
    return Page(None, text, (*paragraphs[:middle], *table, *paragraphs[middle:]))


def assert_marked(path: Path, page: Page, start: int, end: int) -> None:
    quote = page.text[start:end]
    assert page.number is not None
    marked = letters_in(path, page.number, locate(path, page.number, quote, start))
    assert in_order(marked, quote) == in_order(plain(quote), quote), quote


def in_order(letters: str, quote: str) -> str:
    """The letters; those of a row sorted, as PDFium gives cells of several lines line by line."""
    return "".join(sorted(letters.replace("|", ""))) if " | " in quote else letters
