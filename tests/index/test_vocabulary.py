"""What a text names, with a small invented vocabulary: a library network, its « lots » and « filières »."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Tag, TagKind
from index.vocabulary import ContextAlias, Term, Vocabulary

LOT_1, LOT_2 = Tag("wave", "lot-1"), Tag("wave", "lot-2")
TERMS = (
    Term("plan", "programme", "Plan Lecture", ("plan de lecture publique", "PLEC")),
    Term("lot-1", "wave", "Lot 1", ("L1",), within=(Tag("programme", "plan"),)),
    Term("lot-2", "wave", "Lot 2", ("L2",), within=(Tag("programme", "plan"),)),
    Term("lot-1-bis", "wave", "Lot 1 bis", within=(Tag("programme", "plan"),)),
    Term("etape-1", "part", "Étape 1", within=(Tag("programme", "plan"),)),
    Term("etape-2", "part", "Étape 2", within=(Tag("programme", "plan"),)),
    Term("prets", "lane", "Prêts à domicile", ("prêt", "filière prêts")),
    Term("musees", "lane", "Musées", ("musée", "filière muséale")),
    Term("sgb", "software", "SGB", ("système de gestion de bibliothèque",), within=(Tag("lane", "prets"),)),
    Term("sgbm", "software", "SGBM", (), within=(Tag("lane", "musees"),)),
    Term("sur", "software", "SUR", ("suivi unifié des réserves",), within=(Tag("lane", "musees"),)),
    Term("relieur", "profession", "Relieur-doreur", ("relieur",), within=(Tag("lane", "prets"),)),
    Term("conservateur", "profession", "Conservateurs", ("conserv",), within=(Tag("lane", "musees"),)),
    Term("conservation", "profession", "Conservation préventive", ("conserv",)),
    Term("versement", "milestone", "Versement", ("verser",)),
    Term("reliure", "milestone", "Reliure", ("relier",)),
    Term("avance", "milestone", "Avance", ("verser l'avance", "acompte"), within=(Tag("programme", "plan"),)),
    Term(
        "catalogue", "service", "Catalogue commun", aliases_with_context=(ContextAlias("CC", ("catalogue", "notices")),)
    ),
    Term("comite", "actor", "Comité central", aliases_with_context=(ContextAlias("CC", ("réunion", "présidence")),)),
)
VOCABULARY = Vocabulary.from_terms(TERMS)


def ids(text: str, **options: bool) -> list[str]:
    return ["|".join(tag.id for tag in mention.tags) for mention in VOCABULARY.find(text, **options)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("le SGB du lot 1", ["sgb", "lot-1"]),
        ("LES ACOMPTES DU LOT 1", ["avance", "lot-1"]),
        ("un musee, des musées", ["musees", "musees"]),
        ("relieuse doreuse", ["relieur"]),
        ("relieurs-doreurs", ["relieur"]),
        ("relieur\u00a0doreur", ["relieur"]),
        ("prets a domicile", ["prets"]),
        ("les livres versés, ils ont relié", ["versement", "reliure"]),
        ("les SGBs, les sgbs et le sgb", ["sgb", "sgb", "sgb"]),
        ("système  de gestion\nde bibliothèque", ["sgb"]),
        ("système de gestion, de bibliothèque", []),
        ("système de gestion\n\nde bibliothèque", []),
        ("S.G.B. et S-G-B", ["sgb", "sgb"]),
        ("le SGB m'intéresse", ["sgb"]),
        ("SGB ≠ SGBM", ["sgb", "sgbm"]),
        ("prêt e\u0301tape 2", ["prets", "etape-2"]),
        ("", []),
    ],
)
def test_spelling_does_not_matter(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


def test_the_longest_name_wins_and_mentions_keep_their_words() -> None:
    mentions = VOCABULARY.find("Le plan de lecture publique verse l'avance du Lot 2.")
    assert [mention.text for mention in mentions] == ["plan de lecture publique", "avance", "Lot 2"]
    assert all(mention.is_exact for mention in mentions)


def test_what_completes_the_name_of_an_actor_is_not_named_itself() -> None:
    assert ids("le comité central de relieur") == ["comite"]
    assert ids("le comité central du relieur Martin") == ["comite"]
    assert ids("le comité central du relieur") == ["comite", "relieur"]
    assert ids("le comité central des relieurs") == ["comite", "relieur"]


def test_an_adjective_is_not_the_noun() -> None:
    assert ids("un projet avancé") == []
    assert ids("l'avance") == ["avance"]


def test_an_acronym_that_is_a_french_word_needs_its_capitals() -> None:
    assert ids("une note sur le prêt") == ["prets"]
    assert ids("le SUR et le prêt") == ["sur", "prets"]
    assert ids("NOTE SUR LE PRÊT") == ["prets"]


def test_a_shared_acronym_is_told_apart_by_its_neighbours() -> None:
    assert ids("le CC tient sa réunion") == ["comite"]
    assert ids("les notices du CC") == ["catalogue"]
    assert ids("les notices du cc") == ["catalogue"]
    assert ids("que dit le CC ?") == ["catalogue|comite"]
    assert ids("que dit le cc ?") == []
    assert [m.tags[0].id for m in VOCABULARY.find("que dit le CC ?", context="Les notices")] == ["catalogue"]


def test_an_alias_of_two_terms_stays_ambiguous() -> None:
    assert ids("je travaille en conserv") == ["conservateur|conservation"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lot1", ["lot-1"]),
        ("lot n° 2", ["lot-2"]),
        ("lot numéro 2", ["lot-2"]),
        ("L2 et l 1", ["lot-2"]),
        ("lot deux", ["lot-2"]),
        ("lot II", ["lot-2"]),
        ("2e lot, 2ème lot, 2ᵉ lot", ["lot-2", "lot-2", "lot-2"]),
        ("deuxième lot", ["lot-2"]),
        ("second lot", ["lot-2"]),
        ("2e et dernier lot", ["lot-2"]),
        ("lots 1 et 2", ["lot-1", "lot-2"]),
        ("lot 1 ou 2 ?", ["lot-1", "lot-2"]),
        ("lots 1/2", ["lot-1", "lot-2"]),
        ("lots 1 à 2", ["lot-1", "lot-2"]),
        ("le premier et le deuxième lot", ["lot-1", "lot-2"]),
        ("les deux étapes", ["etape-1", "etape-2"]),
        ("les deux premiers lots", ["lot-1", "lot-2"]),
        ("étapes 1 et 2 du lot 1", ["etape-1", "etape-2", "lot-1"]),
        ("lot 1 et 2 bibliothèques", ["lot-1"]),
        ("lot 1, 2 300 livres", ["lot-1"]),
        ("lot 1 bis", ["lot-1-bis"]),
        ("lot 12", []),
        ("lot 1.5", []),
        ("lot 2b", []),
        ("B1 et 11", []),
    ],
)
def test_numbered_terms_in_all_their_spellings(text: str, expected: list[str]) -> None:
    assert ids(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("lot 3", [("wave", "lot 3")]),
        ("le troisième lot et le lot III", [("wave", "troisième lot"), ("wave", "lot III")]),
        ("L3", [("wave", "L3")]),
        ("le lot 2bis", [("wave", "lot 2bis")]),
        ("étape 7", [("part", "étape 7")]),
        ("lots 1, 2 et 3", [("wave", "3")]),
        ("lot 1 bis, lot 2", []),
        ("lot 30 jours après", []),
        ("l'article L. 1111-24", []),
        ("étape 15 mars", []),
        ("lot 2024", []),
        ("salle 3", []),
    ],
)
def test_numbers_that_nobody_knows(text: str, expected: list[tuple[str, str]]) -> None:
    found = VOCABULARY.unknown_numbered(text)
    assert [(unknown.kind, unknown.text) for unknown in found] == expected
    assert all(text[unknown.start : unknown.end] == unknown.text for unknown in found)


def test_one_numbered_term_tells_others_of_one_digit_apart() -> None:
    alone = Vocabulary.from_terms([Term("plan-2", "programme", "Plan 2")])
    assert [m.tags[0].id for m in alone.find("plan n° 2")] == ["plan-2"]
    assert [one.text for one in alone.unknown_numbered("plan 3")] == ["plan 3"]
    assert alone.unknown_numbered("plan 30") == alone.unknown_numbered("plan 3 %") == ()


def test_kinship_goes_up_and_down() -> None:
    assert VOCABULARY.belonging(Tag("profession", "relieur")) == {Tag("lane", "prets")}
    assert VOCABULARY.members(Tag("lane", "prets")) == {Tag("profession", "relieur"), Tag("software", "sgb")}
    assert VOCABULARY.belonging(Tag("lane", "nowhere")) == frozenset()


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (LOT_1, LOT_1, True),
        (LOT_1, LOT_2, False),
        (LOT_1, Tag("programme", "plan"), True),
        (LOT_1, Tag("milestone", "avance"), True),
        (LOT_1, Tag("lane", "musees"), True),
        (Tag("profession", "relieur"), Tag("software", "sgb"), True),
        (Tag("profession", "relieur"), Tag("software", "sgbm"), False),
        (Tag("lane", "prets"), Tag("software", "sgbm"), False),
        (Tag("software", "sgb"), Tag("software", "sgbm"), False),
    ],
)
def test_what_can_be_said_of_one_thing(a: Tag, b: Tag, expected: bool) -> None:
    assert VOCABULARY.related(a, b) is expected
    assert VOCABULARY.related(b, a) is expected
    assert VOCABULARY.conflicts(a, b) is not expected


def test_two_programmes_under_one_umbrella_are_at_odds() -> None:
    whole = Term("whole", "programme", "Ensemble")
    a, b = (Term(name, "programme", name.upper(), within=(whole.tag,)) for name in ("aaa", "bbb"))
    step = Term("pas", "milestone", "Premier pas", within=(a.tag,))
    vocabulary = Vocabulary.from_terms([whole, a, b, step])
    assert vocabulary.related(step.tag, whole.tag)
    assert not vocabulary.related(step.tag, b.tag)
    assert vocabulary.narrowest([whole.tag, a.tag, step.tag]) == (step.tag,)


def test_names_lead_to_tags() -> None:
    assert VOCABULARY.tag("lot-1") == LOT_1
    assert VOCABULARY.tag("Lot 1") == LOT_1
    assert VOCABULARY.tag("conserv") is None
    assert VOCABULARY.tag("sgb", "lane") is None
    assert VOCABULARY.label(LOT_1) == "Lot 1"
    assert VOCABULARY.label(Tag("wave", "gone")) == "gone"
    assert [term.id for term in VOCABULARY.terms_of("lane")] == ["prets", "musees"]
    assert VOCABULARY.term(LOT_2).aliases == ("L2",)


def test_searching_gets_the_other_names() -> None:
    assert VOCABULARY.expand("date du sgb") == "date du sgb (système de gestion de bibliothèque)"
    assert VOCABULARY.expand("système de gestion de bibliothèque") == "système de gestion de bibliothèque (SGB)"
    assert VOCABULARY.expand("rien de tel") == "rien de tel"


def test_an_empty_vocabulary_finds_nothing() -> None:
    empty = Vocabulary.load(None)
    assert empty.find("lot 1", typing_errors=True) == ()
    assert empty.unknown_numbered("lot 3") == ()
    assert empty.correct("lot 1") == "lot 1"


_WORDS = (
    "lot",
    "lots",
    "SGB",
    "relieur",
    "doreur",
    "plan",
    "de",
    "lecture",
    "CC",
    "catalogue",
    "les",
    "deux",
    "bis",
    "et",
)
_PIECES = st.sampled_from([*_WORDS, *"123eàé,.-’\n", "ème"])
_TEXTS = st.lists(_PIECES, max_size=14).flatmap(
    lambda pieces: st.sampled_from(["", " "]).map(lambda gap: gap.join(pieces))
)


@given(_TEXTS | st.text(max_size=60))
@settings(max_examples=150, deadline=None)
def test_mentions_are_in_the_text_in_order_and_apart(text: str) -> None:
    known = VOCABULARY.find(text, typing_errors=True)
    found = [*known, *VOCABULARY.unknown_numbered(text)]
    assert all(text[mention.start : mention.end] == mention.text != "" for mention in found)
    spans = [(mention.start, mention.end) for mention in known]
    assert spans == sorted(spans)
    distinct = sorted(set(spans))
    assert all(left[1] <= right[0] for left, right in pairwise(distinct))


@given(st.sampled_from([term for term in TERMS if not term.aliases_with_context]), st.sampled_from(get_args(TagKind)))
def test_every_label_names_its_term_whatever_its_kind(term: Term, kind: TagKind) -> None:
    other = replace(term, kind=kind, within=())
    (mention,) = Vocabulary.from_terms([other]).find(f"voici {term.label} !")
    assert mention.tags == (other.tag,)
