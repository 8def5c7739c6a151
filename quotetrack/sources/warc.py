"""Web archives (WARC): every page in them that was answered in full."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any, BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.bufferedreaders import ChunkedDataException
from warcio.exceptions import ArchiveLoadFailed

from quotetrack.sources.html import read_html
from quotetrack.sources.items import Failed, Item


def read_warc(source: str, stream: BinaryIO) -> Iterator[Item]:
    """The articles of the archive in `stream`, each known by its address."""
    try:
        for record in ArchiveIterator(stream):
            url = record.rec_headers.get_header("WARC-Target-URI")
            if record.rec_type == "response" and url and _is_page(record):
                try:
                    yield read_html(f"{source}#{url}", record.content_stream(), url, _content_type(record))
                except (zlib.error, ChunkedDataException) as error:
                    yield Failed(f"{source}#{url}", f"a damaged page ({error})")
    except ArchiveLoadFailed as error:
        yield Failed(source, f"not a WARC file ({error})")


def _is_page(record: Any) -> bool:
    headers = getattr(record, "http_headers", None)
    if headers is None:
        return False
    return headers.get_statuscode() == "200" and "html" in _content_type(record).lower()


def _content_type(record: Any) -> str:
    return record.http_headers.get_header("Content-Type") or ""
