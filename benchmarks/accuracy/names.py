"""The names of speakers by themselves: given the gold standard's mention, how often is the name right?

A quotation counts under the kind of its gold mention. A speaker whom the article never names is right where
the resolver names nobody: no person and no organisation whom the article names elsewhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from benchmarks.gold import GoldArticle, GoldQuote
from benchmarks.scoring import NAMED_TYPES, name_words, same_name, shared
from benchmarks.tables import Cell, table
from quotetrack.extraction import BATCH_ARTICLES, choose_passages
from quotetrack.language.parse import Parser
from quotetrack.quotations.coreference import Resolver
from quotetrack.quotations.english import PRONOUNS
from quotetrack.quotations.marks import find_quoted
from quotetrack.quotations.mentions import Mention, find_mentions
from quotetrack.quotations.reading import Reading, make_reading
from quotetrack.records import Span, Speaker

KINDS = (
    "name in full",
    "part of a name",
    "pronoun",
    "description",
    "organisation in full",
    "organisation",
    "document",
    "unnamed",
)


@dataclass(frozen=True, slots=True)
class Naming:
    """What became of a gold quotation's mention; `speaker` is None where we have no such mention."""

    article: GoldArticle
    gold: GoldQuote
    kind: str
    mention: Mention | None
    speaker: Speaker | None
    right: bool


def name_mentions(article: GoldArticle, reading: Reading) -> Iterator[Naming]:
    """Resolve the gold mentions of one article, all the article's mentions known."""
    mentions = find_mentions(reading)
    gold = [
        (quote, gold_mention(reading, quote.sources, mentions))
        for quote in article.quotes
        if quote.sources and quote.names
    ]
    speaking = {mention.head: 0 for _, mention in gold if mention is not None}
    resolver = Resolver(reading)
    resolver.resolve(mentions, speaking)
    for quote, mention in gold:
        speaker = None if mention is None else resolver.speaker(mention)
        yield Naming(article, quote, _kind(article.text, quote), mention, speaker, _right(quote, speaker))


def measure_names(articles: Sequence[GoldArticle], models: str = "bundled") -> list[Naming]:
    """Resolve the gold mentions of a standard's articles; nothing where it tells no names."""
    if not any(quote.names for article in articles for quote in article.quotes):
        return []
    readings = _read_all(articles, models)
    return [n for a, r in zip(articles, readings, strict=True) for n in name_mentions(a, r)]


def _read_all(articles: Sequence[GoldArticle], models: str) -> Iterator[Reading]:
    """The articles as the attribution reads them."""
    parser = Parser(models)
    for start in range(0, len(articles), BATCH_ARTICLES):
        batch = articles[start : start + BATCH_ARTICLES]
        quoted = [find_quoted(a.text) for a in batch]
        parses = parser.parse([choose_passages(a.text, q) for a, q in zip(batch, quoted, strict=True)])
        for article, found, parse in zip(batch, quoted, parses, strict=True):
            yield make_reading(article.text, found, parse)


def names_table(namings: Iterable[Naming]) -> str:
    """Per kind of mention: quotations, those whose mention we have, and of these the right names."""
    namings = list(namings)
    total = Counter(n.kind for n in namings)
    had = Counter(n.kind for n in namings if n.speaker is not None)
    right = Counter(n.kind for n in namings if n.right)
    rows: list[list[Cell]] = [
        [kind, total[kind], had[kind], right[kind], right[kind] / max(1, had[kind])] for kind in KINDS
    ]
    named = [n for n in namings if n.gold.type in NAMED_TYPES]
    for label, some in (("all that are named", named), ("all", namings)):
        known = [n for n in some if n.speaker is not None]
        good = sum(n.right for n in some)
        rows.append([label, len(some), len(known), good, good / max(1, len(known))])
    return table("Names, given the mention", ["mention", "quotations", "mentions", "right", "share"], rows)


def gold_mention(reading: Reading, sources: Iterable[Span], mentions: Sequence[Mention]) -> Mention | None:
    """Our mention that a gold source means: the one whose head hangs on a word outside it.

    Of several sources it is the first that has one.
    """
    for source in sources:
        inner = [m for m in mentions if m.span.start < source.end and source.start < m.span.end]
        outside = [
            m
            for m in inner
            if source.start <= reading.words[m.head].start < source.end
            and not _within(reading, reading.heads[m.head], source)
        ]
        if inner:
            return max(outside or inner, key=lambda m: shared(m.span, source))
    return None


def _within(reading: Reading, i: int, source: Span) -> bool:
    return i >= 0 and source.start <= reading.words[i].start < source.end


def _kind(text: str, quote: GoldQuote) -> str:
    source = quote.sources[0]
    words = text[source.start : source.end]
    if quote.type not in NAMED_TYPES:
        return quote.type or "unnamed"
    wanted = [name_words(name) for name in quote.names or ()]
    got = name_words(words)
    if words.lower() in PRONOUNS:
        return "pronoun"
    if quote.type == "organisation":
        return "organisation in full" if any(w <= got for w in wanted) else "organisation"
    if any(w <= got for w in wanted):
        return "name in full"
    return "description" if words.split()[-1][0].islower() else "part of a name"


def _right(quote: GoldQuote, speaker: Speaker | None) -> bool:
    if speaker is None:
        return False
    if quote.type in NAMED_TYPES:
        return same_name(speaker.name, quote.names or ())
    return speaker.type not in NAMED_TYPES or any(
        name_words(speaker.name) & name_words(name) for name in quote.names or ()
    )
