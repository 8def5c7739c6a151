"""quotetrack verify"""

from __future__ import annotations

import sys
from functools import partial

import click

from quotetrack.cli import EXIT_SOME_FAILED, options
from quotetrack.cli.progress import steps


@click.command()
@options.database
def verify(database: str) -> None:
    """Check a database: every quotation against its article, references, versions and counts."""
    from quotetrack.database.verify import verify as find_problems

    db = options.opened(database, read_only=True)
    problems = find_problems(db, partial(steps, "check"))
    for problem in problems:
        click.echo(problem)
    if problems:
        sys.exit(EXIT_SOME_FAILED)
    quotations, articles = db.table("quotations").count, db.table("articles").count
    click.echo(f"All is well: {quotations:,} quotations in {articles:,} article versions.")
