"""Feeds (RSS, Atom) and sitemaps: the addresses of articles that they list."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import feedparser
from lxml import etree

from quotetrack.sources.web import Fetcher, FetchError

# Sitemaps may list sitemaps, as large sites' do; not more levels than the protocol has.
MAX_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that a feed lists, with what the feed says about it."""

    url: str
    title: str | None = None
    outlet: str | None = None
    published: str | None = None


def entries(url: str, fetcher: Fetcher, depth: int = MAX_DEPTH) -> Iterator[Entry]:
    """The articles that the feed or sitemap at `url` lists. Raises FetchError where it is neither."""
    _, body = fetcher.fetch(url)
    root = _xml(body)
    kind = etree.QName(root).localname if root is not None else ""
    if kind == "sitemapindex":
        for location in _locations(root) if depth else ():
            yield from entries(location, fetcher, depth - 1)
    elif kind == "urlset":
        yield from (Entry(location) for location in _locations(root))
    else:
        feed = feedparser.parse(body)
        if not feed.version:
            raise FetchError("neither a feed nor a sitemap")
        outlet = feed.feed.get("title")
        for entry in feed.entries:
            if link := entry.get("link"):
                yield Entry(link, entry.get("title"), outlet, entry.get("published") or entry.get("updated"))


def _xml(body: bytes) -> etree._Element | None:
    # No entities, no network: what a feed says is not to be trusted.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        return etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _locations(root: etree._Element) -> Iterator[str]:
    for location in root.iterfind("{*}*/{*}loc"):
        if location.text:
            yield location.text.strip()
