"""What we add to Datasette's own pages: links from tables to our pages, a style for tables, a menu."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from markupsafe import Markup

from quotetrack.site.review import may_review
from quotetrack.site.serving import Links, our_databases

# Long texts are cut in tables; the page behind the link has them whole.
MAX_SHOWN = 300

# For a column: the column with the key of the page, and the page. A key column may be the column itself.
_PAGES: dict[tuple[str, str], tuple[str, Callable[[Links, Any], str]]] = {
    ("quotes", "quotation"): ("quotation_id", Links.quotation),
    ("quotes", "speaker"): ("speaker_id", Links.speaker),
    ("quotes", "title"): ("article_id", Links.article),
    ("quotations", "text"): ("id", Links.quotation),
    ("quotations", "article"): ("article", Links.article),
    ("articles", "title"): ("id", Links.article),
    ("speakers", "name"): ("id", Links.speaker),
    ("aliases", "name"): ("speaker", Links.speaker),
    ("attributions", "quotation"): ("quotation", Links.quotation),
    ("attributions", "speaker"): ("speaker", Links.speaker),
    ("speaker_months", "speaker"): ("speaker", Links.speaker),
    ("titles", "speaker"): ("speaker", Links.speaker),
    ("identifiers", "speaker"): ("speaker", Links.speaker),
    ("links", "speaker"): ("speaker", Links.speaker),
    ("links", "same_as"): ("same_as", Links.speaker),
    ("suggestions", "speaker_a"): ("speaker_a", Links.speaker),
    ("suggestions", "speaker_b"): ("speaker_b", Links.speaker),
    # What queries call these columns.
    ("", "quotation"): ("quotation_id", Links.quotation),
    ("", "quotation_id"): ("quotation_id", Links.quotation),
    ("", "title"): ("article_id", Links.article),
    ("", "article_id"): ("article_id", Links.article),
    ("", "speaker"): ("speaker_id", Links.speaker),
    ("", "speaker_id"): ("speaker_id", Links.speaker),
    ("", "one"): ("one_id", Links.speaker),
    ("", "other"): ("other_id", Links.speaker),
}


def link(datasette: Any, database: str, table: str | None, column: str, value: Any, row: Any) -> Any:
    """A cell that leads to one of our pages; None leaves the cell to Datasette."""
    found = _PAGES.get((table or "", column))
    if found is None or value in (None, ""):
        return None
    key_column, page = found
    if key_column not in row.keys():  # noqa: SIM118 (a database row: `in` looks among its values)
        return None
    key, label = row[key_column], value
    if isinstance(key, dict):
        key = key["value"]
    if isinstance(label, dict):
        label = label["label"]
    if key is None or not str(key).isalnum():
        return None

    async def cell() -> Any:
        if database not in await our_databases(datasette):
            return None
        shown = str(label)
        if len(shown) > MAX_SHOWN:
            shown = shown[:MAX_SHOWN] + "…"
        return Markup('<a href="{}">{}</a>').format(page(Links(datasette, database), key), shown)

    return cell


def table_style(datasette: Any, view_name: str, database: str | None) -> Any:
    async def urls() -> list[str]:
        if view_name not in ("table", "row", "query", "database") or database not in await our_databases(
            datasette
        ):
            return []
        return [str(datasette.urls.static_plugins("quotetrack", "tables.css"))]

    return urls


def menu(datasette: Any, request: Any) -> Any:
    async def links() -> list[dict[str, str]]:
        found = []
        for database in await our_databases(datasette):
            here = Links(datasette, database)
            found += [
                {"href": here.home(), "label": f"Quotations in {database}"},
                {"href": here.search(), "label": "Search quotations"},
            ]
            if request and await may_review(datasette, request, datasette.get_database(database)):
                found.append({"href": here.decisions(), "label": "Decisions"})
        return found

    return links
