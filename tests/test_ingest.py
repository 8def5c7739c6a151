"""From sources to rows: every input accounted for, whatever happens on the way."""

import gzip
import json
import os
import sqlite3
from pathlib import Path

import pytest
from factories import article, extract_one, fake_extractor

from quotetrack.database import DatabaseError, open_database
from quotetrack.database.decisions import record
from quotetrack.database.verify import verify
from quotetrack.ingest import ingest
from quotetrack.records import Article
from quotetrack.sources import Found, read_sources

SAID = "“Number {},” said Jane Doe."


@pytest.fixture
def db(tmp_path):
    return open_database(tmp_path / "db" / "quotes.db", create=True)


def found(number: int) -> Found:
    return Found(f"source {number}", article(SAID.format(number), id=str(number)))


def counts(summary):
    return summary.added, summary.changed, summary.unchanged, summary.failed


def test_twice_is_once_and_nothing_is_extracted_the_second_time(db):
    def never(articles):
        for one in articles:
            raise AssertionError(one)
        yield from ()

    assert counts(ingest(db, map(found, range(5)), fake_extractor)) == (5, 0, 0, 0)
    assert counts(ingest(db, map(found, range(5)), never)) == (0, 0, 5, 0)
    assert db.table("runs").count == 1


def test_a_decision_made_meanwhile_counts_from_the_next_batch_on(db, monkeypatch):
    monkeypatch.setattr("quotetrack.ingest.BATCH_ITEMS", 1)
    ingest(db, [Found("0", article("“A” said Jane Doe. “B” said Mary Roe.", id="0"))], fake_extractor)
    ids = {row["name"]: row["id"] for row in db.query("select id, name from speakers")}

    def merge_after_the_second(outcome):
        if outcome.source == "source 2":
            record(db, "merge", {"speaker": ids["Jane Doe"], "into": ids["Mary Roe"]}, by="tester")

    assert ingest(db, map(found, (1, 2, 3)), fake_extractor, on_outcome=merge_after_the_second).added == 3
    assert {row["speaker"] for row in db.query("select speaker from quotes")} == {"Mary Roe"}
    assert verify(db) == []


def test_an_archive_with_several_versions_of_an_article_can_be_read_again(db, tmp_path):
    file = tmp_path / "archive.jsonl"
    texts = [SAID.format(number) for number in (1, 2, 1)]
    file.write_text("\n".join(json.dumps({"id": "one", "text": text}) for text in texts))
    assert counts(ingest(db, read_sources([str(file)]), fake_extractor)) == (1, 2, 0, 0)
    assert counts(ingest(db, read_sources([str(file)]), fake_extractor)) == (0, 0, 3, 0)
    assert db.table("articles").count == 3
    # The same source with what it said before is a change all the same.
    page = tmp_path / "page.txt"
    for text, outcome in (("“A”", "added"), ("“B”", "changed"), ("“A”", "changed"), ("“A”", "unchanged")):
        page.write_text(text)
        assert getattr(ingest(db, read_sources([str(page)]), fake_extractor), outcome) == 1
    assert verify(db) == []


BRIDGE = "“The bridge is shut until the spring,” said Bob Roe. It was built in 1931 and crosses the Mere."


def table(path, *rows, names="id,text"):
    path.write_text("\n".join([names, *rows]))
    return str(path)


def test_an_id_that_is_another_articles_is_refused_and_nothing_is_lost(db, tmp_path):
    one = table(tmp_path / "p1.csv", "1,“Hi” said Ann Lee.", "2,“Yes” said Cy Doe.")
    two = table(tmp_path / "p2.csv", f'1,"{BRIDGE}"', f'3,"{BRIDGE}"', '3,"“Ten geese” said Dee Poe."')

    def run(*sources, **how):
        outcomes = []
        summary = ingest(db, read_sources(sources, **how), fake_extractor, on_outcome=outcomes.append)
        return counts(summary), [outcome.reason for outcome in outcomes if outcome.status == "failed"]

    # Together in one batch, and again when they are in the database.
    for expected in ((3, 0, 0, 2), (0, 0, 3, 2)):
        got, (first, second) = run(one, two)
        assert got == expected
        assert f"'1' is also that of {one}:1" in first
        assert f"'3' is also that of {two}:2" in second
        assert "--prefix TEXT" in first
    assert {row["speaker"] for row in db.query("select speaker from quotes")} == {
        "Ann Lee",
        "Cy Doe",
        "Bob Roe",
    }
    (row,) = db.query("select * from inputs where source = ?", [f"{two}:1"])
    assert (row["outcome"], row["article"]) == ("failed", None)
    assert run(two, prefix="two/")[0] == (2, 0, 0, 1)
    assert [row["key"] for row in db.query("select key from articles order by key")] == [
        "1",
        "2",
        "3",
        "two/1",
        "two/3",
    ]
    assert verify(db) == []


def test_a_later_export_with_a_text_that_was_corrected_is_a_new_version(db, tmp_path):
    corrected = BRIDGE.replace("built in 1931", "opened in 1932").replace("spring", "autumn")
    first = table(tmp_path / "monday.csv", f'1,"{BRIDGE}"')
    later = table(tmp_path / "friday.csv", f'1,"{corrected}"')
    ingest(db, read_sources([first]), fake_extractor)
    assert counts(ingest(db, read_sources([later]), fake_extractor)) == (0, 1, 0, 0)


def test_a_whole_rewrite_at_one_address_or_in_one_file_is_a_new_version(db, tmp_path):
    page = tmp_path / "page.txt"
    for number, (text, outcome) in enumerate(((BRIDGE, "added"), ("“Ten geese” said Dee Poe.", "changed"))):
        page.write_text(text)
        assert getattr(ingest(db, read_sources([str(page)]), fake_extractor), outcome) == 1
        for row in (f'7,https://a.example/x?utm_source={number},"{text}"', f',https://a.example/y,"{text}"'):
            source = table(tmp_path / f"{number}.csv", row, names="id,url,text")
            assert getattr(ingest(db, read_sources([source]), fake_extractor), outcome) == 1


def test_files_that_a_database_has_under_another_spelling_stay_what_they_are(db, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    spellings = ["./in.txt", str(tmp_path / "in.txt"), "in.txt"]
    Path("in.txt").write_text(BRIDGE)
    Path("archive.jsonl").write_text(
        "".join(json.dumps({"id": "1", "text": BRIDGE + x}) + "\n" for x in "ab")
    )
    # As versions before wrote them.
    old = [Found(name, article(BRIDGE, id=name)) for name in spellings[:2]]
    old += [Found(f"./archive.jsonl:{n + 1}", article(BRIDGE + x, id="1")) for n, x in enumerate("ab")]
    ingest(db, old, fake_extractor)
    again = [*spellings[:2], "./archive.jsonl"]
    assert counts(ingest(db, read_sources(again), fake_extractor)) == (0, 0, 4, 0)
    assert counts(ingest(db, read_sources(spellings), fake_extractor)) == (1, 0, 2, 0)
    assert counts(ingest(db, read_sources(spellings), fake_extractor)) == (0, 0, 3, 0)


def test_a_file_whose_name_is_no_text_is_accounted_for(db, tmp_path):
    name = os.fsdecode(os.fsencode(tmp_path) + b"/bad\xff.txt")
    Path(name).write_text(SAID)
    assert counts(ingest(db, read_sources([name, name + "x"]), fake_extractor)) == (1, 0, 0, 1)


def test_order_is_kept_among_new_unchanged_and_failed(db, tmp_path):
    lines = [json.dumps({"id": str(number), "text": SAID.format(number)}) for number in range(6)]
    file = tmp_path / "articles.jsonl"
    ingest(db, [found(1), found(3)], fake_extractor)
    lines[4] = '{"id": "4", "text": '
    file.write_text("\n".join(lines))
    outcomes = []
    summary = ingest(db, read_sources([str(file)]), fake_extractor, on_outcome=outcomes.append)
    assert [outcome.status for outcome in outcomes] == [
        "added",
        "unchanged",
        "added",
        "unchanged",
        "failed",
        "added",
    ]
    assert counts(summary) == (3, 0, 2, 1)
    assert {row["outcome"] for row in db.query("select outcome from inputs where source like '%:5'")} == {
        "failed"
    }
    assert verify(db) == []


def test_an_article_that_breaks_the_extractor_fails_alone(db):
    def breaks(articles):
        for one in articles:
            if "3" in one.text:
                raise RuntimeError("out of luck")
            yield extract_one(one)

    summary = ingest(db, map(found, range(6)), breaks)
    assert counts(summary) == (5, 0, 0, 1)
    (row,) = db.query("select source, reason from inputs where outcome = 'failed'")
    assert row == {"source": "source 3", "reason": "could not be extracted (RuntimeError: out of luck)"}
    assert counts(ingest(db, map(found, range(6)), fake_extractor)) == (1, 0, 5, 0)


def test_a_broken_extractor_is_not_blamed_on_the_articles(db):
    def broken(articles):
        raise RuntimeError("no models")
        yield

    with pytest.raises(RuntimeError, match="no models"):
        ingest(db, map(found, range(6)), broken)
    assert db.table("inputs").count == 0


def test_a_fault_of_the_source_ends_the_run_after_what_came_before_is_written(db):
    def items():
        yield found(1)
        raise RuntimeError("bug in an adapter")

    with pytest.raises(RuntimeError, match="bug in an adapter"):
        ingest(db, items(), fake_extractor)
    assert db.table("articles").count == 1


def test_stopping_writes_what_is_in_hand_and_the_next_run_goes_on(db):
    taken = []

    def items():
        for number in range(9):
            taken.append(number)
            yield found(number)

    summary = ingest(db, items(), fake_extractor, stop=lambda: len(taken) >= 4)
    assert summary.interrupted
    assert counts(summary) == (4, 0, 0, 0)
    assert counts(ingest(db, items(), fake_extractor)) == (5, 0, 4, 0)


def test_every_unreadable_source_is_named_with_its_reason(db, tmp_path):
    for name, content in {
        "good.txt": SAID.encode(),
        "latin.txt": "“Café,” said Jane Doe.".encode("cp1252"),
        "nul.txt": b"\xe2\x80\x9cA\0B\xe2\x80\x9d said Jane Doe.",
        "empty.txt": b" \n",
        "bad.txt.gz": b"\x1f\x8b\x08 not a gzip file",
        "cut.jsonl.gz": gzip.compress(b'{"id": "cut", "text": "Words."}\n' * 1000)[:-20],
        "table.csv": "id,body\n1,“One” said Jane Doe.\n".encode(),
        "lines.jsonl": b'{"id": 7, "text": "\\ud800"}\n[]\n{"text": 5}\n{"id": 8}\nnonsense\n',
    }.items():
        (tmp_path / name).write_bytes(content)
    reasons = {}
    sources = [str(tmp_path / "missing.html"), str(tmp_path / "folder"), str(tmp_path)]
    (tmp_path / "folder").mkdir()
    ingest(
        db,
        read_sources(sources),
        fake_extractor,
        on_outcome=lambda outcome: reasons.setdefault(outcome.source.rpartition("/")[2], outcome.reason),
    )
    assert reasons.pop("good.txt") is None
    expected = {
        "missing.html": "No such file",
        "folder": "no articles in this folder",
        "latin.txt": "not UTF-8 (byte 0)",
        "nul.txt": "its text contains NUL characters",
        "empty.txt": "empty",
        "bad.txt.gz": "damaged gzip file",
        "cut.jsonl.gz": "damaged gzip file",
        "table.csv": "no column 'text' (columns: id, body)",
        "lines.jsonl:1": "its text is not valid UTF-8",
        "lines.jsonl:2": "not a JSON object",
        "lines.jsonl:3": "its 'text' is not text",
        "lines.jsonl:4": "has no 'text'",
        "lines.jsonl:5": "not JSON",
    }
    for source, reason in expected.items():
        assert reason in reasons[source], source
    failed = {
        row["source"].rpartition("/")[2]
        for row in db.query("select source from inputs where outcome = 'failed'")
    }
    assert failed == expected.keys()
    assert verify(db) == []


def test_a_full_disk_is_said_in_a_line_and_the_next_run_completes(db):
    (pages,) = db.conn.execute("pragma page_count").fetchone()
    db.conn.execute(f"pragma max_page_count = {pages + 30}")
    words = "“" + "word " * 4000 + "” said Jane Doe."
    items = [Found(str(number), Article(id=str(number), text=f"{number} {words}")) for number in range(150)]
    with pytest.raises(DatabaseError, match="full"):
        ingest(db, iter(items), fake_extractor)
    assert verify(db) == []
    db.conn.execute("pragma max_page_count = 100000")
    summary = ingest(db, iter(items), fake_extractor)
    assert summary.added + summary.unchanged == 150
    assert verify(db) == []


def test_a_locked_database_is_said_in_a_line(db, tmp_path):
    holder = sqlite3.connect(tmp_path / "db" / "quotes.db")
    holder.execute("begin immediate")
    db.conn.execute("pragma busy_timeout = 50")
    with pytest.raises(DatabaseError, match="locked"):
        ingest(db, map(found, range(3)), fake_extractor)
    holder.rollback()
    assert counts(ingest(db, map(found, range(3)), fake_extractor)) == (3, 0, 0, 0)
