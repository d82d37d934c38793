"""Starting a server in a process of its own and waiting until it answers."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def running(
    command: Sequence[str],
    environment: Mapping[str, str] | None,
    folder: str,
    *,
    ready: str = "/health",
    unsaid: Sequence[str] = ("solde",),
    log: Path | None = None,
) -> Iterator[str]:
    """The address of the server that `command` starts; "{port}" in it is replaced by a free one.

    At the end, what it printed (into `log`, if given) holds none of `unsaid`: questions, secrets.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with log.open("w+b") if log else tempfile.TemporaryFile() as printed:
        started = [part.replace("{port}", str(port)) for part in command]
        process = subprocess.Popen(started, stdout=printed, stderr=printed, cwd=folder, env=environment)
        try:
            _wait_for(f"http://127.0.0.1:{port}{ready}", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)
            printed.seek(0)
            said = printed.read().decode()
            assert [words for words in unsaid if words in said] == [], "the server's log holds what it must not"


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server has stopped"
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")
