"""Web pages: trafilatura tells the article from the menus around it."""

from __future__ import annotations

from typing import BinaryIO, cast
from urllib.parse import urlsplit

import trafilatura
from trafilatura.settings import Document

from quotetrack.records import Article
from quotetrack.sources.dates import iso_date
from quotetrack.sources.items import Failed, Found, Item

# A page of that size is no article, and taking it apart would take minutes and gigabytes.
MAX_BYTES = 20_000_000


def read_html(source: str, stream: BinaryIO, url: str | None = None) -> Item:
    """The article in the page that `stream` holds; `url` is where it was found, if that is known."""
    page = stream.read(MAX_BYTES + 1)
    if len(page) > MAX_BYTES:
        return Failed(source, f"a page of more than {MAX_BYTES // 1_000_000} MB")
    if not page.strip():
        return Failed(source, "empty")
    try:
        found = cast(
            Document | None,
            trafilatura.bare_extraction(page, url=url, with_metadata=True, include_comments=False),
        )
    except Exception as error:
        # A parser of other people's pages may fail in ways of its own; one page must not stop the others.
        return Failed(source, f"not readable as a page ({type(error).__name__}: {error})")
    if found is None or not found.text:
        return Failed(source, "no article found in the page")
    published, note = iso_date(found.date)
    address = url or found.url
    article = Article(
        # Some sites give their front page as the address of every article.
        id=address if address and urlsplit(address).path.strip("/") else source,
        text=found.text,
        title=found.title or None,
        url=address,
        outlet=found.sitename or None,
        author=found.author or None,
        published=published,
    )
    return Found(source, article, note)
