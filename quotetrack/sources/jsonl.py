"""JSON lines: an article a line, read one by one however long the file is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping

from quotetrack.sources.fields import from_fields
from quotetrack.sources.items import Failed, Item


def read_jsonl(source: str, lines: Iterable[bytes], columns: Mapping[str, str]) -> Iterator[Item]:
    """The articles of `lines`; a line that is none fails alone."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _read_line(f"{source}:{number}", line, columns)


def _read_line(source: str, line: bytes, columns: Mapping[str, str]) -> Item:
    try:
        values = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        return Failed(source, f"not UTF-8 (byte {error.start} of the line)")
    except (json.JSONDecodeError, RecursionError) as error:
        return Failed(source, f"not JSON ({error})")
    if not isinstance(values, dict):
        return Failed(source, "not a JSON object")
    return from_fields(source, values, columns)
