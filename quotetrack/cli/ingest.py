"""quotetrack ingest"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

import click

from quotetrack.cli import EXIT_SOME_FAILED, EXIT_STOPPED, options
from quotetrack.cli.progress import bar
from quotetrack.cli.stopping import stopping
from quotetrack.cli.table import printable

if TYPE_CHECKING:
    from sqlite_utils import Database

    from quotetrack.ingest import Outcome, Summary
    from quotetrack.sources import Item


@click.command()
@options.database
@options.models
@options.jobs
@options.columns
@options.encoding
@options.allow_private
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="A feed or sitemap: what is new in it.")
@click.option(
    "--prefix",
    default="",
    metavar="TEXT",
    help="Put this before the ids in JSON and tables: two outlets' articles may have the same numbers.",
)
@options.silent
@click.argument("sources", metavar="[SOURCE]...", nargs=-1)
def ingest(
    database: str,
    models: str,
    jobs: int,
    columns: dict[str, str],
    encoding: str,
    allow_private: bool,
    feeds: tuple[str, ...],
    prefix: str,
    silent: bool,
    sources: tuple[str, ...],
) -> None:
    """Read articles, find who said what in them, and store it.

    SOURCE is a file (.txt, .md, .html, .pdf, .json, .jsonl, .ndjson, .csv, .tsv, .warc, each also as .gz), a
    folder of them, a web address, or - for standard input. JSON and tables have a text, and may have id,
    title, url, outlet, author and published (--column for other names). What is in the database already is
    left alone; an article whose text has changed becomes a new version of it. An id that comes again with
    another article's text is refused (--prefix helps); an address or a file may change altogether.

    Prints what came of each article: added, changed, unchanged or failed. Ctrl-C stops after the batch in
    hand; the same command again goes on from there.
    """
    from quotetrack.ingest import ingest as ingest_items
    from quotetrack.language.loading import model_identity
    from quotetrack.sources import count_items, read_sources

    if not sources and not feeds:
        raise click.UsageError("nothing to read: name a SOURCE or a --feed")
    identity = model_identity(models)
    db = options.opened(database, create=True)
    items = chain(
        read_sources(sources, columns, encoding=encoding, allow_private=allow_private, prefix=prefix),
        _read_feeds(db, feeds, allow_private),
    )
    with stopping() as stop, _reporting(silent, lambda: None if feeds else count_items(sources)) as report:
        summary = ingest_items(
            db,
            items,
            options.extractor(models, jobs),
            models=identity,
            settings={"models": models},
            on_outcome=report,
            stop=stop,
        )
    if not silent:
        click.echo(_in_words(summary))
    if summary.interrupted:
        click.echo("Stopped. What is done is stored; the same command again goes on from here.", err=True)
        sys.exit(EXIT_STOPPED)
    if summary.failed:
        sys.exit(EXIT_SOME_FAILED)


def _read_feeds(db: Database, feeds: tuple[str, ...], allow_private: bool) -> Iterator[Item]:
    if not feeds:
        return
    from quotetrack.database.connection import open_reader
    from quotetrack.database.queries import has_article
    from quotetrack.sources.network import read_feeds
    from quotetrack.sources.web import Fetcher

    yield from read_feeds(feeds, Fetcher(allow_private=allow_private), partial(has_article, open_reader(db)))


def _in_words(summary: Summary) -> str:
    outcomes = ", ".join(
        f"{getattr(summary, status):,} {status}" for status in ("added", "changed", "unchanged", "failed")
    )
    return f"{outcomes}: {summary.quotations:,} quotations in {summary.words:,} new words"


@contextmanager
def _reporting(silent: bool, total: Callable[[], int | None]) -> Iterator[Callable[[Outcome], None]]:
    """A line for each outcome; on a terminal, a bar below them with articles, rate, time left, words."""
    quotations = words = 0
    with bar("article", total, shown=not silent) as shown:

        def report(outcome: Outcome) -> None:
            nonlocal quotations, words
            quotations += outcome.quotations
            words += outcome.words
            line = f"{outcome.status:9}  {printable(outcome.source)}"
            if outcome.reason:
                line += f": {printable(outcome.reason)}"
            if outcome.status == "failed":
                shown.write(line, file=sys.stderr)
            elif not silent:
                shown.write(line)
            shown.update()
            shown.set_postfix_str(f"{quotations:,} quotations, {words:,} words", refresh=False)

        yield report
