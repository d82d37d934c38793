"""Starting a server in a process of its own and waiting until it answers."""

from __future__ import annotations

import socket
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager


@contextmanager
def running(command: Sequence[str], environment: Mapping[str, str] | None, folder: str) -> Iterator[str]:
    """The address of the server that `command` starts; "{port}" in it is replaced by a free one.

    At the end, what it printed holds no question.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryFile() as log:
        started = [part.replace("{port}", str(port)) for part in command]
        process = subprocess.Popen(started, stdout=log, stderr=log, cwd=folder, env=environment)
        try:
            _wait_for(f"http://127.0.0.1:{port}/health", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(10)
            log.seek(0)
            said = log.read().decode()
            assert "solde" not in said, "the server's log holds a question"


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert process.poll() is None, "the server has stopped"
        try:
            with urllib.request.urlopen(address, timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the server did not start")
