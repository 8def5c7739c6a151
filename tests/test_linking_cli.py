"""The commands that decide who is who, on the terminal."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlite_utils import Database
from test_linking import canonical, ingest, names

from quotetrack.cli import main
from quotetrack.database import open_database
from quotetrack.database.verify import verify

ARTICLES = [
    ("a1", ("Joe Biden|US president", "Barzani")),
    ("a2", ("Masoud Barzani", "Donald Trump")),
    ("a3", ("Nechirvan Barzani", "Donald Trump Jr.")),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "quotes.db"
    ingest(open_database(path, create=True), ARTICLES)
    return path


def run(path: Path, *arguments: str, input: str | None = None) -> Result:
    command, *rest = arguments
    sub = [rest.pop(0)] if command in ("speakers", "decisions") else []
    options = ["--by", "ana"] if sub in (["merge"], ["undo"], ["never-merge"]) or command == "review" else []
    result = CliRunner().invoke(main, [command, *sub, "-d", str(path), *options, *rest], input=input)
    assert not isinstance(result.exception, (KeyError, TypeError)), result.exception
    return result


def test_compare_needs_no_database() -> None:
    result = CliRunner().invoke(main, ["speakers", "compare", "Kadhemi", "Mustafa al-Kadhimi"])
    answer = json.loads(result.output)
    assert answer["same"] is True
    assert 0 < answer["score"] <= 1
    assert answer["reasons"]
    result = CliRunner().invoke(main, ["speakers", "compare", "Bush", "George W. Bush"])
    assert json.loads(result.output)["same"] is None


def test_merge_list_and_undo(path: Path) -> None:
    result = run(path, "speakers", "merge", "barzani", "Masoud Barzani", "--why", "same interview")
    assert result.exit_code == 0, result.output
    assert "decision 1: Barzani is Masoud Barzani" in result.output
    assert frozenset({"Barzani", "Masoud Barzani"}) in names(open_database(path))
    listed = run(path, "decisions", "list").output
    assert "merge" in listed
    assert "Barzani · Masoud Barzani" in listed
    assert run(path, "decisions", "undo", "1").exit_code == 0
    assert frozenset({"Barzani"}) in names(open_database(path))


def test_an_ambiguous_name_is_refused_with_the_choice(path: Path) -> None:
    assert run(path, "speakers", "alias", "Masoud Barzani", "Boss").exit_code == 0
    assert run(path, "speakers", "alias", "Nechirvan Barzani", "Boss").exit_code == 0
    result = run(path, "speakers", "note", "boss", "which one?")
    assert result.exit_code == 2
    assert "give the number" in result.output
    assert "Traceback" not in result.output
    assert run(path, "speakers", "note", "Nobody Here", "x").exit_code == 2


def test_an_alias_brings_its_bearer_along_and_undo_lets_go(path: Path) -> None:
    db = open_database(path)
    ingest(db, [("a4", ("Sleepy Joe",))])
    run(path, "speakers", "alias", "Joe Biden", "Sleepy Joe")
    assert frozenset({"Joe Biden", "Sleepy Joe"}) in names(db)
    run(path, "decisions", "undo", "1")
    assert frozenset({"Sleepy Joe"}) in names(db)
    assert verify(db) == []


@pytest.mark.parametrize("command", ["rename", "alias"])
def test_a_name_that_another_speaker_has_is_told(path: Path, command: str) -> None:
    def last_line(*arguments: str) -> str:
        result = run(path, "speakers", *arguments)
        assert result.exit_code == 0, result.output
        return result.stderr.splitlines()[-1]

    told = "    3 Masoud Barzani (1 quotations) has that name too and "
    db = open_database(path)
    assert last_line(command, "Joe Biden", "masoud BARZANI") == told + "is one speaker with them now"
    assert frozenset({"Joe Biden", "Masoud Barzani"}) in names(db)
    run(path, "decisions", "undo", "1")
    run(path, "speakers", "never-merge", "Joe Biden", "Masoud Barzani")
    line = last_line(command, "Joe Biden", "Masoud Barzani")
    assert line == told + "stays apart; if they are one: quotetrack speakers merge 3 1"
    assert frozenset({"Masoud Barzani"}) in names(db)
    # What one is called already, and what nobody is, is nobody else's name.
    for name in ("Joe Biden", "Joe B."):
        assert "take it back" in last_line(command, "1", name)


def test_review_answers_are_decisions(path: Path) -> None:
    db = open_database(path)
    waiting = db["suggestions"].count
    assert waiting == 3
    result = run(path, "review", input="y\nu\nn\ny\nq\n")
    assert result.exit_code == 0, result.output
    assert "decision 1 is taken back" in result.output
    kinds = [row["kind"] for row in db["decisions"].rows]
    assert kinds == ["merge", "undo", "never-merge", "merge"]
    # What is decided is not asked again.
    assert run(path, "review", "--only", "speakers", input="").output.count("One speaker?") == 1
    assert verify(db) == []


def test_review_can_take_back_the_last_answer(path: Path) -> None:
    db = open_database(path)
    result = run(path, "review", "--only", "speakers", input="n\nn\nn\nu\ny\nu\nu\ns\ns\nq\n")
    assert result.exit_code == 0, result.output
    assert result.output.count("That was the last one.") == 3
    assert result.output.count("is taken back") == 3
    assert "1 decisions made. Nothing else waits." in result.output
    kinds = [row["kind"] for row in db["decisions"].rows]
    assert kinds == [*["never-merge"] * 3, "undo", "merge", "undo", "undo"]
    assert verify(db) == []


def test_review_goes_back_from_the_quotations_to_the_speakers(path: Path) -> None:
    result = run(path, "review", "--below", "0.95", input="n\nn\nn\nu\ny\nq\n")
    shown = [line for line in result.output.splitlines() if line.startswith(("One speaker?", "Said by"))]
    assert [line.split()[0] for line in shown] == ["One", "One", "One", "Said", "One", "Said"]
    assert "3 decisions made.\n" in result.output


def test_review_of_doubtful_attributions(path: Path) -> None:
    db = open_database(path)
    result = run(
        path,
        *("review", "--only", "quotations", "--below", "0.95"),
        input="y\nX\nn\no\nNo Person\nn\no\nNew Person\ny\no\n\ns\nq\n",
    )
    assert result.exit_code == 0, result.output
    kinds = [row["kind"] for row in db["decisions"].rows]
    assert kinds == ["confirm", "not-a-quotation", "attribute", "attribute"]
    assert "New Person" in canonical(db)
    assert "No Person" not in canonical(db)
    # The list shows the words, not the ids, of the quotations.
    listed = run(path, "decisions", "list").output.splitlines()[1:]
    assert len(listed) == 4
    assert all("“" in line for line in listed)
    assert verify(db) == []


def test_stopping_to_name_another_speaker_goes_back(path: Path) -> None:
    result = run(path, "review", "--only", "quotations", "--below", "0.95", input="n\no\n")
    assert result.exit_code == 0, result.output
    assert result.output.endswith("1 decisions made.\n")


def test_decisions_travel_as_json_lines(path: Path, tmp_path: Path) -> None:
    run(path, "speakers", "merge", "Barzani", "Masoud Barzani")
    run(path, "speakers", "rename", "Joe Biden", "President Biden")
    shared = tmp_path / "decisions.jsonl"
    assert run(path, "decisions", "export", str(shared)).exit_code == 0
    other = tmp_path / "other.db"
    ingest(open_database(other, create=True), reversed(ARTICLES))
    result = run(other, "decisions", "import", str(shared))
    assert "2 decisions taken over" in result.output
    assert names(open_database(other)) == names(open_database(path))
    assert canonical(open_database(other)) == canonical(open_database(path))
    assert "0 decisions taken over, 2 known already" in run(other, "decisions", "import", str(shared)).output
    shared.write_text("{not json")
    assert run(other, "decisions", "import", str(shared)).exit_code == 2


def test_an_authority_list_names_and_identifies(path: Path, tmp_path: Path) -> None:
    listed = tmp_path / "people.csv"
    listed.write_text(
        "name,aliases,wikidata,description,type\n"
        "Joseph R. Biden Jr.,Sleepy Joe|Amtrak Joe,Q6279,46th US president,person\n"
        "United Nations,UN;ONU,Q1065,,organisation\n",
        encoding="utf-8-sig",
    )
    result = run(path, "speakers", "import", str(listed))
    assert result.exit_code == 0, result.output
    assert "2 entries: 1 are quoted already, 0 known, 1 new" in result.output
    db = open_database(path)
    ingest(db, [("a4", ("Sleepy Joe", "ONU||organisation"))])
    assert frozenset({"Joe Biden", "Sleepy Joe"}) in names(db)
    row = next(db.query("select * from speakers where name = 'Joseph R. Biden Jr.'"))
    assert (row["merged_into"], row["quotations"], row["description"]) == (None, 2, "46th US president")
    assert identified(db, "Q6279") == row["id"]
    before = {table: list(db[table].rows) for table in ("speakers", "aliases", "identifiers", "links")}
    again = run(path, "speakers", "import", str(listed)).output
    assert "2 entries: 2 are quoted already, 0 known, 0 new" in again
    assert {table: list(db[table].rows) for table in before} == before
    assert verify(db) == []


def identified(db: Database, value: str) -> int:
    """The speaker that is called `value` elsewhere."""
    (row,) = db.query("select speaker from identifiers where value = ?", [value])
    return int(row["speaker"])


def test_identifiers_follow_a_merger_and_come_back(path: Path, tmp_path: Path) -> None:
    listed = tmp_path / "people.csv"
    listed.write_text("name,aliases,wikidata,description\nThe Old Lion,,Q42,a lion\n")
    run(path, "speakers", "import", str(listed))
    db = open_database(path)
    ids = {row["name"]: row["id"] for row in db["speakers"].rows}
    assert identified(db, "Q42") == ids["The Old Lion"]
    before = list(db["identifiers"].rows)
    run(path, "speakers", "merge", "The Old Lion", "Masoud Barzani")
    assert identified(db, "Q42") == ids["Masoud Barzani"]
    rows = db.query("select distinct identifiers from quotes where speaker = 'Masoud Barzani'")
    assert [row["identifiers"] for row in rows] == ["wikidata:Q42"]
    # The list again, while they are one.
    run(path, "speakers", "import", str(listed))
    assert identified(db, "Q42") == ids["Masoud Barzani"]
    run(path, "decisions", "undo", "1")
    assert list(db["identifiers"].rows) == before
    assert verify(db) == []


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_an_authority_list_may_be_parted_otherwise(path: Path, tmp_path: Path, delimiter: str) -> None:
    listed = tmp_path / "people.csv"
    rows = (("name", "aliases", "wikidata"), ("Joe Biden", '"Sleepy Joe; Amtrak Joe"', "Q6279"))
    listed.write_text("\n".join(map(delimiter.join, rows)))
    result = run(path, "speakers", "import", str(listed))
    assert result.exit_code == 0, result.output
    db = open_database(path)
    known = {row["name"] for row in db["aliases"].rows_where("source = 'authority'")}
    assert known == {"Joe Biden", "Sleepy Joe", "Amtrak Joe"}
    assert identified(db, "Q6279")


def test_of_an_authority_list_bad_rows_alone_fail(path: Path, tmp_path: Path) -> None:
    listed = tmp_path / "people.csv"
    listed.write_text(
        "name;type;wikidata\nA. Person;person;Q1\n;;\n  ; ;\nB. Place;place;Q2\n;;Q3\nC. Third;;\n"
    )
    for status in ("new", "known"):
        result = run(path, "speakers", "import", str(listed))
        assert result.exit_code == 1
        assert result.stderr.splitlines() == [
            f"failed  {listed}, line 5: the type is 'person', 'organisation' or 'document', not 'place'",
            f"failed  {listed}, line 6: the name is missing",
        ]
        rows = [(line.split()[0], line[18:]) for line in result.stdout.splitlines()[:-1]]
        assert rows == [(status, "A. Person"), (status, "C. Third")]


def test_names_that_tell_nobody_apart_are_known_again_by_their_identifiers(
    path: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "people.csv"
    listed.write_text(
        "name,type,wikidata\nSmith,person,Q1\nSmith,person,Q2\nMinistry of Health,organisation,\n"
    )
    run(path, "speakers", "import", str(listed))
    before = list(open_database(path)["speakers"].rows)
    again = run(path, "speakers", "import", str(listed)).output
    assert "3 entries: 0 are quoted already, 3 known, 0 new" in again
    assert list(open_database(path)["speakers"].rows) == before
    listed.write_text("name,type,wikidata\nSmith,person,Q3\n")
    assert "0 known, 1 new" in run(path, "speakers", "import", str(listed)).output


def test_a_list_without_names_changes_nothing(path: Path, tmp_path: Path) -> None:
    listed = tmp_path / "people.csv"
    listed.write_text("title,type\nA. Person,person\n")
    before = canonical(open_database(path))
    result = run(path, "speakers", "import", str(listed))
    assert result.exit_code == 2
    assert "needs a column 'name'" in result.output
    listed.write_text("name\nAn Unlikely Name\n")
    # Python's own limit, which reading articles raises.
    limit = csv.field_size_limit(10)
    try:
        result = run(path, "speakers", "import", str(listed))
    finally:
        csv.field_size_limit(limit)
    assert result.exit_code == 2
    assert "after line 1: not CSV" in result.output
    assert canonical(open_database(path)) == before


def test_files_that_are_no_text_are_refused_in_a_line(path: Path, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.write_bytes(b"name\nJos\xe9\n")
    for command in ("speakers", "decisions"):
        result = run(path, command, "import", str(broken))
        assert result.exit_code == 2
        assert "not UTF-8" in result.output


def test_a_split_of_an_unknown_quotation_is_refused(path: Path) -> None:
    result = run(path, "speakers", "split", "Joe Biden", "Other", "--quotation", "nope")
    assert result.exit_code == 2
    assert "there is no quotation nope" in result.output


def test_a_split_takes_out_only_what_is_the_speakers(path: Path) -> None:
    db = open_database(path)
    ingest(db, [("a4", ("President Joe Biden",))])
    result = run(path, "speakers", "split", "Joe Biden", "Other", "--called", "Jill")
    assert result.exit_code == 2
    assert result.output.splitlines() == [
        "quotetrack: speaker 1 does not go by the name 'Jill', only by Joe Biden; President Joe Biden"
    ]
    (row,) = db.query("select quotation_id from quotes where speaker = 'Masoud Barzani'")
    result = run(path, "speakers", "split", "Joe Biden", "Other", "--quotation", row["quotation_id"])
    assert result.exit_code == 2
    assert "speaker 1 did not say the quotation" in result.output
    result = run(path, "speakers", "split", "Joe Biden", "Other", "--called", "joe  BIDEN")
    (theirs,) = db.execute("select count(*) from quotes where speaker = 'Other'").fetchone()
    assert theirs
    assert f": {theirs} quotations are theirs\n" in result.output
