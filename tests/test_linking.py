"""Speakers across articles: who becomes one, who stays apart, what is suggested; order does not matter."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from test_database import dump

from quotetrack.database import decisions, open_database
from quotetrack.database.connection import writing
from quotetrack.database.decisions import effects_in_force
from quotetrack.database.verify import verify
from quotetrack.database.writer import start_run, write
from quotetrack.names import facts
from quotetrack.records import Article, Attribution, Extraction, Quotation, Speaker
from quotetrack.speakers.linking import KnownSpeaker, judge

# An article is the speakers that it quotes: "name", "name|title", "name|title|type".
Quoted = tuple[str, ...]


def extraction(key: str, quoted: Quoted, outlet: str = "The Paper") -> Extraction:
    text, quotations = "", []
    for number, one in enumerate(quoted):
        name, title, kind = [*one.split("|"), "", ""][:3]
        speaker = Speaker(name, kind or "person", (), (title,) if title else ())  # type: ignore[arg-type]
        words = f"Words {number} of {key}"
        start = len(text) + 1
        text += f"“{words}” "
        attribution = Attribution(speaker, None, None, "said-before", 0.9)
        quotations.append(Quotation(start, start + len(words), words, True, 0.9, (attribution,)))
    return Extraction(Article(key, text, outlet=outlet), tuple(quotations))


def ingest(db: Database, articles: Iterable[tuple[str, Quoted]]) -> None:
    for key, quoted in articles:
        with writing(db):
            run = start_run(db, models="fake", settings={})
            write(db, effects_in_force(db), extraction(key, quoted), run=run, source="test")


@pytest.fixture
def db(tmp_path: Path) -> Database:
    return open_database(tmp_path / "quotes.db", create=True)


def groups(db: Database) -> set[frozenset[tuple[str, str]]]:
    """The final speakers: each as the words that are theirs and the name there."""
    found: dict[int, set[tuple[str, str]]] = {}
    for row in db.query(
        "select attributions.speaker, attributions.name, quotations.text from attributions "
        "join quotations on quotations.id = attributions.quotation"
    ):
        found.setdefault(row["speaker"], set()).add((row["text"], row["name"]))
    return {frozenset(group) for group in found.values()}


def names(db: Database) -> set[frozenset[str]]:
    return {frozenset(name for _, name in group) for group in groups(db)}


def canonical(db: Database) -> set[str]:
    return {row["name"] for row in db.query("select name from speakers where merged_into is null")}


def suggested(db: Database) -> set[frozenset[str]]:
    rows = db.query(
        "select a.found_name as a, b.found_name as b from suggestions join speakers as a on a.id = speaker_a "
        "join speakers as b on b.id = speaker_b"
    )
    return {frozenset((row["a"], row["b"])) for row in rows}


def weighed(db: Database) -> set[tuple[frozenset[str], float, str]]:
    """The suggestions with what speaks for them, also beside the names."""
    rows = db.query(
        "select a.name as a, b.name as b, score, reasons from suggestions "
        "join speakers as a on a.id = speaker_a join speakers as b on b.id = speaker_b"
    )
    return {(frozenset((row["a"], row["b"])), row["score"], row["reasons"]) for row in rows}


def test_three_spellings_are_one_row_under_the_fullest_name(db: Database) -> None:
    ingest(db, [("a1", ("Kadhemi",)), ("a2", ("Kadhimi|prime minister",)), ("a3", ("Mustafa al-Kadhimi",))])
    assert canonical(db) == {"Mustafa al-Kadhimi"}
    assert next(db.query("select quotations, articles from speakers where merged_into is null")) == {
        "quotations": 3,
        "articles": 3,
    }
    assert verify(db) == []


def test_of_names_as_full_the_commonest_is_canonical(db: Database) -> None:
    ingest(db, [("a1", ("Barham Saleh",)), ("a2", ("Barham Salih",))])
    assert canonical(db) == {"Barham Saleh"}
    ingest(db, [("a4", ("BARHAM SALIH",)), ("a5", ("Barham Salih|president",))])
    assert canonical(db) == {"Barham Salih"}
    ingest(db, [("a6", ("Barham Ahmed Saleh",))])
    assert canonical(db) == {"Barham Ahmed Saleh"}
    (root,) = (row["id"] for row in db.query("select id from speakers where merged_into is null"))
    decisions.record(db, "rename", {"speaker": root, "name": "The president"}, by="ana")
    ingest(db, [("a7", ("Barham Ahmed Salih",)), ("a8", ("Barham Ahmed Salih",))])
    assert canonical(db) == {"The president"}


def test_a_bare_surname_that_fits_two_is_suggested_to_both(db: Database) -> None:
    ingest(db, [("a1", ("Barzani",)), ("a2", ("Masoud Barzani",)), ("a3", ("Nechirvan Barzani",))])
    assert names(db) == {frozenset({name}) for name in ("Barzani", "Masoud Barzani", "Nechirvan Barzani")}
    assert suggested(db) == {
        frozenset({"Barzani", "Masoud Barzani"}),
        frozenset({"Barzani", "Nechirvan Barzani"}),
    }


def test_a_namesake_that_comes_later_parts_the_bare_surname_again(db: Database) -> None:
    ingest(db, [("a1", ("Guterres",)), ("a2", ("António Guterres",))])
    assert canonical(db) == {"António Guterres"}
    ingest(db, [("a3", ("Maria Guterres",))])
    assert canonical(db) == {"António Guterres", "Maria Guterres", "Guterres"}
    assert verify(db) == []


def test_the_office_decides_who_a_bare_surname_is(db: Database) -> None:
    ingest(
        db,
        [
            ("a1", ("Joe Biden|US president", "Jill Biden|first lady")),
            ("a2", ("Biden|President",)),
            ("a3", ("Biden",)),
        ],
    )
    assert names(db) == {frozenset({"Joe Biden", "Biden"}), frozenset({"Jill Biden"})}


def test_suggestions_tell_why(db: Database) -> None:
    ingest(db, [("a1", ("Donald Trump", "Nancy Pelosi")), ("a2", ("Donald Trump Jr.", "Nancy Pelosi"))])
    (row,) = db["suggestions"].rows
    assert json.loads(row["reasons"])[0] == "only one of them is jr"
    assert "both in articles with Nancy Pelosi" in json.loads(row["reasons"])


@pytest.mark.parametrize(
    ("name", "alias", "same"),
    [
        ("Gujarat Special Investigation Team", "SIT", False),
        ("Special Rapporteurs of Geneva", "NATO", True),
        ("Gujarat Special Investigation Team", "Kumar Commission", True),
    ],
)
def test_an_abbreviation_that_no_list_knows_may_be_another_bodys(name: str, alias: str, same: bool) -> None:
    index: Any = SimpleNamespace(never_merge=lambda a, b: False)
    body = KnownSpeaker(1, name, "organisation", aliases=(alias,))
    assert judge(KnownSpeaker(2, alias, "organisation"), body, index).same is same


def test_nobody_in_particular_is_never_one_across_articles(db: Database) -> None:
    nobody = ("a security source||unnamed", "a report||document", "Smith")
    ingest(db, [("a1", nobody), ("a2", nobody)])
    assert len(groups(db)) == 6


def test_a_body_that_every_country_has_is_one_within_an_outlet_only(db: Database) -> None:
    with writing(db):
        run = start_run(db, models="fake", settings={})
        for key, outlet in (("a1", "The Hindu"), ("a2", "The Hindu"), ("a3", "The Guardian")):
            one = extraction(key, ("police||organisation",), outlet)
            write(db, effects_in_force(db), one, run=run, source="test")
    assert sorted(len(group) for group in groups(db)) == [1, 2]


def test_never_merge_and_later_names(db: Database) -> None:
    ingest(db, [("a1", ("Ali Hassan",)), ("a2", ("Alireza Karimi",))])
    ids = {row["name"]: row["id"] for row in db["speakers"].rows}
    decisions.record(db, "never-merge", {"speakers": list(ids.values())}, by="ana")
    ingest(db, [("a3", ("Karimi",)), ("a4", ("Ali Hasan",))])
    assert frozenset({"Ali Hassan", "Ali Hasan"}) in names(db)
    assert frozenset({"Alireza Karimi", "Karimi"}) in names(db)


def statements_to_link(apart: int) -> int:
    """How many statements an article takes where people have said of so many pairs that they are not one."""
    db = fresh([("a", ("Maria Guterres", "Sergei Lavrov"))])
    for surname in sorted(facts.surnames())[:: len(facts.surnames()) // apart]:
        ingest(db, [(surname, (f"John {surname.title()}", f"Mary {surname.title()}"))])
        (last,) = db.execute("select max(id) from speakers").fetchone()
        decisions.record(db, "never-merge", {"speakers": [last, last - 1]}, by="ana")
    effects = effects_in_force(db)
    statements: list[str] = []
    with writing(db):
        db.conn.set_trace_callback(statements.append)
        write(db, effects, extraction("b", ("Guterres", "Sergey Lavrov")), run=1, source="test")
        db.conn.set_trace_callback(None)
    return len(statements)


def test_what_linking_costs_does_not_grow_with_the_decisions() -> None:
    # The names among which an article is linked are others, but there is no statement for each decision.
    assert statements_to_link(apart=60) - statements_to_link(apart=20) < 40


def test_who_is_apart_stays_so_under_other_names(db: Database) -> None:
    ingest(db, [("a1", ("Joe Biden",)), ("a2", ("Robinette",)), ("a3", ("Ali Hassan",))])
    ids = {row["name"]: row["id"] for row in db["speakers"].rows}
    decisions.record(db, "never-merge", {"speakers": [ids["Robinette"], ids["Ali Hassan"]]}, by="ana")
    decisions.record(db, "merge", {"speaker": ids["Robinette"], "into": ids["Joe Biden"]}, by="ana")
    ingest(db, [("a4", ("Joseph R. Biden Jr.",))])
    ids = {row["found_name"]: row["id"] for row in db["speakers"].rows}
    effects = effects_in_force(db)
    biden, other = ids["Joseph R. Biden Jr."], ids["Ali Hassan"]
    assert effects.never_merge(biden, other)
    assert effects.never_merge(other, biden)
    assert not effects.never_merge(biden, ids["Joe Biden"])


def test_a_decision_outlasts_a_fuller_name(db: Database) -> None:
    ingest(db, [("a1", ("Joe Biden",)), ("a2", ("Robinette",))])
    ids = {row["name"]: row["id"] for row in db["speakers"].rows}
    merge = decisions.record(db, "merge", {"speaker": ids["Robinette"], "into": ids["Joe Biden"]}, by="ana")
    ingest(db, [("a3", ("Joseph R. Biden Jr.",)), ("a4", ("Robinette",))])
    assert names(db) == {frozenset({"Joe Biden", "Robinette", "Joseph R. Biden Jr."})}
    decisions.undo(db, merge.id, by="ana")
    assert names(db) == {frozenset({"Joe Biden", "Joseph R. Biden Jr."}), frozenset({"Robinette"})}
    assert verify(db) == []


PEOPLE = [
    "Kadhemi", "Kadhimi|prime minister", "Mustafa al-Kadhimi", "Mustafa Kadhemi", "Haider Kadhimi",
    "Biden", "Biden|president", "Joe Biden|president", "Joseph R. Biden Jr.", "Jill Biden|first lady",
    "Donald Trump", "Donald Trump Jr.", "Trump", "D. Trump", "Michael Jordan", "Michael B. Jordan",
    "Michael I. Jordan", "Jordan", "Guterres|secretary-general", "António Guterres", "Maria Guterres|singer",
    "Sergei Lavrov", "Sergey Lavrov", "Lavrov|foreign minister", "Smith", "Smith|superintendent",
    "UN||organisation", "United Nations||organisation", "BMA||organisation",
    "British Medical Association||organisation", "police||organisation", "a source||unnamed",
    "Barham Salih", "Barham Saleh|president", "BARHAM SALIH", "Barham Sālih", "Barham Ahmed Salih",
]  # fmt: skip
# Making a failing corpus smaller takes minutes, and these are small.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
corpora = st.lists(
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True), min_size=1, max_size=7
)


def fresh(articles: Iterable[tuple[str, Quoted]]) -> Database:
    db = open_database(":memory:", create=True)
    ingest(db, articles)
    return db


@settings(max_examples=40, deadline=None, phases=PHASES)
@given(corpora, st.randoms(use_true_random=False))
def test_the_order_of_ingest_does_not_matter(corpus, random) -> None:
    articles = [(f"a{number}", tuple(quoted)) for number, quoted in enumerate(corpus)]
    shuffled = random.sample(articles, len(articles))
    one, other = fresh(articles), fresh(shuffled)
    assert groups(one) == groups(other)
    assert suggested(one) == suggested(other)
    assert weighed(one) == weighed(other)
    assert canonical(one) == canonical(other)
    assert verify(one) == verify(other) == []


@settings(max_examples=15, deadline=None, phases=PHASES)
@given(corpora)
def test_ingesting_twice_is_ingesting_once(corpus) -> None:
    articles = [(f"a{number}", tuple(quoted)) for number, quoted in enumerate(corpus)]
    db = fresh(articles)
    before = dump(db)
    ingest(db, articles)
    assert dump(db) == before


@settings(max_examples=20, deadline=None, phases=PHASES)
@given(corpora, st.data())
def test_a_decision_and_its_undoing_are_nothing(corpus, data) -> None:
    articles = [(f"a{number}", tuple(quoted)) for number, quoted in enumerate(corpus)]
    db = fresh(articles)
    roots = [row["id"] for row in db.query("select id from speakers where merged_into is null")]
    one, other = data.draw(st.sampled_from(roots)), data.draw(st.sampled_from(roots))
    if one == other:
        return
    before = {table: rows for table, rows in dump(db).items() if table != "decisions"}
    kind, payload = data.draw(
        st.sampled_from(
            [
                ("merge", {"speaker": one, "into": other}),
                ("never-merge", {"speakers": [one, other]}),
                ("rename", {"speaker": one, "name": "Somebody Else"}),
                ("alias", {"speaker": one, "name": "Somebody Else"}),
                ("note", {"speaker": one, "note": "a note"}),
            ]
        )
    )
    made = decisions.record(db, kind, payload, by="ana")
    assert verify(db) == []
    decisions.undo(db, made.id, by="ana")
    assert {table: rows for table, rows in dump(db).items() if table != "decisions"} == before
