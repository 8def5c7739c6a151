"""JSON: an article a line, read one by one however long the file is, or a document with a list of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from quotetrack.sources.fields import from_fields
from quotetrack.sources.form import MAX_BYTES, MAX_LINE, Form, as_text, bounded_lines, encoding_of, not_in
from quotetrack.sources.items import SURROGATE, Failed, Item


def read_jsonl(source: str, stream: BinaryIO, form: Form) -> Iterator[Item]:
    """The articles of JSON lines; a line that is none fails alone."""
    for number, line in enumerate(bounded_lines(as_text(stream, form)), start=1):
        place = f"{source}:{number}"
        if line is None:
            yield Failed(place, f"a line of more than {MAX_LINE // 1_000_000} million characters")
        elif SURROGATE.search(line):
            yield Failed(place, not_in(form))
        elif line.strip():
            yield _read(place, line, form)


def read_json(source: str, stream: BinaryIO, form: Form) -> Iterator[Item]:
    """The articles of a JSON document: a list of them, or one."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        reason = (
            f"a document of more than {MAX_BYTES // 1_000_000} MB (JSON lines, .jsonl, may have any length)"
        )
        yield Failed(source, reason)
        return
    try:
        found = json.loads(data.decode(encoding_of(data[:4], form)))
    except UnicodeDecodeError as error:
        yield Failed(source, not_in(form, f" (byte {error.start})"))
    except (ValueError, RecursionError) as error:
        yield Failed(source, f"not JSON ({error})")
    else:
        if isinstance(found, list):
            for number, values in enumerate(found, start=1):
                yield _article(f"{source}:{number}", values, form)
        else:
            yield _article(source, found, form)


def _read(source: str, line: str, form: Form) -> Item:
    try:
        return _article(source, json.loads(line), form)
    except (ValueError, RecursionError) as error:
        return Failed(source, f"not JSON ({error})")


def _article(source: str, values: Any, form: Form) -> Item:
    if isinstance(values, list):
        return Failed(source, "not a JSON object but a list (a file that is one list is called .json)")
    if not isinstance(values, dict):
        return Failed(source, "not a JSON object")
    return from_fields(source, values, form.columns)
