"""Datasette's own pages of our tables: a large one is not counted and faceted unless somebody asks.

Datasette has the arguments _nocount and _nofacet for this. They are added to the address of such a page where
it says nothing of the kind; the table's menu leads to the same page with both.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qsl, urlencode

from datasette.filters import FilterArguments
from datasette.utils import escape_sqlite, tilde_decode

from quotetrack.site.serving import our_databases

# Counting and faceting this many rows takes some 100 ms (benchmarks/site).
LARGE = 20_000

# A view has no rows of its own, and the keys have no row ids; each grows with this table.
_ROWS_OF = {"quotes": "quotations", "speaker_keys": "speakers"}

# A longer number is none that SQLite holds.
_MAX_DIGITS = 18

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


# What the address of a page may say for it to be a plain list of what one speaker said.
_PLAIN = {"speaker_id__exact", "_sort_desc", "_next", "_nocount", "_nofacet"}


def newest_of_a_speaker(datasette: Any, request: Any, database: str, table: str) -> Any:
    """What spares Datasette from sorting all that a speaker ever said for a page of the newest.

    The view's date is the quotation's, and the index of a speaker's attributions has a copy of it: the page
    has no row that is older there than the last one wanted.
    """

    async def filters() -> FilterArguments | None:
        wanted = _page_of_a_speaker(datasette, request, database, table)
        if wanted is None or database not in await our_databases(datasette):
            return None
        speaker, rows = wanted
        return FilterArguments([_NEWEST], params={"qt_speaker": speaker, "qt_rows": rows})

    return filters


# Where there are fewer, there is no last one wanted, and all are.
_NEWEST = """quotation_id in (
    select quotation from attributions where speaker = :qt_speaker and status = 'active'
    and coalesce(published, '') >= coalesce((
        select coalesce(published, '') from attributions where speaker = :qt_speaker and status = 'active'
        order by published desc limit 1 offset :qt_rows
    ), '')
)"""


def _page_of_a_speaker(datasette: Any, request: Any, database: str, table: str) -> tuple[int, int] | None:
    """The speaker whose newest quotations the page lists, and how many rows there are up to its end."""
    given = parse_qsl(request.query_string, keep_blank_values=True)
    arguments = dict(given)
    uncounted = arguments.get("_nocount") and arguments.get("_nofacet")
    if table != "quotes" or len(given) != len(arguments) or not arguments.keys() <= _PLAIN or not uncounted:
        return None
    described = datasette.table_metadata(database, table)
    size = described.get("size") or datasette.page_size
    speaker, start = arguments.get("speaker_id__exact", ""), arguments.get("_next") or "0"
    sort = arguments.get("_sort_desc") or described.get("sort_desc")
    if sort != "published" or not _is_number(speaker) or not _is_number(start) or not _is_number(str(size)):
        return None
    # Datasette asks for one row more, to know whether there is a next page.
    return int(speaker), int(start) + int(size) + 1


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _MAX_DIGITS


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
