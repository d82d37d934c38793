"""What is wrong in `vocabulary.toml` is told in French, with the remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.errors import CorpusError
from index.records import Tag
from index.vocabulary import ContextAlias, Vocabulary

GOOD = """
[[term]]
id = "plan"
kind = "programme"
label = "Plan"

[[term]]
id = "lot-1"
kind = "wave"
label = "Lot 1"
aliases = ["premier lot du plan"]
definition = "Le premier."
source = "https://example.org/lot-1"
within = ["plan"]
aliases_with_context = [{ alias = "PL", near = ["plan"] }, { alias = "LP" }]
"""


def write(folder: Path, content: str) -> Path:
    path = folder / "vocabulary.toml"
    path.write_text(content, encoding="utf-8")
    return path


def test_a_file_is_read(tmp_path: Path) -> None:
    vocabulary = Vocabulary.load(write(tmp_path, GOOD))
    term = vocabulary.term(Tag("wave", "lot-1"))
    assert term.within == (Tag("programme", "plan"),)
    assert term.definition == "Le premier."
    assert term.source == "https://example.org/lot-1"
    assert term.aliases_with_context == (ContextAlias("PL", ("plan",)), ContextAlias("LP"))


def test_no_file_is_an_empty_vocabulary(tmp_path: Path) -> None:
    assert Vocabulary.load(None).terms == ()
    assert Vocabulary.load(tmp_path / "nothing.toml").terms == ()


def term(**fields: str) -> str:
    given = {"id": '"a"', "kind": '"wave"', "label": '"A"'} | fields
    return "[[term]]\n" + "\n".join(f"{name} = {value}" for name, value in given.items()) + "\n"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("[[term]\n", "n'est pas un fichier TOML valide"),
        ("term = 3\n", "[[term]]"),
        ("[other]\nx = 1\n", "« other » n'est pas attendu"),
        (term(kind='"vague"'), "genre « vague » inconnu ; choisissez parmi wave"),
        (term(id='"Vague 1"'), "minuscules"),
        (term(label='""'), "« label » manque"),
        (term(alias='["x"]'), "vouliez-vous « aliases »"),
        (term(aliases='"x"'), "liste de textes"),
        (term(within='["b"]'), "within nomme « b », qui n'existe pas"),
        (term(aliases_with_context='[{ near = ["x"] }]'), "aliases_with_context"),
        (term() + term(), "l'id « a » est donné à plusieurs termes"),
        (term(within='["b"]') + term(id='"b"', within='["a"]'), "tournent en rond : a → b → a"),
        (term(id='"vague-1"') + term(id='"x"', within='["vague1"]'), "vouliez-vous « vague-1 »"),
    ],
)
def test_faults_are_told_with_their_remedy(tmp_path: Path, content: str, said: str) -> None:
    with pytest.raises(CorpusError) as caught:
        Vocabulary.load(write(tmp_path, content))
    assert said in str(caught.value)
    assert "vocabulary.toml" in str(caught.value)


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "vocabulary.toml"
    path.write_bytes("label = 'é'".encode("latin-1"))
    with pytest.raises(CorpusError, match="UTF-8"):
        Vocabulary.load(path)
