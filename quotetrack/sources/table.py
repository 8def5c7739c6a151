"""Tables: an article a row, with the names of the columns in the first row."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Iterator, Mapping
from typing import BinaryIO

from quotetrack.sources.fields import from_fields
from quotetrack.sources.items import Failed, Item

# Python's own limit of 131,072 characters a cell is less than a long article.
csv.field_size_limit(sys.maxsize)


def read_table(source: str, stream: BinaryIO, columns: Mapping[str, str], delimiter: str) -> Iterator[Item]:
    """The articles of a CSV or TSV file in UTF-8; `columns` gives the column for a field of another name."""
    # Bytes that are no UTF-8 spoil their own row only: the check that every article passes reports them.
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="surrogateescape", newline="")
    rows = csv.DictReader(text, delimiter=delimiter)
    try:
        names = rows.fieldnames or []
        wanted = columns.get("text", "text")
        if wanted not in names:
            have = ", ".join(names) or "none"
            yield Failed(source, f"no column {wanted!r} (columns: {have}); name it with --column text=NAME")
            return
        for number, row in enumerate(rows, start=1):
            row.pop(None, None)
            yield from_fields(f"{source}:{number}", row, columns)
    except csv.Error as error:
        yield Failed(source, f"line {rows.line_num}: {error}")
