from dataclasses import replace

from screens.fake_assistant import GUIDE, OLD, SUMMARY, VOCABULARY, FakeAssistant, cite, reply, row, span

from assistant import answer_markup
from assistant.answers import Statement
from assistant.currency import page_images
from assistant.excerpt_markup import prose_lines, quotation
from assistant.excerpts import Line, Piece
from assistant.screens import wording
from assistant.source_markup import Place, by_source, source_card

PLACE = Place("a", "h3", lambda _: None, lambda _: None, VOCABULARY)


def test_citations_of_one_page_share_a_card_unless_one_is_replaced():
    first, second = (cite(number, GUIDE, span("guide", words)) for number, words in ((1, "Elle"), (2, "La vague 2")))
    old = cite(3, GUIDE, span("guide", "salariés"), (), 1)
    other = cite(4, OLD, span("page-2022", "Le solde"))
    assert by_source([first, other, second, old]) == [(first, second), (other,), (old,)]


def test_an_acronym_is_explained_once_and_its_definition_is_only_text():
    answer = reply("?", "answered", statements=(Statement("Le PVE, puis le PVE.", (1,)),))
    shown = answer_markup.statements(answer, PLACE)
    assert shown.count("<abbr") == 1
    assert "Le plan &lt;b&gt;vert&lt;/b&gt;" in shown


def test_a_summary_links_plainly_and_an_original_at_the_quotation():
    summary = source_card([cite(1, SUMMARY, *row("fiche-vague-1", "Collèges"))], PLACE)
    assert 'href="https://agence.example/vague-1"' in summary
    assert wording.OPEN_SOURCE in summary
    original = source_card([cite(1, OLD, span("page-2022", "Le solde des écoles"))], PLACE)
    assert "https://agence.example/2022#:~:text=Le%20solde%20des%20%C3%A9coles" in original


def test_a_quotation_that_is_no_longer_there_is_shown_alone():
    shown = quotation(cite(1, GUIDE, span("guide", "Elle")), None)
    assert wording.DOCUMENT_CHANGED in shown
    assert "<mark>Elle</mark>" in shown


def test_an_item_keeps_its_own_bullet():
    own = prose_lines([Line("item", (Piece("- le premier", is_quoted=False),))])
    bare = prose_lines([Line("item", (Piece("le premier", is_quoted=False),))])
    assert 'class="item has-bullet"' in own
    assert 'class="item"' in bare


class Changed(FakeAssistant):
    """Every file has other bytes than those that were read."""

    def document(self, document_id):
        return replace(super().document(document_id), content_hash="other")


def test_a_page_of_a_file_that_changed_is_not_shown():
    cited = cite(1, GUIDE, span("guide", "Elle commence en septembre."))
    assert "/page-image?doc=guide&page=2" in page_images(FakeAssistant())(cited)
    assert page_images(Changed())(cited) is None
    card = source_card([cited], replace(PLACE, page_image_of=page_images(Changed())))
    assert wording.PAGE_CHANGED in card
    assert "<img" not in card
