"""The generated documentation is current, and every table and column is described."""

import importlib.util
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


@pytest.mark.parametrize("path", generate.GENERATED, ids=lambda path: path.name)
def test_generated_files_are_current(path):
    assert path.read_text(encoding="utf-8") == generate.GENERATED[path](), "run 'make docs'"
