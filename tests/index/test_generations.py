from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index import generations, sealing
from index.errors import BuildInProgress, GenerationDamaged, GenerationMissing


def make(folder: Path, text: str) -> generations.Generation:
    """A generation of one file."""
    with generations.writing(folder):
        candidate = folder / "building-1"
        candidate.mkdir(parents=True)
        (candidate / "text.txt").write_text(text)
        name = generations.next_name(folder, f"{len(text):08x}")
        sealing.seal(candidate, {"name": name})
        return generations.publish(folder, candidate, name)


def names(folder: Path) -> list[str]:
    return [generation.name for generation in generations.all_generations(folder)]


def test_without_a_build_the_remedy_is_named(tmp_path: Path) -> None:
    with pytest.raises(GenerationMissing, match="assistant build"):
        generations.current(tmp_path / "never")


def test_the_last_published_is_current_and_numbers_grow(tmp_path: Path) -> None:
    first, second = make(tmp_path, "a"), make(tmp_path, "ab")
    assert (first.number, second.number) == (1, 2)
    assert generations.current(tmp_path).name == second.name
    assert names(tmp_path) == [first.name, second.name]


def test_only_the_last_three_are_kept(tmp_path: Path) -> None:
    made = [make(tmp_path, "a" * length).name for length in range(1, 6)]
    assert names(tmp_path) == made[-generations.KEPT :]
    assert not list(tmp_path.glob("removed-*"))


def test_rollback_goes_one_back_then_one_more_and_the_next_build_is_newest(tmp_path: Path) -> None:
    made = [make(tmp_path, "a" * length).name for length in range(1, 4)]
    assert generations.rollback(tmp_path).name == made[1]
    assert generations.rollback(tmp_path).name == made[0]
    with pytest.raises(GenerationMissing, match="plus ancienne"):
        generations.rollback(tmp_path)
    assert generations.rollback(tmp_path, made[2]).name == made[2]
    generations.rollback(tmp_path)
    assert make(tmp_path, "b" * 9).number == 4


def test_an_unknown_generation_is_refused_with_those_that_exist(tmp_path: Path) -> None:
    made = [make(tmp_path, "a" * length).name for length in range(1, 3)]
    with pytest.raises(GenerationMissing, match=made[0]):
        generations.rollback(tmp_path, "../../etc")


def test_rollback_never_goes_to_a_damaged_generation(tmp_path: Path) -> None:
    first, second = make(tmp_path, "a"), make(tmp_path, "ab")
    (first.folder / "text.txt").write_text("x")
    with pytest.raises(GenerationDamaged, match=r"text\.txt"):
        generations.rollback(tmp_path)
    assert generations.current(tmp_path).name == second.name


def test_a_missing_current_generation_is_damage_with_a_remedy(tmp_path: Path) -> None:
    make(tmp_path, "a")
    generations.current_path(tmp_path).write_text("0099-00000000\n")
    with pytest.raises(GenerationDamaged, match="rollback"):
        generations.current(tmp_path)
    assert generations.rollback(tmp_path).number == 1


@pytest.mark.parametrize("name", ["../outside", "", "0001", "latest"])
def test_current_never_leads_elsewhere(tmp_path: Path, name: str) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "generations").mkdir()
    generations.current_path(tmp_path).write_text(name)
    with pytest.raises(GenerationDamaged):
        generations.current(tmp_path)


@pytest.mark.parametrize(
    ("damage", "is_seen_at_once"),
    [("missing", True), ("truncated", True), ("changed", False)],
)
def test_verification_finds_what_differs(tmp_path: Path, damage: str, is_seen_at_once: bool) -> None:
    made = make(tmp_path, "abc")
    file = made.folder / "text.txt"
    if damage == "missing":
        file.unlink()
    else:
        file.write_text("ab" if damage == "truncated" else "abd")
    if is_seen_at_once:
        with pytest.raises(GenerationDamaged, match=r"text\.txt"):
            sealing.verify(made.folder, thorough=False)
    else:
        sealing.verify(made.folder, thorough=False)
    with pytest.raises(GenerationDamaged, match=r"text\.txt"):
        sealing.verify(made.folder, thorough=True)


@pytest.mark.parametrize("manifest", ["", "{", "[]", '{"format": 99}'])
def test_a_manifest_that_cannot_be_read_is_damage(tmp_path: Path, manifest: str) -> None:
    made = make(tmp_path, "abc")
    (made.folder / sealing.MANIFEST).write_text(manifest)
    with pytest.raises(GenerationDamaged):
        sealing.verify(made.folder, thorough=False)


def test_the_lock_is_held_across_processes_and_falls_with_its_process(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from index.generations import writing\n"
        "with writing(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()\n"
    )
    holder = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    with pytest.raises(BuildInProgress), generations.writing(tmp_path):
        pass
    holder.kill()
    holder.communicate()
    with generations.writing(tmp_path):
        pass


def test_leftovers_are_removed_and_named(tmp_path: Path) -> None:
    made = make(tmp_path, "a")
    (tmp_path / "building-77").mkdir()
    (tmp_path / "removed-0001-00000001").mkdir()
    (tmp_path / f".current.{os.getpid()}").write_text("half")
    with generations.writing(tmp_path):
        left = generations.clear_leftovers(tmp_path)
    assert left == (f".current.{os.getpid()}", "building-77", "removed-0001-00000001")
    assert generations.current(tmp_path).name == made.name
    assert sorted(path.name for path in tmp_path.iterdir()) == ["current", "generations", "lock"]
