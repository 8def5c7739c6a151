"""quotetrack changes"""

from __future__ import annotations

import textwrap
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

import click

from quotetrack.cli import options
from quotetrack.cli.table import line_width, one_line, printable

if TYPE_CHECKING:
    from quotetrack.database.changes import Change


@click.command()
@options.database
@click.option("--article", metavar="KEY", help="Of this article only (its id, address or path).")
def changes(database: str, article: str | None) -> None:
    """List quotations that were added, removed or altered between the versions of an article.

    So are those that somebody else is now said to have spoken, and titles that were changed, with or without
    the text. Words that differ stand between marks: [-what was there-] and {+what is there now+}.
    """
    from quotetrack.database.changes import changes as find

    width = line_width()
    about = None
    for change in find(options.opened(database, read_only=True), article):
        if about != (about := (change.article, change.version, change.noticed)):
            click.echo(one_line(f"{change.noticed[:10]}  {change.title or change.article}", width))
            click.echo(f"  {printable(change.article)}, version {change.version}")
        start = f"  {change.kind:8} "
        if change.kind != "title":
            click.echo(start + printable(_who(change)))
            start = " " * 11
        click.echo(textwrap.fill(_words(change), width, initial_indent=start, subsequent_indent=" " * 11))
    if about is None:
        click.echo("No title and no quotation was changed.", err=True)


def _who(change: Change) -> str:
    before, after = change.speaker_before or "unknown", change.speaker or "unknown"
    both = change.before is not None and change.after is not None
    return f"{before} → {after}" if both and before != after else after


def _words(change: Change) -> str:
    before, after = ((" ".join(printable(one or "").split())) for one in (change.before, change.after))
    return _marked(before.split(), after.split()) if change.kind in ("altered", "title") else after or before


def _marked(before: list[str], after: list[str]) -> str:
    """Both wordings in one, with marks around what differs."""
    parts = []
    for what, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            parts += before[i:j]
        else:
            parts += [f"[-{' '.join(before[i:j])}-]"] if i < j else []
            parts += [f"{{+{' '.join(after[k:m])}+}}"] if k < m else []
    return " ".join(parts)
