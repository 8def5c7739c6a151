"""What a database holds, in words: its tables, and the questions that are ready to be asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from datasette.utils.asgi import Forbidden

from quotetrack.site.serving import TABLES


@dataclass(frozen=True, slots=True)
class Entry:
    """A table or a query; `name` is what its address says, the title and description are the site owner's."""

    name: str
    title: str
    description: str


async def tables(datasette: Any, request: Any, db: Any) -> list[Entry]:
    """The tables and views that this reader may see, in the order in which the metadata describes them.

    They are not counted, which would take long for large ones. A reader of our pages may see all of TABLES.
    """
    databases = datasette.metadata("databases") or {}
    described = (databases.get(db.name) or {}).get("tables") or {}
    there = [*await db.view_names(), *await db.table_names()]
    hidden = set(await db.hidden_table_names())
    shown = [
        name
        for name in sorted(there, key=lambda name: _place(name, [*described]))
        if name not in hidden
        and (name in TABLES or await _may(datasette, request, "view-table", db.name, name))
    ]
    return [_entry(name, described.get(name) or {}) for name in shown]


async def queries(datasette: Any, request: Any, db: Any) -> list[Entry]:
    """The questions that this reader may ask, in the metadata's order."""
    found = await datasette.get_canned_queries(db.name, request.actor)
    return [
        _entry(name, query)
        for name, query in found.items()
        if await _may(datasette, request, "view-query", db.name, name)
    ]


async def may_write_sql(datasette: Any, request: Any, db: Any) -> bool:
    """Whether this reader may ask questions in SQL."""
    return bool(
        await datasette.permission_allowed(request.actor, "execute-sql", resource=db.name, default=True)
    )


def _place(name: str, described: list[str]) -> tuple[int, str]:
    return (described.index(name) if name in described else len(described)), name


def _entry(name: str, described: dict[str, Any]) -> Entry:
    return Entry(name, described.get("title") or name, described.get("description") or "")


async def _may(datasette: Any, request: Any, action: str, database: str, name: str) -> bool:
    try:
        await datasette.ensure_permissions(
            request.actor, [(action, (database, name)), ("view-database", database), "view-instance"]
        )
    except Forbidden:
        return False
    return True
