"""Articles from the web: an address, or what a feed or sitemap lists."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from urllib.parse import urlsplit

from quotetrack.sources.address import plain_address
from quotetrack.sources.dates import iso_date
from quotetrack.sources.feeds import Entry, entries
from quotetrack.sources.html import read_html
from quotetrack.sources.items import Failed, Found, Item, checked
from quotetrack.sources.pdf import read_pdf
from quotetrack.sources.web import Fetcher, FetchError


def read_url(url: str, fetcher: Fetcher) -> Item:
    """The article at `url`, known by that address wherever it leads."""
    try:
        found = fetcher.fetch(url)
    except FetchError as error:
        return Failed(url, str(error))
    stream = io.BytesIO(found.body)
    if found.body.startswith(b"%PDF-"):
        item = read_pdf(url, stream)
        if isinstance(item, Found):
            item = replace(item, article=replace(item.article, id=plain_address(url), url=url))
    else:
        item = read_html(url, stream, url, found.content_type)
    return checked(item)


def read_feeds(feeds: Iterable[str], fetcher: Fetcher, is_known: Callable[[str], bool]) -> Iterator[Item]:
    """The articles of `feeds` that are not known yet (by their address), each fetched from its page."""
    taken: set[str] = set()
    for feed in feeds:
        try:
            for entry in entries(feed, fetcher):
                if isinstance(entry, Failed):
                    yield entry
                    continue
                key = plain_address(entry.url)
                if key not in taken and not is_known(key):
                    taken.add(key)
                    yield _completed(read_url(entry.url, fetcher), entry)
        except FetchError as error:
            yield Failed(feed, str(error))


def _completed(item: Item, entry: Entry) -> Item:
    """What the page does not say about itself, by what the feed says about it."""
    if isinstance(item, Failed):
        return item
    article = item.article
    # A page that does not name its outlet is given its host's name.
    unnamed = article.outlet in (None, urlsplit(entry.url).netloc.removeprefix("www."))
    published, _ = iso_date(entry.published)
    return Found(
        item.source,
        replace(
            article,
            title=article.title or entry.title,
            outlet=(entry.outlet if unnamed else None) or article.outlet,
            published=article.published or published,
        ),
        item.note,
    )
