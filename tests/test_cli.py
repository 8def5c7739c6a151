"""The commands as a user types them, with the tiny extractor in place of the real one."""

import csv
import io
import json
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from factories import fake_extractor

from quotetrack.cli import main, options
from quotetrack.database import open_database
from quotetrack.database.verify import verify

ARTICLES = [
    {"id": "1", "text": "“We condemn it,” said Joe Biden.", "outlet": "The Paper", "published": "2021-11-08"},
    {
        "id": "2",
        "text": "“Calm,” said Joe Biden and Jill Roe. “=1+1” said Eve.",
        "published": "2022-01-02T10:00:00Z",
    },
]


@pytest.fixture
def quotetrack(tmp_path, monkeypatch):
    """Runs a command in an empty folder; returns its exit code, output and errors."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(options, "extractor", lambda *_: fake_extractor)
    monkeypatch.setattr("quotetrack.language.loading.model_identity", lambda models: "fake")

    def run(*arguments: str, input: str | None = None):
        result = CliRunner().invoke(main, arguments, input=input, env={"COLUMNS": "100"})
        return result.exit_code, result.stdout, result.stderr

    return run


@pytest.fixture
def ingested(quotetrack, tmp_path):
    (tmp_path / "articles.jsonl").write_text("".join(json.dumps(one) + "\n" for one in ARTICLES))
    assert quotetrack("ingest", "articles.jsonl")[0] == 0
    return quotetrack


def test_ingest_says_what_came_of_each_source(quotetrack, tmp_path):
    (tmp_path / "a.txt").write_text("“Yes,” said Jane Doe.")
    code, output, errors = quotetrack("ingest", "a.txt", "missing.txt")
    assert (code, output, errors) == (
        1,
        "added      a.txt\n1 added, 0 changed, 0 unchanged, 1 failed: 1 quotations in 4 new words\n",
        "failed     missing.txt: No such file or directory\n",
    )
    code, output, _ = quotetrack("ingest", "a.txt")
    assert (code, output.splitlines()[0]) == (0, "unchanged  a.txt")
    assert quotetrack("ingest", "--silent", "a.txt") == (0, "", "")


def test_standard_input_is_an_article_or_json_lines(quotetrack):
    assert quotetrack("ingest", "-", input="“One,” said Jane Doe.")[0] == 0
    assert quotetrack("ingest", "-", input="“Two,” said Jane Doe.")[0] == 0
    assert quotetrack("ingest", "-", input=json.dumps(ARTICLES[0]) + "\n")[0] == 0
    assert "3 article versions" in quotetrack("verify")[1]


def test_extract_prints_json_lines_in_order(quotetrack):
    lines = [json.dumps(ARTICLES[1]), "nonsense", json.dumps(ARTICLES[0])]
    code, output, errors = quotetrack("extract", input="\n".join(["{}", *lines]))
    assert code == 1
    assert [line.split(":")[0] for line in errors.splitlines()] == ["failed  -", "failed  -"]
    second, first = (json.loads(line) for line in output.splitlines())
    assert (second["id"], first["id"]) == ("2", "1")
    assert first["quotes"] == [
        {
            "start": 1,
            "end": 15,
            "text": "We condemn it,",
            "speaker": "Joe Biden",
            "speaker_type": "person",
            "speaker_start": 22,
            "speaker_end": 31,
            "cue": "said",
            "rule": "said-before",
            "confidence": 0.8,
            "complete": True,
            "speakers": first["quotes"][0]["speakers"],
        }
    ]
    assert [one["speaker"] for one in second["quotes"][0]["speakers"]] == ["Joe Biden", "Jill Roe"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], ["Calm,", "Calm,", "=1+1", "We condemn it,"]),
        (["--speaker", "biden"], ["Calm,", "We condemn it,"]),
        (["--outlet", "the paper"], ["We condemn it,"]),
        (["--since", "2022-01-02"], ["Calm,", "Calm,", "=1+1"]),
        (["--until", "2022-01-02"], ["Calm,", "Calm,", "=1+1", "We condemn it,"]),
        (["--until", "2021"], ["We condemn it,"]),
        (["--words", "condemn it"], ["We condemn it,"]),
        (["--since", "2 January 2022"], ["Calm,", "Calm,", "=1+1"]),
        (["--words", "condemn OR *"], []),
    ],
)
def test_quotes_by_speaker_outlet_date_and_words(ingested, arguments, words):
    code, output, errors = ingested("quotes", *arguments)
    assert code == 0
    assert [line.split("\t")[2] for line in output.splitlines()[1:]] == words
    assert bool(errors) == (not words)


def test_what_is_found_nowhere_is_said(ingested):
    asked = ("--speaker", "Nobody", "--outlet", "Odd")
    told = "No quotation is found with --speaker 'Nobody', --outlet 'Odd'.\n"
    assert ingested("quotes", *asked) == (0, "Date\tSpeaker\tQuotation\tOutlet\n", told)
    assert ingested("export", "csv", *asked)[2] == told
    assert ingested("export", "csv")[2] == ""
    assert ingested("changes") == (0, "", "No title and no quotation was changed.\n")
    assert ingested("changes", "--article", "nope") == (2, "", "quotetrack: there is no article 'nope'\n")


def test_only_a_terminal_cuts_what_is_long(quotetrack, tmp_path, monkeypatch):
    words = "very " * 50 + "long"
    for version in ("is", "was"):
        text = f"“It {version} {words},” said Jane Doe."
        (tmp_path / "a.jsonl").write_text(json.dumps({"id": "1", "text": text, "outlet": "O" * 30}))
        quotetrack("ingest", "a.jsonl")
    commands = (("quotes",), ("speakers", "--quotations", "1"), ("changes",))
    for command in commands:
        assert max(map(len, quotetrack(*command)[1].splitlines())) > len(words), command
    assert quotetrack("quotes")[1].splitlines()[1] == f"\tJane Doe\tIt was {words},\t{'O' * 30}"
    monkeypatch.setattr("quotetrack.cli.table.to_terminal", lambda: True)
    for command in commands:
        assert max(map(len, quotetrack(*command)[1].splitlines())) <= 100, command


def test_ids_that_other_commands_take_are_shown(ingested):
    listed = ingested("quotes", "--ids", "--speaker", "Eve")[1].splitlines()
    quotation = listed[1].split("\t")[0]
    heads, *rows = (line.split("\t") for line in ingested("speakers", "--ids")[1].splitlines())
    number = dict(zip((row[1] for row in rows), (row[0] for row in rows), strict=True))["Eve"]
    assert heads[:2] == ["Number", "Speaker"]
    lines = ingested("speakers", "--ids", "--quotations", "1")[1].splitlines()
    at = lines.index(f"{number} Eve: 1")
    assert lines[at + 1].split() == [quotation, "“=1+1”", "2022-01-02"]
    assert ingested("speakers", "split", number, "Another Eve", "--quotation", quotation)[0] == 0


def test_speakers_with_their_quotations(ingested):
    assert ingested("speakers")[1].splitlines()[1].split("\t")[:4] == ["Joe Biden", "person", "2", "2"]
    lines = ingested("speakers", "--quotations", "1")[1].splitlines()
    assert lines[:2] == ["Joe Biden: 2", "    “Calm,”  2022-01-02"]


def test_csv_has_what_a_researcher_cites_and_carries_no_formula(ingested):
    code, output, _ = ingested("export", "csv", "--bom")
    assert code == 0
    assert output.startswith("\ufeffquotation,speaker,")
    rows = list(csv.DictReader(io.StringIO(output.removeprefix("\ufeff"))))
    assert [row["quotation"] for row in rows] == ["We condemn it,", "Calm,", "Calm,", "'=1+1"]
    assert rows[0]["context"] == "“We condemn it,” said Joe Biden."
    assert (rows[0]["start"], rows[0]["end"], rows[0]["cue"], rows[0]["published"]) == (
        "1",
        "15",
        "said",
        "2021-11-08",
    )


def test_csv_carries_what_other_catalogues_call_a_speaker(ingested, tmp_path):
    db = open_database(tmp_path / "db" / "quotes.db")
    (eve,) = db.query("select id from speakers where name = 'Eve'")
    db.table("identifiers").insert(
        {"speaker": eve["id"], "linked": eve["id"], "scheme": "wikidata", "value": "Q1"}
    )
    rows = csv.DictReader(io.StringIO(ingested("export", "csv", "--speaker", "eve")[1]))
    assert [row["identifiers"] for row in rows] == ["wikidata:Q1"]


def test_changes_between_versions(quotetrack, tmp_path):
    for text in (
        "“We do regret it,” said Al Po. “Go,” said Al Po. “Same,” said Al Po. “Mine,” said Al Po.",
        "“Same,” said Al Po. “We regret that,” said Al Po. “New.” “Mine,” said Jo Li.",
    ):
        (tmp_path / "a.txt").write_text(text)
        quotetrack("ingest", "a.txt")
    lines = quotetrack("changes")[1].splitlines()
    # What has only moved is no change.
    assert [line.strip() for line in lines[1:]] == [
        "a.txt, version 2",
        "speaker  Al Po → Jo Li",
        "Mine,",
        "altered  Al Po",
        "We [-do-] regret [-it,-] {+that,+}",
        "removed  Al Po",
        "Go,",
        "added    unknown",
        "New.",
    ]


def test_titles_that_were_changed_are_listed_with_and_without_the_text(quotetrack, tmp_path, monkeypatch):
    for day, title, text in (
        (1, "Old head", "“Same,” said Al Po."),
        (2, "New head", "“Same,” said Al Po."),
        (3, "New head", "“Same,” said Al Po."),
        (4, None, "“Same,” said Al Po."),
        (6, "Last head", "“Same,” said Al Po. It rained. “Go,” said Al Po."),
        (7, "Old head", "“Same,” said Al Po. It rained. “Go,” said Al Po."),
    ):
        monkeypatch.setattr("quotetrack.database.writer.now", lambda day=day: f"2024-05-0{day}T12:00:00")
        (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a1", "title": title, "text": text}))
        assert quotetrack("ingest", "a.jsonl")[0] == 0
    assert quotetrack("changes", "--article", "a1")[1].splitlines() == [
        "2024-05-02 New head",
        "  a1, version 1",
        "  title    [-Old-] {+New+} head",
        "2024-05-06 Last head",
        "  a1, version 2",
        "  title    [-New-] {+Last+} head",
        "  added    Al Po",
        "           Go,",
        "2024-05-07 Old head",
        "  a1, version 2",
        "  title    [-Last-] {+Old+} head",
    ]
    assert quotetrack("verify")[0] == 0


def test_reextract_reports_what_changed(ingested, monkeypatch):
    assert (
        "2 article versions read again: 0 quotations found, 0 withdrawn, 0 with" in ingested("reextract")[1]
    )
    from factories import extract_one

    from quotetrack.records import Extraction

    monkeypatch.setattr(options, "extractor", lambda *_: lambda some: (Extraction(one, ()) for one in some))
    _, output, _ = ingested("reextract")
    assert [line.split()[0] for line in output.splitlines()[:-1]] == ["withdrawn"] * 3
    monkeypatch.setattr(options, "extractor", lambda *_: lambda some: map(extract_one, some))
    assert "3 quotations found, 0 withdrawn" in ingested("reextract")[1]
    assert ingested("verify")[0] == 0


NOTE = {
    "uid": "0123456789abcdef",
    "made": "2024-05-01T12:00:00Z",
    "by": "ana",
    "why": "",
    "kind": "note",
    "payload": {"speaker": 1, "note": "a note", "known_as": {"1": ["Joe Biden", "person", []]}},
    "undoes": None,
}


@pytest.mark.parametrize(
    ("arguments", "progress"),
    [
        (("ingest", "again.txt"), "1/1 "),
        (("extract", "again.txt"), "1/1 "),
        (("reextract",), "2/2 "),
        (("verify",), "8/8 "),
        (("export", "csv", "--speaker", "Biden", "-o", "biden.csv"), "2/2 "),
        (("speakers", "import", "people.csv"), "2/2 "),
        (("decisions", "import", "decisions.jsonl"), "1/1 "),
        (("speakers", "note", "1", "Whose index is of other rules."), "3/3 "),
    ],
)
def test_on_a_terminal_long_work_shows_how_far_it_is(ingested, tmp_path, monkeypatch, arguments, progress):
    (tmp_path / "again.txt").write_text("“Yes,” said Jane Doe.")
    (tmp_path / "people.csv").write_text("name,wikidata\nJane Doe,Q1\nMax Mustermann,Q2\n")
    (tmp_path / "decisions.jsonl").write_text(json.dumps(NOTE))
    monkeypatch.setattr("quotetrack.cli.progress.SOON", 0.0)
    with sqlite3.connect(tmp_path / "db" / "quotes.db") as db:
        db.execute("pragma user_version = 1")
    for terminal in (False, True):
        monkeypatch.setattr("quotetrack.cli.progress.on_terminal", lambda answer=terminal: answer)
        code, _, errors = ingested(*arguments)
        assert code == 0
        assert (progress in errors) == terminal
        with sqlite3.connect(tmp_path / "db" / "quotes.db") as db:
            db.execute("pragma user_version = 1")


@pytest.mark.parametrize(
    "arguments",
    [("ingest", "--silent", "a.txt"), ("reextract", "--silent"), ("speakers", "import", "--silent", "a.csv")],
)
def test_silence_is_without_a_bar_too(ingested, tmp_path, monkeypatch, arguments):
    (tmp_path / "a.txt").write_text("“Yes,” said Jane Doe.")
    (tmp_path / "a.csv").write_text("name\nJane Doe\n")
    monkeypatch.setattr("quotetrack.cli.progress.on_terminal", lambda: True)
    assert ingested(*arguments) == (0, "", "")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["quotes"], "quotetrack: there is no database at db/quotes.db"),
        (["ingest", "-d", "/proc/none/quotes.db", "x.txt"], "quotetrack: cannot open /proc/none/quotes.db"),
        (["ingest", "--column", "words=text", "x.csv"], "'words=text' is not FIELD=NAME"),
        (["ingest"], "nothing to read: name a SOURCE or a --feed"),
        (["quotes", "-d", "note.txt"], "file is not a database"),
        (["quotes", "--since", "2024-13-45"], "date not understood: '2024-13-45'"),
        (["quotes", "--until", "yesterday"], "date not understood: 'yesterday'"),
        (["export", "csv", "--since", "03/04/2024"], "date not understood: '03/04/2024'"),
        (["quotes", "--words", '"unbalanced'], "'\"unbalanced' opens a phrase that it does not close"),
        (["quotes", "--limit", "-1"], "-1 is not in the range x>=1"),
        (["speakers", "--limit", "0"], "0 is not in the range x>=1"),
        (["speakers", "--quotations", "-1"], "-1 is not in the range x>=0"),
        (["speakers", "compare", "", "Sun"], "a name is empty"),
    ],
)
def test_a_wrong_command_gets_one_line_and_exit_code_2(quotetrack, tmp_path, arguments, message):
    (tmp_path / "note.txt").write_text("not a database, but a text that is longer than a header" * 9)
    code, _, errors = quotetrack(*arguments)
    assert code == 2
    assert message in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize("command", [("ingest", "x.csv"), ("reextract",), ("extract", "x.txt")])
def test_unknown_models_are_the_users_error(tmp_path, monkeypatch, command):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "x.txt").write_text("“Yes,” said Jane Doe.")
    (tmp_path / "db").mkdir()
    if command == ("reextract",):
        open_database("db/quotes.db", create=True).close()
    result = CliRunner().invoke(main, [*command, "--models", "nosuch"])
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    assert result.stderr.startswith("quotetrack: Unknown models 'nosuch'")
    # Nothing is begun that cannot be done.
    assert command == ("reextract",) or not (tmp_path / "db" / "quotes.db").exists()


def test_ctrl_c_before_the_work_has_begun_is_no_error(quotetrack, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("quotetrack.language.loading.model_identity", interrupted)
    assert quotetrack("ingest", "x.txt") == (130, "", "\nStopped.\n")


def test_a_bug_is_called_one_and_debug_shows_where(quotetrack, monkeypatch):
    def broken(models, jobs):
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(options, "extractor", broken)
    code, _, errors = quotetrack("extract", "-")
    assert (code, errors) == (70, "quotetrack: a bug: ZeroDivisionError: oops (--debug shows where)\n")
    result = CliRunner().invoke(main, ["--debug", "extract", "-"])
    assert isinstance(result.exception, ZeroDivisionError)


def test_help_imports_nothing_heavy():
    code = (
        "import sys\nfrom quotetrack.cli import main, COMMANDS\n"
        "for command in [[], *([name] for name in COMMANDS)]:\n"
        "    try: main([*command, '--help'])\n"
        "    except SystemExit: pass\n"
        "heavy = {'torch', 'stanza', 'trafilatura', 'sqlite_utils', 'datasette', 'rapidfuzz'}\n"
        "print('loaded:', sorted(heavy & set(sys.modules)))\n"
    )
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert result.stdout.splitlines()[-1] == "loaded: []"


SLOW_INGEST = f"""
import sys, time
sys.path.insert(0, {str(Path(__file__).parent)!r})
from factories import extract_one
from quotetrack.cli import main, options
from quotetrack.database import open_database
from quotetrack.database.verify import verify
def slow(articles):
    for one in articles:
        time.sleep(0.05)
        yield extract_one(one)
options.extractor = lambda *_: slow
import quotetrack.language.loading, quotetrack.ingest
quotetrack.language.loading.model_identity = lambda models: "fake"
quotetrack.ingest.BATCH_ITEMS = 2
main()
"""


def test_the_command_runs_as_a_module_too():
    command = [sys.executable, "-m", "quotetrack", "--version"]
    assert "quotetrack" in subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_ctrl_c_finishes_what_is_in_hand_and_says_how_to_go_on(tmp_path):
    lines = [json.dumps({"id": str(number), "text": "“Yes,” said Jane Doe."}) for number in range(500)]
    (tmp_path / "a.jsonl").write_text("\n".join(lines))
    command = [sys.executable, "-c", SLOW_INGEST, "ingest", "a.jsonl"]
    child = subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert child.stdout.readline() == "added      a.jsonl:1\n"
    child.send_signal(signal.SIGINT)
    output, errors = child.communicate(timeout=60)
    assert child.returncode == 130
    assert "Stopped. What is done is stored; the same command again goes on from here." in errors
    done = int(output.splitlines()[-1].split()[0])
    db = open_database(tmp_path / "db" / "quotes.db")
    assert db.table("articles").count == done < 500
    assert verify(db) == []
