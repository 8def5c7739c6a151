"""Hand-made articles and a tiny extractor for tests that are not about extraction."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from quotetrack.records import Article, Attribution, Extraction, Quotation, Span, Speaker

# “Words,” said Jane Doe and John Roe.   “Words,” said a source.   “Words.”
_NAME = r"(?:a source|[A-Z][\w’-]*(?: [A-Z][\w’-]*)*)"
_SAID = re.compile(rf"“(?P<words>[^”]*)”(?: (?P<cue>said|says) (?P<names>{_NAME}(?: and {_NAME})*))?")


def article(text: str, id: str = "a1", **metadata: str | None) -> Article:
    return Article(id=id, text=text, **metadata)


def extract_one(article: Article) -> Extraction:
    """Every “…” of the article, with the speakers that `said` names after it."""
    return Extraction(article, tuple(_quotation(match) for match in _SAID.finditer(article.text)))


def fake_extractor(articles: Iterable[Article]) -> Iterator[Extraction]:
    return map(extract_one, articles)


def _quotation(match: re.Match[str]) -> Quotation:
    start, end = match.span("words")
    return Quotation(start, end, match["words"], True, 0.9, tuple(_attributions(match)))


def _attributions(match: re.Match[str]) -> Iterator[Attribution]:
    if match["names"]:
        for name in re.finditer(_NAME, match["names"]):
            offset = match.start("names")
            mention = Span(offset + name.start(), offset + name.end())
            speaker = Speaker(name[0], "unnamed" if name[0] == "a source" else "person")
            yield Attribution(speaker, mention, Span(*match.span("cue")), "said-before", 0.8)
