"""Several machines on loopback: app processes around one PostgreSQL and one Chroma server, and people who ask them."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from postgres_server import free_port

CHECKOUT = Path(__file__).resolve().parents[1]
START_S = 120.0


class Program:
    """A server in a process of its own, on a port that it keeps when it is started again."""

    def __init__(self, command: list[str], ready: str, log: Path, environment: Mapping[str, str] | None = None) -> None:
        self.port = free_port()
        self._command = [part.replace("{port}", str(self.port)) for part in command]
        self._ready, self._log = ready, log
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def printed(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def start(self) -> None:
        """Starts it, without waiting until it answers."""
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(self._command, stdout=log, stderr=log, cwd=CHECKOUT, env=self._environment)

    def wait(self) -> None:
        """Waits until it answers."""
        until(lambda: self._status() == 200, START_S, f"{self._command} does not answer: {self.printed[-2000:]}")

    def kill(self) -> None:
        """SIGKILL: nothing of it is put in order."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(20)

    def send(self, signal: int) -> None:
        """Sends it a signal."""
        if self._process is not None:
            self._process.send_signal(signal)

    def get(self, path: str) -> Any:
        """What a path answers, from JSON; None when nobody answers."""
        status, body = request(self.port, "GET", path)
        return json.loads(body) if status else None

    def _status(self) -> int:
        assert self._process is not None
        assert self._process.poll() is None, self.printed[-2000:]
        return request(self.port, "GET", self._ready)[0]


def request(port: int, method: str, path: str, body: object = None, timeout_s: float = 30) -> tuple[int, bytes]:
    """Status and body of an answer; 0 when nobody listens or the connection is cut, with what happened."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=timeout_s)
    try:
        headers = {"content-type": "application/json"}
        connection.request(method, path, None if body is None else json.dumps(body), headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    except (OSError, http.client.HTTPException) as error:
        return 0, repr(error).encode()
    finally:
        connection.close()


def until(holds: Callable[[], bool], limit_s: float, otherwise: str) -> None:
    """Waits until something holds; AssertionError when it does not in time."""
    ends = time.monotonic() + limit_s
    while not holds():
        assert time.monotonic() < ends, otherwise
        time.sleep(0.05)


def chroma(folder: Path) -> Program:
    """A real Chroma server, its files in `folder`."""
    program = str(Path(sys.executable).parent / "chroma")
    command = [program, "run", "--host", "127.0.0.1", "--port", "{port}", "--path", str(folder / "chroma")]
    return Program(command, "/api/v2/heartbeat", folder / "chroma.log")


def app(log: Path, settings: Mapping[str, object]) -> Program:
    """`assistant serve` with these settings and no limit of questions."""
    given = {f"ASSISTANT_{name}": str(value) for name, value in settings.items()}
    limits = {"ASSISTANT_ASKS_PER_ADDRESS": "0", "PYTHONPATH": str(CHECKOUT)}
    command = [sys.executable, "-m", "assistant", "serve", "--port", "{port}"]
    return Program(command, "/ready", log, {**limits, **given})


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, when it began and ended, which app was asked; `status` 0 when the connection failed."""

    began: float
    ended: float
    app: int
    status: int
    answer: Mapping[str, Any]


@dataclass(slots=True)
class People:
    """Those who ask without pause; what they were told is in `told`."""

    question: str
    told: list[Asked] = field(default_factory=list)
    is_over: threading.Event = field(default_factory=threading.Event)

    def ask(self, number: int, port: int) -> None:
        """Asks one app until it is over."""
        while not self.is_over.wait(0.05):
            began = time.monotonic()
            status, body = request(port, "POST", "/api/ask", {"question": self.question})
            answer = json.loads(body) if status else {"error": body.decode()}
            self.told.append(Asked(began, time.monotonic(), number, status, answer))

    def since(self, moment: float, *apps: int) -> list[Asked]:
        """What was asked from a moment on, of some of the apps."""
        return [one for one in tuple(self.told) if one.began >= moment and one.app in apps]


@contextmanager
def asking(question: str, apps: list[Program]) -> Iterator[People]:
    """People who ask all the apps for the length of a block."""
    people = People(question)
    threads = [
        threading.Thread(target=people.ask, args=(number, program.port), daemon=True)
        for number, program in enumerate(apps)
    ]
    for thread in threads:
        thread.start()
    try:
        yield people
    finally:
        people.is_over.set()
        for thread in threads:
            thread.join(60)
