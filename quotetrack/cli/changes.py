"""quotetrack changes"""

from __future__ import annotations

import click

from quotetrack.cli import options
from quotetrack.cli.table import one_line, terminal_width


@click.command()
@options.database
@click.option("--article", metavar="KEY", help="Of this article only (its id, address or path).")
def changes(database: str, article: str | None) -> None:
    """List quotations that were added, removed or altered between the versions of an article."""
    from quotetrack.database import open_database
    from quotetrack.database.changes import changes as find

    width = terminal_width()
    for change in find(open_database(database, read_only=True), article):
        who = change.speaker or "unknown"
        head = f"{change.noticed[:10]}  {change.kind:8}  {change.article} (version {change.version})  {who}"
        click.echo(one_line(head, width))
        for sign, words in (("-", change.before), ("+", change.after)):
            if words is not None:
                click.echo(f"    {sign} {one_line(words, width - 6)}")
