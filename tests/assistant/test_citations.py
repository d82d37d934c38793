"""What cannot be proven is dropped: by examples, then for any claim and any document."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest
from answer_maker import document
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.answers import Derived
from assistant.citations import check, values
from assistant.drafts import Claim, Quotation
from index.records import Page, Span

TEXT = "Le solde de la vague 1 est clos le 14/12/2023 à 14 h. Les 2 307 dossiers ont été instruits, soit 82 %."
HEADER = "Avance"
DOCUMENTS = {"d1": document("d1"), "d2": document("d2")}


def pages_of(texts: dict[str, str]) -> Callable[[str], Sequence[Page]]:
    return lambda name: (Page(None, texts[name], ()),)


PAGES = pages_of({"d1": TEXT, "d2": f"{HEADER} | Clôture 30/11/2022"})


def quotation(quote: str, name: str = "d1", **more: object) -> Quotation:
    text = {"d1": TEXT, "d2": f"{HEADER} | Clôture 30/11/2022"}[name]
    start = text.index(quote)
    return replace(Quotation(name, f"{name}:p", Span(None, start, start + len(quote), quote)), **more)  # type: ignore[arg-type]


SOLDE = quotation("Le solde de la vague 1 est clos le 14/12/2023 à 14 h.")
FILES = quotation("Les 2 307 dossiers ont été instruits, soit 82 %.")


@pytest.mark.parametrize(
    "text",
    [
        "Le solde de la vague 1 : 14 décembre 2023 à 14 h.",
        "Clos.",
        "Vague 1 : 14/12/2023 14:00",
    ],
)
def test_what_the_quotation_holds_survives(text: str) -> None:
    checked = check([Claim(text, (SOLDE,))], DOCUMENTS, PAGES)
    assert [statement.text for statement in checked.statements] == [text]
    assert checked.citations[0].span == SOLDE.span
    assert checked.dropped == 0


@pytest.mark.parametrize(
    "text",
    [
        "Vague 2.",
        "Le 15 décembre 2023.",
        "Le 14 décembre 2024.",
        "À 15 h.",
        "Les 2 308 dossiers.",
        "Soit 82,5 %.",
        "Le 14 janvier 2023.",
    ],
)
def test_a_number_or_date_of_its_own_drops_the_claim(text: str) -> None:
    checked = check([Claim(text, (SOLDE, FILES))], DOCUMENTS, PAGES)
    assert (checked.statements, checked.citations, checked.dropped) == ((), (), 1)


def test_what_is_derived_is_listed_and_survives() -> None:
    claim = Claim("Il reste 22 jours.", (SOLDE,), (Derived("22", "du 22 novembre au 14 décembre"),))
    assert check([claim], DOCUMENTS, PAGES).statements[0].derived == claim.derived
    assert not check([replace(claim, derived=())], DOCUMENTS, PAGES).statements


def test_headers_prove_too_and_must_be_exact() -> None:
    header = Span(None, 0, len(HEADER), HEADER)
    row = quotation("Clôture 30/11/2022", "d2", headers=(header,))
    assert check([Claim("Avance : 30/11/2022", (row,))], DOCUMENTS, PAGES).citations[0].headers == (header,)
    moved = replace(row, headers=(replace(header, start=1, end=7),))
    assert check([Claim("Avance : 30/11/2022", (moved,))], DOCUMENTS, PAGES).dropped == 1


@pytest.mark.parametrize(
    "broken",
    [
        replace(SOLDE.span, start=1),
        replace(SOLDE.span, end=SOLDE.span.end + 1),
        replace(SOLDE.span, quote=SOLDE.span.quote.replace("14/12", "15/12")),
        replace(SOLDE.span, page=3),
        Span(None, 5, 5, ""),
        Span(None, 10_000, 10_005, "solde"),
    ],
)
def test_a_quotation_that_is_not_in_its_place_drops_the_claim(broken: Span) -> None:
    assert check([Claim("Clos.", (replace(SOLDE, span=broken),))], DOCUMENTS, PAGES).dropped == 1


def test_a_claim_without_quotation_is_dropped() -> None:
    assert check([Claim("Clos.", ())], DOCUMENTS, PAGES).dropped == 1


def test_quotations_are_numbered_in_the_order_of_use_and_shared() -> None:
    checked = check(
        [Claim("Un.", (FILES,)), Claim("Deux.", (SOLDE, FILES)), Claim("Trois.", (SOLDE, SOLDE))], DOCUMENTS, PAGES
    )
    assert [statement.citations for statement in checked.statements] == [(1,), (2, 1), (2,)]
    assert [citation.number for citation in checked.citations] == [1, 2]


def test_a_replaced_quotation_brings_the_one_in_force() -> None:
    newer = quotation("Clôture 30/11/2022", "d2")
    older = replace(SOLDE, is_current=False, replaced_by=newer)
    checked = check([Claim("Clos.", (older,))], DOCUMENTS, PAGES)
    assert [(c.number, c.is_current, c.replaced_by, c.document.id) for c in checked.citations] == [
        (1, False, 2, "d1"),
        (2, True, None, "d2"),
    ]


def test_values_in_one_spelling() -> None:
    assert values("2 307 et 2.307") == {"2307"}
    assert values("le 14/12/2023") == values("14 décembre 2023")
    assert values("le 14/12/2023 753 dossiers") >= {"753"}
    assert "753" in values("en 2023 753 dossiers")


NUMBER = st.integers(0, 99_999).map(str)
WORDS = st.lists(st.sampled_from(["le", "solde", "est", "clos", "vague", "à", "%"]) | NUMBER, min_size=1, max_size=12)


@given(words=WORDS, claimed=WORDS, cut=st.tuples(st.integers(0, 60), st.integers(0, 60)))
def test_no_number_survives_that_its_quote_does_not_hold(
    words: list[str], claimed: list[str], cut: tuple[int, int]
) -> None:
    text = " , ".join(words)
    start, end = min(cut), max(cut)
    quote = text[start:end]
    assume(quote)
    claim = Claim(" , ".join(claimed), (Quotation("d1", "p", Span(None, start, start + len(quote), quote)),))
    checked = check([claim], DOCUMENTS, pages_of({"d1": text}))
    if checked.statements:
        assert set(re.findall(r"\d+", claim.text)) <= set(re.findall(r"\d+", quote))
    else:
        assert checked.citations == ()


@given(
    start=st.integers(-5, 200),
    length=st.integers(0, 200),
    quote=st.sampled_from([TEXT[:30], TEXT[10:50], "ailleurs", ""]),
)
def test_every_citation_is_exact(start: int, length: int, quote: str) -> None:
    claim = Claim("Clos.", (Quotation("d1", "p", Span(None, start, start + length, quote)),))
    for citation in check([claim], DOCUMENTS, PAGES).citations:
        assert TEXT[citation.span.start : citation.span.end] == citation.span.quote != ""
        assert citation.span.start >= 0


@given(st.lists(st.sampled_from([SOLDE, FILES, quotation("Clôture 30/11/2022", "d2")]), max_size=6).map(tuple))
def test_markers_run_from_one_to_the_number_of_citations(quotations: tuple[Quotation, ...]) -> None:
    checked = check([Claim("Clos.", (one,)) for one in quotations], DOCUMENTS, PAGES)
    assert [citation.number for citation in checked.citations] == list(range(1, len(set(quotations)) + 1))
    assert {number for s in checked.statements for number in s.citations} == {c.number for c in checked.citations}
