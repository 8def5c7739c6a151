"""The generated documentation is current, and every table and column is described."""

import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent

spec = importlib.util.spec_from_file_location("generate", ROOT / "docs" / "generate.py")
generate = importlib.util.module_from_spec(spec)
spec.loader.exec_module(generate)


def test_every_table_and_column_is_described_and_none_that_is_not_there():
    there = {
        (table, column)
        for table, columns in generate.schema(generate.empty_database()).items()
        for column in columns
    }
    described = {
        (table, column)
        for table, about in generate.descriptions().items()
        if not table.startswith(generate.INTERNAL)
        if about.get("description", "").strip()
        for column, words in about.get("columns", {}).items()
        if words.strip()
    }
    assert described == there


# Confidences may differ in their last digit from machine to machine.
CONFIDENCE = re.compile(r"\b[01]\.\d\d\b")


@pytest.mark.parametrize("path", generate.GENERATED, ids=lambda path: path.name)
def test_generated_files_are_current(path):
    there, wanted = path.read_text(encoding="utf-8"), generate.GENERATED[path]()
    assert CONFIDENCE.sub("", there) == CONFIDENCE.sub("", wanted), "run 'make docs'"
