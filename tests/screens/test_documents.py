import pytest
from screens.app_runs import assert_sound, opened_at, shown
from screens.fake_assistant import EVIL_INFO, GUIDE, OLD, SUMMARY, span

from assistant.document_list import Filter, matching, replaced_by, years
from assistant.document_view import Opening, page_shown, span_of
from assistant.screens import wording


def test_every_document_is_listed_with_whose_and_when():
    at = opened_at("documents")
    links = at.get("page_link")
    assert len([link for link in links if "doc=" in link.proto.query_string]) == 4
    page = shown(at)
    assert "Agence des jardins · 15\u00a0novembre\u00a02024" in page
    assert wording.REPLACED_DOCUMENT in page
    assert "2 pages · 2 passages" in page
    assert "1 passage · 5 dates" in page
    assert "1 avertissement<" in page


def test_a_search_looks_at_titles_and_at_the_text():
    at = opened_at("documents")
    at.text_input[0].set_value("pépiniéristes").run()
    page = shown(at)
    assert "1 document<" in page


def test_an_opened_document_shows_its_text_with_the_quotation_marked():
    own = span("guide", "Elle commence en septembre.")
    at = opened_at("documents", doc="guide", page="2", start=str(own.start), end=str(own.end))
    page = shown(at)
    assert "<mark>Elle commence en septembre.</mark>" in page
    assert "/page-image?doc=guide&amp;page=2" in page
    assert "Page 2 sur 2" in page
    assert 'href="https://ministere.example/guide.pdf#page=2"' in page
    assert 'id="citation"' in page


def test_pages_turn():
    at = opened_at("documents", doc="guide", page="1")
    next(button for button in at.button if button.key == "next").click().run()
    assert "Page 2 sur 2" in shown(at)
    assert_sound(at)


def test_what_was_left_out_is_shown_and_a_changed_file_is_said():
    page = shown(opened_at("documents", doc="page-2022", start="0", end="10"))
    assert "Abonnez-vous à la lettre" in page
    assert wording.FILE_CHANGED in page
    assert "<mark>" not in page
    assert SUMMARY.title in page


@pytest.mark.parametrize("parameters", [{"doc": "absent"}, {"doc": "guide", "page": "x", "start": "9" * 30}])
def test_an_address_of_nowhere_is_no_error(parameters):
    opened_at("documents", **parameters)


def test_hostile_documents_stay_text():
    page = shown(opened_at("documents", doc=EVIL_INFO.id))
    assert "<script" not in page
    assert "<img" not in page


def test_filters_combine_newest_first():
    documents = (SUMMARY, OLD, GUIDE)
    assert [info.id for info in matching(documents, Filter(), ())] == ["fiche-vague-1", "guide", "page-2022"]
    assert matching(documents, Filter(words="GUIDE demandeur"), ()) == [GUIDE]
    assert matching(documents, Filter(kind="page-officielle", year="2022"), ()) == [OLD]
    assert matching(documents, Filter(words="rien"), {"guide"}) == [GUIDE]
    assert years(OLD) == ["2022"]
    assert replaced_by(documents, "page-2022") == [SUMMARY]


def test_only_characters_of_the_page_can_be_quoted():
    from screens.fake_assistant import PAGES

    pages = PAGES["guide"]
    assert span_of(pages, Opening("guide", 2, 0, 10**9)) is None
    assert span_of(pages, Opening("guide", 3, 0, 1)) is None
    assert page_shown(pages, Opening("guide", None, 0, 0)) == pages[0]
    assert page_shown((), Opening("guide", None, 0, 0)) is None
