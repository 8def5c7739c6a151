"""quotetrack export"""

from __future__ import annotations

from typing import BinaryIO

import click

from quotetrack.cli import options
from quotetrack.cli.progress import steps


@click.group()
def export() -> None:
    """Export quotations for other programs."""


@export.command()
@options.database
@options.filters
@click.option("--bom", is_flag=True, help="Start with a byte-order mark, by which Excel knows UTF-8.")
@click.option("-o", "--output", type=click.File("wb"), default="-", help="The file to write to.")
def csv(
    database: str,
    speaker: str | None,
    outlet: str | None,
    since: str | None,
    until: str | None,
    words: str | None,
    bom: bool,
    output: BinaryIO,
) -> None:
    """Export quotations as CSV, a row for each quotation and speaker.

    Text that a spreadsheet would take for a formula (it starts with = + - @ or a tab) has an apostrophe in
    front, which spreadsheets hide and other programs have to take off.
    """
    from quotetrack.database.queries import Filters, count_quotes, quotes
    from quotetrack.export.csv import csv_lines

    db = options.opened(database, read_only=True)
    chosen = Filters(speaker, outlet, since, until, words)
    # Lines that go to the terminal are progress enough.
    shown = not output.isatty()
    rows = steps("row", quotes(db, chosen), lambda: count_quotes(db, chosen), shown=shown)
    lines = 0
    for line in csv_lines(rows, bom=bom):
        output.write(line.encode())
        lines += 1
    if lines == 1:  # that of the columns' names
        options.say_nothing_found(chosen)
