"""What all pages share: which databases are ours, who may read them, and how a page is sent."""

from __future__ import annotations

import hashlib
import re
import sqlite3
from base64 import b64encode
from collections.abc import Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode
from weakref import WeakSet

from datasette.utils.asgi import NotFound, Response
from jinja2 import Environment
from markupsafe import Markup

from quotetrack.site import words

# The tables that make a database one of ours; a reader needs permission to view them all.
TABLES = (
    "articles",
    "quotations",
    "attributions",
    "speakers",
    "aliases",
    "months",
    "speaker_months",
    "totals",
)

# Tables do not go away; asking once for every cell of a table would be slow.
_known: WeakSet[Any] = WeakSet()

# What the site is called where its owner gave it no title.
DEFAULT_TITLE = "Quotations in the news"

_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


async def our_databases(datasette: Any) -> list[str]:
    """The names of the attached databases that QuoteTrack made."""
    return [name for name, db in datasette.databases.items() if await _is_ours(db)]


async def _is_ours(db: Any) -> bool:
    if db in _known:
        return True
    if (await db.execute(_OUR_TABLES, TABLES)).single_value() != len(TABLES):
        return False
    _known.add(db)
    return True


_OUR_TABLES = f"select count(*) from sqlite_master where name in ({', '.join('?' for _ in TABLES)})"  # noqa: S608

# More than any database has: SQLite maps no more than there is, nor more than it was built for (2 GiB).
_MAPPED = 2**40


def map_file(connection: sqlite3.Connection) -> None:
    """Let SQLite read one of our databases as mapped memory, which spares a system call for every page."""
    if connection.execute(_OUR_TABLES, TABLES).fetchone()[0] == len(TABLES):
        connection.execute(f"pragma mmap_size = {_MAPPED}")


async def open_for(datasette: Any, request: Any) -> Any:
    """The database that the request's address names.

    Raises NotFound where it is none of ours, and Datasette's Forbidden where this reader may not see it.
    """
    try:
        db = datasette.get_database(route=request.url_vars["database"])
    except KeyError:
        raise NotFound("There is no such database") from None
    if not await _is_ours(db):
        raise NotFound("This database was not made by QuoteTrack")
    await check_access(datasette, request, db.name)
    return db


async def check_access(datasette: Any, request: Any, database: str) -> None:
    for table in TABLES:
        await datasette.ensure_permissions(
            request.actor,
            [("view-table", (database, table)), ("view-database", database), "view-instance"],
        )


async def page(
    datasette: Any, request: Any, db: Any, template: str, context: dict[str, Any], status: int = 200
) -> Response:
    """An HTML page in Datasette's look, under a Content-Security-Policy that lets no foreign script run."""
    shared = {
        "database": db.name,
        "here": Links(datasette, db.name),
        "site_title": datasette.metadata("title") or DEFAULT_TITLE,
        "metadata": datasette.metadata(),
        "words": words,
    }
    body = await datasette.render_template(
        f"quotetrack/{template}.html",
        {**shared, **context},
        request=request,
        view_name=f"quotetrack-{template}",
    )
    # Datasette's base page has no language, without which a screen reader guesses how to pronounce it.
    body = words.unturned(body.replace("<html>", '<html lang="en">', 1))
    return Response.html(body, status=status, headers=_headers(datasette))


def part(datasette: Any, template: str, context: dict[str, Any]) -> Markup:
    """A part of a page as HTML. Jinja waits at every step of a whole page's loops, here it does not."""
    return Markup(
        _without_waiting(datasette.jinja_env).get_template(f"quotetrack/{template}.html").render(context)
    )


@lru_cache(maxsize=1)
def _without_waiting(environment: Environment) -> Environment:
    """The same templates, filters and escaping; kept, for it keeps the compiled templates."""
    return environment.overlay(enable_async=False)


def _headers(datasette: Any) -> dict[str, str]:
    policy = (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        f"frame-ancestors 'none'; script-src {_datasettes_own_script(datasette)}"
    )
    return {
        "content-security-policy": policy,
        "referrer-policy": "strict-origin-when-cross-origin",
        "x-content-type-options": "nosniff",
    }


def _datasettes_own_script(datasette: Any) -> str:
    # Datasette's base page ends with a script that closes open menus: the only one allowed, by its hash.
    source, _, _ = datasette.jinja_env.loader.get_source(datasette.jinja_env, "_close_open_menus.html")
    scripts = _SCRIPT.findall(source)
    hashes = [b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    return " ".join(f"'sha256-{digest}'" for digest in hashes) or "'none'"


class Links:
    """Addresses of our pages and of Datasette's own, for one database."""

    def __init__(self, datasette: Any, database: str) -> None:
        self._urls = datasette.urls
        self._database = database

    def _page(self, path: str) -> str:
        return f"{self._urls.database(self._database)}/-/{path}"

    def home(self) -> str:
        return self._page("home")

    def search(self) -> str:
        return self._page("search")

    def speaker(self, speaker: int) -> str:
        return self._page(f"speaker/{speaker}")

    def article(self, article: str, quotation: str = "") -> str:
        """An article's page, at the place of `quotation` (its id) where one is given."""
        return self._page(f"article/{article}") + (f"#q{quotation}" if quotation else "")

    def quotation(self, quotation: str, form: str = "") -> str:
        return self._page(f"quotation/{quotation}{form}")

    def review(self, kind: str, key: str | int) -> str:
        return self._page(f"review/{kind}/{key}")

    def decisions(self, arguments: Mapping[str, Any] | None = None) -> str:
        """The page of decisions, of those alone that a query string of `arguments` asks for."""
        return self._page("decisions") + (f"?{urlencode(arguments)}" if arguments else "")

    def tables(self) -> str:
        return self._page("tables")

    def datasette(self) -> str:
        """Datasette's own page of the database."""
        return str(self._urls.database(self._database))

    def table(self, table: str) -> str:
        return str(self._urls.table(self._database, table))

    def row(self, table: str, key: str | int) -> str:
        return str(self._urls.row(self._database, table, key))
