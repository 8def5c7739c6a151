"""The writer: what an extraction becomes in the database, and what becomes of it the next time."""

import sqlite3
from itertools import combinations, pairwise
from pathlib import Path

import pytest
from factories import article, extract_one
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from quotetrack.database import DatabaseError, open_database
from quotetrack.database.connection import writing
from quotetrack.database.decisions import effects_in_force
from quotetrack.database.keys import add_keys, write_keys
from quotetrack.database.likeness import alike
from quotetrack.database.schema import migrations
from quotetrack.database.speakers import add_speaker, settle
from quotetrack.database.verify import verify
from quotetrack.database.writer import ExtractionError, rewrite, start_run, write
from quotetrack.records import Article, Extraction, Quotation, Speaker

BIDEN = "“We condemn it,” said Joe Biden. “I am relieved,” said Joe Biden and Barham Saleh. “Nobody knows.”"


@pytest.fixture
def db(tmp_path):
    return open_database(tmp_path / "quotes.db", create=True)


def store(db: Database, *articles: Article, extractor=extract_one):
    with writing(db):
        run = start_run(db, models="fake", settings={})
        effects = effects_in_force(db)
        return [write(db, effects, extractor(one), run=run, source="test") for one in articles]


def dump(db: Database) -> dict[str, list]:
    """Every row of every table but the accounts of runs and inputs."""
    tables = [name for name in db.table_names() if "fts" not in name and name not in {"runs", "inputs"}]
    return {table: sorted(map(repr, db[table].rows)) for table in tables}


def test_rows_of_an_article(db):
    (written,) = store(db, article(BIDEN, title="Attack", outlet="The Paper", published="2021-11-08"))
    assert written.status == "added"
    rows = list(db.query("select * from quotes order by start, speaker"))
    assert [(row["quotation"], row["speaker"]) for row in rows] == [
        ("We condemn it,", "Joe Biden"),
        ("I am relieved,", "Barham Saleh"),
        ("I am relieved,", "Joe Biden"),
        ("Nobody knows.", None),
    ]
    assert rows[0]["cue"] == "said"
    assert rows[0]["mention"] == "Joe Biden"
    assert rows[0]["year"] == 2021
    assert rows[0]["context"].startswith("“We condemn it,” said Joe Biden.")
    counts = {row["name"]: row["quotations"] for row in db["speakers"].rows}
    assert counts == {"Joe Biden": 2, "Barham Saleh": 1}
    assert [row["articles"] for row in db.query("select articles from aliases where name = 'Joe Biden'")] == [
        1
    ]
    assert verify(db) == []


def test_search_ignores_diacritics(db):
    store(db, article("“Das wäre Gutérres’ Café,” said Jane Doe."))
    assert len(list(db["quotations"].search("guterres cafe"))) == 1


def test_changed_text_is_a_new_version_and_the_old_one_stays(db):
    store(db, article(BIDEN))
    (written,) = store(db, article(BIDEN.replace("condemn", "regret")))
    assert (written.status, written.reason) == ("changed", "text")
    assert [row["version"] for row in db.query("select version from articles order by version")] == [1, 2]
    assert db["quotations"].count == 6
    assert {row["quotation"] for row in db.query("select quotation from quotes")} == {
        "We regret it,",
        "I am relieved,",
        "Nobody knows.",
    }
    assert db["speakers"].count == 2
    assert verify(db) == []


def test_text_that_goes_back_is_a_third_version(db):
    for text in (BIDEN, "Nothing.", BIDEN):
        store(db, article(text))
    versions = list(db.query("select version, current from articles order by version"))
    assert [(row["version"], row["current"]) for row in versions] == [(1, 0), (2, 0), (3, 1)]
    assert verify(db) == []


def test_changed_metadata_is_taken_over_and_missing_metadata_takes_nothing_away(db):
    store(db, article(BIDEN, title="Old", outlet="The Paper"))
    (written,) = store(db, article(BIDEN, title="New", published="2020-02-03"))
    assert (written.status, written.reason) == ("changed", "title, published")
    row = next(db.query("select title, outlet, published from quotes"))
    assert row == {"title": "New", "outlet": "The Paper", "published": "2020-02-03"}
    assert next(db.query("select published from attributions"))["published"] == "2020-02-03"


def test_unnamed_speakers_are_never_one_across_articles(db):
    text = "“Yes,” said a source. “No,” said a source."
    store(db, article(text, "a1"), article(text, "a2"), article(text + " More.", "a1"))
    assert db["speakers"].count == 2
    assert verify(db) == []


def test_reextraction_keeps_ids_and_withdraws_what_is_gone(db):
    (written,) = store(db, article(BIDEN))
    before = {row["id"]: row for row in db["quotations"].rows}

    def rerun(change):
        extraction = extract_one(article(BIDEN))
        with writing(db):
            run = start_run(db, models="better", settings={})
            rewrite(db, effects_in_force(db), written.article, change(extraction), run=run)

    rerun(lambda extraction: Extraction(extraction.article, extraction.quotations[1:]))
    statuses = {row["id"]: row["status"] for row in db["quotations"].rows}
    assert statuses.keys() == before.keys()
    assert sorted(statuses.values()) == ["active", "active", "withdrawn"]
    assert {row["name"]: row["quotations"] for row in db["speakers"].rows} == {
        "Joe Biden": 1,
        "Barham Saleh": 1,
    }
    rerun(lambda extraction: extraction)
    assert {row["status"] for row in db["quotations"].rows} == {"active"}
    after = {row["id"]: row for row in db["quotations"].rows}
    changed = [row_id for row_id in before if before[row_id] != after[row_id]]
    assert len(changed) == 1
    assert verify(db) == []


def test_an_extraction_that_contradicts_its_article_writes_nothing(db):
    wrong = Extraction(article(BIDEN), (Quotation(0, 4, "else", True, 1.0),))
    with pytest.raises(ExtractionError):
        store(db, article(BIDEN), extractor=lambda _: wrong)
    assert db["articles"].count == 0


hostile = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=40)
sentences = st.lists(
    st.tuples(
        hostile, st.sampled_from(["", " said Jane Doe.", " said a source.", " said Jane Doe and Ib Roe."])
    ).map(lambda pair: f"“{pair[0]}”{pair[1]} "),
    min_size=1,
    max_size=5,
).map("".join)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a1", "a2"]), sentences), min_size=1, max_size=4), hostile)
def test_twice_is_once_and_every_row_can_be_checked(tmp_path_factory, inputs, title):
    db = open_database(tmp_path_factory.mktemp("db") / "quotes.db", create=True)
    for key, text in inputs:
        store(db, article(text, key, title=title))
    assert verify(db) == []
    before = dump(db)
    latest = dict(inputs)
    written = store(db, *(article(text, key, title=title) for key, text in latest.items()))
    assert {one.status for one in written} == {"unchanged"}
    assert dump(db) == before


def test_articles_are_told_apart_and_heavily_edited_ones_are_not():
    gold = sorted((Path(__file__).parent / "gold").glob("*.txt"))
    articles = [path.read_text().partition("\n---\n")[2].split("\n\n") for path in gold]
    for one, other in combinations(articles, 2):
        assert not alike("".join(one), "".join(other))
    for one, other in pairwise(articles):
        assert alike("".join(one), "".join(one[::2] + other[1::2]))
    assert alike("Kurz.", "kurz!")
    assert not alike("Kurz.", "Lang.")


def test_migrations_lead_from_an_older_database_to_the_same_schema(tmp_path, db):
    older = Database(tmp_path / "older.db")
    migrations.apply(older, stop_before="m003_quotes_view")
    older.close()
    assert open_database(tmp_path / "older.db").schema == db.schema


def test_speakers_of_an_older_database_are_found_by_the_newer_keys(tmp_path, db):
    older = Database(tmp_path / "older.db")
    migrations.apply(older, stop_before="m007_keys_of_two_words")
    person = {"id": 1, "name": "Robert Karimi", "found_name": "Robert Karimi", "type": "person"}
    for one in (older, db):
        one["speakers"].insert(person)
    older["speaker_keys"].insert_all(
        {"key": key, "speaker": 1} for key in ("n:person:robert karimi", "p:rbrt", "p:grm", "p:rbrtgrm")
    )
    older.close()
    older = open_database(tmp_path / "older.db")
    with writing(db):
        add_keys(db, 1, ["n:person:robert karimi"])
        write_keys(db, 1)
    rows = [[tuple(row) for row in one.execute("select * from speaker_keys")] for one in (older, db)]
    assert rows[0] == rows[1]
    assert ("k:grm+robert", 1) in rows[0]
    with writing(older):
        row = add_speaker(older, Speaker("Bob Karimi", "person"))
        settle(older, effects_in_force(older), [row])
    assert [(link["speaker"], link["same_as"]) for link in older["links"].rows] == [(row, 1)]


def test_what_cannot_be_opened_says_why(tmp_path):
    (tmp_path / "note.txt").write_text("no database, but longer than a header of one" * 10)
    with pytest.raises(DatabaseError, match="not a database"):
        open_database(tmp_path / "note.txt", create=True)
    with pytest.raises(DatabaseError, match="no database at"):
        open_database(tmp_path / "missing.db")
    Database(tmp_path / "other.db").table("cats").insert({"id": 1})
    with pytest.raises(DatabaseError, match="not one of QuoteTrack's"):
        open_database(tmp_path / "other.db", create=True)
    newer = open_database(tmp_path / "newer.db", create=True)
    newer.table("_sqlite_migrations").insert({"migration_set": "quotetrack", "name": "m999_future"})
    with pytest.raises(DatabaseError, match="newer version"):
        open_database(tmp_path / "newer.db")


def test_a_reader_may_be_the_first_to_open_an_older_database_but_writes_nothing_else(tmp_path):
    older = Database(tmp_path / "older.db")
    migrations.apply(older, stop_before="m003_quotes_view")
    older.close()
    reader = open_database(tmp_path / "older.db", read_only=True)
    assert list(reader.query("select * from quotes")) == []
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.table("runs").insert(
            {"program": "x", "version": "x", "models": "x", "settings": "x", "started": "x"}
        )


def test_decisions_cannot_be_rewritten(db):
    row = {"uid": "u", "made": "2020", "by": "x", "why": "", "kind": "note", "payload": "{}"}
    db["decisions"].insert(row)
    for statement in ("update decisions set why = 'else'", "delete from decisions"):
        with pytest.raises(sqlite3.IntegrityError, match="never changed"):
            db.conn.execute(statement)


def test_keys_made_by_other_rules_are_made_anew_when_a_writer_opens(tmp_path):
    path = tmp_path / "quotes.db"
    db = open_database(path, create=True)
    with writing(db):
        add_speaker(db, Speaker("Ann Lee", "person"))
    keys = set(db.execute("select key, speaker from speaker_keys"))
    assert len(keys) > 1
    db.execute("delete from speaker_keys where key not like 'n:%'")
    db.execute("insert into speaker_keys (key, speaker) values ('p:of old', 1)")
    db.conn.commit()
    assert set(open_database(path).execute("select key, speaker from speaker_keys")) != keys
    db.execute("pragma user_version = 1")
    stale = open_database(path, read_only=True)
    assert set(stale.execute("select key, speaker from speaker_keys")) != keys
    assert set(open_database(path).execute("select key, speaker from speaker_keys")) == keys
