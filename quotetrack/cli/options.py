"""Options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from sqlite_utils import Database

    from quotetrack.database.queries import Filters
    from quotetrack.resilience import Extractor

# For the worker processes, which read it as they start. A process a core, a thread a process; and torch's
# large blocks are kept for the next batch, where glibc would give each back and ask again (8 % of the time).
ENVIRONMENT = {
    "OMP_NUM_THREADS": "1",
    "MALLOC_MMAP_THRESHOLD_": str(32 << 20),
    "MALLOC_TRIM_THRESHOLD_": str(1 << 30),
}
database = click.option(
    "-d",
    "--database",
    "database",
    envvar="QUOTETRACK_DATABASE",
    default="db/quotes.db",
    show_default=True,
    show_envvar=True,
    metavar="FILE",
    help="The database.",
)
METADATA = Path("metadata.yml")
metadata = click.option(
    "--metadata",
    type=click.Path(path_type=Path),
    default=lambda: METADATA if METADATA.exists() else None,
    show_default=f"./{METADATA} if there is one",
    metavar="FILE",
    help="Titles, descriptions, queries.",
)
models = click.option(
    "--models",
    default="bundled",
    show_default=True,
    metavar="NAME",
    help="The Stanza models: 'bundled' (these come with QuoteTrack), 'stanford' (Stanza's own full English "
    "ones, fetched from the network the first time) or a folder.",
)
columns = click.option(
    "--column",
    "columns",
    multiple=True,
    metavar="FIELD=NAME",
    callback=lambda _ctx, _param, values: parse_columns(values),
    help="What a field (id, text, title, url, outlet, author, published) is called in JSON lines and tables.",
)
encoding = click.option(
    "--encoding",
    default="utf-8",
    show_default=True,
    metavar="NAME",
    callback=lambda _ctx, _param, value: known_encoding(value),
    help="The encoding of text, tables and JSON without a byte-order mark (cp1252: old Windows files).",
)
allow_private = click.option(
    "--allow-private", is_flag=True, help="Also fetch addresses inside a private network."
)
jobs = click.option(
    "--jobs",
    type=click.IntRange(min=1),
    default=lambda: os.cpu_count() or 1,
    show_default="the cores",
    metavar="N",
    help="Processes that share the work; a short input is read in one.",
)
silent = click.option("--silent", is_flag=True, help="Print failures only.")

ids = click.option(
    "--ids", is_flag=True, help="With speakers' numbers and quotations' ids, which other commands take."
)


def limit(what: str) -> Callable[[click.decorators.FC], click.decorators.FC]:
    """How many lines a list has at most, of `what` comes first."""
    return click.option(
        "--limit",
        type=click.IntRange(min=1),
        default=50,
        show_default=True,
        metavar="N",
        help=f"At most so many, {what}.",
    )


def _date(name: str, help: str) -> Callable[[click.decorators.FC], click.decorators.FC]:
    return click.option(
        name, metavar="DATE", callback=lambda _ctx, _param, value: value and understood_date(value), help=help
    )


def filters(command: click.decorators.FC) -> click.decorators.FC:
    """The options that choose quotations."""
    for option in (
        click.option(
            "--words",
            metavar="WORDS",
            callback=lambda _ctx, _param, value: value and whole_phrases(value),
            help='Quotations with these words, or "this phrase".',
        ),
        _date("--until", "Published on this date or before (YYYY-MM-DD, YYYY-MM or YYYY)."),
        _date("--since", "Published on this date or later (YYYY-MM-DD, YYYY-MM or YYYY)."),
        click.option("--outlet", metavar="NAME", help="Published by this outlet."),
        click.option("--speaker", metavar="NAME", help="Said by a speaker with this in one of the names."),
    ):
        command = option(command)
    return command


def parse_columns(values: tuple[str, ...]) -> dict[str, str]:
    """{"text": "body"} from ("text=body",)."""
    from quotetrack.sources.fields import FIELDS

    columns = {}
    for value in values:
        field, equals, name = value.partition("=")
        if not equals or field not in FIELDS or not name:
            raise click.BadParameter(f"{value!r} is not FIELD=NAME with a field out of {', '.join(FIELDS)}")
        columns[field] = name
    return columns


def understood_date(value: str) -> str:
    """The date in ISO 8601, by what articles' dates are understood by."""
    from quotetrack.sources.dates import iso_date

    date, note = iso_date(value)
    if date is None:
        raise click.BadParameter(note or "a date is needed")
    return date


def whole_phrases(words: str) -> str:
    """The words, in which every phrase that is opened is closed."""
    if words.count('"') % 2:
        raise click.BadParameter(f"{words!r} opens a phrase that it does not close")
    return words


def known_encoding(name: str) -> str:
    """The usual name of an encoding."""
    import codecs

    try:
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        raise click.BadParameter(f"there is no encoding {name!r}") from None


def opened(database: str, *, create: bool = False, read_only: bool = False) -> Database:
    """The database, with a bar where its index of names has to be made anew first."""
    from functools import partial

    from quotetrack.cli.progress import steps
    from quotetrack.database import open_database

    return open_database(database, create=create, read_only=read_only, steps=partial(steps, "speaker"))


def say_nothing_found(filters: Filters) -> None:
    """Say that no quotation is such as was asked for."""
    from dataclasses import asdict

    asked = [f"--{name} {value!r}" for name, value in asdict(filters).items() if value]
    click.echo(f"No quotation is found{' with ' if asked else ''}{', '.join(asked)}.", err=True)


def extractor(models: str, jobs: int) -> Extractor:
    """The extraction that the commands use: an article that breaks its process does not end theirs."""
    from functools import partial

    from quotetrack.extraction import extract_apart

    for name, value in ENVIRONMENT.items():
        os.environ.setdefault(name, value)
    return partial(extract_apart, models=models, jobs=jobs)
