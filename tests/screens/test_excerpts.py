from hypothesis import given, settings
from hypothesis import strategies as st
from screens.fake_assistant import GUIDE, PAGES, frame, row, span

from assistant.excerpts import excerpt, headings_above, whole_page
from index.records import Page, Span


def quoted(found):
    return "".join(piece.text for line in found.lines for piece in line.pieces if piece.is_quoted)


def test_a_sentence_is_marked_among_its_neighbours_under_its_headings():
    found = excerpt(PAGES[GUIDE.id], span("guide", "Elle commence en septembre."))
    assert found is not None
    assert found.headings == ("Qui est concerné",)
    assert quoted(found) == "Elle commence en septembre."
    kinds = [line.kind for line in found.lines]
    assert "item" in kinds


def test_about_six_hundred_characters_surround_a_quotation():
    found = excerpt(PAGES["page-2022"], span("page-2022", "Le solde des écoles primaires est clos le 28 avril 2023."))
    around = sum(len(piece.text) for line in found.lines for piece in line.pieces if not piece.is_quoted)
    assert 250 <= around <= 620


def test_a_row_is_shown_under_its_headers_with_its_neighbours():
    own, _ = row("fiche-vague-1", "Écoles primaires")
    found = excerpt(PAGES["fiche-vague-1"], own)
    assert found.columns == ("Couloir", "Date limite du solde", "Heure")
    assert [(r.cells[0], r.is_quoted) for r in found.rows] == [
        ("Écoles maternelles", False),
        ("Écoles primaires", True),
        ("Collèges", False),
    ]
    assert found.headings == ("Vague 1 : calendrier des demandes", "Solde")


def test_a_changed_document_gives_no_excerpt():
    assert excerpt(PAGES["guide"], Span(2, 0, 5, "autre")) is None
    assert excerpt(PAGES["guide"], Span(9, 0, 5, "autre")) is None


def test_headings_are_those_above_by_level():
    page = frame(None, "# A", "## B", "x", "## C", "y")
    assert headings_above(page, page.text.index("y")) == ("A", "C")


def test_a_page_without_blocks_is_one_paragraph():
    found = excerpt((Page(None, "un deux trois", ()),), Span(None, 3, 7, "deux"))
    assert quoted(found) == "deux"


def test_a_quotation_of_signs_alone_is_marked_where_the_page_is_cut():
    text = f"{'a' * 31}? {'b' * 40}"
    found = excerpt((Page(None, text, ()),), Span(None, 31, 32, "?"), around_chars=20)
    assert quoted(found) == "?"


@settings(max_examples=50, deadline=None)
@given(st.text(min_size=1, max_size=200), st.data())
def test_the_marked_words_are_the_quotation_whatever_it_is(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    page = Page(None, text, ())
    own = Span(None, start, end, text[start:end])
    found = excerpt((page,), own, around_chars=20)
    assert found is not None
    if text[start:end].strip():
        assert quoted(found) == text[start:end]
    assert all(line.pieces for line in whole_page(page, own))


def test_a_table_read_whole_has_its_headers_once():
    lines = [line for line in whole_page(PAGES["fiche-vague-1"][0]) if line.kind == "row"]
    assert [line.is_header for line in lines] == [True, False, False, False]
    page = PAGES["fiche-vague-1"][0]
    bare = Page(
        None, page.text, tuple(block for block in page.blocks if not (block.cells and block.cells == block.headers))
    )
    again = [line for line in whole_page(bare) if line.kind == "row"]
    assert next([piece.text for piece in line.pieces] for line in again) == ["Couloir", "Date limite du solde", "Heure"]
    assert [line.is_header for line in again] == [True, False, False, False]
