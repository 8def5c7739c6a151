"""Tables: an article a row, with the names of the columns in the first row."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from typing import BinaryIO

from quotetrack.sources.fields import FIELDS, from_fields, names_looked_for
from quotetrack.sources.form import MAX_LINE, Form, as_text, bounded_lines
from quotetrack.sources.items import MAX_CHARACTERS, Failed, Item

# Python's own limit of 131,072 characters a cell is less than a long article.
csv.field_size_limit(MAX_CHARACTERS)

# What parts the cells of a .csv depends on the country; the first row shows it.
DELIMITERS = ",;\t|"
# Excel's own hint, in a line before the first.
_HINT = re.compile(r"sep=(.)\s*")


def read_table(source: str, stream: BinaryIO, form: Form) -> Iterator[Item]:
    """The articles of a table, whatever parts its cells; a row that is none fails alone."""
    # Bytes that are no characters spoil their own row only: the check that every article passes reports them.
    lines = bounded_lines(as_text(stream, form))
    first = next(lines, None) or ""
    if hint := _HINT.fullmatch(first):
        first = next(lines, None) or ""
    delimiter, names = (hint[1], _cells(first, hint[1])) if hint else _parted(first, form.columns)
    columns = _columns(names, form.columns)
    if columns["text"] not in names:
        have, wanted = ", ".join(names) or "none", names_looked_for("text", form.columns)
        yield Failed(source, f"no column {wanted} (columns: {have}); name it with --column text=NAME")
        return
    rows = csv.DictReader(_Lines(chain([first], lines)), delimiter=delimiter, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Failed(f"{source}:{number}", f"a damaged row, perhaps a quotation mark too many ({error})")
            continue
        row.pop(None, None)
        yield from_fields(f"{source}:{number}", row, columns)


class _Lines:
    """Lines for the reader of tables, which goes on after one that is too long."""

    def __init__(self, lines: Iterator[str | None]) -> None:
        self._lines = lines

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = next(self._lines)
        if line is None:
            raise csv.Error(f"more than {MAX_LINE // 1_000_000} million characters")
        return line


def _parted(first: str, columns: Mapping[str, str]) -> tuple[str, Sequence[str]]:
    """The delimiter by which the first row has a column for the text, else the most columns."""

    def fits(delimiter: str) -> tuple[bool, int]:
        names = _cells(first, delimiter)
        return _columns(names, columns)["text"] in names, len(names)

    best = max(DELIMITERS, key=fits)
    return best, _cells(first, best)


def _cells(line: str, delimiter: str) -> list[str]:
    return next(csv.reader([line], delimiter=delimiter), [])


def _columns(names: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """The name that each field has in this table; case and spaces around it do not matter."""
    plain = {name.strip().casefold(): name for name in reversed(names)}

    def found(name: str) -> str | None:
        return name if name in names else plain.get(name.strip().casefold())

    return {field: found(columns.get(field, field)) or found(field) or field for field in FIELDS}
