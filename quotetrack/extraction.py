"""From articles to quotations with their speakers: a pure function, articles in, extractions out.

marks → passages → Stanza → mentions and rules → ranker → referents
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import islice

from quotetrack.quotations.marks import Quoted, find_quoted
from quotetrack.records import Article, Extraction, Span

# Articles read at once: enough for Stanza to batch sentences of one length, few enough to stream.
BATCH_ARTICLES = 32
# Paragraphs parsed around each one with a quotation, for the speakers whom a quotation continues.
NEIGHBOURS = 1

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")


def extract(article: Article, models: str = "bundled") -> Extraction:
    """Find the quotations of one article and who says them."""
    return next(extract_many([article], models))


def extract_many(articles: Iterable[Article], models: str = "bundled") -> Iterator[Extraction]:
    """Extract from many articles, lazily, in their order.

    `models` is "bundled", "stanford" or a folder of Stanza models. Raises `ModelsUnavailableError` where they
    cannot be loaded.
    """
    waiting = iter(articles)
    while batch := list(islice(waiting, BATCH_ARTICLES)):
        yield from _extract_batch(batch, models)


@cache
def _parser(models: str) -> Parser:  # noqa: F821
    from quotetrack.language.parse import Parser

    return Parser(models)


def _extract_batch(articles: Sequence[Article], models: str) -> list[Extraction]:
    from quotetrack.quotations.attribution import attribute

    quoted = [find_quoted(article.text) for article in articles]
    if not any(quoted):
        return [Extraction(article, ()) for article in articles]
    parses = _parser(models).parse(
        [choose_passages(article.text, found) for article, found in zip(articles, quoted, strict=True)]
    )
    return [
        Extraction(article, quotations)
        for article, quotations in zip(articles, attribute(articles, quoted, parses), strict=True)
    ]


def choose_passages(text: str, quoted: Sequence[Quoted]) -> list[Request]:  # noqa: F821
    """The paragraphs to read: those with quotations and their neighbours in full, the others for names."""
    from quotetrack.language.parse import Request
    from quotetrack.language.passages import make_passage

    if not quoted:
        return []
    paragraphs = [(m.start(), m.end()) for m in _PARAGRAPH.finditer(text) if m.group().strip()]
    spans = [Span(q.start, q.end) for q in quoted]
    within: list[list[Span]] = []
    at = 0
    for start, end in paragraphs:
        while at < len(spans) and spans[at].end <= start:
            at += 1
        within.append([])
        for span in spans[at:]:
            if span.start >= end:
                break
            within[-1].append(span)
    wanted = {
        near
        for number, inner in enumerate(within)
        if inner
        for near in range(number - NEIGHBOURS, number + NEIGHBOURS + 1)
    }
    return [
        Request(make_passage(text, start, end, inner), number in wanted)
        for number, ((start, end), inner) in enumerate(zip(paragraphs, within, strict=True))
    ]
