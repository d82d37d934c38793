"""What a new generation changes for people: small corpora before and after, built with an encoder made by hand."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from conftest import SMALL_MANIFEST
from fakes import LetterEncoder, write_corpus

from assistant.digest import Digest
from assistant.digest_text import as_markdown
from assistant.errors import AssistantError
from assistant.upkeep import digest_of, history
from index.building import build
from index.errors import GenerationMissing

VOCABULARY = """
[[term]]
id = "vague-1"
kind = "wave"
label = "Vague 1"
[[term]]
id = "vague-2"
kind = "wave"
label = "Vague 2"
[[term]]
id = "solde"
kind = "milestone"
label = "Solde"
[[term]]
id = "avance"
kind = "milestone"
label = "Avance"
[[term]]
id = "ville"
kind = "lane"
label = "Médecine de ville"
[[term]]
id = "hopital"
kind = "lane"
label = "Hôpital"
[[term]]
id = "sages-femmes"
kind = "profession"
label = "Sages-femmes"
within = ["ville"]
"""
CALENDAR = (
    "# Calendrier des vagues\n\nLe dépôt des demandes de solde de la vague 1 pour la médecine de ville est clos le "
    "14 décembre 2023.\n\nLe dépôt des demandes d'avance de la vague 1 pour l'hôpital est clos le 3 juin 2024.\n"
)
FILTERS: dict[str, str | None] = {"profession": None, "lane": None}


class Upkeep:
    """A corpus that changes, and the digest of each change."""

    def __init__(self, folder: Path, encoder: LetterEncoder) -> None:
        self.corpus = write_corpus(
            folder / "corpus", {"calendrier.md": CALENDAR}, manifest=SMALL_MANIFEST, vocabulary=VOCABULARY
        )
        self.index = folder / "built"
        self.encoder = encoder
        self.build()

    def build(self) -> None:
        build(self.corpus, self.index, encoder=self.encoder, today=date(2024, 5, 1))

    def write(self, name: str, text: str, **filters: str | None) -> Digest:
        write_corpus(self.corpus, {name: text})
        self.build()
        return self.digest(**filters)

    def digest(self, **filters: str | None) -> Digest:
        return digest_of(self.index, None, filters={**FILTERS, **filters})


@pytest.fixture
def upkeep(tmp_path: Path, encoder: LetterEncoder) -> Upkeep:
    return Upkeep(tmp_path, encoder)


def test_the_first_generation_adds_everything(upkeep: Upkeep) -> None:
    found = upkeep.digest()
    assert [(one.change, one.label, one.after.text if one.after else "") for one in found.deadlines] == [
        ("added", "Solde · Médecine de ville · Vague 1", "14 décembre 2023"),
        ("added", "Avance · Hôpital · Vague 1", "3 juin 2024"),
    ]
    assert [(one.change, one.id) for one in found.documents] == [("added", "calendrier")]
    assert "la première" in as_markdown(found)


def test_a_moved_an_added_and_a_withdrawn_deadline(upkeep: Upkeep) -> None:
    text = CALENDAR.replace("14 décembre 2023", "21 décembre 2023").replace(
        "d'avance de la vague 1", "de solde de la vague 2"
    )
    found = upkeep.write("calendrier.md", text)
    assert [(one.change, one.label) for one in found.deadlines] == [
        ("moved", "Solde · Médecine de ville · Vague 1"),
        ("added", "Solde · Hôpital · Vague 2"),
        ("withdrawn", "Avance · Hôpital · Vague 1"),
    ]
    moved = found.deadlines[0]
    assert moved.before is not None
    assert moved.after is not None
    assert (moved.before.text, moved.after.text) == ("14 décembre 2023", "21 décembre 2023")
    (changed,) = found.documents
    assert (len(changed.came), len(changed.went)) == (2, 2)
    assert "21 décembre 2023" in changed.came[0]
    said = as_markdown(found)
    assert (
        "- **Déplacée** : Solde · Médecine de ville · Vague 1 (date limite) : 14 décembre 2023 → 21 décembre 2023"
        in said
    )
    assert said.count("  - + Le dépôt") == said.count("  - − Le dépôt") == 2


def test_it_is_filtered_by_lane_and_profession(upkeep: Upkeep) -> None:
    text = CALENDAR.replace("14 décembre 2023", "21 décembre 2023").replace("3 juin", "4 juin")
    everyone = upkeep.write("calendrier.md", text)
    assert len(everyone.deadlines) == 2
    assert [one.label for one in upkeep.digest(lane="hopital").deadlines] == ["Avance · Hôpital · Vague 1"]
    assert [one.label for one in upkeep.digest(profession="sages-femmes").deadlines] == [
        "Solde · Médecine de ville · Vague 1"
    ]
    with pytest.raises(AssistantError, match="sages-femmes"):
        upkeep.digest(profession="sage-femme")


def test_a_scope_that_changes(upkeep: Upkeep) -> None:
    found = upkeep.write("perimetre.md", "# Périmètre\n\nLes sages-femmes sont concernées par la vague 2.\n")
    assert [(one.who, one.wave, one.before, one.after) for one in found.cells] == [
        ("Sages-femmes", "Vague 2", "undocumented", "concerned")
    ]
    assert "Sages-femmes, Vague 2 : non documenté → concerné" in as_markdown(found)
    assert upkeep.digest(lane="hopital").cells == ()


def test_a_new_contradiction_is_told_once(upkeep: Upkeep) -> None:
    other = CALENDAR.partition("\n\nLe dépôt des demandes d'avance")[0].replace("14 décembre", "3 mars")
    found = upkeep.write("autre.md", other)
    (pair,) = found.contradictions
    assert {pair.one.text, pair.other.text} == {"14 décembre 2023", "3 mars 2023"}
    assert upkeep.write("glossaire.md", "# Glossaire\n\nRien de daté.\n").contradictions == ()


def test_words_of_documents_format_and_load_nothing(upkeep: Upkeep) -> None:
    found = upkeep.write("calendrier.md", CALENDAR + "\nVoir ![image](https://exemple.invalid/a.png) <b>ici</b>.\n")
    said = as_markdown(found)
    assert "![" not in said
    assert "<b>" not in said.replace(r"\<b\>", "")


def test_a_generation_that_is_not_there_is_named_with_those_that_are(upkeep: Upkeep) -> None:
    with pytest.raises(GenerationMissing, match="0001-"):
        digest_of(upkeep.index, "0009-00000000", filters=FILTERS)


def test_the_history_tells_which_is_in_use_and_what_made_it(upkeep: Upkeep) -> None:
    upkeep.write("glossaire.md", "# Glossaire\n\nRien de daté.\n")
    newest, first = history(upkeep.index)
    assert (newest.is_current, first.is_current) == (True, False)
    assert (newest.based_on, first.based_on) == (first.name, "")
    assert (newest.documents, first.documents) == (2, 1)
    assert newest.built_at.endswith("+00:00")
    (upkeep.index / "generations" / first.name / "manifest.json").unlink()
    assert "rollback" in history(upkeep.index)[1].trouble


def test_the_commands_print_markdown_and_one_json_document(
    upkeep: Upkeep, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from assistant.__main__ import main

    monkeypatch.setenv("ASSISTANT_INDEX", str(upkeep.index))
    assert main(["digest", "--lane", "ville"]) == 0
    assert capsys.readouterr().out.startswith("# Ce que change la génération 0001-")
    assert main(["digest", "--json"]) == 0
    assert set(json.loads(capsys.readouterr().out)) == {
        "before", "after", "deadlines", "cells", "documents", "contradictions",
    }  # fmt: skip
    assert main(["history"]) == 0
    assert capsys.readouterr().out.startswith("* 0001-")
    assert main(["history", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[0]["is_current"] is True
