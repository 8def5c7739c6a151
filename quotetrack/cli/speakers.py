"""quotetrack speakers"""

from __future__ import annotations

import click

from quotetrack.cli import options, who
from quotetrack.cli.table import echo_fields, line_width, one_line

_COLUMNS = {
    "Speaker": (30, "name"),
    "Type": (12, "type"),
    "Quotations": (10, "quotations"),
    "Articles": (8, "articles"),
    "Also": (0, "also"),
}


@click.group(invoke_without_command=True)
@options.database
@options.limit("the most quoted")
@click.option(
    "--quotations",
    type=click.IntRange(min=0),
    default=0,
    show_default=False,
    metavar="N",
    help="With the newest N quotations of each.",
)
@options.ids
@click.pass_context
def speakers(ctx: click.Context, database: str, limit: int, quotations: int, ids: bool) -> None:
    """List speakers, the most quoted first, or decide who is who (see the commands)."""
    if ctx.invoked_subcommand is not None:
        return
    from quotetrack.database.queries import quotations_of
    from quotetrack.database.queries import speakers as find

    db = options.opened(database, read_only=True)
    rows = list(find(db, limit=limit))
    if not quotations:
        echo_fields(
            {"Number": (8, "number"), **_COLUMNS} if ids else _COLUMNS,
            # As text, for a number by which one is called is no amount.
            (row | {"number": str(row["id"])} for row in rows),
        )
        return
    width = line_width()
    for row in rows:
        number = f"{row['id']} " if ids else ""
        also = f" (also {row['also']})" if row["also"] else ""
        click.secho(one_line(f"{number}{row['name']}{also}: {row['quotations']:,}", width), bold=True)
        for quotation in quotations_of(db, row["id"], limit=quotations):
            where = ", ".join(filter(None, (quotation["outlet"], (quotation["published"] or "")[:10])))
            head = f"    {quotation['quotation_id']}  “" if ids else "    “"
            room = width - len(head) - len(where) - 3
            click.echo(f"{head}{one_line(quotation['quotation'], max(room, 20))}”  {where}".rstrip())


for _name, _command in who.COMMANDS.items():
    speakers.add_command(_command, _name)
