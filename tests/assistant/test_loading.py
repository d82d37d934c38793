"""The wiring: what the settings say is what is opened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from fakes import LetterEncoder

from assistant.loading import build_index, over
from assistant.settings import Settings, load_settings
from index.errors import GenerationMissing
from index.holding import IndexHolder


@pytest.fixture
def settings(small_corpus: Path, tmp_path: Path) -> Settings:
    return load_settings({"ASSISTANT_CORPUS": str(small_corpus), "ASSISTANT_INDEX": str(tmp_path / "built")})


@pytest.fixture
def holder(settings: Settings, encoder: LetterEncoder) -> Iterator[IndexHolder]:
    made = IndexHolder(settings.index, encoder=encoder)
    yield made
    made.close()


def test_building_takes_the_corpus_and_the_index_of_the_settings(
    settings: Settings, encoder: LetterEncoder, holder: IndexHolder
) -> None:
    report = build_index(settings, encoder=encoder)
    assert report.added == ("calendrier.md", "glossaire.md")
    assistant = over(holder, settings)
    assert assistant.programme.short_name == "Essai"
    assert [info.id for info in assistant.documents()] == ["calendrier", "glossaire"]


def test_another_vocabulary_is_used(
    settings: Settings, encoder: LetterEncoder, holder: IndexHolder, tmp_path: Path
) -> None:
    other = tmp_path / "other.toml"
    other.write_text('[[term]]\nid = "solde"\nkind = "milestone"\nlabel = "Solde"\n', encoding="utf-8")
    build_index(replace(settings, vocabulary=other), encoder=encoder)
    tags = {tag.id for hit in over(holder, settings).search("solde de la vague 1") for tag in hit.passage.tags}
    assert tags == {"solde"}


def test_the_day_is_the_settings_or_the_programmes(
    settings: Settings, encoder: LetterEncoder, holder: IndexHolder
) -> None:
    build_index(settings, encoder=encoder)
    assert over(holder, replace(settings, day=date(2020, 2, 29))).today() == date(2020, 2, 29)
    assert abs((over(holder, settings).today() - date.today()).days) <= 1  # noqa: DTZ011


def test_a_later_build_serves_the_next_question(
    settings: Settings, encoder: LetterEncoder, holder: IndexHolder
) -> None:
    build_index(settings, encoder=encoder)
    assistant = over(holder, settings)
    first = assistant.generation
    (settings.corpus / "documents" / "ajout.md").write_text("# Ajout\n\nLe guichet rouvre.\n", encoding="utf-8")
    build_index(settings, encoder=encoder)
    assert assistant.generation != first
    assert len(assistant.documents()) == 3


def test_without_an_index_the_remedy_is_named(settings: Settings, holder: IndexHolder) -> None:
    with pytest.raises(GenerationMissing, match="assistant build"):
        over(holder, settings).answer("solde ?")
