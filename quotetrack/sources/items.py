"""What a source yields: an article, or the reason why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from urllib.parse import urlsplit

from quotetrack.records import Article

# Twenty novels: no article, and more than the memory of a computer should be filled with at once.
MAX_CHARACTERS = 25_000_000
# How Python keeps bytes that are no UTF-8, and what "\\ud800" in JSON becomes.
SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Found:
    """An article and where it came from; `note` is what a person should know about how it was read.

    `typed` is `source` as the user typed its path, where that is another. `unique` is whether the article's
    id can be no other's: addresses and files are, but not numbers that a program gave its articles, or lines.
    """

    source: str
    article: Article
    note: str | None = None
    typed: str | None = None
    unique: bool = True


@dataclass(frozen=True, slots=True)
class Failed:
    """A source that no article could be had from, and why, in a line; `typed` as in `Found`."""

    source: str
    reason: str
    typed: str | None = None


Item = Found | Failed


def checked(item: Item) -> Item:
    """The item, or the failure that it is where its article could not be stored or has nothing in it."""
    if isinstance(item, Found) and (reason := _unusable(item.article)):
        return Failed(item.source, reason)
    return item


def with_outlet(item: Item) -> Item:
    """The item; where nobody names its article's outlet, the site that it is from does: "bbc.co.uk"."""
    if isinstance(item, Failed) or item.article.outlet or not item.article.url:
        return item
    try:
        host = urlsplit(item.article.url).hostname
    except ValueError:
        return item
    return replace(item, article=replace(item.article, outlet=host.removeprefix("www."))) if host else item


def _unusable(article: Article) -> str | None:
    if not article.text.strip():
        return "empty"
    if len(article.text) > MAX_CHARACTERS:
        return f"more than {MAX_CHARACTERS // 1_000_000} million characters"
    for field in fields(article):
        value = getattr(article, field.name)
        if value is None:
            continue
        if "\0" in value:
            return f"its {field.name} contains NUL characters"
        if SURROGATE.search(value):
            return f"its {field.name} is not valid UTF-8"
    return None
