"""A copy of a database to put on a public server: without what is private, with all that a server needs."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path

from sqlite_utils import Database

from quotetrack.database import open_database
from quotetrack.database.identity import short_hash
from quotetrack.errors import UserError
from quotetrack.site.metadata import for_readers, from_file

DATABASE = "quotes.db"
METADATA = "metadata.yml"
PLUGIN = "plugin"
DOCKERFILE = "Dockerfile"
# By this file publish knows a folder as its own, in which it may replace the others.
MARKER = ".published"
_MARK = f"`quotetrack publish` wrote {DATABASE}, {METADATA}, {PLUGIN} and {DOCKERFILE}, and replaces them.\n"
_NO_METADATA = "{}\n"

# What the server needs of this package: the pages, and CSV. Neither the models nor Stanza.
_PACKAGES = ("site", "export")

_DOCKERFILE = f"""\
# docker build -t quotes . && docker run -p 8001:8001 quotes
FROM python:3.12-slim
COPY {PLUGIN} /plugin
RUN pip install --no-cache-dir /plugin
COPY {DATABASE} {METADATA} /site/
RUN datasette inspect /site/{DATABASE} --inspect-file /site/counts.json
USER nobody
EXPOSE 8001
CMD ["datasette", "serve", "--immutable", "/site/{DATABASE}", "--inspect-file", "/site/counts.json", \\
     "--metadata", "/site/{METADATA}", "--setting", "suggest_facets", "off", \\
     "--host", "0.0.0.0", "--port", "8001"]
"""

_PYPROJECT = """\
[build-system]
requires = ["setuptools>=77"]
build-backend = "setuptools.build_meta"

[project]
name = "quotetrack"
version = "0"
description = "QuoteTrack's pages for Datasette, without the rest of the program"
requires-python = ">=3.11"
dependencies = ["datasette>=0.65,<1"]

[project.entry-points.datasette]
quotetrack = "quotetrack.site"

[tool.setuptools.packages.find]
include = ["quotetrack*"]

[tool.setuptools.package-data]
quotetrack = ["site/templates/**/*", "site/static/**/*"]
"""


def publish(database: str, folder: Path, metadata: Path | None = None) -> None:
    """Write into `folder` a copy of `database` for reading, `metadata`, the plugin and a Dockerfile.

    The copy has no names of reviewers, no accounts of inputs and no paths of this machine; its metadata does
    not tell who may review. What was published there before is replaced. Raises UserError before anything is
    written where that would replace the database, the metadata or a file that publish did not write, and
    where one of them cannot be read or the folder not be written to.
    """
    public = for_readers(from_file(metadata)) if metadata else _NO_METADATA
    source = open_database(database)
    try:
        _spare([Path(database), *([metadata] if metadata else [])], folder)
        folder.mkdir(parents=True, exist_ok=True)
        _write(folder / MARKER, _MARK)
        _copy_database(source, folder / DATABASE)
        _write(folder / METADATA, public)
        _copy_plugin(folder / PLUGIN)
        _write(folder / DOCKERFILE, _DOCKERFILE)
    except OSError as error:
        raise UserError(f"cannot write to {folder}: {error.strerror or error}") from error
    finally:
        source.close()


def _write(path: Path, text: str) -> None:
    # Where it is a link, what it leads to is somebody else's.
    path.unlink(missing_ok=True)
    path.write_text(text, encoding="utf-8")


def _spare(sources: Iterable[Path], folder: Path) -> None:
    """Raise UserError where what is written to `folder` would take the place of anybody else's files."""
    replaced = [folder / name for name in (DATABASE, _unfinished(DATABASE), METADATA, PLUGIN, DOCKERFILE)]
    for source in sources:
        if any(_is_in(source, target) for target in replaced):
            raise UserError(f"{source} is in {folder} and would be replaced: publish to another folder")
    foreign = [] if (folder / MARKER).exists() else [one for one in replaced if os.path.lexists(one)]
    if foreign:
        raise UserError(f"{foreign[0]} is not of publish and would be replaced: publish to another folder")


def _is_in(path: Path, target: Path) -> bool:
    """Whether `path` is `target` or in it, however the two are written and linked."""
    path = path.resolve()
    return target.exists() and any(one.samefile(target) for one in (path, *path.parents))


def _unfinished(name: str) -> str:
    return str(Path(name).with_suffix(".unfinished"))


def _copy_database(source: Database, target: Path) -> None:
    unfinished = target.with_name(_unfinished(target.name))
    unfinished.unlink(missing_ok=True)
    source.conn.execute("vacuum into ?", (str(unfinished),))
    connection = sqlite3.connect(unfinished)
    try:
        _leave_out_private(connection)
        # Vacuuming may number rows anew, and the search indexes go by the numbers.
        _tell_search_indexes(connection, "rebuild")
        _tell_search_indexes(connection, "optimize")
        connection.commit()
        # What was overwritten is still in the file until now.
        connection.execute("vacuum")
        _tell_search_indexes(connection, "integrity-check")
    finally:
        connection.close()
    unfinished.replace(target)


def _tell_search_indexes(connection: sqlite3.Connection, command: str) -> None:
    found = connection.execute(
        "select name from sqlite_master where type = 'table' and sql like 'create virtual table%fts5%'"
    )
    for (table,) in found.fetchall():
        connection.execute(f"insert into [{table}] ([{table}]) values (?)", (command,))  # noqa: S608


def _leave_out_private(connection: sqlite3.Connection) -> None:
    # The copy is never written to again, so nothing has to be kept up to date, nor kept from being changed.
    for (trigger,) in connection.execute("select name from sqlite_master where type = 'trigger'").fetchall():
        connection.execute(f"drop trigger [{trigger}]")
    connection.create_function("public_key", 1, _public_key, deterministic=True)
    connection.create_function("public_models", 1, _without_folder, deterministic=True)
    connection.execute('update decisions set "by" = ?', ("",))
    connection.execute("delete from inputs")
    connection.execute("update runs set settings = ?, models = public_models(models)", (json.dumps({}),))
    connection.execute("update articles set source = '', key = public_key(key)")


def _public_key(key: str) -> str:
    """An address or an id as it is; a file's path, which tells of this machine, as a number in its place."""
    if key.startswith(("http://", "https://")) or not any(sign in key for sign in "/\\"):
        return key
    return short_hash("key", key)


def _without_folder(models: str) -> str:
    return Path(models).name if any(sign in models for sign in "/\\") else models


def _copy_plugin(target: Path) -> None:
    package = Path(__file__).parent.parent
    if target.exists():
        shutil.rmtree(target)
    for name in _PACKAGES:
        shutil.copytree(package / name, target / "quotetrack" / name, ignore=_NOT_CODE)
    (target / "quotetrack" / "__init__.py").write_text("", encoding="utf-8")
    (target / "pyproject.toml").write_text(_PYPROJECT, encoding="utf-8")


_NOT_CODE: Callable[[str, list[str]], set[str]] = shutil.ignore_patterns(
    "__pycache__", "publishing.py", "metadata.py"
)
