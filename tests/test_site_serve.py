"""quotetrack serve, as a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import httpx
import pytest
import yaml
from browser import free_port, wait_for

from quotetrack.database import open_database
from quotetrack.errors import UserError
from quotetrack.site.metadata import for_database

METADATA = Path(__file__).parent.parent / "metadata.yml"


def test_a_database_of_any_name_is_described_by_the_metadata(tmp_path: Path) -> None:
    database = tmp_path / "my.press.db"
    open_database(database, create=True).close()
    port = free_port()
    program = "import sys; from quotetrack.cli import main; sys.exit(main())"
    arguments = ["serve", "-d", str(database), "--metadata", str(METADATA), "--port", str(port)]
    server = subprocess.Popen([sys.executable, "-c", program, *arguments])
    try:
        wait_for(port, server)
        with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=60) as client:
            assert "How do the outlets compare?" in client.get("/my~2Epress").text
            table = client.get("/my~2Epress/quotes").text
            assert "The words between the quotation marks" in table
            assert client.get("/my~2Epress/outlets_compared").status_code == 200
    finally:
        server.terminate()
        server.wait()


def test_dashboards_come_along_and_what_names_the_database_itself_stays() -> None:
    described = METADATA.read_text(encoding="utf-8")
    renamed = yaml.safe_load(for_database(described, "press"))
    charts = renamed["plugins"]["datasette-dashboards"]["quotations"]["charts"].values()
    assert {chart["db"] for chart in charts} == {"press"}
    assert list(renamed["databases"]) == ["press"]
    own = "databases: {press: {title: Ours}, quotes: {title: Theirs}}"
    assert for_database(own, "press") == own
    assert for_database("title: Only a title", "press") == "title: Only a title"
    with pytest.raises(UserError):
        for_database("{: [", "press")
