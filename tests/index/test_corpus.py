from datetime import date
from pathlib import Path

import pytest
from fakes import write_corpus

from index.corpus import load_corpus, parse_published
from index.declared_ends import declared_end
from index.errors import CorpusError
from index.records import DayRange, Page, Tag

DOCUMENTS = {"a.md": "# A\n\nTexte.\n", "dossier/b.md": "# B\n\nTexte.\n"}
SUMMARY = """
[[document]]
id = "fiche"
path = "a.md"
title = "Fiche"
publisher = "Ce projet"
kind = "fiche"
origin = "summary"
replaces = ["b"]

[document.source]
publisher = "ANS"
kind = "page-officielle"
authority = 2
published_on = "2024-11"
url = "https://example.org/page"

[[document]]
id = "b"
path = "dossier/b.md"
published_on = 2023
"""


def corpus(folder: Path, manifest: str | None = None, vocabulary: str | None = None) -> Path:
    return write_corpus(folder / "corpus", DOCUMENTS, manifest=manifest, vocabulary=vocabulary)


def test_only_documents_are_required(tmp_path: Path) -> None:
    loaded = load_corpus(corpus(tmp_path))
    assert [(info.path, info.is_listed, info.source.authority) for info in loaded.documents] == [
        ("a.md", False, 7),
        ("dossier/b.md", False, 7),
    ]
    assert loaded.vocabulary_path is None
    assert loaded.questions_path is None
    assert loaded.warnings == ()
    assert loaded.programme.disclaimer
    assert loaded.programme.timezone == "Europe/Paris"


def test_a_summary_takes_rank_and_age_from_its_source(tmp_path: Path) -> None:
    loaded = load_corpus(corpus(tmp_path, SUMMARY))
    fiche, other = loaded.documents
    assert fiche.evidence.publisher == "ANS"
    assert fiche.evidence.authority == 2
    assert fiche.evidence.published == DayRange(date(2024, 11, 1), date(2024, 11, 30))
    assert fiche.source.publisher == "Ce projet"
    assert fiche.replaces == ("b",)
    assert other.evidence == other.source
    assert other.source.published == DayRange(date(2023, 1, 1), date(2023, 12, 31))


def test_listed_documents_come_first_then_the_others(tmp_path: Path) -> None:
    folder = corpus(tmp_path, '[[document]]\nid = "b"\npath = "dossier/b.md"\n')
    (folder / "documents" / "notes.unknown").write_text("x", encoding="utf-8")
    (folder / "documents" / ".a.md.swp.md").write_text("x", encoding="utf-8")
    (folder / "documents" / "~$ouvert.docx").write_bytes(b"x")
    assert [info.path for info in load_corpus(folder).documents] == ["dossier/b.md", "a.md"]


def test_ids_made_from_paths_never_clash(tmp_path: Path) -> None:
    folder = write_corpus(tmp_path / "corpus", {"é.md": "x", "e.md": "x", "e_.md": "x", "日本.md": "x"})
    ids = [info.id for info in load_corpus(folder).documents]
    assert len(set(ids)) == 4
    assert all(ids)


def test_the_programme_and_what_was_settled(tmp_path: Path) -> None:
    manifest = (
        '[programme]\nname = "Plan"\nshort_name = "P"\nexamples = ["Quand ?"]\ntimezone = "Europe/Brussels"\n\n'
        '[[settled]]\nwave = "vague-1"\nmilestone = ["solde", "avance"]\ndate_kind = "closes"\n'
        'in_force = "2023-12-14"\n'
        'replaced = "2023-04-28"\nreason = "page plus récente"\n'
    )
    loaded = load_corpus(corpus(tmp_path, manifest))
    assert (loaded.programme.name, loaded.programme.examples) == ("Plan", ("Quand ?",))
    assert loaded.settled[0].tags == (Tag("wave", "vague-1"), Tag("milestone", "solde"), Tag("milestone", "avance"))


def test_another_vocabulary_takes_the_place_of_the_corpus_own(tmp_path: Path) -> None:
    folder = corpus(tmp_path, vocabulary="")
    other = tmp_path / "other.toml"
    other.write_text("", encoding="utf-8")
    assert load_corpus(folder).vocabulary_path == folder / "vocabulary.toml"
    assert load_corpus(folder, vocabulary_path=other).vocabulary_path == other


@pytest.mark.parametrize(
    ("manifest", "sentence"),
    [
        ("[programme", "n'est pas un fichier TOML valide"),
        ("programme = 1", r"écrite \[programme\]"),
        ('[document]\npath = "a.md"', r"écrites \[\[document\]\]"),
        ('[[document]]\nid = "x"', "« x ».*champ « path » manque"),
        ('[[document]]\npath = "../a.md"', "doit rester dans documents"),
        ('[[document]]\npath = "/a.md"', "doit rester dans documents"),
        ('[[document]]\npath = "a.md"\nkind = "roman"', "« roman » est inconnu"),
        ('[[document]]\npath = "a.md"\nauthority = 8', "authority va de 1"),
        ('[[document]]\npath = "a.md"\nauthority = "forte"', "authority va de 1"),
        ('[[document]]\npath = "a.md"\norigin = "copie"', "origin vaut"),
        ('[[document]]\npath = "a.md"\norigin = "summary"', r"\[document.source\]"),
        ('[[document]]\npath = "a.md"\n[document.source]\npublisher = "x"', r"\[document.source\]"),
        ('[[document]]\npath = "a.md"\npublished_on = "24/05/2023"', "« 24/05/2023 » n'est pas une date"),
        ('[[document]]\npath = "a.md"\npublished_on = "2023-13"', "« 2023-13 » n'est pas une date"),
        ('[[document]]\npath = "a.md"\npublished_on = ["2025", "2024"]', "« 2025 » vient après « 2024 »"),
        ('[[document]]\npath = "a.md"\npublished_on = ["2025"]', "couple de dates"),
        ('[[document]]\npath = "a.md"\nretrieved_on = "hier"', "« hier » n'est pas un jour"),
        ('[[document]]\npath = "a.md"\nurl = "javascript:alert(1)"', "url commence par"),
        (
            '[[document]]\npath = "a.md"\nid = "x"\n[[document]]\npath = "dossier/b.md"\nid = "x"',
            "« x » est donné deux fois",
        ),
        (
            '[[document]]\npath = "a.md"\nid = "x"\n[[document]]\npath = "a.md"\nid = "y"',
            "« a.md » est nommé deux fois",
        ),
        ('[[settled]]\nin_force = "2023-12-14"\nreplaced = "2023-04-28"', "« reason »|'reason'"),
        ('[[settled]]\ndate_kind = "ends"\nin_force = "a"\nreplaced = "b"\nreason = "c"', "date_kind « ends »"),
    ],
)
def test_an_impossible_manifest_says_where(tmp_path: Path, manifest: str, sentence: str) -> None:
    with pytest.raises(CorpusError, match=f"manifest.toml.*(?:{sentence})|(?:{sentence})"):
        load_corpus(corpus(tmp_path, manifest))


def test_a_folder_without_documents_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="n'existe pas"):
        load_corpus(tmp_path)


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    folder = corpus(tmp_path)
    (folder / "manifest.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(CorpusError, match="UTF-8"):
        load_corpus(folder)


@pytest.mark.parametrize(
    ("manifest", "sentence"),
    [
        ('[[document]]\npath = "parti.md"', "parti.md : nommé dans manifest.toml, absent"),
        ('[[document]]\npath = "a.md"\npublised_on = "2023"', "« publised_on » de manifest.toml est inconnu"),
        ('[[document]]\npath = "a.md"\nreplaces = "personne"', "remplace « personne »"),
    ],
)
def test_what_stops_nothing_is_a_warning(tmp_path: Path, manifest: str, sentence: str) -> None:
    loaded = load_corpus(corpus(tmp_path, manifest))
    assert len(loaded.documents) == 2
    assert sentence in loaded.warnings[0]


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-02-03", date(2024, 2, 3), date(2024, 2, 3)),
        (2024, date(2024, 1, 1), date(2024, 12, 31)),
        (date(2024, 2, 3), date(2024, 2, 3), date(2024, 2, 3)),
        (["2024", "2025-03"], date(2024, 1, 1), date(2025, 3, 31)),
    ],
)
def test_published_days(value: object, first: date, last: date) -> None:
    assert parse_published(value)[0] == DayRange(first, last)


@pytest.mark.parametrize("value", [None, ""])
def test_no_published_day(value: object) -> None:
    assert parse_published(value) == (None, "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ce guide est remplacé depuis le 4 mai 2026 par une nouvelle édition.", date(2026, 5, 4)),
        ("Bienvenue. La présente note est valable jusqu'au 31 mars 2026.", date(2026, 3, 31)),
        ("Cette foire aux questions n'est plus en vigueur.", None),
        ("L'arrêté du 3 mars 2024 est remplacé par celui du 4 mai 2026.", None),
        ("Cette page dit qui est remplacé. Réunion le 4 mai 2026.", None),
        ("Cette version remplace celle du 4 mai 2026.", None),
    ],
)
def test_a_document_may_say_until_when_it_holds(text: str, expected: date | None) -> None:
    assert declared_end((Page(None, text, ()),)) == expected
