"""docs/review.md: a sitting with the sample articles, as the terminal shows it."""

from __future__ import annotations

import os
import re
import shlex
import tempfile
from pathlib import Path
from unittest.mock import patch

from click.testing import CliRunner

from quotetrack.cli import main

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
# What is typed, with the answers to what is asked; a line in between says why.
SESSION: tuple[str | tuple[str, str], ...] = (
    "Two names are compared without a database. `null` means that a person should look.",
    ("speakers compare Kadhemi 'Mustafa al-Kadhimi'", ""),
    ("speakers compare 'George W. Bush' 'George H. W. Bush'", ""),
    ("speakers compare Khan 'Imran Khan'", ""),
    "The samples are read, and the pairs of names that the program is unsure of are gone through.",
    ("ingest --silent samples", ""),
    ("review --only speakers", "n\nq\n"),
    "Then doubtful quotations, the least sure first. Other speakers said the first (`o`), whom nothing named "
    "so far. The second is taken for no quotation (`x`), which is thought better of (`u`): it is right "
    "(`y`). The third was said by senators whom nobody names (`n`). The rest is left for another day (`q`).",
    ("review --only quotations --below 0.75", "o\nChildren of St Brannoc’s\ny\nx\nu\ny\nn\nq\n"),
    "Everything is kept with who and why. What was decided can be taken back, here or years later, and put "
    "in force again.",
    ("decisions list", ""),
    ("decisions undo 1 --why 'the article says Iraq’s president'", ""),
    ("speakers merge Saleh 'Barham Saleh' --why 'Iraq’s president'", ""),
    ("decisions undo 1", ""),
    ("speakers merge 'Nobody Known' 'Barham Saleh'", ""),
    ("decisions undo 8", ""),
    ("decisions undo 9", ""),
    "Another model or version reads the articles again: the decisions stand, and what differs is told.",
    ("reextract --jobs 1", ""),
    ("quotes --speaker 'Children of St Brannoc’s'", ""),
    "Another team takes the decisions over. Those that it has already are passed over.",
    ("decisions export decisions.jsonl", ""),
    ("ingest --silent -d theirs.db samples", ""),
    ("decisions import -d theirs.db decisions.jsonl", ""),
    ("decisions import -d theirs.db decisions.jsonl", ""),
)


def review_session() -> str:
    """The transcript; dates and the time it took are left out, so that it is the same every day."""
    sections = [
        "# A sitting: review, merge, undo, read again",
        "<!-- Written by docs/generate.py; `make docs` writes it anew. -->",
        "The sample articles, as the terminal shows it; `tests/test_docs.py` fails where the program answers "
        "otherwise.",
    ]
    with tempfile.TemporaryDirectory() as folder:
        before = Path.cwd()
        os.chdir(folder)
        try:
            Path("samples").symlink_to(SAMPLES)
            runner = CliRunner(
                env={"QUOTETRACK_DATABASE": "quotes.db", "QUOTETRACK_USER": "ana", "COLUMNS": "100"}
            )
            for step in SESSION:
                sections.append(step if isinstance(step, str) else _typed(runner, *step))
        finally:
            os.chdir(before)
    return "\n\n".join(sections) + "\n"


def _typed(runner: CliRunner, command: str, answers: str) -> str:
    with patch("quotetrack.cli.table.to_terminal", lambda: True):
        result = runner.invoke(main, shlex.split(command), input=answers)
    output = re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d", "2022-06-08T09:30", result.output)
    return f"```text\n$ quotetrack {command}\n{output.rstrip()}".rstrip() + "\n```"
