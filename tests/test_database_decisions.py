"""Decisions: what they do, that they can be taken back, and that they outlast re-extraction."""

import json
import sqlite3
from dataclasses import replace

import pytest
from factories import article, extract_one
from hypothesis import example, given, settings
from hypothesis import strategies as st
from test_database import dump, store

from quotetrack.database import DatabaseError, decisions, open_database
from quotetrack.database.connection import writing
from quotetrack.database.decisions import DecisionError, effects_in_force, record, undo
from quotetrack.database.verify import verify
from quotetrack.database.writer import rewrite, start_run
from quotetrack.records import Speaker
from quotetrack.reextract import reextract

TEXTS = {
    "a1": "“We condemn it,” said Joe Biden. “I am relieved,” said Barham Saleh. “Nobody knows.”",
    "a2": "“Again,” said Jay Robinette and Barham Saleh. “Calm,” said Kadhimi.",
    "a3": "“Calm,” said Joe Biden. “Moderation,” said Kadhimi. “Yes,” said a source.",
}


@pytest.fixture
def db(tmp_path):
    db = open_database(tmp_path / "quotes.db", create=True)
    store(db, *(article(text, key) for key, text in TEXTS.items()))
    return db


def state(db):
    """Everything but the decisions themselves; an alias that went and came again has another number."""
    aliases = [{key: value for key, value in row.items() if key != "id"} for row in db.table("aliases").rows]
    tables = {table: rows for table, rows in dump(db).items() if table != "decisions"}
    return {**tables, "aliases": sorted(map(repr, aliases))}


def speaker(db, name):
    return next(db.query("select id from speakers where found_name = ?", [name]))["id"]


def quotation(db, words):
    return next(db.query("select id from quotations where text = ?", [words]))["id"]


def said(db):
    return {(row["quotation"], row["speaker"]) for row in db.query("select quotation, speaker from quotes")}


def test_merge_counts_names_and_later_articles(db):
    record(
        db,
        "merge",
        {"speaker": speaker(db, "Jay Robinette"), "into": speaker(db, "Joe Biden")},
        by="ana",
        why="same person",
    )
    store(db, article("“Later,” said Jay Robinette.", "a4"))
    biden = db.table("speakers").get(speaker(db, "Joe Biden"))
    assert (biden["quotations"], biden["articles"]) == (4, 4)
    names = db.query("select name from aliases where speaker = ?", [biden["id"]])
    assert {row["name"] for row in names} == {"Joe Biden", "Jay Robinette"}
    assert ("Later,", "Joe Biden") in said(db)
    assert verify(db) == []


def test_undoing_a_merge_also_gives_back_what_came_later(db):
    decision = record(
        db,
        "merge",
        {"speaker": speaker(db, "Jay Robinette"), "into": speaker(db, "Joe Biden")},
        by="ana",
    )
    store(db, article("“Later,” said Jay Robinette.", "a4"))
    undo(db, decision.id, by="ben", why="they are father and son")
    assert ("Later,", "Jay Robinette") in said(db)
    assert verify(db) == []


def test_split_by_name_holds_for_later_articles_and_can_be_undone(db):
    joe, joseph = speaker(db, "Joe Biden"), speaker(db, "Jay Robinette")
    record(db, "merge", {"speaker": joseph, "into": joe}, by="ana")
    payload = {"speaker": joe, "names": ["jay robinette"], "quotations": [], "name": "Jay Robinette Sr."}
    split = record(db, "split", payload, by="ana")
    store(db, article("“Later,” said Jay Robinette.", "a4"))
    assert {("Again,", "Jay Robinette Sr."), ("Later,", "Jay Robinette Sr.")} <= said(db)
    undo(db, split.id, by="ana")
    assert {("Again,", "Joe Biden"), ("Later,", "Joe Biden")} <= said(db)
    assert db.table("speakers").get(split.payload["into"])["merged_into"] == joe
    assert verify(db) == []


def test_attribute_confirm_and_reject_outlast_reextraction(db):
    kadhimi, saleh = speaker(db, "Kadhimi"), speaker(db, "Barham Saleh")
    record(db, "attribute", {"quotation": quotation(db, "Nobody knows."), "speakers": [kadhimi]}, by="ana")
    record(db, "attribute", {"quotation": quotation(db, "We condemn it,"), "speakers": [saleh]}, by="ana")
    record(db, "confirm", {"quotation": quotation(db, "I am relieved,")}, by="ana")
    record(db, "not-a-quotation", {"quotation": quotation(db, "Moderation,")}, by="ana")
    wanted = {
        ("Nobody knows.", "Kadhimi"),
        ("We condemn it,", "Barham Saleh"),
        ("I am relieved,", "Barham Saleh"),
    }
    assert wanted <= said(db)
    decided = state(db)
    with writing(db):
        run = start_run(db, models="worse", settings={})
        for key, text in TEXTS.items():
            extraction = replace(extract_one(article(text, key)), quotations=())
            (row,) = db.query("select id from articles where key = ?", [key])
            rewrite(db, effects_in_force(db), row["id"], extraction, run=run)
    assert said(db) == wanted
    with writing(db):
        for key, text in TEXTS.items():
            (row,) = db.query("select id from articles where key = ?", [key])
            rewrite(db, effects_in_force(db), row["id"], extract_one(article(text, key)), run=1)
    assert state(db) == decided
    assert verify(db) == []


@pytest.mark.parametrize(
    ("kind", "payload", "message"),
    [
        ("marry", {}, "no kind of decision"),
        ("merge", {"speaker": 1}, "needs into"),
        ("merge", {"speaker": 1, "into": 99}, "no speaker 99"),
        ("merge", {"speaker": 1, "into": 1}, "one speaker already"),
        ("confirm", {"quotation": "x"}, "no quotation x"),
        ("rename", {"speaker": 1, "name": " "}, "cannot be empty"),
        ("split", {"speaker": 1, "names": [], "quotations": [], "name": "X"}, "needs names or quotations"),
    ],
)
def test_decisions_that_make_no_sense_are_refused(db, kind, payload, message):
    before = dump(db)
    with pytest.raises(DecisionError, match=message):
        record(db, kind, payload, by="ana")
    assert dump(db) == before


def test_a_decision_on_a_locked_database_is_refused_in_a_line(db, tmp_path):
    holder = sqlite3.connect(tmp_path / "quotes.db")
    holder.execute("begin immediate")
    db.conn.execute("pragma busy_timeout = 50")
    with pytest.raises(DatabaseError, match=r"could not be written to .*locked"):
        record(db, "note", {"speaker": 1, "note": "x"}, by="ana")


def test_what_a_person_holds_apart_is_not_merged(db):
    joe, joseph = speaker(db, "Joe Biden"), speaker(db, "Jay Robinette")
    apart = record(db, "never-merge", {"speakers": [joe, joseph]}, by="ana")
    with pytest.raises(DecisionError, match="never merged"):
        record(db, "merge", {"speaker": joseph, "into": joe}, by="ben")
    undo(db, apart.id, by="ana")
    merge = record(db, "merge", {"speaker": joseph, "into": joe}, by="ben")
    with pytest.raises(DecisionError, match="is merged into"):
        record(db, "rename", {"speaker": joseph, "name": "J."}, by="ben")
    undo(db, merge.id, by="ana")
    with pytest.raises(DecisionError, match="undone already"):
        undo(db, merge.id, by="ana")


steps = st.lists(
    st.one_of(
        st.tuples(st.just("merge"), st.integers(1, 5), st.integers(1, 5)),
        st.tuples(
            st.just("split"), st.integers(1, 6), st.sampled_from(["Joe Biden", "Kadhimi", "Jay Robinette"])
        ),
        st.tuples(st.just("never-merge"), st.integers(1, 5), st.integers(1, 5)),
        st.tuples(st.just("rename"), st.integers(1, 5), st.just("Other Name")),
        st.tuples(st.just("alias"), st.integers(1, 5), st.just("Other Name")),
        st.tuples(st.just("note"), st.integers(1, 5), st.just("who is this?")),
        st.tuples(st.just("attribute"), st.integers(0, 6), st.integers(1, 5)),
        st.tuples(st.just("confirm"), st.integers(0, 6), st.none()),
        st.tuples(st.just("not-a-quotation"), st.integers(0, 6), st.none()),
        st.tuples(st.just("undo"), st.integers(1, 8), st.none()),
    ),
    max_size=8,
)


def take(db, step):
    kind, one, other = step
    quotations = sorted(row["id"] for row in db.query("select id from quotations"))
    payload = {
        "merge": {"speaker": one, "into": other},
        "split": {"speaker": one, "names": [other], "quotations": [], "name": "Split Off"},
        "never-merge": {"speakers": [one, other]},
        "rename": {"speaker": one, "name": other},
        "alias": {"speaker": one, "name": other},
        "note": {"speaker": one, "note": other},
        "attribute": {"quotation": quotations[one % len(quotations)], "speakers": [other]},
        "confirm": {"quotation": quotations[one % len(quotations)]},
        "not-a-quotation": {"quotation": quotations[one % len(quotations)]},
    }
    try:
        return undo(db, one, by="ana") if kind == "undo" else record(db, kind, payload[kind], by="ana")
    except DecisionError:
        return None


@settings(max_examples=40, deadline=None)
@given(steps, steps)
@example([("attribute", 0, 1)], [("attribute", 0, 2)])
@example([("merge", 4, 2), ("attribute", 0, 5), ("rename", 5, "Other Name")], [("rename", 4, "Other Name")])
def test_any_decisions_undone_are_as_if_never_made(tmp_path_factory, first, then):
    db = open_database(tmp_path_factory.mktemp("db") / "quotes.db", create=True)
    store(db, *(article(text, key) for key, text in TEXTS.items()))
    for step in first:
        take(db, step)
    before = state(db)
    made = [decision for step in then if step[0] != "undo" and (decision := take(db, step))]
    assert verify(db) == []
    decided = state(db)
    decisions.apply(db)
    assert state(db) == decided
    for decision in reversed(made):
        undo(db, decision.id, by="ana")
    tombstones = {decision.payload["into"] for decision in made if decision.kind == "split"}
    after = state(db)
    without_new = {row["id"] for row in db.table("speakers").rows} - tombstones
    assert {row["id"] for row in db.table("speakers").rows if row["merged_into"] is None} <= without_new
    for table in ("quotations", "attributions", "aliases", "titles"):
        assert after[table] == before[table], table
    assert len(after["speakers"]) == len(before["speakers"]) + len(tombstones)
    assert set(before["speakers"]) <= set(after["speakers"])


CHANGES = ("same", "missed", "unknown", "surname", "titled", "another", "newcomer")
# What another model finds of each of the eight quotations in turn.
outcomes = st.lists(st.sampled_from(CHANGES), min_size=8, max_size=8)


def other_extractor(changes):
    """An extractor that finds the stored quotations again, each with one of CHANGES."""
    numbers = {}
    for key, text in sorted(TEXTS.items()):
        for one in extract_one(article(text, key)).quotations:
            numbers[key, one.start] = len(numbers)

    def attributed(attribution, change):
        speaker = attribution.speaker
        match change:
            case "surname":
                return replace(attribution, speaker=replace(speaker, name=speaker.name.split()[-1]))
            case "titled":
                return replace(attribution, speaker=replace(speaker, titles=("President",)))
            case "another":
                return replace(attribution, speaker=Speaker("Barham Saleh", "person"))
            case "newcomer":
                return replace(attribution, speaker=Speaker("Nancy Newcomer", "person"))
        return attribution

    def extract(articles):
        for one in articles:
            extraction = extract_one(one)
            found = []
            for quotation in extraction.quotations:
                change = changes[numbers[one.id, quotation.start]]
                kept = () if change == "unknown" else quotation.attributions
                if change != "missed":
                    attributions = tuple(attributed(each, change) for each in kept)
                    found.append(replace(quotation, attributions=attributions))
            yield replace(extraction, quotations=tuple(found))

    return extract


def assert_in_force(db):
    """Every decision in force shows in the rows: the last word on a matter is the one that counts."""
    effects = effects_in_force(db)
    speakers = {row["id"]: row for row in db.table("speakers").rows}
    root = effects.speaker
    for one in decisions.load(db):
        payload = one.payload
        if one.undone or "quotation" in payload:
            continue
        match one.kind:
            case "merge":
                assert root(payload["speaker"]) == root(payload["into"]) or len(effects.moves) > 1
            case "rename":
                assert speakers[payload["speaker"]]["name"] == effects.names[payload["speaker"]]
            case "note":
                assert speakers[payload["speaker"]]["note"] == effects.notes[payload["speaker"]]
            case "alias":
                (count,) = db.conn.execute(
                    "select count(*) from aliases where speaker = ? and name = ?",
                    (root(payload["speaker"], payload["name"]), payload["name"]),
                ).fetchone()
                assert count
            case "never-merge":
                pair = payload["speakers"]
                assert root(pair[0]) != root(pair[1]) or effects.moves
    for speaker, row in speakers.items():
        assert row["merged_into"] == (None if root(speaker) == speaker else root(speaker))
    for quotation, (_, chosen) in effects.attributed.items():
        rows = db.query("select speaker, status from attributions where quotation = ?", [quotation])
        active = {row["speaker"] for row in rows if row["status"] == "active"}
        assert active == {root(one) for one in chosen}
        assert db.table("quotations").get(quotation)["status"] == "active"
    for quotation in effects.rejected:
        assert db.table("quotations").get(quotation)["status"] == "rejected"


def found(db):
    """What the program makes of the articles, whatever the numbers of the speakers' rows."""
    speakers = {row["id"]: row["name"] for row in db.table("speakers").rows}
    root = effects_in_force(db).speaker
    return {
        "said": sorted(
            (
                row["quotation"],
                speakers[row["speaker"]],
                row["name"],
                row["rule"],
                row["status"],
                row["found"],
            )
            for row in db.table("attributions").rows
        ),
        "quotations": sorted((row["id"], row["status"], row["found"]) for row in db.table("quotations").rows),
        "speakers": sorted(
            (row["name"], row["type"], row["note"] or "", row["quotations"], row["articles"])
            for row in db.table("speakers").rows
            if row["quotations"]
        ),
        "aliases": sorted(
            (speakers[row["speaker"]], row["name"], row["source"], row["articles"])
            for row in db.table("aliases").rows
        ),
        "titles": sorted(
            (speakers[row["speaker"]], row["title"], row["articles"]) for row in db.table("titles").rows
        ),
        "links": sorted(
            (speakers[row["speaker"]], speakers[row["same_as"]]) for row in db.table("links").rows
        ),
        "suggestions": sorted(
            (speakers[row["speaker_a"]], speakers[row["speaker_b"]])
            for row in db.table("suggestions").rows
            if root(row["speaker_a"]) != root(row["speaker_b"])
        ),
    }


@settings(max_examples=40, deadline=None)
@given(steps, outcomes)
@example([("split", 1, "Joe Biden"), ("split", 1, "Joe Biden")], ["same"] * 8)
@example(
    [("attribute", 2, 3), ("split", 3, "Jay Robinette")],
    ["same", "another", "same", "missed", "unknown", "surname", "same", "newcomer"],
)
@example([("split", 4, "Kadhimi"), ("split", 3, "Jay Robinette")], ["same"] * 8)
@example(
    [("split", 1, "Joe Biden"), ("split", 1, "Joe Biden")],
    ["another", "surname", "titled", "another", "titled", "surname", "another", "unknown"],
)
@example(
    [("split", 1, "Joe Biden"), ("attribute", 0, 1)], ["missed", *["same"] * 4, "missed", "same", "same"]
)
def test_decisions_survive_reextraction(tmp_path_factory, taken, changes):
    folder = tmp_path_factory.mktemp("db")
    decided, undecided = (open_database(folder / name, create=True) for name in ("a.db", "b.db"))
    for db in (decided, undecided):
        store(db, *(article(text, key) for key, text in TEXTS.items()))
    for step in taken:
        take(decided, step)
    made = decisions.load(decided)
    for db in (decided, undecided):
        assert reextract(db, other_extractor(changes), models="other", settings={}).failed == 0
    assert decisions.load(decided) == made
    assert_in_force(decided)
    assert verify(decided) == []
    derived = state(decided)
    decisions.apply(decided)
    assert state(decided) == derived
    for decision in reversed(made):
        if decision.kind != "undo" and not decision.undone:
            undo(decided, decision.id, by="ana")
    assert found(decided) == found(undecided)
    assert verify(decided) == []


def test_namesakes_are_told_apart_elsewhere_by_what_they_said(db, tmp_path):
    store(db, article("“First,” said a source.", "b1"), article("“Second,” said a source.", "b2"))
    other = open_database(tmp_path / "other.db", create=True)
    store(other, article("“Second,” said a source.", "b2"), article("“First,” said a source.", "b1"))
    sources = {
        row["text"]: row["speaker"]
        for row in db.query(
            "select text, speaker from quotations join attributions on quotation = quotations.id"
        )
    }
    record(db, "note", {"speaker": sources["Second,"], "note": "the porter"}, by="ana")
    new = (
        db.table("speakers").insert({"name": "Sir Toby", "found_name": "Sir Toby", "type": "person"}).last_pk
    )
    record(db, "attribute", {"quotation": quotation(db, "First,"), "speakers": [new]}, by="ana")
    assert decisions.import_(other, [json.loads(json.dumps(one)) for one in decisions.export(db)]) == (2, [])
    noted = other.query(
        "select text from quotations join attributions on quotation = quotations.id "
        "join speakers on speakers.id = attributions.speaker where note = 'the porter'"
    )
    assert [row["text"] for row in noted] == ["Second,"]
    assert ("First,", "Sir Toby") in said(other)
    assert verify(other) == []


def test_decisions_are_read_once_however_many_are_taken_over(db, tmp_path):
    other = open_database(tmp_path / "other.db", create=True)
    store(other, *(article(text, key) for key, text in reversed(TEXTS.items())))
    for number in range(5):
        record(db, "note", {"speaker": speaker(db, "Joe Biden"), "note": str(number)}, by="ana")
    exported = list(decisions.export(db))
    statements: list[str] = []
    other.conn.set_trace_callback(statements.append)
    assert decisions.import_(other, exported) == (5, [])
    other.conn.set_trace_callback(None)
    assert sum(one.startswith("select * from decisions") for one in statements) == 1
    assert verify(other) == []


def test_decisions_travel_to_another_database(db, tmp_path):
    other = open_database(tmp_path / "other.db", create=True)
    store(other, *(article(text, key) for key, text in reversed(TEXTS.items())))
    record(db, "merge", {"speaker": speaker(db, "Jay Robinette"), "into": speaker(db, "Joe Biden")}, by="ana")
    split = {"speaker": speaker(db, "Joe Biden"), "names": ["Jay Robinette"], "quotations": [], "name": "Sr."}
    undo(db, record(db, "split", split, by="ana").id, by="ben")
    record(db, "not-a-quotation", {"quotation": quotation(db, "Moderation,")}, by="ana")
    exported = [json.loads(json.dumps(one)) for one in decisions.export(db)]
    assert decisions.import_(other, exported) == (4, [])
    assert decisions.import_(other, exported) == (0, [])
    assert said(other) == said(db)
    assert verify(other) == []
    unknown = {
        **exported[0],
        "uid": "new",
        "payload": {"speaker": 1, "into": 2, "known_as": {"1": ["X", "person"]}},
    }
    assert decisions.import_(other, [unknown, {"uid": "broken"}]) == (
        0,
        [
            "record 1: no speaker here is called 'X'",
            "record 2: not a decision as 'quotetrack decisions export' writes it",
        ],
    )
