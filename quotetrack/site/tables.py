"""Datasette's own pages of our tables: a large one is not counted and faceted unless somebody asks.

Datasette has the arguments _nocount and _nofacet for this. They are added to the address of such a page where
it says nothing of the kind; the table's menu leads to the same page with both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette.utils import escape_sqlite, tilde_decode

from quotetrack.site.serving import our_databases

# Counting and faceting this many rows takes some 100 ms (benchmarks/site).
LARGE = 20_000

# A view has no rows of its own; it has about as many as this table.
_ROWS_OF = {"quotes": "quotations"}

_PAGE = re.compile(r"/(?P<database>[^/.]+)/(?P<table>[^/.]+)$")


def uncounted(datasette: Any) -> Callable[[Any], Any]:
    """The application, with large tables' pages neither counted nor faceted where nobody asks for it."""

    def wrap(app: Any) -> Any:
        async def asgi(scope: dict[str, Any], receive: Any, send: Any) -> None:
            if scope["type"] == "http" and await _is_large(datasette, scope["path"]):
                scope = {**scope, "query_string": _without_counts(scope.get("query_string") or b"")}
            await app(scope, receive, send)

        return asgi

    return wrap


def count_and_facet(datasette: Any, database: str, table: str, request: Any) -> Any:
    """What a table's menu offers where its page is not counted: the same page with counts and facets."""

    async def links() -> list[dict[str, str]]:
        if not request or not request.args.get("_nocount") or database not in await our_databases(datasette):
            return []
        given = parse_qsl(request.query_string, keep_blank_values=True)
        kept = [(name, value) for name, value in given if name not in ("_nocount", "_nofacet")]
        # Empty, they mean no, and are not added again.
        query = urlencode([*kept, ("_nocount", ""), ("_nofacet", "")])
        address = f"{datasette.urls.table(database, table)}?{query}"
        return [{"href": address, "label": "Count the rows and facet them (takes a while)"}]

    return links


def _without_counts(query: bytes) -> bytes:
    given = [name for name, _ in parse_qsl(query.decode("latin-1"), keep_blank_values=True)]
    added = []
    if "_nocount" not in given:
        added.append(b"_nocount=1")
    # Who names a facet wants it.
    if "_nofacet" not in given and not any(name.startswith("_facet") for name in given):
        added.append(b"_nofacet=1")
    return b"&".join([query, *added] if query else added)


async def _is_large(datasette: Any, path: str) -> bool:
    base = datasette.setting("base_url")
    found = _PAGE.match("/" + path.removeprefix(base))
    if found is None:
        return False
    name = tilde_decode(found["database"])
    if name not in datasette.databases or name not in await our_databases(datasette):
        return False
    db = datasette.get_database(name)
    table = tilde_decode(found["table"])
    table = _ROWS_OF.get(table, table)
    if not await db.table_exists(table):
        return False
    rows = await db.execute(f"select max(rowid) from {escape_sqlite(table)}")  # noqa: S608
    return bool((rows.single_value() or 0) > LARGE)
