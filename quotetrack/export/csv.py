"""Quotations as CSV for a spreadsheet or a statistics program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

# Everything a researcher cites, in this order.
COLUMNS = (
    "quotation",
    "speaker",
    "speaker_type",
    "mention",
    "cue",
    "rule",
    "confidence",
    "complete",
    "title",
    "outlet",
    "author",
    "published",
    "url",
    "start",
    "end",
    "context",
    "quotation_id",
    "speaker_id",
    "identifiers",
    "article_id",
)
BOM = "\ufeff"

# What makes a spreadsheet take a cell for a formula (OWASP, "CSV Injection").
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_lines(rows: Iterable[Mapping[str, Any]], *, bom: bool = False) -> Iterator[str]:
    """The CSV of rows of the view `quotes`, a row at a time.

    A text that a spreadsheet would take for a formula gets an apostrophe in front, which spreadsheets hide.
    `bom` starts with a byte-order mark, by which Excel knows UTF-8.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)

    def line(values: Iterable[Any]) -> str:
        buffer.seek(0)
        buffer.truncate()
        writer.writerow(values)
        return buffer.getvalue()

    yield (BOM if bom else "") + line(COLUMNS)
    for row in rows:
        yield line(_safe(row[column]) for column in COLUMNS)


def _safe(value: Any) -> Any:
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA_STARTS):
        return f"'{value}"
    return value
