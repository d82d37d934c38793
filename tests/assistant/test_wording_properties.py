"""For any reply at all: what is shown is quoted exactly, and holds no number, name or markup of the reply's own."""

from __future__ import annotations

import re
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.composing import prove, read_points
from assistant.units import Units

WORDS = st.sampled_from(
    [
        "Le",
        "La",
        "dépôt",
        "demandes",
        "solde",
        "avance",
        "vague",
        "Vague",
        "1",
        "2",
        "est",
        "ouvre",
        "clos",
        "n'est",
        "pas",
        "le",
        "14",
        "décembre",
        "2023",
        "3",
        "juin",
        "2024",
        "2",
        "307",
        "dossiers",
        "SUN-ES",
        "doit",
        "peut",
        "DMP",
        "sage-femme",
        "santé",
        "personne",
        "<b>",
        "[lien](x)",
        "![i](y)",
        ".",
        ",",
        ";",
        "Non,",
        "tous",
        "avant",
        "après",
        "500",
        "€",
    ]
)
SENTENCE = st.lists(WORDS, min_size=1, max_size=14).map(" ".join)
SPAN = st.sampled_from(
    [
        "Le dépôt des demandes de solde de la vague 1 est clos le 14 décembre 2023",
        "Les 2 307 dossiers SUN-ES ont été instruits",
        "Le dépôt des demandes d'avance de la vague 2 ouvre le 3 juin 2024",
        "rassemble les documents de santé",
        "la sage-femme acompagne les femmes enceintes",
        "14",
        "",
        "ce qui n'est écrit nulle part",
    ]
)
QUICK = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


def check(index: Any, reply: str, strategy: Any) -> None:
    passages = tuple(index.passages)
    claims, checked = prove(read_points(reply, strategy), passages, index, Units(index.vocabulary, index.stems))
    assert all(sentence.text == "" for sentence in checked if not sentence.is_kept)
    for claim in claims:
        assert claim.quotations
        told = ""
        for quotation in claim.quotations:
            pages = {page.number: page.text for page in index.document_pages(quotation.document_id)}
            for span in (quotation.span, *quotation.headers):
                assert pages[span.page][span.start : span.end] == span.quote != ""
                told += f" {span.quote}"
        assert set(re.findall(r"\d+", claim.text)) <= set(re.findall(r"\d+", told)) | {"2307"}
        assert not re.search(r"[<>{}\[\]]|\]\(", claim.text)


@QUICK
@given(points=st.lists(st.tuples(st.integers(-1, 9), SPAN, SENTENCE), max_size=4))
def test_whatever_points_are_made_nothing_unproven_is_claimed(small_index: Any, points: list[Any]) -> None:
    made = ", ".join(f'{{"passage": {n}, "span": "{span}", "sentence": "{said}"}}' for n, span, said in points)
    check(small_index, f'{{"answerable": true, "points": [{made}]}}', "quote")


@QUICK
@given(prose=st.lists(st.tuples(SENTENCE, st.integers(0, 9)), max_size=4))
def test_whatever_prose_is_written_nothing_unproven_is_claimed(small_index: Any, prose: list[Any]) -> None:
    check(small_index, " ".join(f"{said} [{number}]." for said, number in prose), "write")


def test_what_is_true_is_claimed(small_index: Any) -> None:
    """The properties above would hold of checks that refuse everything."""
    passages = tuple(small_index.passages)
    number = next(n for n, one in enumerate(passages, 1) if "2 307" in one.text)
    said = f"Les 2 307 dossiers SUN-ES ont été instruits [{number}]."
    claims, _ = prove(
        read_points(said, "write"), passages, small_index, Units(small_index.vocabulary, small_index.stems)
    )
    assert [claim.text for claim in claims] == ["Les 2 307 dossiers SUN-ES ont été instruits."]
