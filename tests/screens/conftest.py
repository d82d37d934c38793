"""A desk around a real assistant over two small documents, and pages of it as persons of each role."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from conftest import SMALL_DOCUMENTS, SMALL_MANIFEST, SMALL_VOCABULARY
from fakes import LetterEncoder, write_corpus

from assistant.build_record import BuildRecord, write_record
from assistant.desk import Desk, desk_in_memory
from assistant.loading import over
from assistant.settings import load_settings
from index.build_report import Difference, GateVerdict, GoldenResult
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


HOSTILE = "<script>window.hacked=1</script> ![x](https://evil.example/x.png) $\\frac{1}{2}$"


@pytest.fixture(scope="session")
def two_generations(tmp_path_factory) -> Path:
    """The small corpus and an index of two generations of it; to be copied."""
    folder = tmp_path_factory.mktemp("two")
    corpus = write_corpus(folder / "corpus", SMALL_DOCUMENTS, manifest=SMALL_MANIFEST, vocabulary=SMALL_VOCABULARY)
    build(corpus, folder / "built", encoder=LetterEncoder(), today=DAY)
    calendar = corpus / "documents" / "calendrier.md"
    calendar.write_text(calendar.read_text().replace("14 décembre 2023", "18 janvier 2024") + f"\n{HOSTILE}\n")
    build(corpus, folder / "built", encoder=LetterEncoder(), today=DAY, by=f"Zoé {HOSTILE}")
    return folder


@pytest.fixture
def kept_index(two_generations, tmp_path, monkeypatch) -> Path:
    """An index of two generations whose last build the gate refused; the settings of this process name it."""
    shutil.copytree(two_generations, tmp_path / "upkeep")
    built = tmp_path / "upkeep" / "built"
    write_record(built, refused_record())
    for name, value in (("CORPUS", built.with_name("corpus")), ("INDEX", built), ("DAY", DAY.isoformat())):
        monkeypatch.setenv(f"ASSISTANT_{name}", str(value))
    return built


def refused_record(text: str = "clos le 18 janvier 2024") -> BuildRecord:
    """A build that the gate refused, for a lost answer and a better one."""
    lost = Difference(
        "lost",
        GoldenResult("q1", "a1", f"Et le solde ? {HOSTILE}", "right", "", "clos le 14 décembre 2023"),
        GoldenResult("q1", "a1", f"Et le solde ? {HOSTILE}", "wrong", "manque : 14 décembre 2023", text + HOSTILE),
    )
    better = Difference(
        "better",
        GoldenResult("q2", "a2", "Et l’avance ?", "withheld", "", ""),
        GoldenResult("q2", "a2", "Et l’avance ?", "right", "", "ouvre le 3 juin 2024"),
    )
    verdict = GateVerdict(False, "Questions de référence : 1 perdue.", differences=(better, lost))
    return BuildRecord("", "2024-05-01T01:15:00+00:00", "0002", outcome="refused", gate=verdict, ended_at="")
