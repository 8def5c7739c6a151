"""The Datasette plugin: pages on which a person reads, checks and cites quotations."""

from __future__ import annotations

from typing import Any

from datasette import hookimpl

from quotetrack.site import cells, pages, review, serving, tables


@hookimpl
def register_routes() -> list[tuple[str, Any]]:
    return pages.ROUTES


@hookimpl
def render_cell(row: Any, value: Any, column: str, table: str | None, database: str, datasette: Any) -> Any:
    return cells.link(datasette, database, table, column, value, row)


@hookimpl
def extra_css_urls(view_name: str, database: str | None, datasette: Any) -> Any:
    return cells.table_style(datasette, view_name, database)


@hookimpl
def permission_allowed(datasette: Any, actor: dict[str, Any] | None, action: str) -> bool | None:
    return review.allowed(datasette, actor, action)


@hookimpl
def prepare_connection(conn: Any) -> None:
    serving.map_file(conn)


@hookimpl
def filters_from_request(datasette: Any, request: Any, database: str, table: str) -> Any:
    return tables.newest_of_a_speaker(datasette, request, database, table)


@hookimpl
def asgi_wrapper(datasette: Any) -> Any:
    return tables.uncounted(datasette)


@hookimpl
def table_actions(datasette: Any, database: str, table: str, request: Any) -> Any:
    return tables.count_and_facet(datasette, database, table, request)


@hookimpl
def menu_links(datasette: Any, request: Any) -> Any:
    return cells.menu(datasette, request)
