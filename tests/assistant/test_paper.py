"""Answers and pages as PDF: the words can be selected, the fonts are embedded, hostile text is only text."""

from __future__ import annotations

from datetime import date
from io import BytesIO

from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from screens.fake_assistant import DEADLINES, EVIL, HOSTILE, VOCABULARY, FakeAssistant, FakeIndex
from starlette.testclient import TestClient

from assistant import dues, paper_answer, paper_scope
from assistant.dues import Asked
from assistant.paper import MISSING, Line, to_pdf
from assistant.routes import create_site
from assistant.scope_markup import filter_of
from assistant.scopes import matrix
from assistant.screens import wording
from assistant.settings import load_settings

FRENCH = "L’échéance du « solde » : 14 décembre 2023, 14 h – œuvre, ÇA, Noël, 1 200 €… ✓ → ≥"
TODAY = date(2024, 1, 2)


def words(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


def links(pdf: bytes) -> list[str]:
    notes = [note.get_object() for page in PdfReader(BytesIO(pdf)).pages for note in page.get("/Annots", [])]
    return [note["/A"]["/URI"] for note in notes]


def answer_pdf(question: str) -> bytes:
    assistant = FakeAssistant()
    lines = paper_answer.lines(assistant.answer(question), assistant.programme)
    foot = paper_answer.footer(assistant.programme, assistant.corpus_as_of, TODAY)
    return to_pdf(question, lines, footer=foot)


def test_french_words_are_selectable_and_their_fonts_embedded() -> None:
    made = to_pdf("Essai", [Line("text", FRENCH)], footer="Pied de page")
    assert " ".join(FRENCH.split()) in words(made)
    assert "Pied de page" in words(made)
    resources = [page["/Resources"]["/Font"] for page in PdfReader(BytesIO(made)).pages]  # type: ignore[index]
    used = [font.get_object() for fonts in resources for font in fonts.values()]
    drawn = [font for font in used if font["/BaseFont"] != "/Helvetica"]  # named by every file, used by none
    assert drawn
    assert all("/FontFile2" in font["/FontDescriptor"] for font in drawn)


def test_an_answer_with_its_sources_quotations_and_pages() -> None:
    made = words(answer_pdf("je suis jardinier"))
    assert "La vague 2 s’ouvre aux jardiniers et aux pépiniéristes. [1]" in made
    assert "« Elle commence en septembre. »" in made
    assert wording.PAGE.format(number=2) in made
    assert "année déduite de la date du document" in made
    assert "seule la page d’origine fait foi" in made
    assert "Documents lus jusqu’au 15 novembre 2024" in made
    assert "Établi le 2 janvier 2024" in made


def test_the_file_says_its_language_and_title_and_its_headings_stand_in_the_outline() -> None:
    reader = PdfReader(BytesIO(answer_pdf("je suis jardinier")))
    assert reader.root_object["/Lang"] == "fr-FR"
    assert reader.root_object["/ViewerPreferences"]["/DisplayDocTitle"]  # type: ignore[index]
    assert reader.outline[0].title == "je suis jardinier"  # type: ignore[union-attr]
    assert wording.SOURCES in str(reader.outline)


def test_a_replaced_source_is_said_and_a_summary_too() -> None:
    made = words(answer_pdf("le solde ?"))
    assert "remplacée par [2]" in made
    assert "Fiche rédigée d’après Agence des jardins" in made


def test_hostile_text_is_only_text() -> None:
    made = answer_pdf("piège")
    assert "<script>window.hacked=1</script>" in words(made)
    assert not [address for address in links(made) if EVIL in address or "javascript" in address]
    page = to_pdf("t", [Line("text", "x", "javascript:alert(1)"), Line("text", "y", "file:///etc/passwd")], footer="")
    assert links(page) == []
    assert HOSTILE[:30] in words(to_pdf(HOSTILE, [Line("title", HOSTILE)], footer=HOSTILE))


ROLES = ["title", "heading", "subheading", "text", "item", "quote", "meta", "about"]


@given(st.text(max_size=300), st.sampled_from(ROLES))
@settings(max_examples=40, deadline=None)
def test_any_text_makes_a_file(text: str, role: str) -> None:
    assert to_pdf(text, [Line(role, text)], footer=text).startswith(b"%PDF")  # type: ignore[arg-type]


def test_signs_without_a_glyph_are_shown_as_missing_and_long_words_are_cut() -> None:
    made = to_pdf("t", [Line("text", "début 問 fin"), Line("quote", "x" * 9000)], footer="")
    assert f"début {MISSING} fin" in words(made)
    assert words(made).replace(" ", "").count("x") >= 9000


def test_the_page_of_a_profession() -> None:
    assistant, index = FakeAssistant(), FakeIndex()
    passages = [found for name in index.documents for found in index.passages_of(name)]
    rows = matrix(passages, index.deadlines, index.documents, VOCABULARY)
    row = next(row for row in rows if row.who.id == "jardinier")
    every = dues.dues(DEADLINES, index.documents, VOCABULARY, Asked({}), TODAY)
    assert filter_of(row.who.tag) == {"profession": "jardinier"}
    found = paper_scope.lines(row, rows, dues.ahead(every), dues.over(every), VOCABULARY, assistant.programme)
    made = words(to_pdf(paper_scope.title(row), found, footer=""))
    assert "Jardiniers : qui est concerné, et quand" in made
    assert "La vague 2 s’ouvre aux jardiniers et aux pépiniéristes." in made
    assert "30 juin 2099" in made
    assert wording.STATUSES["past"] in made
    assert "https://agence.example/vague-1" in made


def test_the_plain_page_gives_the_file_without_javascript() -> None:
    client = TestClient(create_site(FakeAssistant, load_settings({})))  # type: ignore[arg-type]
    page = client.get("/simple", params={"q": "le solde ?"}).text
    assert 'href="/simple/reponse.pdf?q=le+solde+%3F"' in page
    reply = client.get("/simple/reponse.pdf", params={"q": "le solde ?"})
    assert reply.headers["content-type"] == "application/pdf"
    assert "14/12/2023, 14 h [2]" in words(reply.content)
    assert client.get("/simple/reponse.pdf").status_code == 422
    assert client.get("/simple/reponse.pdf", params={"q": " "}).status_code == 404
