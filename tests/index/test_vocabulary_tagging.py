"""Passages are tagged by what they say, and by what stands around them."""

from __future__ import annotations

from index.records import DocumentInfo, Passage, Source, Span, Tag
from index.tagging import tag_passages
from index.vocabulary import ContextAlias, Term, Vocabulary

VOCABULARY = Vocabulary.from_terms(
    [
        Term("lot-1", "wave", "Lot 1"),
        Term("lot-2", "wave", "Lot 2"),
        Term("solde", "milestone", "Solde"),
        Term("avance", "milestone", "Avance"),
        Term("scene", "lane", "Scène"),
        Term("catalogue", "service", "Catalogue", aliases_with_context=(ContextAlias("CC"),)),
        Term("comite", "actor", "Comité", aliases_with_context=(ContextAlias("CC"),)),
    ]
)


def info(title: str) -> DocumentInfo:
    source = Source("Éditeur", "fiche", 7, None, "", False, None, None)
    return DocumentInfo("d", "d.md", title, source, "original", None, None, None, (), True)


def passage(text: str, *, headings: tuple[str, ...] = (), row: tuple[tuple[str, str], ...] = ()) -> Passage:
    cells = tuple(Span(None, 0, len(cell), cell) for _, cell in row)
    headers = tuple(Span(None, 0, len(header), header) if header else None for header, _ in row)
    return Passage(
        "p",
        "d",
        "row" if row else "prose",
        None,
        0,
        len(text),
        text,
        headings,
        ((0, len(text)),),
        cells,
        headers,
        (),
        (),
    )


def test_own_words_and_surroundings_are_kept_apart() -> None:
    (tagged,) = tag_passages(
        [passage("Le solde du lot 2.", headings=("Scène", "Lot 2"))], {"d": info("Calendrier du lot 1")}, VOCABULARY
    )
    assert tagged.tags == (Tag("milestone", "solde"), Tag("wave", "lot-2"))
    assert tagged.context_tags == (Tag("wave", "lot-1"), Tag("lane", "scene"))


def test_a_row_says_its_cells_and_its_columns_are_context() -> None:
    row = passage("Scène | 12 mai", row=(("", "Scène"), ("Avance", "12 mai")))
    (tagged,) = tag_passages([row], {"d": info("Lot 1")}, VOCABULARY)
    assert tagged.tags == (Tag("lane", "scene"),)
    assert tagged.context_tags == (Tag("wave", "lot-1"), Tag("milestone", "avance"))


def test_cells_are_read_apart() -> None:
    row = passage("Lot 1", row=((None or "", "Lot"), ("", "1")))
    (tagged,) = tag_passages([row], {"d": info("")}, VOCABULARY)
    assert tagged.tags == ()


def test_a_shared_acronym_counts_only_when_the_context_decides() -> None:
    ambiguous = passage("Le CC est prêt.")
    (alone,) = tag_passages([ambiguous], {"d": info("Titre")}, VOCABULARY)
    (decided,) = tag_passages([ambiguous], {"d": info("Le catalogue")}, VOCABULARY)
    assert alone.tags == ()
    assert decided.tags == (Tag("service", "catalogue"),)


def test_typing_errors_of_documents_are_left_alone() -> None:
    (tagged,) = tag_passages([passage("Le soldde.")], {"d": info("")}, VOCABULARY)
    assert tagged.tags == ()


def test_a_cell_is_named_with_the_noun_that_heads_its_column() -> None:
    row = passage("2 | 12 mai", row=(("Lot", "2"), ("Avance", "12 mai")), headings=("Lot 1",))
    (tagged,) = tag_passages([row], {"d": info("Calendrier")}, VOCABULARY)
    assert tagged.tags == (Tag("wave", "lot-2"),)
    assert tagged.context_tags == (Tag("wave", "lot-1"), Tag("milestone", "avance"))
