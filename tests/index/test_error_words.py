"""What the system and the readers of files say in English reaches people as French words."""

from __future__ import annotations

import errno
import json
import os
import tomllib
from pathlib import Path

import pytest

from index.error_words import reason_of
from index.errors import CorpusError, EditRefused
from index.incoming import receive
from index.toml_files import read_toml

CHECKOUT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "il n'y a plus de place sur le disque"),
        (errno.EACCES, "accès refusé"),
        (errno.ENOENT, "il n'existe pas"),
        (errno.EISDIR, "c'est un dossier"),
        (errno.EMFILE, "trop de fichiers sont ouverts"),
        (errno.EROFS, "le disque est en lecture seule"),
        (errno.EPROTO, "erreur EPROTO du système"),
        (99_999, "erreur 99999 du système"),
    ],
)
def test_a_refusal_of_the_system_is_french(number: int, said: str) -> None:
    assert reason_of(OSError(number, os.strerror(number))) == said


def test_an_error_without_a_number_is_named_by_its_kind() -> None:
    assert reason_of(TimeoutError("timed out")) == "TimeoutError"


def test_what_is_wrong_in_a_file_is_told_by_its_place() -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as toml:
        tomllib.loads("a = 1\nb = = 2\n")
    assert reason_of(toml.value) == "ligne 2, colonne 5"
    with pytest.raises(tomllib.TOMLDecodeError) as cut:
        tomllib.loads('a = """x')
    assert reason_of(cut.value) == "à la fin du fichier"
    with pytest.raises(json.JSONDecodeError) as plain:
        json.loads("{\n1}")
    assert reason_of(plain.value) == "JSON incorrect à la ligne 2, colonne 1"
    with pytest.raises(UnicodeDecodeError) as text:
        b"\xff".decode()
    assert reason_of(text.value) == "son texte n'est pas en UTF-8"


def test_a_folder_in_the_place_of_a_file_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"ne peut pas être lu \(c'est un dossier\)"):
        read_toml(tmp_path)
    (tmp_path / "incoming").write_text("")
    with pytest.raises(EditRefused, match="ce n'est pas un dossier"):
        receive(tmp_path / "incoming", "a.txt", b"Un texte.")


def test_no_sentence_repeats_the_system_s_own_words() -> None:
    sources = [*(CHECKOUT / "index").glob("*.py"), *(CHECKOUT / "assistant").rglob("*.py")]
    assert [path.name for path in sources if ".strerror" in path.read_text(encoding="utf-8")] == []
