"""quotetrack serve"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from quotetrack.cli import options

METADATA = "metadata.yml"


@click.command()
@options.database
@click.option(
    "--metadata", metavar="FILE", help="Titles, descriptions, queries; ./metadata.yml if there is one."
)
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 opens the site to the network.")
@click.option("--port", default=8001, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
def serve(database: str, metadata: str | None, host: str, port: int, open_browser: bool) -> None:
    """Browse a database in a web browser, with Datasette, on this machine only unless told otherwise."""
    from quotetrack.database import open_database

    # Brings the schema up to date, and says in a line what is wrong.
    open_database(database).close()
    arguments = [database, "--host", host, "--port", str(port), "--setting", "sql_time_limit_ms", "5000"]
    # To suggest facets Datasette counts the whole table, and gives up on a page where that takes too long.
    arguments += ["--setting", "suggest_facets", "off"]
    if metadata or Path(METADATA).exists():
        arguments += ["--metadata", metadata or METADATA]
    if open_browser:
        arguments.append("--open")
    # In place of this process, so that signals and exit codes are Datasette's own.
    os.execv(sys.executable, [sys.executable, "-m", "datasette", "serve", *arguments])
