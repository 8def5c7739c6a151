"""What goes wrong in newsrooms, really done: the database stays whole and the next run completes the work."""

import ctypes
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from factories import article, fake_extractor
from hypothesis import given, settings
from hypothesis import strategies as st

from quotetrack.database import open_database
from quotetrack.database.verify import verify
from quotetrack.ingest import ingest
from quotetrack.quotations.marks import find_quoted
from quotetrack.records import Extraction, Quotation
from quotetrack.sources import Found, read_sources
from quotetrack.sources.items import checked

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


def without_privilege():
    """Root writes to read-only files too, unless it gives up the capability for that (CAP_DAC_OVERRIDE)."""
    if os.geteuid() == 0:
        drop_from_bounding_set, dac_override = 24, 1
        ctypes.CDLL(None).prctl(drop_from_bounding_set, dac_override, 0, 0, 0)


def test_a_read_only_database(tmp_path, archive):
    path = tmp_path / "db" / "quotes.db"
    open_database(path, create=True).close()
    path.chmod(0o444)
    path.parent.chmod(0o555)
    command = [sys.executable, "-c", INGEST, str(path), str(archive)]
    result = subprocess.run(command, preexec_fn=without_privilege, capture_output=True, text=True)
    assert result.returncode != 0
    last = result.stderr.strip().splitlines()[-1]
    assert "DatabaseError" in last
    assert "readonly" in last or "unable to open" in last
    path.parent.chmod(0o755)
    path.chmod(0o644)
    assert verify(open_database(path)) == []
    assert start(path, archive).wait(timeout=120) == 0
    complete(path)


def small_disk(folder):
    """A disk of two megabytes, for those who may mount one."""
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, text=True
    )
    if mounted.returncode != 0:
        pytest.skip(f"only root may mount a small disk: {mounted.stderr.strip()}")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may mount a small disk")
def test_a_disk_that_is_really_full(tmp_path, archive):
    disk = tmp_path / "disk"
    disk.mkdir()
    small_disk(disk)
    try:
        path = disk / "quotes.db"
        open_database(path, create=True).close()
        filler = disk / "filler"
        free = os.statvfs(disk)
        filler.write_bytes(b"x" * max(free.f_bavail * free.f_frsize - 150_000, 0))
        command = [sys.executable, "-c", INGEST, str(path), str(archive)]
        result = subprocess.run(command, capture_output=True, text=True)
        assert result.returncode != 0
        assert "DatabaseError" in result.stderr.strip().splitlines()[-1]
        filler.unlink()
        assert verify(open_database(path)) == []
        shutil.copytree(disk, tmp_path / "larger")
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)
    path = tmp_path / "larger" / "quotes.db"
    assert start(path, archive).wait(timeout=120) == 0
    complete(path)


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
        "<div>" * 100_000 + "deep",
        "<p>" + "&amp;" * 100_000,
        "<html><body><p>" + "<b><i>" * 20_000 + "x",
        "\ufeff" + "<![CDATA[" * 1000,
        "<!DOCTYPE a [<!ENTITY b 'bomb'>"
        + "".join(f"<!ENTITY b{i} '{'&b;' * 100}'>" for i in range(50))
        + "]><p>&b9;",
        "<table><tr><td>" * 30_000 + "x",
        "<p " + " ".join(f"a{number}='1'" for number in range(100_000)) + ">x",
    ],
    ids=["deep", "entities", "inline", "cdata", "billion-laughs", "tables", "attributes"],
)
def test_web_pages_made_to_do_harm_are_read_or_refused_quickly(tmp_path, page):
    path = tmp_path / "bomb.html"
    path.write_text(page)
    started = time.process_time()
    (item,) = read_sources([str(path)])
    assert time.process_time() - started < 20
    assert item.source == str(path)


def test_articles_of_random_marks_and_unicode_leave_a_database_that_verifies(tmp_path):
    """Ten thousand in the release's own check."""
    chance = random.Random(10)
    ranges = [(0x20, 0x7F), (0xA0, 0x250), (0x300, 0x370), (0x590, 0x700), (0x2000, 0x2070), (0x3000, 0x3100)]
    ranges += [(0xFE00, 0x10000), (0x1F300, 0x1F700), (0xE0000, 0xE0080)]

    def text():
        marks = chance.choices("“”‘’\"'«»„‚‹›「」『』＂\n", k=chance.randint(0, 60))
        other = [chr(chance.randrange(*chance.choice(ranges))) for _ in range(chance.randint(1, 200))]
        both = marks + other + [" said Jane Doe. ", "“Yes,” said Jane Doe. "]
        chance.shuffle(both)
        return "".join(both)

    def real_marks(articles):
        """Quotations as the program finds them, with the tests' speakers."""
        for one in articles:
            found = (
                Quotation(q.start, q.end, one.text[q.start : q.end], True, 0.5) for q in find_quoted(one.text)
            )
            yield Extraction(one, tuple(found))

    db = open_database(tmp_path / "quotes.db", create=True)
    number = 10 * ARTICLES
    items = [Found(f"s{n}", article(text(), id=str(n))) for n in range(number)]
    summary = ingest(db, map(checked, items), real_marks)
    assert summary.added + summary.failed == number
    assert summary.quotations > number
    assert verify(db) == []
    again = ingest(db, map(checked, items), real_marks)
    assert (again.unchanged, again.failed) == (summary.added, summary.failed)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("“”‘’\"'«»„ \n.aé😀\u202e\u0301", max_size=80), min_size=1, max_size=10))
def test_any_marks_and_unicode_leave_a_database_that_verifies(tmp_path_factory, texts):
    db = open_database(tmp_path_factory.mktemp("db") / "quotes.db", create=True)
    items = [Found(f"s{number}", article(text or " ", id=str(number))) for number, text in enumerate(texts)]
    summary = ingest(db, items, fake_extractor)
    assert summary.added + summary.failed == len(texts)
    assert verify(db) == []
