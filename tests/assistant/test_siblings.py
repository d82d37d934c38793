"""« Et la deuxième ? »: the numbered term of the family spoken of before."""

from __future__ import annotations

import pytest

from assistant.siblings import with_sibling
from index.records import Tag
from index.terms import Term
from index.vocabulary import Vocabulary

TERMS = Vocabulary.from_terms(
    (
        *(Term(f"session-{n}", "part", f"Session {n} de Lumen", (f"session {n}",)) for n in (1, 2, 3)),
        Term("lot-1", "wave", "Lot 1"),
        Term("lot-2", "wave", "Lot 2"),
        Term("seul", "part", "Guichet 1"),
    )
)
SESSION, LOT, ALONE = Tag("part", "session-1"), Tag("wave", "lot-1"), Tag("part", "seul")


@pytest.mark.parametrize(
    ("text", "before", "meant"),
    [
        ("et la deuxième, elle ferme quand ?", SESSION, "et la session 2 de Lumen, elle ferme quand ?"),
        ("et la 3e ?", SESSION, "et la session 3 de Lumen ?"),
        ("la dernière", SESSION, "la session 3 de Lumen"),
        ("et la suivante ?", SESSION, "et la session 2 de Lumen ?"),
        ("et la neuvième ?", SESSION, "et la session 9 de Lumen ?"),  # told to be unknown further on
        ("et dans l'autre ?", LOT, "et dans lot 2 ?"),
        ("et l'autre ?", SESSION, "et l'autre ?"),  # two others
        ("et la deuxième demande ?", SESSION, "et la deuxième demande ?"),
        ("et le deuxième lot ?", SESSION, "et le deuxième lot ?"),
        ("et le deuxième ?", ALONE, "et le deuxième ?"),  # no family
        ("et la fin ?", SESSION, "et la fin ?"),
    ],
)
def test_a_bare_rank(text: str, before: Tag, meant: str) -> None:
    assert with_sibling(text, (before,), TERMS) == meant
