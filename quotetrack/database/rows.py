"""Inserting many rows in one statement: each makes the search indexes write what they have gathered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlite_utils import Database

# Values that one statement takes at most, in any build of SQLite.
MAX_VALUES = 999


def insert_rows(db: Database, table: str, rows: Sequence[dict[str, Any]], on_conflict: str = "") -> None:
    """Insert rows that all have the same columns."""
    if not rows:
        return
    columns = ", ".join(f'"{column}"' for column in rows[0])
    marks = f"({', '.join('?' * len(rows[0]))})"
    step = MAX_VALUES // len(rows[0])
    for start in range(0, len(rows), step):
        chunk = rows[start : start + step]
        db.conn.execute(
            f"insert into {table} ({columns}) values {', '.join([marks] * len(chunk))} {on_conflict}",  # noqa: S608
            [value for row in chunk for value in row.values()],
        )
