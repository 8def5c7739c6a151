"""Plain text and Markdown: one file, one article."""

from __future__ import annotations

from typing import BinaryIO

from quotetrack.records import Article
from quotetrack.sources.items import Failed, Found, Item

# A first line as short as this, on its own and without a full stop, is a heading: newspapers' seldom reach
# 100.
MAX_TITLE = 150


def read_text(source: str, stream: BinaryIO) -> Item:
    """The article in `stream`, which is UTF-8 with or without a byte-order mark."""
    try:
        text = stream.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return Failed(source, f"not UTF-8 (byte {error.start})")
    return Found(source, Article(id=source, text=text, title=_title(text)))


def _title(text: str) -> str | None:
    first, _, rest = text.lstrip().partition("\n")
    first = first.strip().lstrip("# ")
    alone = rest.startswith(("\n", "\r\n"))
    return first if first and alone and len(first) <= MAX_TITLE and first[-1] not in '.”"' else None
