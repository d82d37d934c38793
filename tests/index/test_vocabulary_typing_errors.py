"""Small typing errors are mended in questions, and nothing else is."""

from __future__ import annotations

import pytest

from index.vocabulary import Term, Vocabulary

VOCABULARY = Vocabulary.from_terms(
    [
        Term("lot-1", "wave", "Tranche 1"),
        Term("lot-2", "wave", "Tranche 2"),
        Term("biblio", "profession", "Bibliothécaires", ("bibliothécaire",)),
        Term("relieur", "profession", "Relieur-doreur"),
        Term("muse", "service", "MUSEO"),
        Term("office", "lane", "Officine"),
        Term("carto", "software", "Cartographie"),
        Term("photo", "software", "Photographie"),
        Term("agres", "service", "Agrès"),
        Term("concert", "service", "Concert"),
        Term("ri", "software", "RI"),
        Term("ris", "software", "RIS"),
    ]
)


@pytest.mark.parametrize(
    ("typed", "expected", "corrected"),
    [
        ("je suis bibliotecaire", "biblio", "je suis bibliothécaire"),
        ("je suis biblothéciare", "biblio", "je suis bibliothécaire"),
        ("mon ofissine", "office", "mon officine"),
        ("cartografie", "carto", "cartographie"),
        ("fotographie", "photo", "photographie"),
        ("relieru doreur", "relieur", "relieur-doreur"),
        ("relieurdoreur", "relieur", "relieurdoreur"),
        ("relieurdoreu", "relieur", "relieur-doreur"),
        ("les agrés", "agres", "les agrès"),
        ("un consert", "concert", "un concert"),
        ("trnache 2", "lot-2", "tranche 2"),
        ("Trnache 2", "lot-2", "Tranche 2"),
    ],
)
def test_small_errors_are_mended(typed: str, expected: str, corrected: str) -> None:
    (mention,) = VOCABULARY.find(typed, typing_errors=True)
    assert mention.tags[0].id == expected
    assert VOCABULARY.correct(typed) == corrected
    assert mention.is_exact is (typed == corrected)
    assert typed[mention.start : mention.end] == mention.text


@pytest.mark.parametrize("typed", ["je suis bibliotecaire", "trnache 2", "mon ofissine"])
def test_documents_are_matched_exactly(typed: str) -> None:
    assert VOCABULARY.find(typed) == ()


@pytest.mark.parametrize(
    "text",
    [
        "le RIT et la RUS",  # two and three letters are never mended
        "cuisine",  # « officine » is not near enough
        "un office de tourisme",
        "la branche 2",  # an everyday word is not mended
        "le musée",
        "géographie",
        "suis-je conserné",  # an everyday word with an error in it: « concerné », not « concert »
        "",
    ],
)
def test_other_words_stay_as_they_are(text: str) -> None:
    assert VOCABULARY.find(text, typing_errors=True) == ()
    assert VOCABULARY.correct(text) == text


def test_a_known_term_never_turns_into_another() -> None:
    for term in VOCABULARY.terms:
        (mention,) = VOCABULARY.find(term.label, typing_errors=True)
        assert mention.tags == (term.tag,)
        assert VOCABULARY.correct(term.label) == term.label


def test_the_words_of_the_documents_are_never_mended() -> None:
    assert VOCABULARY.correct("la tranchle 2") == "la tranche 2"
    assert (
        Vocabulary(VOCABULARY.terms, known_words=frozenset({"tranchles"})).correct("la tranchle 2") == "la tranchle 2"
    )


def test_an_unknown_number_is_seen_through_a_typing_error() -> None:
    (unknown,) = VOCABULARY.unknown_numbered("la trnache 3", typing_errors=True)
    assert unknown.text == "trnache 3"
    assert VOCABULARY.unknown_numbered("la trnache 3") == ()
