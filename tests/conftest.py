"""What many tests start from: an encoder one can compute by hand, a small corpus, an index built from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from fakes import LetterEncoder, write_corpus

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from assistant.access import Access
    from assistant.answering import Assistant
    from index.searching import Index

CHECKOUT = Path(__file__).resolve().parents[1]
_MAIN = sys.modules["__main__"]
# The day that the default corpus is asked on: what is past or to come does not change from run to run.
DEFAULT_DAY = date(2026, 11, 23)

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


def pytest_runtest_setup() -> None:
    """Streamlit leaves the script it ran in the place of `__main__`: multiprocessing would run it in every child."""
    sys.modules["__main__"] = _MAIN


Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def default_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the default corpus's index, built once by the command; only to be read."""
    folder = tmp_path_factory.mktemp("default-index")
    done = run_command("build", "--json", ASSISTANT_INDEX=folder)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["refused"] == []
    return folder


@pytest.fixture(scope="session")
def default_assistant(default_index: Path) -> Assistant:
    """The assistant over the default corpus, on DEFAULT_DAY."""
    from assistant.loading import load_assistant
    from assistant.settings import load_settings

    return load_assistant(
        load_settings({"ASSISTANT_INDEX": str(default_index), "ASSISTANT_DAY": DEFAULT_DAY.isoformat()})
    )


@pytest.fixture(scope="session")
def invented_programme(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Assistant]:
    """The assistant over a folder of `tests/corpus`, on DEFAULT_DAY, with the bundled model; each is built once."""

    @cache
    def opened(name: str) -> Assistant:
        from assistant.loading import over
        from assistant.settings import load_settings
        from index.building import build
        from index.encoding import load_encoder
        from index.holding import IndexHolder

        corpus, folder, encoder = (
            CHECKOUT / "tests" / "corpus" / name,
            tmp_path_factory.mktemp(name),
            load_encoder("bundled"),
        )
        build(corpus, folder, encoder=encoder, today=DEFAULT_DAY)
        settings = {"CORPUS": corpus, "INDEX": folder, "DAY": DEFAULT_DAY}
        given = load_settings({f"ASSISTANT_{name}": str(value) for name, value in settings.items()})
        return over(IndexHolder(folder, encoder=encoder), given)

    return opened


@pytest.fixture(scope="session")
def command() -> Command:
    """Runs `python -m assistant` with arguments, from another folder, with these `ASSISTANT_` variables alone."""
    return run_command


def run_command(*arguments: object, **settings: object) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ASSISTANT_")}
    return subprocess.run(
        [sys.executable, "-m", "assistant", *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT.anchor,
        env={**kept, "PYTHONPATH": str(CHECKOUT), **{name: str(value) for name, value in settings.items()}},
        timeout=280,
    )


STAFF_PASSWORDS = {"support": "jardin-potager-2026", "maintainer": "serre-et-verger-2026"}


@pytest.fixture(scope="session")
def site_of_this_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Access, Path]]:
    """Streamlit allows one application in a process: everything `serve` answers, around the assistant made by hand."""
    from screens.fake_assistant import FakeAssistant
    from starlette.testclient import TestClient

    from assistant import serving
    from assistant.screens.guard import shared_access
    from assistant.settings import load_settings

    folder = tmp_path_factory.mktemp("site")
    settings = load_settings({"ASSISTANT_INDEX": str(folder)})
    access = shared_access(settings)
    for role, word in STAFF_PASSWORDS.items():
        access.passwords.set(role, word)  # type: ignore[arg-type]
    fake = FakeAssistant()
    script = CHECKOUT / "tests" / "browser" / "fake_app.py"
    application = serving.application(settings, script=script, assistant=lambda: fake)
    with TestClient(application, base_url="http://localhost") as client:
        yield client, access, folder


@pytest.fixture
def whole_site(
    site_of_this_process: tuple[TestClient, Access, Path], monkeypatch: pytest.MonkeyPatch
) -> tuple[TestClient, Access]:
    """The application of this process and who may come in to it; its screens see the same settings."""
    client, access, folder = site_of_this_process
    monkeypatch.setenv("ASSISTANT_INDEX", str(folder))
    return client, access
