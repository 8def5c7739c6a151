"""Feeds (RSS, Atom) and sitemaps: the addresses of articles that they list."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

import feedparser
from lxml import etree

from quotetrack.sources.items import Failed
from quotetrack.sources.web import MAX_BYTES, Fetcher, FetchError

# Sitemaps may list sitemaps, as large sites' do; not more levels than the protocol has.
MAX_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed lists, with what the feed says about it."""

    url: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None


def entries(url: str, fetcher: Fetcher, depth: int = MAX_DEPTH) -> Iterator[Entry | Failed]:
    """The articles that the feed or sitemap at `url` lists, and the sitemaps listed there that cannot be had.

    Raises FetchError where `url` is neither.
    """
    found = fetcher.fetch(url)
    address, body = found.url, _unpacked(found.body)
    root = _xml(body)
    kind = etree.QName(root).localname if root is not None else ""
    if kind == "sitemapindex":
        for entry in _listed(root, address) if depth else ():
            try:
                yield from entries(entry.url, fetcher, depth - 1)
            except FetchError as error:
                yield Failed(entry.url, str(error))
    elif kind == "urlset":
        yield from _listed(root, address)
    else:
        # With its own address, so that relative links lead somewhere.
        feed = feedparser.parse(body, response_headers={"content-location": address})
        if not feed.version:
            raise FetchError("neither a feed nor a sitemap")
        outlet = feed.feed.get("title")
        for one in feed.entries:
            if link := one.get("link"):
                published = one.get("published") or one.get("updated")
                yield Entry(urljoin(address, link), one.get("title"), outlet, published)


def _unpacked(body: bytes) -> bytes:
    """Large sitemaps come as files that are gzipped, beside what HTTP packs on the way."""
    if not body.startswith(b"\x1f\x8b"):
        return body
    try:
        unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
        unpacked = unpack.decompress(body, MAX_BYTES)
    except zlib.error as error:
        raise FetchError(f"damaged gzip file ({error})") from error
    if unpack.unconsumed_tail:
        raise FetchError(f"more than {MAX_BYTES // 1_000_000} MB")
    return unpacked


def _xml(body: bytes) -> etree._Element | None:
    # No entities, no network: what a feed says is not to be trusted.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _listed(root: etree._Element, address: str) -> Iterator[Entry]:
    """What a sitemap lists; one for news tells more about each."""
    for listed in root.iterfind("{*}*"):
        if location := listed.findtext("{*}loc"):
            yield Entry(
                urljoin(address, location.strip()),
                listed.findtext("{*}news/{*}title"),
                listed.findtext("{*}news/{*}publication/{*}name"),
                listed.findtext("{*}news/{*}publication_date"),
            )
