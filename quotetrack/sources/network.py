"""Articles from the web: an address, or what a feed or sitemap lists."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from quotetrack.sources.dates import iso_date
from quotetrack.sources.feeds import Entry, entries
from quotetrack.sources.html import read_html
from quotetrack.sources.items import Failed, Found, Item, checked
from quotetrack.sources.web import Fetcher, FetchError


def read_url(url: str, fetcher: Fetcher) -> Item:
    """The article at `url`, known by that address wherever it leads."""
    try:
        _, page = fetcher.fetch(url)
    except FetchError as error:
        return Failed(url, str(error))
    return checked(read_html(url, io.BytesIO(page), url))


def read_feeds(feeds: Iterable[str], fetcher: Fetcher, is_known: Callable[[str], bool]) -> Iterator[Item]:
    """The articles of `feeds` that are not known yet (by their address), each fetched from its page."""
    for feed in feeds:
        try:
            for entry in entries(feed, fetcher):
                if not is_known(entry.url):
                    yield _completed(read_url(entry.url, fetcher), entry)
        except FetchError as error:
            yield Failed(feed, str(error))


def _completed(item: Item, entry: Entry) -> Item:
    """What the page does not say about itself, by what the feed says about it."""
    if isinstance(item, Failed):
        return item
    article = item.article
    published, _ = iso_date(entry.published)
    return Found(
        item.source,
        replace(
            article,
            title=article.title or entry.title,
            outlet=article.outlet or entry.outlet,
            published=article.published or published,
        ),
        item.note,
    )
