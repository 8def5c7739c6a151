"""Writes the documentation that follows from the program: docs/cli.md and db/README.md.

`make docs` runs it; tests/test_docs.py fails where the files are not what it writes.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import click
import yaml
from sqlite_utils import Database

from quotetrack.cli import main
from quotetrack.database import open_database

ROOT = Path(__file__).resolve().parent.parent
METADATA = ROOT / "metadata.yml"
NOTE = "<!-- Written by docs/generate.py; `make docs` writes it anew. -->"
# What SQLite keeps for itself: search indexes and the list of migrations.
INTERNAL = ("_fts", "_sqlite_migrations", "sqlite_")


def cli_reference() -> str:
    """docs/cli.md: what --help says, for every command."""
    sections = ["# The commands", NOTE]
    for path, command in _commands(main, ("quotetrack",)):
        context = click.Context(command, info_name=" ".join(path), max_content_width=100)
        context.terminal_width = 100
        sections += [f"## {' '.join(path)}", f"```text\n{command.get_help(context)}\n```"]
    return "\n\n".join(sections) + "\n"


def _commands(
    command: click.Command, path: tuple[str, ...]
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            child = command.get_command(context, name)
            assert child is not None
            yield from _commands(child, (*path, name))


def empty_database() -> Database:
    """A database with the current schema and nothing in it."""
    with tempfile.TemporaryDirectory() as folder:
        return open_database(Path(folder) / "quotes.db", create=True)


def schema(db: Database) -> dict[str, list[str]]:
    """The tables and views that people see, with their columns."""
    names = [*db.table_names(), *db.view_names()]
    return {name: list(db[name].columns_dict) for name in names if not any(part in name for part in INTERNAL)}


def descriptions() -> dict[str, dict]:
    """What metadata.yml says about each table, whatever the name of the database."""
    metadata = yaml.safe_load(METADATA.read_text(encoding="utf-8"))
    tables: dict[str, dict] = {}
    for database in metadata["databases"].values():
        tables |= database.get("tables", {})
    return tables


def data_dictionary() -> str:
    """db/README.md: every table and column of the database."""
    db, described = empty_database(), descriptions()
    sections = [
        "# The database",
        NOTE,
        "By default the database is `db/quotes.db`. It is SQLite; any tool that reads SQLite reads it. "
        "`quotes` is the flat view to begin with. Offsets count characters (Unicode code points) from 0, the "
        "end is not included, and `text[start:end]` of an article is the quotation (`quotetrack verify` "
        "checks it). Times are UTC, dates ISO 8601.",
    ]
    for name, columns in schema(db).items():
        about = described[name]
        kind = "view" if name in db.view_names() else "table"
        rows = [f"| `{column}` | {_one_line(about['columns'][column])} |" for column in columns]
        sections += [
            f"## {name} ({kind})",
            _one_line(about["description"]),
            "\n".join(["| column | meaning |", "|---|---|", *rows]),
        ]
    return "\n\n".join(sections) + "\n"


def _one_line(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def review_session() -> str:
    """docs/review.md: see `session`."""
    sys.path.insert(0, str(ROOT / "docs"))
    from session import review_session as transcript

    return str(transcript())


GENERATED = {
    ROOT / "docs" / "cli.md": cli_reference,
    ROOT / "db" / "README.md": data_dictionary,
    ROOT / "docs" / "review.md": review_session,
}

if __name__ == "__main__":
    for path, write in GENERATED.items():
        path.write_text(write(), encoding="utf-8")
        print(path.relative_to(ROOT))
