"""metadata.yml describes the whole database, and all that it asks of Datasette works."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
import yaml
from datasette.app import Datasette

from quotetrack.database import open_database

METADATA = yaml.safe_load(Path(__file__).parent.parent.joinpath("metadata.yml").read_text(encoding="utf-8"))
QUOTES = METADATA["databases"]["quotes"]


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("db") / "quotes.db"
    open_database(path, create=True)
    return path


def test_every_table_and_column_is_described(database: Path) -> None:
    db = open_database(database)
    search = {name for name in db.table_names() if "_fts" in name}
    real = {
        source.name: {column.name for column in source.columns}
        for source in (*db.tables, *db.views)
        if source.name not in search
    }
    described = {name: set(table["columns"]) for name, table in QUOTES["tables"].items()}
    assert described == real
    for table in QUOTES["tables"].values():
        assert table["title"]
        assert table["description"]
        assert all(table["columns"].values())


# What a link to a query gives first is nothing; the others mean something to SQLite's full-text search.
@pytest.mark.parametrize("typed", [None, "", "rain", 'rain "', '"', "AND", "rain*", "-"])
def test_canned_queries_run_on_plain_datasette(database: Path, typed: str | None) -> None:
    async def run() -> dict[str, Any]:
        datasette = Datasette([str(database)], metadata=METADATA)
        answers = {}
        for name, query in QUOTES["queries"].items():
            given = {} if typed is None else dict.fromkeys(query.get("params", ()), typed)
            answers[name] = (await datasette.client.get(f"/quotes/{name}.json", params=given)).json()
        return answers

    for name, answer in asyncio.run(run()).items():
        assert answer["ok"], (name, answer.get("error"))


def test_dashboards_ask_for_what_is_there(database: Path) -> None:
    db = open_database(database)
    charts = METADATA["plugins"]["datasette-dashboards"]["quotations"]["charts"]
    for chart in charts.values():
        columns = [column[0] for column in db.execute(chart["query"]).description]
        assert {channel["field"] for channel in chart["display"]["encoding"].values()} <= set(columns)


@pytest.mark.parametrize("table", sorted(set(QUOTES["tables"]) - {"_sqlite_migrations"}))
def test_every_table_page_opens(database: Path, table: str) -> None:
    async def status() -> int:
        return (
            await Datasette([str(database)], metadata=METADATA).client.get(f"/quotes/{table}")
        ).status_code

    assert asyncio.run(status()) == 200
