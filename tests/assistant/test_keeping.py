"""Exchanges while the journal is away: none is lost, none is there twice, and what cannot be kept is not answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from exchange_maker import exchange
from interrupted_journal import Interrupted

from assistant import keeping
from assistant.desk_records import QueueFilter
from assistant.errors import JournalUnavailable
from assistant.journal import Journal
from assistant.keeping import Keeping, Kept


@pytest.fixture
def interrupted(tmp_path: Path) -> Iterator[Interrupted]:
    opened = Interrupted.open(f"sqlite:///{tmp_path / 'journal.sqlite3'}")
    yield opened
    opened.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "waiting"


def kept(journal: Journal) -> set[str]:
    return {one.exchange for one in journal.listed(QueueFilter(), limit=1000)}


def test_what_is_asked_while_the_journal_is_away_is_written_when_it_is_back(
    interrupted: Interrupted, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keeper, asked = Keeping(interrupted, folder), [exchange(f"question {number} ?") for number in range(3)]
    keeper.keep(asked[0])
    interrupted.is_away = True
    for one in asked[1:]:
        keeper.keep(one)
    assert keeper.state() == Kept(is_away=True, waiting=2, refused=0)
    assert keeper.write_waiting() == 0
    interrupted.is_away = False
    assert Keeping(interrupted, folder).write_waiting() == 2  # as another process would, after a kill
    keeper.keep(exchange("ensuite ?"))  # this one still leaves the journal alone
    assert keeper.write_waiting() == 1
    assert [interrupted.exchange(one.id) for one in asked] == asked
    assert len(kept(interrupted)) == 4
    assert "attendent dans" in caplog.text
    assert "2 échanges qui attendaient y sont écrits" in caplog.text


def test_what_waits_is_forgotten_too(interrupted: Interrupted, folder: Path) -> None:
    keeper, mine, other = Keeping(interrupted, folder), exchange("la mienne ?"), exchange("une autre ?")
    interrupted.is_away = True
    keeper.keep(mine)
    keeper.keep(other)
    assert keeping.erase_waiting(folder, conversation=mine.conversation) >= 1
    left = keeper.state().waiting
    assert all(mine.id not in path.read_text(encoding="utf-8") for path in folder.glob("*.json"))
    assert keeper.erase_before(date(2000, 1, 1)) == 0
    assert keeper.erase_before(date(2100, 1, 1)) == left
    assert keeper.state().waiting == 0


def test_it_is_said_once_that_the_journal_is_away_and_it_is_left_alone_meanwhile(
    interrupted: Interrupted, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keeper = Keeping(interrupted, folder)
    interrupted.is_away = True
    for _ in range(5):
        keeper.keep(exchange())
    assert not keeper.is_reachable()
    assert caplog.text.count("attendent dans") == 1


def test_what_was_committed_and_reported_lost_is_there_once(interrupted: Interrupted, folder: Path) -> None:
    keeper, asked = Keeping(interrupted, folder), exchange()
    interrupted.is_cut = True
    keeper.keep(asked)
    interrupted.is_cut = False
    assert kept(interrupted) == {asked.id}
    assert keeper.write_waiting() == 1
    assert kept(interrupted) == {asked.id}
    assert keeper.state().waiting == 0


def test_personal_numbers_are_masked_on_disk_and_the_folder_is_for_its_owner(
    interrupted: Interrupted, folder: Path
) -> None:
    interrupted.is_away = True
    Keeping(interrupted, folder).keep(exchange("Appelez-moi au 06 12 34 56 78, quand ferme la vague 1 ?"))
    (path,) = folder.glob("*.json")
    assert "06 12" not in path.read_text(encoding="utf-8")
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_full_folder_means_no_answer(interrupted: Interrupted, folder: Path) -> None:
    keeper = Keeping(interrupted, folder, most=2)
    interrupted.is_away = True
    keeper.keep(exchange())
    keeper.keep(exchange())
    with pytest.raises(JournalUnavailable, match="2 échanges l'attendent"):
        keeper.keep(exchange())


def test_without_a_folder_that_can_be_written_there_is_no_answer(interrupted: Interrupted, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    interrupted.is_away = True
    with pytest.raises(JournalUnavailable, match="ne peut pas être écrit"):
        Keeping(interrupted, tmp_path / "file" / "waiting").keep(exchange())
    with pytest.raises(JournalUnavailable, match="away"):
        Keeping(interrupted).keep(exchange())


def test_what_cannot_be_read_at_the_moment_goes_on_waiting(interrupted: Interrupted, folder: Path) -> None:
    keeper = Keeping(interrupted, folder)
    interrupted.is_away = True
    keeper.keep(exchange())
    interrupted.is_away = False
    waiting, aside = next(folder.glob("2*.json")), folder / "aside"
    waiting.rename(aside)
    waiting.mkdir()  # any error of the system will do: root may read everything
    assert keeper.write_waiting() == 0
    assert keeper.state() == Kept(is_away=False, waiting=1, refused=0)
    waiting.rmdir()
    aside.rename(waiting)
    assert keeper.write_waiting() == 1


def test_what_the_journal_never_takes_is_set_aside_and_the_rest_is_written(
    interrupted: Interrupted, folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    keeper, sound = Keeping(interrupted, folder), exchange()
    interrupted.is_away = True
    keeper.keep(sound)
    interrupted.is_away = False
    whole = next(folder.glob("2*.json")).read_text(encoding="utf-8")
    strange = whole.replace(sound.id, sound.id[::-1]).replace('"words"', '"wor"')
    (folder / "0-broken.json").write_text("{", encoding="utf-8")
    (folder / "1-strange.json").write_text(strange, encoding="utf-8")
    assert keeper.write_waiting() == 1
    assert kept(interrupted) == {sound.id}
    assert keeper.state() == Kept(is_away=False, waiting=0, refused=2)
    assert keeping.waiting_count(folder, is_refused=True) == 2
    assert caplog.text.count("mis de côté") == 2
