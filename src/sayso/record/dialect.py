"""SQLite and PostgreSQL: everything in which they differ, and nothing else.

A ledger is a file by default; a URL that starts with ``postgresql://`` names a database on a server. On SQLite the
ledger runs in WAL mode, so that readers never wait for a writer, and a writer takes its lock when its transaction
begins, so that two writers wait for one another instead of failing half-way.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, Table, create_engine, event, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from sayso.errors import LedgerError

WAIT_SECONDS = 60
POOL = 20
URL = re.compile(r"[a-z][a-z0-9+]*://")
PASSWORD = re.compile(r"(://[^:/@]*:)[^@]*@")
PRAGMAS = (
    "foreign_keys = ON", "synchronous = NORMAL", "cache_size = -65536",
    "mmap_size = 1073741824", "temp_store = MEMORY",
)  # fmt: skip
LASTING = ("page_size = 16384", "journal_mode = WAL")
REASONS = (
    ("not a database", "is no ledger: name another file, or move this one away"),
    ("unsupported file format", "is no ledger: name another file, or move this one away"),
    ("malformed", "is damaged: `sayso ledger check` says where; go back to a backup"),
    ("is locked", "is locked: another program has been writing for too long; try again later"),
    ("readonly", "may not be written by this user, or lies in a folder that may not: check the permissions"),
    ("disk is full", "cannot grow: the disk is full; make room, then give the same command again"),
    ("No space left", "cannot grow: the disk is full; make room, then give the same command again"),
    ("disk I/O error", "cannot be read or written: the disk reports an error"),
    ("unable to open", "cannot be opened: check that its folder exists and may be written"),
    ("password authentication", "refuses this user and password"),
    ("does not exist", "does not exist on that server: create it with `createdb` first"),
    ("onnection", "cannot be reached: check the address, and that the server runs"),
)  # fmt: skip


def engine_for(where: str, *, readonly: bool = False) -> Engine:
    """An engine for the file or URL; nothing is opened yet. LedgerError if the URL is of another kind of database."""
    if not URL.match(where):
        return _sqlite(Path(where), readonly=readonly)
    try:
        if re.match(r"postgres(ql)?(\+psycopg)?://", where):
            url = re.sub(r"^postgres(ql)?(\+psycopg)?://", "postgresql+psycopg://", where)
            return create_engine(url, pool_size=POOL)
    except (ImportError, NoSuchModuleError) as error:
        raise LedgerError("PostgreSQL needs a driver: pip install 'sayso[postgres]'") from error
    except ArgumentError as error:
        raise LedgerError(f"{named(where)} is no URL of a database: {error}") from error
    raise LedgerError(f"{named(where)} is no ledger: name a file, or a URL that starts with postgresql://")


def _sqlite(path: Path, *, readonly: bool) -> Engine:
    mode = "ro" if readonly else "rwc"
    url = f"sqlite:///file:{_quoted(path)}?mode={mode}&uri=true"
    engine = create_engine(url, connect_args={"timeout": WAIT_SECONDS}, pool_size=POOL)

    @event.listens_for(engine, "connect")
    def set_up(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for pragma in PRAGMAS:
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _quoted(path: Path) -> str:
    from urllib.parse import quote

    return quote(str(path.absolute()))


def is_sqlite(bind: Engine | Connection) -> bool:
    """Whether this is SQLite, not PostgreSQL."""
    return bind.dialect.name == "sqlite"


def prepare(connection: Connection) -> None:
    """What must be set before the first table is made; it stays so in the file."""
    if is_sqlite(connection):
        for pragma in LASTING:
            connection.connection.driver_connection.execute(f"PRAGMA {pragma}")  # type: ignore[union-attr]


def insert_new(connection: Connection, table: Table, *returning: Any) -> Any:
    """An INSERT that leaves rows alone that are there already."""
    kind = sqlite.insert if is_sqlite(connection) else postgresql.insert
    statement = kind(table).on_conflict_do_nothing()
    return statement.returning(*returning) if returning else statement


def keep_out(connection: Connection) -> None:
    """Until this transaction ends, no other one migrates or rebuilds. SQLite has one writer anyhow."""
    if not is_sqlite(connection):
        connection.execute(text("SELECT pg_advisory_xact_lock(7297296)"))


def named(where: str) -> str:
    """The ledger's name for a person: without its password."""
    return PASSWORD.sub(r"\1…@", where)


def of_one_moment(connection: Connection) -> None:
    """Have all that a transaction sees, which has just begun, be of one moment. On SQLite it is so anyhow."""
    if not is_sqlite(connection):
        connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"))


@contextmanager
def explained(where: str) -> Iterator[None]:
    """Turns what a database says of itself into a LedgerError that says what to do."""
    try:
        yield
    except DBAPIError as error:
        raise LedgerError(f"ledger {named(where)} {reason(str(error.orig))}") from error
    except OSError as error:
        raise LedgerError(f"ledger {named(where)} {reason(str(error))}") from error


def reason(said: str) -> str:
    """What the database's own words mean, and the way out."""
    return next((meaning for words, meaning in REASONS if words in said), f"failed: {said.strip().splitlines()[0]}")
