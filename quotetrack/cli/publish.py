"""quotetrack publish"""

from __future__ import annotations

from pathlib import Path

import click

from quotetrack.cli import options


@click.command()
@options.database
@options.metadata
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def publish(database: str, metadata: Path | None, folder: Path) -> None:
    """Make a copy for a public server in FOLDER.

    It holds the database without reviewers' names, accounts of inputs and paths of this machine, the
    metadata, the pages, and a Dockerfile. Run it again to bring the copy up to date. Files that an earlier
    publish did not write are never replaced: choose a folder of its own.
    """
    from quotetrack.site.publishing import publish as write

    write(database, folder, metadata)
    click.echo(
        f"Written to {folder}. To try it: docker build -t quotes {folder} && docker run -p 8001:8001 quotes"
    )
