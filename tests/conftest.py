"""What many tests start from: an encoder one can compute by hand, a small corpus, an index built from it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import LetterEncoder, write_corpus

if TYPE_CHECKING:
    from index.searching import Index

SMALL_MANIFEST = """
[programme]
name = "Programme d'essai"
short_name = "Essai"

[[document]]
id = "calendrier"
path = "calendrier.md"
title = "Calendrier des vagues"
publisher = "Agence d'essai"
kind = "page-officielle"
authority = 3
published_on = "2024-03-05"
retrieved_on = "2024-04-01"

[[document]]
id = "glossaire"
path = "glossaire.md"
title = "Glossaire"
publisher = "Agence d'essai"
kind = "guide"
authority = 4
published_on = "2023"
"""
SMALL_VOCABULARY = """
[[term]]
id = "vague-1"
kind = "wave"
label = "Vague 1"
aliases = ["V1"]

[[term]]
id = "vague-2"
kind = "wave"
label = "Vague 2"
aliases = ["V2"]
"""
SMALL_DOCUMENTS = {
    "calendrier.md": (
        "# Calendrier des vagues\n\n## Vague 1\n\nLe dépôt des demandes de solde de la vague 1 est clos le 14 décembre "
        "2023. Les 2 307 dossiers SUN-ES ont été instruits.\n\n"
        "## Vague 2\n\nLe dépôt des demandes d'avance de la vague 2 ouvre le 3 juin 2024.\n"
    ),
    "glossaire.md": (
        "# Glossaire\n\nLe dossier médical partagé (DMP) rassemble les documents de santé d'une personne.\n\n"
        "La sage-femme accompagne les femmes enceintes.\n"
    ),
}


@pytest.fixture
def encoder() -> LetterEncoder:
    return LetterEncoder()


@pytest.fixture
def small_corpus(tmp_path: Path) -> Path:
    """Two Markdown documents, a manifest and a vocabulary of two waves."""
    folder = tmp_path / "corpus"
    return write_corpus(folder, SMALL_DOCUMENTS, manifest=SMALL_MANIFEST, vocabulary=SMALL_VOCABULARY)


@pytest.fixture
def small_index(small_corpus: Path, tmp_path: Path, encoder: LetterEncoder) -> Iterator[Index]:
    """The small corpus, built and open."""
    from index import generations
    from index.building import build
    from index.searching import Index

    build(small_corpus, tmp_path / "built", encoder=encoder, today=date(2024, 5, 1))
    index = Index.open(generations.current(tmp_path / "built").folder, encoder=encoder)
    yield index
    index.close()
