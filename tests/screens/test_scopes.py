"""The rules that decide a cell, and the matrix of the default corpus against a table made by hand."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fakes import LetterEncoder
from screens.app_runs import assert_sound, opened_at, shown
from screens.fake_assistant import GUIDE, OLD, VOCABULARY, FakeIndex, source

from assistant.scopes import matrix
from index.building import build
from index.holding import IndexHolder
from index.records import DayRange, Passage, Tag

WAVES = ("vague-1", "vague-2")
CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def passage(text, document="guide", name="p", headings=()):
    return Passage(name, document, "prose", None, 0, len(text), text, headings, ((0, len(text)),), (), (), (), ())


def cells(*passages, documents=None):
    known = documents or {"guide": GUIDE, "page-2022": OLD}
    return {(row.who.id, cell.wave.id): cell for row in matrix(passages, (), known, VOCABULARY) for cell in row.cells}


def verdict(text, who="jardinier", wave="vague-2", **where):
    return cells(passage(text, **where))[who, wave].verdict


@pytest.mark.parametrize(
    "text",
    [
        "Les jardiniers sont concernés par la vague 2.",
        "La vague 2 s’ouvre aux jardiniers et aux pépiniéristes.",
        "Le périmètre de la vague 2 est étendu aux jardiniers.",
        "Les jardiniers rejoignent la vague 2 du programme.",
    ],
)
def test_a_sentence_of_scope_decides(text):
    assert verdict(text) == "concerned"


@pytest.mark.parametrize(
    "text",
    ["Les jardiniers ne sont pas concernés par la vague 2.", "La vague 2 exclut les jardiniers : non concernés."],
)
def test_a_denial_decides_too(text):
    assert verdict(text) == "not_concerned"


@pytest.mark.parametrize(
    "text",
    [
        "Les jardiniers sont-ils concernés par la vague 2 ?",
        "Les jardiniers pourraient être concernés par la vague 2.",
        "Contrairement aux jardiniers, les pépiniéristes sont concernés par la vague 2.",
        "Les jardiniers, concernés par la vague 1, attendent la vague 2.",
        "Les jardiniers aiment la vague 2.",
        "Les jardiniers sont concernés.",
        "Si les jardiniers sont concernés par la vague 2, ils le sauront.",
    ],
)
def test_what_is_not_clearly_said_decides_nothing(text):
    assert verdict(text) == "undocumented"


def test_the_only_wave_of_the_headings_counts():
    assert verdict("Les jardiniers sont concernés.", headings=("Vague 2",)) == "concerned"
    assert verdict("Les jardiniers sont concernés.", headings=("Vagues 1 et 2",)) == "undocumented"


def test_of_two_that_disagree_the_clearly_newer_counts():
    yes = passage("Les jardiniers sont concernés par la vague 2.", "guide", "p1")
    no = passage("Les jardiniers ne sont pas concernés par la vague 2.", "page-2022", "p2")
    assert cells(yes, no)["jardinier", "vague-2"].verdict == "concerned"
    vague = replace(OLD, source=replace(OLD.source, published=DayRange(date(2022, 1, 1), date(2024, 12, 31))))
    contested = cells(yes, no, documents={"guide": GUIDE, "page-2022": vague})["jardinier", "vague-2"]
    assert contested.verdict == "undocumented"
    assert contested.is_contested
    assert len(contested.proofs) == 2


def test_every_decided_cell_is_quoted():
    index = FakeIndex()
    passages = [found for name in index.documents for found in index.passages_of(name)]
    for row in matrix(passages, index.deadlines, index.documents, VOCABULARY):
        for cell in row.cells:
            assert (cell.verdict == "undocumented") == (not cell.proofs)
            for proof in cell.proofs:
                page = next(p for p in index.passages_of(proof.document.id) if p.page == proof.span.page)
                assert page.text[proof.span.start : proof.span.end] == proof.span.quote


def test_the_screen_shows_the_matrix_and_one_profession():
    at = opened_at("scopes")
    page = shown(at)
    assert "Pépiniéristes" in page
    assert "s’ouvre aux jardiniers" in page
    at.query_params["who"] = "profession:jardinier"
    at.run()
    assert_sound(at)
    assert "Guide du demandeur" in shown(at)
    assert "data-print" in shown(at)


# What the facts of the programme say, cell by cell; what is not here may be left undecided but never decided otherwise.
BY_HAND = {
    ("hopital", "vague-1"): "concerned",
    ("hopital", "vague-2"): "concerned",
    ("imagerie", "vague-1"): "concerned",
    ("imagerie", "vague-2"): "concerned",
    ("biologie", "vague-1"): "concerned",
    ("medecine-de-ville", "vague-1"): "concerned",
    ("medecine-de-ville", "vague-2"): "concerned",
    ("officine", "vague-1"): "concerned",
    ("officine", "vague-2"): "concerned",
    ("medico-social", "vague-1"): "concerned",
    ("medico-social", "vague-2"): "concerned",
    ("paramedicaux", "vague-2"): "concerned",
    ("sages-femmes", "vague-2"): "concerned",
    ("chirurgiens-dentistes", "vague-2"): "concerned",
    ("etablissement-de-sante", "vague-1"): "concerned",
    ("etablissement-de-sante", "vague-2"): "concerned",
    ("radiologue", "vague-1"): "concerned",
    ("radiologue", "vague-2"): "concerned",
    ("medecin-nucleaire", "vague-1"): "not_concerned",
    ("medecin-nucleaire", "vague-2"): "concerned",
    ("biologiste", "vague-1"): "concerned",
    ("medecin", "vague-1"): "concerned",
    ("medecin", "vague-2"): "concerned",
    ("centre-de-sante", "vague-1"): "concerned",
    ("centre-de-sante", "vague-2"): "concerned",
    ("pharmacien", "vague-1"): "concerned",
    ("pharmacien", "vague-2"): "concerned",
    ("esms", "vague-1"): "concerned",
    ("esms", "vague-2"): "concerned",
    ("sage-femme", "vague-2"): "concerned",
    ("chirurgien-dentiste", "vague-2"): "concerned",
    ("masseur-kinesitherapeute", "vague-2"): "concerned",
    ("infirmier", "vague-2"): "concerned",
    ("pedicure-podologue", "vague-2"): "concerned",
    ("orthophoniste", "vague-2"): "concerned",
    ("orthoptiste", "vague-2"): "concerned",
}
# Decided at least: the corpus says these plainly.
DECIDED = {
    ("medecin-nucleaire", "vague-1"),
    ("medecin-nucleaire", "vague-2"),
    ("sage-femme", "vague-2"),
    ("chirurgien-dentiste", "vague-2"),
    ("infirmier", "vague-2"),
    ("hopital", "vague-1"),
    ("hopital", "vague-2"),
    ("officine", "vague-2"),
}


def test_the_default_corpus_agrees_with_the_table_made_by_hand(tmp_path):
    encoder = LetterEncoder()
    build(CORPUS, tmp_path / "index", encoder=encoder)
    holder = IndexHolder(tmp_path / "index", encoder=encoder)
    with holder.lease() as index:
        documents = {name: index.documents[name] for name in index.documents}
        passages = [found for name in documents for found in index.passages_of(name)]
        rows = matrix(passages, index.deadlines, documents, index.vocabulary)
    holder.close()
    decided = {
        (row.who.id, cell.wave.id): cell.verdict for row in rows for cell in row.cells if cell.verdict != "undocumented"
    }
    wrong = {place: said for place, said in decided.items() if BY_HAND.get(place) != said}
    assert wrong == {}
    assert set(decided) >= DECIDED
    assert all(cell.proofs for row in rows for cell in row.cells if cell.verdict != "undocumented")
    assert {cell.wave for row in rows for cell in row.cells} == {Tag("wave", wave) for wave in WAVES}


def test_sources_without_a_date_can_be_shown():
    undated = replace(GUIDE, source=source("x", None, None))
    assert cells(passage("Les jardiniers sont concernés par la vague 2."), documents={"guide": undated})[
        "jardinier", "vague-2"
    ].proofs


def test_the_lane_repeats_no_quotation_of_the_profession_and_keeps_those_that_bear_its_verdict():
    from assistant.scope_markup import of_lane_alone
    from assistant.scopes import Cell, Proof, Row
    from index.records import Span
    from index.terms import Term

    wave, lane = Tag("wave", "vague-2"), Term("ecole", "lane", "Écoles")
    who = Term("jardinier", "profession", "Jardiniers", within=(lane.tag,))
    yes, also, no = (
        Proof(GUIDE, name, Span(None, 0, 1, name), (), said)
        for name, said in (("p1", True), ("p2", True), ("p3", False))
    )

    def left(verdict, own, verdict_of_lane, of_lane):
        mine = Row(who, (Cell(who.tag, wave, verdict, own, is_contested=False),))
        whole = Row(lane, (Cell(lane.tag, wave, verdict_of_lane, of_lane, is_contested=False),))
        cell = of_lane_alone(mine, (mine, whole), 0)
        return cell and cell.proofs

    assert left("concerned", (yes,), "concerned", (yes, also)) == (also,)
    assert left("concerned", (yes,), "concerned", (yes,)) is None
    assert left("not_concerned", (no, yes), "concerned", (yes, no)) == (yes, no)
    assert left("undocumented", (), "concerned", (yes, no)) == (yes, no)
    assert left("concerned", (yes,), "undocumented", ()) is None
