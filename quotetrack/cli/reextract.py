"""quotetrack reextract"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from quotetrack.cli import EXIT_SOME_FAILED, EXIT_STOPPED, options
from quotetrack.cli.progress import bar
from quotetrack.cli.stopping import stopping
from quotetrack.cli.table import line_width, one_line, printable

if TYPE_CHECKING:
    from quotetrack.reextract import Difference
    from quotetrack.resilience import Broken


@click.command()
@options.database
@options.models
@options.jobs
@options.silent
def reextract(database: str, models: str, jobs: int, silent: bool) -> None:
    """Extract all stored articles again, with this version of QuoteTrack or other models.

    Quotations keep their ids; those that are no longer found are withdrawn; decisions stay in force. Prints
    what changed. Ctrl-C stops after the batch in hand.
    """
    from quotetrack.language.loading import model_identity
    from quotetrack.reextract import reextract as extract_again

    db = options.opened(database)
    counts = {"found": 0, "withdrawn": 0, "speakers": 0}

    def report(difference: Difference) -> None:
        counts[difference.kind] += 1
        if not silent:
            progress.write(one_line(_in_words(difference), line_width()))

    def complain(broken: Broken) -> None:
        progress.write(f"failed  {printable(broken.article.id)}: {printable(broken.reason)}", file=sys.stderr)
        progress.update()

    with stopping() as stop, bar("article", lambda: db.table("articles").count, shown=not silent) as progress:
        result = extract_again(
            db,
            options.extractor(models, jobs),
            models=model_identity(models),
            settings={"models": models, "command": "reextract"},
            on_difference=report,
            on_failure=complain,
            on_read=progress.update,
            stop=stop,
        )
    if not silent:
        click.echo(
            f"{result.articles:,} article versions read again: {counts['found']:,} quotations found, "
            f"{counts['withdrawn']:,} withdrawn, {counts['speakers']:,} with other speakers"
        )
    if result.interrupted:
        click.echo("Stopped. The same command begins again; what was done does not change twice.", err=True)
        sys.exit(EXIT_STOPPED)
    if result.failed:
        sys.exit(EXIT_SOME_FAILED)


def _in_words(difference: Difference) -> str:
    before = " and ".join(difference.before) or "unknown"
    after = " and ".join(difference.after) or "unknown"
    who = {
        "found": after,
        "withdrawn": before,
        "speakers": f"{before} → {after}",
    }[difference.kind]
    return f"{difference.kind:9}  {difference.article}  {who}: “{difference.quotation}”"
