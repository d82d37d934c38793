"""The child process that reads files for `isolation`: limited memory, no network, no writing, no other file.

It speaks on its standard streams: a request is a JSON line, a reply is its length in 8 bytes and then JSON.
"""

from __future__ import annotations

import base64
import json
import mimetypes
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from index.errors import UnreadableDocument
from index.reading import describe_file, read_pages
from index.reading_codec import to_plain

_DAMAGED = "le fichier est abîmé : sa lecture a échoué ; enregistrez-le ou exportez-le de nouveau."
_TOO_LARGE = "sa lecture demande trop de mémoire ; découpez-le ou allégez-le."
_TOO_DEEP = "le fichier est imbriqué sans fin : il est refusé par sécurité ; enregistrez-le de nouveau."
_FORBIDDEN = (
    *(
        "socket.",
        "subprocess.",
        "shutil.",
        "os.system",
        "os.exec",
        "os.posix_spawn",
        "os.fork",
        "os.remove",
        "os.rename",
    ),
    *("os.rmdir", "os.mkdir", "os.link", "os.symlink", "os.chmod", "os.truncate"),
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND


def main(memory_mb: int) -> None:
    """Answers requests until the standard input ends."""
    replies = os.fdopen(os.dup(1), "wb")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    limit_memory(memory_mb)
    mimetypes.init()  # reads system files, which the guard forbids afterwards
    allowed = {""}
    sys.addaudithook(_guard(allowed))
    for line in sys.stdin.buffer:
        request = json.loads(line)
        allowed.clear()
        allowed.add(os.path.realpath(request["path"]))
        if not _answer(request, replies):
            return


def limit_memory(memory_mb: int) -> None:
    """Bounds this process's memory, and forbids it to write files or dump core, where the system can."""
    if sys.platform == "win32":
        return
    import resource

    resource.setrlimit(resource.RLIMIT_AS, (memory_mb * 2**20, memory_mb * 2**20))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _answer(request: dict[str, Any], replies: BinaryIO) -> bool:
    """Replies to one request; whether this process can go on."""
    path = Path(request["path"])
    is_sound = True
    try:
        data = json.dumps({"done": _done(request, path)}).encode()
    except UnreadableDocument as refusal:
        data = json.dumps({"refused": refusal.reason}).encode()
    except MemoryError:
        is_sound = False
        data = json.dumps({"refused": _TOO_LARGE}).encode()
    except RecursionError:
        data = json.dumps({"refused": _TOO_DEEP}).encode()
    except Exception:  # noqa: BLE001 the loop over documents: one broken file never stops the others
        data = json.dumps({"refused": _DAMAGED}).encode()
    replies.write(len(data).to_bytes(8, "big") + data)
    replies.flush()
    return is_sound


def _done(request: dict[str, Any], path: Path) -> dict[str, Any]:
    if request["what"] == "describe":
        return asdict(describe_file(path))
    if request["what"] == "picture":
        from index.page_images import render

        return {"png": base64.b64encode(render(path, request["page"], request["dpi"] / 72)).decode()}
    return to_plain(read_pages(path))


def _guard(allowed: set[str]) -> Callable[[str, tuple[Any, ...]], None]:
    """An audit hook that lets this process read its own libraries and the file asked for, and nothing else."""
    roots = tuple(
        os.path.realpath(root) + os.sep
        for root in {sys.prefix, sys.base_prefix, sys.exec_prefix, *sys.path, "/usr/lib", "/usr/share/zoneinfo"}
        if root and root != os.sep
    )

    def guard(event: str, arguments: tuple[Any, ...]) -> None:
        if event.startswith(_FORBIDDEN):
            raise PermissionError(f"forbidden while reading: {event}")
        if event != "open" or not isinstance(arguments[0], (str, bytes)):
            return
        path = os.path.realpath(os.fsdecode(arguments[0]))
        flags = arguments[2] if isinstance(arguments[2], int) else 0
        is_known = path in allowed or path.startswith(roots) or path in {os.devnull, "/dev/urandom", "/etc/localtime"}
        if flags & _WRITING or not is_known:
            raise PermissionError(f"forbidden while reading: {path}")

    return guard


if __name__ == "__main__":
    main(int(sys.argv[1]))
