"""quotetrack quotes"""

from __future__ import annotations

import click

from quotetrack.cli import options
from quotetrack.cli.table import echo_fields

_COLUMNS = {
    "Date": (10, "published"),
    "Speaker": (24, "speaker"),
    "Quotation": (0, "quotation"),
    "Outlet": (20, "outlet"),
}


@click.command()
@options.database
@options.filters
@options.limit("the newest")
@options.ids
def quotes(
    database: str,
    speaker: str | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    words: str | None,
    limit: int,
    ids: bool,
) -> None:
    """List quotations, the newest first.

    On a terminal long ones are cut; in a pipe or a file they are whole, with tabs between the columns.
    """
    from quotetrack.database.queries import Filters
    from quotetrack.database.queries import quotes as find

    filters = Filters(speaker, outlet, since, until, words)
    rows = list(find(options.opened(database, read_only=True), filters, newest_first=True, limit=limit))
    echo_fields(
        {"Id": (16, "quotation_id"), **_COLUMNS} if ids else _COLUMNS,
        (row | {"published": (row["published"] or "")[:10]} for row in rows),
    )
    if not rows:
        options.say_nothing_found(filters)
