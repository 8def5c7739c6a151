"""The copy for a public server."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result
from datasette.app import Datasette
from factories import article, extract_one

from quotetrack.cli import main
from quotetrack.database import decisions, open_database
from quotetrack.database.connection import writing
from quotetrack.database.writer import start_run, write
from quotetrack.site.metadata import for_readers

METADATA = Path(__file__).parent.parent / "metadata.yml"
REVIEWERS = """
plugins:
  datasette-auth-passwords: {actors: {eve: {id: eve-the-reviewer}}}
  quotetrack: {review: {id: [eve-the-reviewer]}}
"""
SECRET = "/home/eve-the-reviewer/secret"


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "private.db"
    db = open_database(path, create=True)
    with writing(db):
        run = start_run(db, models=f"{SECRET}/models", settings={"folder": SECRET})
        one = article("“It rained,” said Ann Lee.", id=f"{SECRET}/rain.txt", title="Rain")
        write(db, decisions.effects_in_force(db), extract_one(one), run=run, source=f"{SECRET}/rain.txt")
        db["inputs"].insert({"source": SECRET, "outcome": "added", "first_seen": "2024", "last_seen": "2024"})
    decisions.record(db, "note", {"speaker": 1, "note": "of the town council"}, by="eve-the-reviewer")
    (quotation,) = db.execute("select id from quotations").fetchone()
    decisions.record(db, "confirm", {"quotation": quotation}, by="eve-the-reviewer", why="I was there")
    db.close()
    return path


def test_a_published_copy_works_and_tells_nothing_private(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "public"
    metadata = tmp_path / "metadata.yml"
    metadata.write_text(METADATA.read_text(encoding="utf-8").replace("\nplugins:\n", REVIEWERS, 1))
    arguments = ["publish", "-d", str(database), "--metadata", str(metadata), str(folder)]
    for _ in range(2):
        done = CliRunner().invoke(main, arguments)
        assert done.exit_code == 0, done.output
    for file in folder.rglob("*"):
        if file.is_file():
            assert b"eve-the-reviewer" not in file.read_bytes(), file

    # The rest of it is there; where there are no reviewers not even a comment is lost.
    described = yaml.safe_load((folder / "metadata.yml").read_text(encoding="utf-8"))
    given = yaml.safe_load(METADATA.read_text(encoding="utf-8"))
    assert described["databases"] == given["databases"]
    assert described["plugins"].keys() == given["plugins"].keys()
    assert for_readers(METADATA.read_text(encoding="utf-8")) == METADATA.read_text(encoding="utf-8")

    db = open_database(folder / "quotes.db")
    (quotation,) = db.execute("select id from quotations").fetchone()
    db.close()

    async def read() -> list[str]:
        site = Datasette([], immutables=[str(folder / "quotes.db")])
        paths = ("/", "/quotes/-/search?q=rained", f"/quotes/-/quotation/{quotation}")
        return [(await site.client.get(path)).text for path in paths]

    home, found, page = asyncio.run(read())
    assert "Ann Lee" in home
    assert "1 quotation" in found
    assert re.search(r"Decided on \d+ \w+ \d{4}: <bdi>I was there", page)
    # The plugin has all that it needs in itself.
    code = "import quotetrack, quotetrack.site; print(quotetrack.__file__)"
    plugin = folder / "plugin"
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=plugin,
        env={"PYTHONPATH": str(plugin)},
        capture_output=True,
        text=True,
    )
    assert ran.stdout.strip() == str(plugin / "quotetrack" / "__init__.py"), ran.stderr


def publish(database: Path, folder: str | Path, *options: str) -> Result:
    return CliRunner().invoke(main, ["publish", "-d", str(database), *options, str(folder)])


def contents(folder: Path) -> dict[Path, bytes]:
    return {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def test_metadata_that_are_named_must_be_there(database: Path, tmp_path: Path) -> None:
    missing = tmp_path / "none.yml"
    done = publish(database, tmp_path / "public", "--metadata", str(missing))
    assert done.exit_code == 2
    assert str(missing) in done.output


def test_publishing_works_without_metadata(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert publish(database, "public").exit_code == 0
    assert yaml.safe_load((tmp_path / "public" / "metadata.yml").read_text()) == {}
    (tmp_path / "metadata.yml").write_text("title: Ours")
    assert publish(database, "public").exit_code == 0
    assert (tmp_path / "public" / "metadata.yml").read_text() == "title: Ours"


@pytest.mark.parametrize("name", ["quotes.db", "quotes.unfinished", "plugin/ours.db"])
@pytest.mark.parametrize("spelling", ["{home}", ".", "../{name}/.", "link"])
@pytest.mark.parametrize("published", [False, True])
def test_the_database_is_never_replaced(
    database: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, spelling: str, published: bool
) -> None:
    home = tmp_path / "home"
    if published:
        assert publish(database, home, "--metadata", str(METADATA)).exit_code == 0
    (home / "plugin").mkdir(parents=True, exist_ok=True)
    live = database.replace(home / name)
    (home / "link").symlink_to(home)
    monkeypatch.chdir(home)
    before = contents(home)
    for given in (live, live.relative_to(home)):
        done = publish(given, spelling.format(home=home, name=home.name))
        assert done.exit_code == 2
        assert f"{given} is in " in done.output
        assert done.output.count("\n") == 1
        assert contents(home) == before


def test_the_database_is_never_replaced_behind_a_link(database: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    live = database.replace(home / "quotes.db")
    other = tmp_path / "other.db"
    other.symlink_to(live)
    before = live.read_bytes()
    assert publish(other, home).exit_code == 2
    # Nor where it is what the folder has a link to.
    public = tmp_path / "public"
    assert publish(live, public).exit_code == 0
    (public / "quotes.db").unlink()
    (public / "quotes.db").symlink_to(live)
    assert publish(live, public).exit_code == 2
    assert live.read_bytes() == before


@pytest.mark.parametrize("name", ["quotes.db", "metadata.yml", "Dockerfile", "plugin"])
def test_what_publish_did_not_write_is_not_replaced(database: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "ours"
    (folder / name).mkdir(parents=True) if name == "plugin" else folder.mkdir()
    (folder / name / "ours.py" if name == "plugin" else folder / name).write_text("title: Ours")
    before = contents(folder)
    done = publish(database, folder)
    assert done.exit_code == 2
    assert f"{folder / name} is not of publish" in done.output
    assert contents(folder) == before


def test_the_metadata_that_are_copied_are_not_replaced(database: Path, tmp_path: Path) -> None:
    public = tmp_path / "public"
    assert publish(database, public).exit_code == 0
    done = publish(database, public, "--metadata", str(public / "metadata.yml"))
    assert done.exit_code == 2
    assert "metadata.yml is in" in done.output


def test_what_a_link_in_the_folder_leads_to_is_not_replaced(database: Path, tmp_path: Path) -> None:
    public, ours = tmp_path / "public", tmp_path / "ours.yml"
    assert publish(database, public).exit_code == 0
    ours.write_text("title: Ours")
    (public / "metadata.yml").unlink()
    (public / "metadata.yml").symlink_to(ours)
    assert publish(database, public).exit_code == 0
    assert ours.read_text() == "title: Ours"


def test_a_folder_that_cannot_be_written_to_is_said(database: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    done = publish(database, tmp_path / "file" / "public")
    assert done.exit_code == 2
    assert "cannot write to" in done.output
