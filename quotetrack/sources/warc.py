"""Web archives (WARC): every page in them that was answered in full."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from quotetrack.sources.html import read_html
from quotetrack.sources.items import Failed, Item


def read_warc(source: str, stream: BinaryIO) -> Iterator[Item]:
    """The articles of the archive in `stream`, each known by its address."""
    try:
        for record in ArchiveIterator(stream):
            url = record.rec_headers.get_header("WARC-Target-URI")
            if record.rec_type == "response" and url and _is_page(record):
                yield read_html(f"{source}#{url}", record.content_stream(), url)
    except ArchiveLoadFailed as error:
        yield Failed(source, f"not a WARC file ({error})")


def _is_page(record: object) -> bool:
    headers = getattr(record, "http_headers", None)
    if headers is None:
        return False
    return headers.get_statuscode() == "200" and "html" in (headers.get_header("Content-Type") or "")
