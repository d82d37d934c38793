"""Dates of a statement lead to the calendar, acronyms say what they stand for."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from screens.fake_assistant import DEADLINES, VOCABULARY

from assistant.markup import Html, join
from assistant.statement_links import by_passage, calendar_address, with_links
from index.terms import Term
from index.vocabulary import Vocabulary

STATED = by_passage(DEADLINES)["p-d2"]
SIGNS = Vocabulary.from_terms(
    [
        Term("dpi", "software", "DPI", ("dossier patient informatisé",), "Le dossier d’un patient."),
        Term("sgl", "software", "SGL", ("système de gestion de laboratoire",)),
        Term("care", "programme", "CaRE"),
    ]
)


def test_a_date_that_the_quotation_states_leads_to_the_calendar() -> None:
    made = join(*with_links("Écoles primaires : 14 décembre 2023 à 14 h.", VOCABULARY, STATED))
    assert 'href="/echeances?first=2023-12-14&amp;last=2023-12-14"' in made
    assert ">14 décembre 2023" in made
    assert calendar_address(date(2023, 12, 14), date(2023, 12, 14)) == "/echeances?first=2023-12-14&last=2023-12-14"


def test_other_dates_stay_words() -> None:
    for text in ("Depuis le 24 mai 2023.", "En décembre.", "14/12/2022"):
        assert with_links(text, VOCABULARY, STATED) == [text]
    assert with_links("Le 14 décembre 2023.", VOCABULARY, ()) == ["Le 14 décembre 2023."]


def test_an_acronym_says_its_name_and_its_definition_once() -> None:
    made = join(*with_links("Le DPI, le SGL, et encore le DPI ; CaRE aussi.", SIGNS, ()))
    assert '<abbr title="Dossier patient informatisé : Le dossier d’un patient." tabindex="0">DPI</abbr>' in made
    assert '<abbr title="Système de gestion de laboratoire" tabindex="0">SGL</abbr>' in made
    assert made.count("<abbr") == 2


@given(st.text("DPISGLaé 14/12203décembre.:", max_size=60))
def test_no_word_is_lost_or_doubled(text: str) -> None:
    pieces = with_links(text, SIGNS, STATED)
    plain = [piece for piece in pieces if not isinstance(piece, Html)]
    at = 0
    for one in plain:
        at = text.index(one, at) + len(one)
    assert all(isinstance(a, Html) or isinstance(b, Html) for a, b in pairwise(pieces))
