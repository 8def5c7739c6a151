"""quotetrack speakers"""

from __future__ import annotations

import click

from quotetrack.cli import options, who
from quotetrack.cli.table import echo_table, one_line, terminal_width


@click.group(invoke_without_command=True)
@options.database
@click.option("--limit", default=50, show_default=True, help="At most so many, the most quoted.")
@click.option("--quotations", default=0, metavar="N", help="With the newest N quotations of each.")
@click.pass_context
def speakers(ctx: click.Context, database: str, limit: int, quotations: int) -> None:
    """List speakers, the most quoted first, or decide who is who (see the commands)."""
    if ctx.invoked_subcommand is not None:
        return
    from quotetrack.database.queries import quotations_of
    from quotetrack.database.queries import speakers as find

    db = options.opened(database, read_only=True)
    rows = list(find(db, limit=limit))
    if not quotations:
        echo_table(
            ("Speaker", "Type", "Quotations", "Articles", "Also"),
            ((row["name"], row["type"], row["quotations"], row["articles"], row["also"]) for row in rows),
            (30, 12, 10, 8, 0),
        )
        return
    for row in rows:
        also = f" (also {row['also']})" if row["also"] else ""
        click.secho(one_line(f"{row['name']}{also}: {row['quotations']:,}", terminal_width()), bold=True)
        for quotation in quotations_of(db, row["id"], limit=quotations):
            where = ", ".join(filter(None, (quotation["outlet"], (quotation["published"] or "")[:10])))
            room = terminal_width() - len(where) - 8
            click.echo(f"    “{one_line(quotation['quotation'], max(room, 20))}”  {where}".rstrip())


for _name, _command in who.COMMANDS.items():
    speakers.add_command(_command, _name)
