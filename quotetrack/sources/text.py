"""Plain text and Markdown: one file, one article."""

from __future__ import annotations

from typing import BinaryIO

from quotetrack.records import Article
from quotetrack.sources.form import MAX_BYTES, Form, encoding_of, not_in
from quotetrack.sources.items import Failed, Found, Item

# A first line as short as this, on its own and without a full stop, is a heading: newspapers' seldom reach
# 100.
MAX_TITLE = 150


def read_text(source: str, stream: BinaryIO, form: Form) -> Item:
    """The article in `stream`."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        return Failed(source, f"a text of more than {MAX_BYTES // 1_000_000} MB")
    try:
        text = data.decode(encoding_of(data[:4], form))
    except UnicodeDecodeError as error:
        return Failed(source, not_in(form, f" (byte {error.start})"))
    return Found(source, Article(id=source, text=text, title=_title(text)))


def _title(text: str) -> str | None:
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip().lstrip("# ")
    alone = rest.startswith(("\n", "\r\n"))
    return first if first and alone and len(first) <= MAX_TITLE and first[-1] not in '.”"' else None
