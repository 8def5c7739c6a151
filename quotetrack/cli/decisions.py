"""quotetrack decisions"""

from __future__ import annotations

import json
import sys
from typing import IO, Any

import click

from quotetrack.cli import EXIT_SOME_FAILED, options
from quotetrack.cli.deciding import by_and_why, recorded
from quotetrack.cli.progress import steps
from quotetrack.cli.table import echo_table, one_line

# What a decision is about, for the list: these of its fields.
_TOLD = ("name", "note")
_WORDS_SHOWN = 50  # of a quotation, in characters


@click.group()
def decisions() -> None:
    """What people decided: list it, take it back, share it with another database."""


@decisions.command("list")
@options.database
@options.limit("the newest")
def list_(database: str, limit: int) -> None:
    """List the decisions, the newest first."""
    from quotetrack.database.decisions import load

    db = options.opened(database, read_only=True)
    made = load(db)
    echo_table(
        ("Number", "Made", "By", "Kind", "In force", "About"),
        (
            (one.id, one.made[:16], one.by, one.kind, "no" if one.undone else "yes", _about(one, db))
            for one in reversed(made[-limit:])
        ),
        (6, 16, 12, 15, 8, 0),
    )


def _about(decision: Any, db: Any) -> str:
    """Whom and what a decision is about, in words that a person reads."""
    payload = decision.payload
    if decision.undoes is not None:
        return f"takes back {decision.undoes}"
    known = payload.get("known_as", {})
    who = [known.get(str(payload.get(key)), [None])[0] for key in ("speaker", "into")]
    who += [known.get(str(speaker), [str(speaker)])[0] for speaker in payload.get("speakers", ())]
    who += payload.get("names", ())
    quotations = [*filter(None, [payload.get("quotation")]), *payload.get("quotations", ())]
    told = [_words(db, quotation) for quotation in quotations]
    told += [str(payload[key]) for key in _TOLD if payload.get(key)]
    if decision.kind == "attribute" and not payload["speakers"]:
        told.append("nobody knows who said it")
    why = f" ({decision.why})" if decision.why else ""
    return " · ".join([*filter(None, who), *told]) + why


def _words(db: Any, quotation: str) -> str:
    """How a quotation begins; its id where this database does not have it."""
    row = db.conn.execute("select text from quotations where id = ?", (quotation,)).fetchone()
    return f"“{one_line(row[0], _WORDS_SHOWN)}”" if row else quotation


@decisions.command()
@options.database
@click.argument("number", type=int)
@by_and_why
def undo(database: str, number: int, by: str, why: str) -> None:
    """Take a decision back, by its number; taking that back puts it in force again."""
    from quotetrack.database.decisions import undo as take_back

    recorded(take_back(options.opened(database), number, by=by, why=why), f"{number} is taken back")


@decisions.command()
@options.database
@click.argument("file", type=click.File("w", encoding="utf-8"), default="-")
def export(database: str, file: IO[str]) -> None:
    """Write all decisions as JSON lines, for another database or team."""
    from quotetrack.database.decisions import export as records

    for record in records(options.opened(database, read_only=True)):
        file.write(json.dumps(record, ensure_ascii=False) + "\n")


@decisions.command("import")
@options.database
@click.argument("file", type=click.File("r", encoding="utf-8"))
def import_(database: str, file: IO[str]) -> None:
    """Take over decisions that 'decisions export' wrote; those that are here already are passed over.

    A decision about a quotation finds it where the article has the same id, address or path as there.
    """
    from quotetrack.database.decisions import import_ as take_over
    from quotetrack.errors import UserError

    try:
        lines = file.readlines()
    except UnicodeDecodeError as error:
        raise UserError(f"{file.name}: not UTF-8 ({error.reason} at byte {error.start})") from error
    records = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                records.append(json.loads(line))
            except ValueError as error:
                raise UserError(f"{file.name}, line {number}: not JSON ({error})") from error
    imported, problems = take_over(options.opened(database), steps("decision", records))
    for problem in problems:
        click.echo(f"failed  {problem}", err=True)
    click.echo(
        f"{imported:,} decisions taken over, {len(records) - imported - len(problems):,} known already"
    )
    if problems:
        sys.exit(EXIT_SOME_FAILED)
