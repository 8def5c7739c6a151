"""The pages in a real browser, where there is one: nothing that they need is refused by their own policy."""

from __future__ import annotations

import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from factories import article, extract_one

from quotetrack.database import open_database
from quotetrack.database.connection import writing
from quotetrack.database.decisions import effects_in_force
from quotetrack.database.writer import start_run, write

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
STARTING_SECONDS = 90
QUIET = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
)  # fmt: skip

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="needs chromium: apt-get install chromium")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running site with one article."""
    path = tmp_path_factory.mktemp("site") / "quotes.db"
    db = open_database(path, create=True)
    with writing(db):
        run = start_run(db, models="fake", settings={})
        one = article("“It rained,” said Ann Lee.\n“It poured.”", title="Rain", published="2021-11-15")
        write(db, effects_in_force(db), extract_one(one), run=run, source="test")
    db.close()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "datasette", "serve", str(path), "--port", str(port)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTING_SECONDS
    while server.poll() is None and time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.2)
    pytest.fail("the site did not start")


@pytest.mark.parametrize("page", ["/", "/quotes/-/speaker/1", "/quotes/-/search?q=rained"])
def test_a_browser_has_nothing_to_complain_of(site: str, page: str, tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    found = subprocess.run(
        [
            CHROMIUM, *QUIET, "--enable-logging=stderr", f"--user-data-dir={tmp_path / 'profile'}",
            "--window-size=500,900", f"--screenshot={picture}", site + page,
        ],
        capture_output=True, text=True, timeout=300, check=True,
    )  # fmt: skip
    complaints = [line for line in found.stderr.splitlines() if "CONSOLE" in line]
    assert complaints == []
    # A page without its style sheet, or none at all, is a smaller picture.
    assert picture.stat().st_size > 10_000
