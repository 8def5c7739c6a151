"""Opening a database so that several processes can use it at once."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from quotetrack.database.schema import migrations
from quotetrack.errors import UserError

# How long a writer waits for another one: a batch is written in under a second, on a slow disk in several.
BUSY_SECONDS = 60.0

# Memory for a writer's pages. A batch of articles changes 25 MB of them in a large database; of those that do
# not fit (into 2 MB, if SQLite is left to itself), many are written and read again before the batch is done.
CACHE_KIB = 64 * 1024

# The errors of SQLite that come from the machine and not from a mistake in a statement.
_ENVIRONMENT = (
    "SQLITE_BUSY",
    "SQLITE_CANTOPEN",
    "SQLITE_FULL",
    "SQLITE_IOERR",
    "SQLITE_LOCKED",
    "SQLITE_READONLY",
)


class DatabaseError(UserError):
    """The database cannot be used; the message says why in words for the user."""


def open_database(
    path: str | Path,
    *,
    create: bool = False,
    read_only: bool = False,
    busy_seconds: float = BUSY_SECONDS,
    steps: Callable[[Sequence[int]], Iterable[int]] = iter,
) -> Database:
    """Open the database at `path` and bring its schema up to date.

    With `create`, a database (and the folder it is in) is made where there is none. With `read_only`,
    nothing can be written but a migration that is due. Where the index of names must be made anew, the
    speakers' numbers go through `steps`, which may show how far they are. Raises DatabaseError where the file
    is missing, is no database of ours, or cannot be written to.
    """
    path = Path(path)
    if not create and not path.exists():
        raise DatabaseError(f"there is no database at {path}: make one with 'quotetrack ingest'")
    try:
        if create:
            path.parent.mkdir(parents=True, exist_ok=True)
        return _connect(path, read_only, busy_seconds, steps)
    except OSError as error:
        raise DatabaseError(f"cannot open {path}: {error.strerror or error}") from error
    except sqlite3.Error as error:
        raise DatabaseError(f"cannot open {path}: {error}") from error


def _connect(
    path: Path, read_only: bool, busy_seconds: float, steps: Callable[[Sequence[int]], Iterable[int]]
) -> Database:
    connection = sqlite3.connect(str(path), timeout=busy_seconds)
    connection.execute("PRAGMA foreign_keys = on")
    db = Database(connection, execute_plugins=False)
    _check_ours(db, path)
    if migrations.pending(db) or not read_only:
        _enable_wal(connection, busy_seconds)
        # In WAL mode "normal" cannot corrupt; a power cut may take back the last batch, which is then redone.
        connection.execute("PRAGMA synchronous = normal")
    if migrations.pending(db):
        with writing(db):
            migrations.apply(db)
    if read_only:
        # Not mode=ro: a reader of a WAL database must be able to make the -shm file.
        connection.execute("PRAGMA query_only = on")
    else:
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        # Imported here: a reader needs no word lists.
        from quotetrack.database.keys import refile

        refile(db, steps)
    return db


def _check_ours(db: Database, path: Path) -> None:
    """Refuse a database that something else made, or a newer version of this program."""
    applied = {migration.name for migration in migrations.applied(db)}
    if not applied and db.table_names():
        raise DatabaseError(f"{path} is a database, but not one of QuoteTrack's")
    # Of an empty database all migrations are pending.
    known = {migration.name for migration in migrations.pending(Database(memory=True))}
    if applied - known:
        raise DatabaseError(f"{path} was made by a newer version of QuoteTrack")


def _enable_wal(connection: sqlite3.Connection, busy_seconds: float) -> None:
    """Switch to write-ahead logging, which lets readers and a writer work side by side.

    SQLite does not apply its busy timeout to this switch, so two processes that make one database wait here.
    """
    deadline = time.monotonic() + busy_seconds
    while True:
        try:
            connection.execute("PRAGMA journal_mode = wal")
            return
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def open_reader(db: Database) -> Database:
    """A second connection to the database of `db`, for reading, that other threads may use too."""
    path = next(row[2] for row in db.conn.execute("pragma database_list") if row[1] == "main")
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, check_same_thread=False)
    connection.execute("PRAGMA query_only = on")
    return Database(connection, execute_plugins=False)


@contextmanager
def writing(db: Database) -> Iterator[None]:
    """One transaction that holds the write lock from its first moment, so what it reads stays true.

    Raises DatabaseError where the disk is full, or the file is locked for too long or cannot be written.
    """
    try:
        db.conn.execute("BEGIN IMMEDIATE")
        try:
            yield
            db.conn.commit()
        except BaseException:
            db.conn.rollback()
            raise
    except sqlite3.OperationalError as error:
        if not getattr(error, "sqlite_errorname", "").startswith(_ENVIRONMENT):
            raise
        raise DatabaseError(
            f"the database could not be written to ({error}); nothing is lost: try again"
        ) from error
