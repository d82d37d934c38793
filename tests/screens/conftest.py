"""A desk around a real assistant over two small documents, and pages of it as persons of each role."""

from __future__ import annotations

from datetime import date

import pytest
from conftest import SMALL_DOCUMENTS, SMALL_MANIFEST, SMALL_VOCABULARY
from fakes import LetterEncoder, write_corpus

from assistant.desk import Desk, desk_in_memory
from assistant.loading import over
from assistant.settings import load_settings
from index.building import build
from index.holding import IndexHolder

DAY = date(2024, 5, 1)


@pytest.fixture(scope="session")
def small_assistant(tmp_path_factory):
    """A real assistant over the small corpus, on DAY."""
    folder = tmp_path_factory.mktemp("small")
    corpus = write_corpus(folder / "corpus", SMALL_DOCUMENTS, manifest=SMALL_MANIFEST, vocabulary=SMALL_VOCABULARY)
    build(corpus, folder / "built", encoder=LetterEncoder(), today=DAY)
    settings = {"CORPUS": corpus, "INDEX": folder / "built", "DAY": DAY}
    given = load_settings({f"ASSISTANT_{name}": str(value) for name, value in settings.items()})
    return over(IndexHolder(folder / "built", encoder=LetterEncoder()), given)


@pytest.fixture
def desk(small_assistant) -> Desk:
    """A desk with an empty journal."""
    return desk_in_memory(small_assistant)
