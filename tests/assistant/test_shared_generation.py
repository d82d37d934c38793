"""One generation for several machines: the journal names it, each folder is brought to it when its files are there."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import Command
from fakes import LetterEncoder, write_corpus

from assistant import upkeep
from assistant.desk import Desk
from assistant.errors import JournalUnavailable
from assistant.health import health
from assistant.journal import Journal
from assistant.keeping import Keeping
from assistant.loading import build_index, over
from assistant.settings import Settings, load_settings
from assistant.shared_generation import SharedGeneration
from index import generations
from index.building import build
from index.errors import GenerationMissing
from index.holding import IndexHolder

DAY = date(2024, 5, 1)


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two generations, the second in use."""
    folder = tmp_path_factory.mktemp("two")
    for number in (1, 2):
        corpus = write_corpus(folder / "corpus", {"page.md": f"# Page\n\nCette page porte le numéro {number}.\n"})
        build(corpus, folder / "built", encoder=LetterEncoder(), today=DAY)
    return folder / "built"


@pytest.fixture
def built(two: Path, tmp_path: Path) -> Path:
    shutil.copytree(two, tmp_path / "built")
    return tmp_path / "built"


@pytest.fixture
def names(built: Path) -> tuple[str, ...]:
    return tuple(one.name for one in generations.all_generations(built))


def test_a_folder_follows_what_the_journal_names(journal: Journal, built: Path, names: tuple[str, ...]) -> None:
    shared = SharedGeneration(journal, built)
    assert (shared.follow().named, generations.current(built).name) == (None, names[1])
    for name in (names[0], names[1], names[0]):
        SharedGeneration(journal, built.parent / "elsewhere").announce(name)
        assert shared.follow().trouble == ""
        assert (shared.standing.named, shared.standing.here, generations.current(built).name) == (name,) * 3


@pytest.mark.parametrize("lack", ["all", "a file", "the end of a file"])
def test_a_machine_without_the_files_goes_on_and_says_so(
    journal: Journal, built: Path, names: tuple[str, ...], lack: str, caplog: pytest.LogCaptureFixture
) -> None:
    folder, aside = built / "generations" / names[0], built / "aside"
    shutil.copytree(folder, aside)
    if lack == "all":
        shutil.rmtree(folder)
    elif lack == "a file":
        (folder / "manifest.json").unlink()
    else:
        (folder / "passages.jsonl").write_bytes((folder / "passages.jsonl").read_bytes()[:-5])
    holder = IndexHolder(built, encoder=LetterEncoder())
    assistant = over(holder, load_settings({"ASSISTANT_INDEX": str(built)}))
    desk = Desk(assistant, journal, keeping=Keeping(journal), shared=SharedGeneration(journal, built))
    journal.choose_generation(names[0], by="Ana")
    for _ in range(3):
        desk.keep_up()
    seen = health(desk)
    assert (seen.status, seen.generation, seen.agreed) == ("degraded", names[1], names[0])
    assert [names[0] in trouble for trouble in seen.troubles] == [True]
    assert str(built) not in str(seen)
    assert caplog.text.count("Copiez le dossier") == 1
    shutil.rmtree(folder, ignore_errors=True)
    aside.rename(folder)
    desk.keep_up()
    assert (health(desk).status, health(desk).generation) == ("ok", names[0])


@pytest.fixture
def settings(built: Path, two: Path, journal_url: str) -> Settings:
    given = {"CORPUS": two.parent / "corpus", "INDEX": built, "JOURNAL": journal_url, "DAY": DAY}
    return load_settings({f"ASSISTANT_{name}": str(value) for name, value in given.items()})


several = pytest.mark.parametrize("journal_url", ["postgresql"], indirect=True)


@several
def test_builds_and_rollbacks_are_told_to_all_machines(
    settings: Settings, journal: Journal, names: tuple[str, ...]
) -> None:
    encoder = LetterEncoder()
    assert build_index(settings, encoder=encoder).is_unchanged
    assert journal.current_generation() == names[1]
    corpus = shutil.copytree(settings.corpus, settings.index.parent / "corpus")
    write_corpus(corpus, {"page.md": "# Page\n\nCette page porte le numéro 3.\n"})
    third = build_index(replace(settings, corpus=corpus), encoder=encoder).generation
    assert journal.current_generation() == third == generations.current(settings.index).name
    assert upkeep.go_back(settings, by="Ana") == names[1]
    assert upkeep.go_back(settings, by="Ana") == names[0]
    with pytest.raises(GenerationMissing):
        upkeep.go_back(settings)
    assert [one.generation for one in journal.choices()] == [names[0], names[1], third, names[1]]
    made = upkeep.history(settings.index, upkeep.choices(settings))
    assert [(one.name, len(one.chosen), one.is_current) for one in made] == [
        (third, 1, False), (names[1], 2, False), (names[0], 1, True),
    ]  # fmt: skip


class Silent(Journal):
    """A journal that takes no new generation."""

    def choose_generation(self, name: str, *, by: str) -> None:
        raise JournalUnavailable(f"{by} away {name}")


def test_what_cannot_be_told_is_not_put_into_use(built: Path, names: tuple[str, ...], two: Path) -> None:
    shared = SharedGeneration(Silent.open("sqlite://"), built)
    with pytest.raises(JournalUnavailable, match="assistant rollback 0001"):
        generations.rollback(built, names[0], announce=shared.announce)
    assert generations.current(built).name == names[1]
    corpus = shutil.copytree(two.parent / "corpus", built.parent / "corpus")
    write_corpus(corpus, {"page.md": "# Page\n\nCette page porte le numéro 3.\n"})
    with pytest.raises(JournalUnavailable, match="assistant rollback 0003"):
        build(corpus, built, encoder=LetterEncoder(), today=DAY, announce=shared.announce)
    assert generations.current(built).name == names[1]
    third = generations.all_generations(built)[-1].name
    assert generations.rollback(built, third).name == third
    assert not list(built.glob("building-*"))


@several
def test_check_and_history_tell_of_it(
    settings: Settings, journal: Journal, names: tuple[str, ...], command: Command
) -> None:
    journal.choose_generation(names[0], by="Ana")
    journal.choose_generation("0009-0123abcd", by="Zoé")
    given = {"ASSISTANT_CORPUS": settings.corpus, "ASSISTANT_INDEX": settings.index}
    found = command("check", "--json", ASSISTANT_JOURNAL=settings.journal, **given)
    assert found.returncode == 1
    assert any("0009-0123abcd" in one["what"] and one["is_serious"] for one in json.loads(found.stdout))
    told = command("history", ASSISTANT_JOURNAL=settings.journal, **given).stdout
    assert "UTC par Ana" in told
