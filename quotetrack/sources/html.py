"""Web pages: trafilatura tells the article from the menus around it."""

from __future__ import annotations

import codecs
import re
from typing import BinaryIO, cast
from urllib.parse import urlsplit

import trafilatura
from trafilatura.settings import Document

from quotetrack.records import Article
from quotetrack.sources.address import plain_address
from quotetrack.sources.dates import iso_date
from quotetrack.sources.items import Failed, Found, Item

# In the server's Content-Type, and in a page's first kilobytes.
_CHARSET = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]+)""", re.IGNORECASE)
DECLARED_WITHIN = 4096
# What browsers take these to mean (WHATWG Encoding).
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}

# A tag with more attributes is made to do harm: the parser compares each with all others.
_OVERLOADED_TAG = re.compile(rb"""<\w[^\s>]*+(?:\s++[^\s=<>]++(?:=(?:"[^"]*"|'[^']*'|[^\s>"']*+))?){1000}""")

# A page of that size is no article, and taking it apart would take minutes and gigabytes.
MAX_BYTES = 20_000_000


def read_html(source: str, stream: BinaryIO, url: str | None = None, content_type: str | None = None) -> Item:
    """The article in the page that `stream` holds.

    `url` is where it was found, and `content_type` what the server said of it, as far as that is known.
    """
    page = stream.read(MAX_BYTES + 1)
    if len(page) > MAX_BYTES:
        return Failed(source, f"a page of more than {MAX_BYTES // 1_000_000} MB")
    if not page.strip():
        return Failed(source, "empty")
    if _OVERLOADED_TAG.search(page):
        return Failed(source, "a tag with more than 1,000 attributes")
    try:
        found = cast(
            Document | None,
            trafilatura.bare_extraction(
                _decoded(page, content_type), url=url, with_metadata=True, include_comments=False
            ),
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
        id=plain_address(address) if address and urlsplit(address).path.strip("/") else source,
        text=found.text,
        title=found.title or None,
        url=address,
        outlet=found.sitename or None,
        author=found.author or None,
        published=published,
    )
    return Found(source, article, note)


def _decoded(page: bytes, content_type: str | None) -> str | bytes:
    """A page's characters by what it shows or says; its bytes, to be guessed from, where that is not so."""
    if page.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return page.decode("utf-16", errors="replace")
    head = page[:DECLARED_WITHIN].decode("ascii", errors="ignore")
    declared = [match[1] for text in (content_type or "", head) for match in _CHARSET.finditer(text)]
    # What is valid UTF-8 is hardly ever anything else, whatever it says.
    for name in ("utf-8-sig", *declared):
        try:
            known = codecs.lookup(name).name
            return page.decode(_MEANT.get(known, known))
        except (LookupError, ValueError):
            continue
    return page
