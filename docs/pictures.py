"""Take the pictures in docs/ anew, of the samples, in Chromium (apt-get install chromium chromium-driver).

    python docs/pictures.py [DATABASE]

Without DATABASE the samples are read into a new one first, as `make demo` does.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from base64 import b64decode
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from browser import Browser, browser, free_port, wait_for  # noqa: E402

from quotetrack.database import open_database  # noqa: E402

WIDTH, HIGHEST = 1120, 1500
SPEAKER, QUOTATION, ARTICLE = "Barham Sal%", "When your neighbor%", "World leaders pledge%"


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(folder) / "quotes.db"
        if not database.exists():
            program = "import sys; from quotetrack.cli import main; sys.exit(main())"
            read = ["ingest", "--silent", "-d", str(database), str(ROOT / "samples")]
            subprocess.run([sys.executable, "-c", program, *read], check=True)
        metadata = Path(folder) / "metadata.yml"
        described = yaml.safe_load((ROOT / "metadata.yml").read_text(encoding="utf-8"))
        described["plugins"]["quotetrack"] = {"review": {"id": ["root"]}}
        metadata.write_text(yaml.safe_dump(described, sort_keys=False), encoding="utf-8")
        port = free_port()
        command = [sys.executable, "-m", "datasette", "serve", str(database), "-m", str(metadata)]
        server = subprocess.Popen(
            [*command, "--root", "--port", str(port), "--setting", "suggest_facets", "off"],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            wait_for(port, server)
            assert server.stdout is not None
            sign_in = server.stdout.readline().strip()
            with browser(Path(folder) / "profile") as window:
                take_all(window, database, f"http://127.0.0.1:{port}", sign_in)
        finally:
            server.terminate()
            server.wait()


def take_all(window: Browser, database: Path, site: str, sign_in: str) -> None:
    db = open_database(database)

    def found(sql: str, name: str) -> str:
        return str(db.execute(sql, [name]).fetchone()[0])

    site += f"/{database.stem}"
    speaker = found("select id from speakers where name like ? order by quotations desc", SPEAKER)
    article = found("select id from articles where title like ? and current = 1", ARTICLE)
    quotation = found("select id from quotations where text like ? and status = 'active'", QUOTATION)
    db.close()
    take(window, "home", f"{site}/-/home")
    take(window, "speaker", f"{site}/-/speaker/{speaker}")
    take(window, "article", f"{site}/-/article/{article}")
    take(window, "quotation", f"{site}/-/quotation/{quotation}")
    take(window, "search", f"{site}/-/search?q=dam")
    take(window, "table", f"{site}/quotes")
    take(window, "telephone", f"{site}/-/article/{article}", width=390, highest=844)
    window.open(sign_in)
    take(window, "review", f"{site}/-/quotation/{quotation}", click=".qt-review summary")


def take(
    window: Browser, name: str, address: str, *, width: int = WIDTH, highest: int = HIGHEST, click: str = ""
) -> None:
    window.screen((width, 844))
    window.open(address)
    if click:
        window.click(click)
    height = min(window.run("return document.documentElement.scrollHeight"), highest)
    clip = {"x": 0, "y": 0, "width": width, "height": height, "scale": 1}
    picture = window.command("Page.captureScreenshot", captureBeyondViewport=True, clip=clip)
    (ROOT / "docs" / f"{name}.png").write_bytes(b64decode(picture["data"]))


if __name__ == "__main__":
    main()
