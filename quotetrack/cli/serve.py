"""quotetrack serve"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import click

from quotetrack.cli import options


@click.command()
@options.database
@options.metadata
@click.option("--host", default="127.0.0.1", show_default=True, help="0.0.0.0 opens the site to the network.")
@click.option("--port", default=8001, show_default=True)
@click.option("--open", "open_browser", is_flag=True, help="Open the site in a browser.")
def serve(database: str, metadata: Path | None, host: str, port: int, open_browser: bool) -> None:
    """Browse a database in a web browser, with Datasette, on this machine only unless told otherwise."""
    from quotetrack.site.metadata import for_database, from_file

    # Brings the schema up to date, and says in a line what is wrong.
    options.opened(database).close()
    arguments = [database, "--host", host, "--port", str(port), "--setting", "sql_time_limit_ms", "5000"]
    # To suggest facets Datasette counts the whole table, and gives up on a page where that takes too long.
    arguments += ["--setting", "suggest_facets", "off"]
    if metadata:
        _put_on_standard_input(for_database(from_file(metadata), Path(database).stem))
        arguments += ["--metadata", "-"]
    if open_browser:
        arguments.append("--open")
    # In place of this process, so that signals and exit codes are Datasette's own.
    os.execv(sys.executable, [sys.executable, "-m", "datasette", "serve", *arguments])


def _put_on_standard_input(text: str) -> None:
    """Let this process, and what takes its place, read `text` there."""
    with tempfile.TemporaryFile() as file:
        file.write(text.encode())
        file.seek(0)
        os.dup2(file.fileno(), 0)
