"""A PostgreSQL server of its own for the tests, from Debian's packages, in a temporary folder, on a socket only."""

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

_numbers = itertools.count()


def programs() -> Path | None:
    """The folder of initdb and pg_ctl, of the newest PostgreSQL that is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"), key=lambda p: int(p.parts[-3]))
    if found:
        return found[-1].parent
    path = shutil.which("pg_ctl")
    return Path(path).parent if path else None


def _run(*command: str) -> None:
    """As the user ``postgres`` where we are root: the server refuses to run as root."""
    user = "postgres" if os.geteuid() == 0 else None
    subprocess.run(command, check=True, capture_output=True, user=user, cwd="/", timeout=120)


@contextmanager
def server(bin: Path) -> Iterator[str]:
    """A running server; its URL without a database. It is stopped, and its folder removed, at the end."""
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        data = folder / "data"
        _run(str(bin / "initdb"), "-D", str(data), "-U", "sayso", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N")
        options = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off -c full_page_writes=off"
        _run(str(bin / "pg_ctl"), "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
        try:
            yield f"postgresql://sayso@/{{}}?host={folder}"
        finally:
            _run(str(bin / "pg_ctl"), "-D", str(data), "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def new_database(server: str) -> str:
    """The URL of a database just made."""
    name = f"ledger_{next(_numbers)}"
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return server.format(name)


def drop_database(server: str, url: str) -> None:
    """Drop a database that ``new_database`` made."""
    name = url.split("@/")[1].split("?")[0]
    with psycopg.connect(server.format("postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())
