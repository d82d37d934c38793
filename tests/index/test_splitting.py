"""Splitting loses no character, never crosses documents, pages or headings, and gives ids that stay."""

from __future__ import annotations

from itertools import pairwise

import pytest
from answer_maker import document as info
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Block, BlockKind, Document, Page, Passage, Span
from index.splitting import PASSAGE_CHARS, sentence_spans, split

Parts = list[tuple[BlockKind, str]]


def page(number: int | None, parts: Parts) -> Page:
    """A page whose blocks are the parts, one empty line between them; a row has one cell, its text."""
    text, blocks = "", []
    for kind, part in parts:
        start = len(text)
        end = start + len(part)
        cells = (Span(number, start, end, part),) if kind == "row" else ()
        level = 1 + len(part) % 3 if kind == "heading" else 0
        blocks.append(Block(kind, start, end, level, cells, (None,) * len(cells)))
        text += f"{part}\n\n"
    return Page(number, text, tuple(blocks))


def document(*pages: Page, name: str = "d1") -> Document:
    return Document(info(name), "hash", pages, (), ())


def texts(passages: tuple[Passage, ...]) -> list[str]:
    return [passage.text for passage in passages]


def test_a_short_page_is_one_passage_with_its_sentences() -> None:
    made = split(
        document(
            page(
                None,
                [("heading", "Vague 1"), ("paragraph", "Le solde est clos. L'avance aussi."), ("item", "un point")],
            )
        )
    )
    assert len(made) == 1
    (only,) = made
    assert only.headings == ("Document d1", "Vague 1")
    frame = "Vague 1\n\nLe solde est clos. L'avance aussi.\n\nun point\n\n"
    assert [frame[start:end] for start, end in only.sentences] == ["Le solde est clos.", "L'avance aussi.", "un point"]


def test_each_entry_of_a_glossary_is_a_passage_and_other_lists_stay_together() -> None:
    entries: Parts = [
        ("paragraph", "Greffon : rameau que l'on pose sur un autre arbre. Il est coupé en hiver."),
        ("paragraph", "Scion : arbre d'un an."),
    ]
    made = split(document(page(None, [("heading", "Petit lexique du verger"), ("paragraph", "À lire."), *entries])))
    assert texts(made) == ["À lire.", *(text for _, text in entries)]
    assert len(split(document(page(None, [("heading", "Les arbres"), *entries])))) == 1


def test_a_row_is_a_passage_of_its_own_and_a_heading_parts() -> None:
    parts: Parts = [
        ("paragraph", "Avant."),
        ("row", "a | b"),
        ("row", "c | d"),
        ("heading", "Suite"),
        ("paragraph", "Après."),
    ]
    made = split(document(page(None, parts)))
    assert [(passage.kind, passage.text) for passage in made] == [
        ("prose", "Avant."),
        ("row", "a | b"),
        ("row", "c | d"),
        ("prose", "Après."),
    ]
    assert made[-1].headings == ("Document d1", "Suite")


def test_headings_nest_and_the_title_is_not_said_twice() -> None:
    blocks = [("Document d1", 1), ("A", 2), ("B", 3), ("C", 2)]
    text = "\n".join(name for name, _ in blocks) + "\nTexte."
    made, position = [], 0
    for name, level in blocks:
        made.append(Block("heading", position, position + len(name), level))
        position += len(name) + 1
    made.append(Block("paragraph", position, len(text)))
    assert split(document(Page(None, text, tuple(made))))[0].headings == ("Document d1", "C")


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Voir l'art. 12 du décret. Ensuite.", ["Voir l'art. 12 du décret.", "Ensuite."]),
        ("Mme. Morlière parle. M. Dupont écoute.", ["Mme. Morlière parle.", "M. Dupont écoute."]),
        ("Les 2.307 dossiers. Soit 82 %.", ["Les 2.307 dossiers.", "Soit 82 %."]),
        ("« Très forte. » Elle ajoute.", ["« Très forte. »", "Elle ajoute."]),
        ("Quand ? Le 14. Vraiment !", ["Quand ?", "Le 14.", "Vraiment !"]),
        ("le site esante.gouv.fr est ouvert", ["le site esante.gouv.fr est ouvert"]),
    ],
)
def test_sentences_of_french(text: str, sentences: list[str]) -> None:
    assert [text[start:end] for start, end in sentence_spans(text, 0, len(text))] == sentences


def test_a_sentence_longer_than_a_passage_is_cut() -> None:
    text = "mot, " * 600
    spans = list(sentence_spans(text, 0, len(text)))
    assert len(spans) > 1
    assert all(end - start <= PASSAGE_CHARS for start, end in spans)


WORD = st.text(st.sampled_from("abcé1 .!?»«()\n,;-"), min_size=1, max_size=60)
KIND = st.sampled_from(["paragraph", "item", "heading", "row"])
PARTS = st.lists(
    st.tuples(KIND, st.builds(lambda word, times: (word * times).strip() or "x", WORD, st.integers(1, 60))), max_size=8
)


@settings(max_examples=60)
@given(pages=st.lists(PARTS, min_size=1, max_size=3))
def test_no_character_is_lost_and_nothing_is_crossed(pages: list[Parts]) -> None:
    made_pages = tuple(page(number, parts) for number, parts in enumerate(pages, 1))
    passages = split(document(*made_pages))
    for frame in made_pages:
        own = [passage for passage in passages if passage.page == frame.number]
        for passage in own:
            assert frame.text[passage.start : passage.end] == passage.text
            assert not any(
                block.kind == "heading" and passage.start < block.end and block.start < passage.end
                for block in frame.blocks
            )
            assert passage.sentences
            assert all(passage.start <= start < end <= passage.end for start, end in passage.sentences)
            assert all(one[1] <= other[0] for one, other in pairwise(passage.sentences))
            assert passage.kind == "row" or len(passage.text) <= PASSAGE_CHARS
        assert all(one.end <= other.start for one, other in pairwise(own))
        covered = {place for passage in own for place in range(passage.start, passage.end)}
        wanted = {
            place
            for block in frame.blocks
            if block.kind != "heading"
            for place in range(block.start, block.end)
            if not frame.text[place].isspace()
        }
        assert wanted <= covered


@settings(max_examples=40)
@given(parts=PARTS)
def test_ids_are_unique_stable_and_the_documents_own(parts: Parts) -> None:
    one = split(document(page(None, parts)))
    again = split(document(page(None, [("paragraph", "Un début."), ("heading", "x" * 3), *parts])))
    other = split(document(page(None, parts), name="d2"))
    assert len({passage.id for passage in one}) == len(one)
    assert split(document(page(None, parts))) == one
    assert not {passage.id for passage in one} & {passage.id for passage in other}
    assert all(passage.id.startswith("d1:") for passage in (*one, *again))


def test_text_added_elsewhere_leaves_ids_alone() -> None:
    parts: Parts = [("heading", "Vague 1"), ("paragraph", "Le solde est clos.")]
    before = split(document(page(None, parts)))
    after = split(document(page(None, [("heading", "Autre"), ("paragraph", "Nouveau."), *parts])))
    assert before[0].id in {passage.id for passage in after}
