"""quotetrack quotes"""

from __future__ import annotations

import click

from quotetrack.cli import options
from quotetrack.cli.table import echo_table


@click.command()
@options.database
@options.filters
@click.option("--limit", default=50, show_default=True, help="At most so many, the newest.")
def quotes(
    database: str,
    speaker: str | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    words: str | None,
    limit: int,
) -> None:
    """List quotations, the newest first."""
    from quotetrack.database.queries import Filters
    from quotetrack.database.queries import quotes as find

    filters = Filters(speaker, outlet, since, until, words)
    rows = find(options.opened(database, read_only=True), filters, newest_first=True, limit=limit)
    echo_table(
        ("Date", "Speaker", "Quotation", "Outlet"),
        ((_day(row["published"]), row["speaker"], row["quotation"], row["outlet"]) for row in rows),
        (10, 24, 0, 20),
    )


def _day(published: str | None) -> str:
    return (published or "")[:10]
