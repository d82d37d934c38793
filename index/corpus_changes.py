"""Changes of the corpus folder: each is noted before it is made, made whole under a lock, and can be undone.

    <corpus>/changes/lock             held (flock) while something is changed
    <corpus>/changes/0012/            one change: `change.json`, and the files it wrote as they were before
    <corpus>/retired/0012/…           documents withdrawn by it, each beside its former entry; never deleted here

A change that was cut short (a killed process) is undone like any other: what it had not done yet is left as it is.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from index.error_words import reason_of
from index.errors import EditRefused
from index.opened_files import fingerprint
from index.plain_files import flush_folder, write_atomically

KEPT = 100
CHANGES, RETIRED = "changes", "retired"
_RECORD = "change.json"
_CHANGED_MEANWHILE = (
    "« {name} » a été modifié entre-temps par quelqu'un d'autre : rien n'a été enregistré. Rouvrez le formulaire, "
    "qui montrera la version actuelle, et refaites votre modification."
)


@dataclass(frozen=True, slots=True)
class Writing:
    """A file of the corpus and its new text; `seen` is the fingerprint it had when it was opened for changing."""

    path: Path
    text: str
    seen: str


@dataclass(frozen=True, slots=True)
class Moving:
    """A file put elsewhere; neither place may be a link, and the target must be free."""

    source: Path
    target: Path


@dataclass(frozen=True, slots=True)
class Written:
    """A file that a change wrote: its fingerprint before (empty: there was none) and after."""

    path: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change as it is kept. `at` is ISO 8601 in UTC; `moved` are pairs (from, to); `undone_by` is empty until then.

    Paths are relative to the corpus folder, absolute outside it.
    """

    number: int
    at: str
    by: str
    what: str
    written: tuple[Written, ...]
    moved: tuple[tuple[str, str], ...]
    undone_by: str = ""


def history(corpus: Path) -> tuple[Change, ...]:
    """The changes that are kept, newest first; one whose record is damaged is left out."""
    found = []
    for folder in (corpus / CHANGES).glob("[0-9]*"):
        with suppress(OSError, ValueError, TypeError, KeyError):
            found.append(_change_of(folder))
    return tuple(sorted(found, key=lambda change: change.number, reverse=True))


def last_change(corpus: Path) -> Change | None:
    """The change that « undo » would undo."""
    return next((change for change in history(corpus) if not change.undone_by), None)


def next_number(corpus: Path) -> int:
    """The number that the next change will have, when none comes between."""
    numbers = [int(folder.name) for folder in (corpus / CHANGES).glob("[0-9]*") if folder.name.isdigit()]
    retired = [int(folder.name) for folder in (corpus / RETIRED).glob("[0-9]*") if folder.name.isdigit()]
    return max(numbers + retired, default=0) + 1


@contextmanager
def changing(corpus: Path) -> Iterator[None]:
    """Holds the corpus for one change; others wait. What the system refuses becomes a sentence.

    Raises:
        EditRefused: the folder cannot be written, or the disk is full.
    """
    try:
        (corpus / CHANGES).mkdir(exist_ok=True)
        descriptor = os.open(corpus / CHANGES / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
    except OSError as error:
        raise EditRefused(
            f"Le corpus « {corpus} » n'a pas pu être modifié ({reason_of(error)}) : donnez à l'assistant le "
            "droit d'écrire dans ce dossier et vérifiez la place libre, ou modifiez les fichiers à la main."
        ) from error


def make(
    corpus: Path, writings: Sequence[Writing], movings: Sequence[Moving] = (), *, by: str, what: str, number: int = 0
) -> Change:
    """Makes a change, files moved first; call it while `changing`. `number` is the one `next_number` gave.

    Raises:
        EditRefused: a file was changed since it was opened, or a target is taken; nothing was done.
    """
    for writing in writings:
        if fingerprint(writing.path) != writing.seen:
            raise EditRefused(_CHANGED_MEANWHILE.format(name=writing.path.name))
    _check_moves(movings)
    change = Change(
        number=number or next_number(corpus),
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        by=by,
        what=what,
        written=tuple(
            Written(_name(corpus, one.path), one.seen, hashlib.sha256(one.text.encode()).hexdigest())
            for one in writings
        ),
        moved=tuple((_name(corpus, one.source), _name(corpus, one.target)) for one in movings),
    )
    _note(corpus, change, {writing.path: number for number, writing in enumerate(writings)})
    moved: list[Moving] = []
    try:
        for moving in movings:
            _move(moving.source, moving.target)
            moved.append(moving)
        for writing in writings:
            write_atomically(writing.path, writing.text)
    except OSError:
        _take_back(corpus, change, moved)
        raise
    _forget_old(corpus)
    return change


def _take_back(corpus: Path, change: Change, moved: Sequence[Moving]) -> None:
    """Leaves nothing of a change that could not be made whole; what cannot be taken back stays noted, to be undone."""
    for moving in reversed(moved):
        _move(moving.target, moving.source)
    for place, one in enumerate(change.written):
        if fingerprint(corpus / one.path) == one.after:
            _restore(corpus, change, place, one)
    shutil.rmtree(_folder(corpus, change.number))


def undo(corpus: Path, number: int, *, by: str) -> Change:
    """Undoes the last change, which must be number `number`; the change as it is then noted.

    Raises:
        EditRefused: another change came after, or a file was changed since by other means; nothing was done.
    """
    with changing(corpus):
        change = last_change(corpus)
        if change is None or change.number != number:
            raise EditRefused("Une autre modification est venue entre-temps : rechargez la page, puis recommencez.")
        for one in change.written:
            if fingerprint(corpus / one.path) not in (one.before, one.after):
                raise EditRefused(_CHANGED_MEANWHILE.format(name=Path(one.path).name))
        back = [Moving(corpus / target, _former(corpus, number, source)) for source, target in reversed(change.moved)]
        back = [move for move in back if move.source.is_file()]  # a move that was never made has nothing to undo
        _check_moves(back)
        for place, one in enumerate(change.written):
            _restore(corpus, change, place, one)
        for move in back:
            _move(move.source, move.target)
        undone = replace(change, undone_by=by)
        _write_record(corpus, undone)
        return undone


def _former(corpus: Path, number: int, source: str) -> Path:
    """Where a file goes back to; aside in the corpus when it came from a folder that is not here, or is taken there."""
    path = corpus / source
    if Path(source).is_absolute() and (path.exists() or not path.parent.parent.is_dir()):
        return corpus / RETIRED / f"undone-{number:04d}" / path.name
    return path


def _restore(corpus: Path, change: Change, place: int, one: Written) -> None:
    path = corpus / one.path
    if one.before:
        write_atomically(path, (_folder(corpus, change.number) / f"before-{place}").read_bytes().decode())
    else:
        path.unlink(missing_ok=True)


def _check_moves(movings: Sequence[Moving]) -> None:
    for one in movings:
        if one.source.is_symlink() or not one.source.is_file():
            raise EditRefused(f"Le fichier « {one.source.name} » n'est plus là : rechargez la page.")
        if one.target.exists() or one.target.is_symlink():
            raise EditRefused(f"Il y a déjà un fichier « {one.target.name} » à cet endroit : donnez un autre nom.")


def _move(source: Path, target: Path) -> None:
    """Puts a file elsewhere; on another disk copied aside under a name that no build reads, flushed, then renamed."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        source.rename(target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        _copy(source, target)
        source.unlink()
    flush_folder(target.parent)
    flush_folder(target.parent.parent)


def _copy(source: Path, target: Path) -> None:
    aside = target.with_name(f".incoming-{os.getpid()}")
    try:
        shutil.copyfile(source, aside)
        with aside.open("rb+") as copied:
            os.fsync(copied.fileno())
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)


def _note(corpus: Path, change: Change, places: Mapping[Path, int]) -> None:
    folder = _folder(corpus, change.number)
    folder.mkdir(parents=True)
    for path, place in places.items():
        if path.is_file():
            write_atomically(folder / f"before-{place}", path.read_bytes().decode())
    _write_record(corpus, change)


def _write_record(corpus: Path, change: Change) -> None:
    text = json.dumps(asdict(change), ensure_ascii=False, indent=1) + "\n"
    write_atomically(_folder(corpus, change.number) / _RECORD, text)


def _change_of(folder: Path) -> Change:
    plain = json.loads((folder / _RECORD).read_text(encoding="utf-8"))
    written = tuple(Written(**one) for one in plain.pop("written"))
    moved = tuple((source, target) for source, target in plain.pop("moved"))
    return Change(**plain, written=written, moved=moved)


def _forget_old(corpus: Path) -> None:
    """Former versions beyond the last `KEPT` changes are let go; withdrawn documents never are."""
    folders = sorted((corpus / CHANGES).glob("[0-9]*"), key=lambda folder: folder.name)
    for folder in folders[:-KEPT]:
        shutil.rmtree(folder, ignore_errors=True)


def _folder(corpus: Path, number: int) -> Path:
    return corpus / CHANGES / f"{number:04d}"


def _name(corpus: Path, path: Path) -> str:
    return path.relative_to(corpus).as_posix() if path.is_relative_to(corpus) else os.fspath(path.absolute())
