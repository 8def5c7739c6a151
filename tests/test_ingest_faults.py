"""What goes wrong in newsrooms, really done: the database stays whole and the next run completes the work."""

import json
import os
import random
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from factories import article, fake_extractor
from hypothesis import given, settings
from hypothesis import strategies as st

from quotetrack.database import DatabaseError, open_database
from quotetrack.database.verify import verify
from quotetrack.ingest import ingest
from quotetrack.sources import Found, read_sources

# The release's own check (make faults) kills an ingest of 1,000 articles 20 times.
ARTICLES = int(os.environ.get("QUOTETRACK_TEST_ARTICLES", "200"))
KILLS = int(os.environ.get("QUOTETRACK_TEST_KILLS", "3"))

INGEST = f"""
import sys
sys.path.insert(0, {str(Path(__file__).parent)!r})
import quotetrack.ingest
from factories import fake_extractor
from quotetrack.database import open_database
from quotetrack.sources import read_sources
quotetrack.ingest.BATCH_ITEMS = 7
db = open_database(sys.argv[1], create=True)
print("begun", flush=True)
summary = quotetrack.ingest.ingest(db, read_sources(sys.argv[2:]), fake_extractor)
print(summary.added, summary.unchanged, summary.failed)
"""


@pytest.fixture
def archive(tmp_path):
    lines = [
        json.dumps({"id": str(number), "text": f"“Number {number},” said Jane Doe. “Yes,” said a source."})
        for number in range(ARTICLES)
    ]
    path = tmp_path / "archive.jsonl"
    path.write_text("\n".join(lines))
    return path


def start(database, *sources):
    return subprocess.Popen(
        [sys.executable, "-c", INGEST, str(database), *map(str, sources)], stdout=subprocess.PIPE, text=True
    )


def complete(path):
    db = open_database(path)
    assert verify(db) == []
    assert db.table("articles").count == ARTICLES
    assert db.table("quotations").count == 2 * ARTICLES
    outcomes = {row["outcome"] for row in db.query("select outcome from inputs")}
    assert outcomes <= {"added", "unchanged"}
    assert db.table("inputs").count == ARTICLES


def test_killed_at_random_moments(tmp_path, archive):
    path = tmp_path / "quotes.db"
    chance = random.Random(6)
    written = 0
    for _ in range(KILLS):
        child = start(path, archive)
        child.stdout.readline()
        time.sleep(chance.uniform(0.02, 0.3))
        child.send_signal(signal.SIGKILL)
        child.wait()
        db = open_database(path)
        assert verify(db) == []
        assert db.table("articles").count == db.table("inputs").count >= written
        written = db.table("articles").count
        db.close()
    child = start(path, archive)
    assert child.wait(timeout=120) == 0
    complete(path)


def test_two_ingests_at_once_both_finish(tmp_path, archive):
    path = tmp_path / "quotes.db"
    children = [start(path, archive) for _ in range(2)]
    results = [child.communicate(timeout=120)[0].split() for child in children]
    assert all(child.returncode == 0 for child in children)
    assert sum(int(result[1]) for result in results) == ARTICLES
    complete(path)


def test_a_full_disk(tmp_path, archive):
    """The system's own limit on the size of a file stands for a disk that is full."""
    path = tmp_path / "quotes.db"
    open_database(path, create=True).close()
    limit = path.stat().st_size + 40_000

    def set_limit():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    command = [sys.executable, "-c", INGEST, str(path), str(archive)]
    result = subprocess.run(command, preexec_fn=set_limit, capture_output=True, text=True)
    assert result.returncode != 0
    assert "DatabaseError: the database could not be written to" in result.stderr
    assert verify(open_database(path)) == []
    assert start(path, archive).wait(timeout=120) == 0
    complete(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes to read-only files too")
def test_a_read_only_database(tmp_path):
    path = tmp_path / "quotes.db"
    open_database(path, create=True).close()
    path.chmod(0o444)
    tmp_path.chmod(0o555)
    with pytest.raises(DatabaseError, match=r"readonly|read-only|open"):
        ingest(open_database(path), [Found("s", article("“Yes,” said Jane Doe."))], fake_extractor)
    tmp_path.chmod(0o755)


def test_a_very_long_article_and_very_many_quotations(tmp_path):
    long = "Nothing is said here, at length. " * 600_000 + "“At last,” said Jane Doe."
    many = "“Yes,” said Jane Doe. " * 1000
    path = tmp_path / "long.txt"
    path.write_text(long)
    db = open_database(tmp_path / "quotes.db", create=True)
    items = [*read_sources([str(path)]), Found("many", article(many, id="many"))]
    assert ingest(db, items, fake_extractor).quotations == 1001
    assert next(db.query("select context from quotes where quotation = 'At last,'"))["context"].endswith(
        "“At last,” said Jane Doe."
    )
    assert verify(db) == []


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 50_000 + "deep",
        "<p>" + "&amp;" * 100_000,
        "<html><body><p>" + "<b><i>" * 20_000 + "x",
        "\ufeff" + "<![CDATA[" * 1000,
        "<!DOCTYPE a [<!ENTITY b 'bomb'>"
        + "".join(f"<!ENTITY b{i} '{'&b;' * 100}'>" for i in range(50))
        + "]><p>&b9;",
    ],
    ids=["deep", "entities", "inline", "cdata", "billion-laughs"],
)
def test_web_pages_made_to_do_harm_are_read_or_refused_quickly(tmp_path, page):
    path = tmp_path / "bomb.html"
    path.write_text(page)
    started = time.process_time()
    (item,) = read_sources([str(path)])
    assert time.process_time() - started < 20
    assert item.source == str(path)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("“”‘’\"'«»„ \n.aé😀\u202e\u0301", max_size=80), min_size=1, max_size=10))
def test_any_marks_and_unicode_leave_a_database_that_verifies(tmp_path_factory, texts):
    db = open_database(tmp_path_factory.mktemp("db") / "quotes.db", create=True)
    items = [Found(f"s{number}", article(text or " ", id=str(number))) for number, text in enumerate(texts)]
    summary = ingest(db, items, fake_extractor)
    assert summary.added + summary.failed == len(texts)
    assert verify(db) == []
