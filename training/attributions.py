"""Annotated articles as the ranker learns from them: parsed, described and labelled.

PolNeAR's training part (`bench/polnear_train.jsonl`), the annotated newswire (`training/annotations`) and
the articles written for this project (`training/articles`, and `training/wire` for coreference alone). Parses
are kept in the work folder, for they take most of the time.
"""

from __future__ import annotations

import json
import pickle
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from quotetrack.extraction import BATCH_ARTICLES, choose_passages
from quotetrack.language.loading import model_identity
from quotetrack.language.parse import Parse, Parser
from quotetrack.quotations.features import Example, describe
from quotetrack.quotations.marks import Quoted, find_quoted
from quotetrack.quotations.mentions import Mention, find_mentions
from quotetrack.quotations.ranker import NO_SPEAKER, NOT_SPEECH
from quotetrack.quotations.reading import Reading, make_reading
from quotetrack.quotations.relatives import antecedents
from quotetrack.quotations.rules import propose
from tests.gold_markup import compile_article

ARTICLES = Path(__file__).parent / "articles"
# Plain, long reports with bodies, documents and people under other names: to learn who is meant.
WIRE = Path(__file__).parent / "wire"
# A quotation of ours is a gold segment's where they share this much of their union, as when scoring.
SAME = 0.5

# From a word of a source up to the one that it names, says more of, or is listed with.
SAME_SOURCE = ("flat", "flat:name", "appos", "nmod:desc", "conj")

Gold = dict[str, Any]


@dataclass(frozen=True)
class Labelled:
    """An article's examples, and of each the rows of the ranker's answer that are right: none if unknown."""

    examples: tuple[Example, ...]
    right: tuple[tuple[int, ...], ...]


@dataclass(frozen=True)
class Annotated:
    """An article read, with the gold quotation of each of its quotations (None: in no gold standard)."""

    key: str
    reading: Reading
    mentions: tuple[Mention, ...]
    gold: tuple[Gold | None, ...]


def written_articles(folder: Path = ARTICLES) -> Iterator[Gold]:
    """The articles written for training that a folder holds, compiled."""
    for path in sorted(folder.glob("*.txt")):
        yield compile_article(path.stem, path.read_text(encoding="utf-8"))


def read_gold(path: Path) -> Iterator[Gold]:
    """The records of a gold standard's JSON lines."""
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def annotate(articles: Sequence[Gold], work: Path) -> Iterator[Annotated]:
    """Parse the articles with the bundled models and lay their gold quotations beside ours."""
    parses = _parses(articles, work)
    for article in articles:
        text = article["text"]
        quoted = find_quoted(text)
        reading = make_reading(text, quoted, parses[article["id"]])
        gold = tuple(_gold_for(q, article) for q in quoted)
        yield Annotated(article["id"], reading, find_mentions(reading), gold)


def label(annotated: Annotated) -> Labelled:
    """The examples of an article, and their right answers where known and within the ranker's reach."""
    reading, mentions = annotated.reading, annotated.mentions
    examples = describe(reading, mentions, [propose(reading, n) for n in range(len(reading.quoted))])
    right = tuple(_right(example, annotated, annotated.gold[example.number]) for example in examples)
    return Labelled(tuple(examples), right)


def _right(example: Example, annotated: Annotated, gold: Gold | None) -> tuple[int, ...]:
    if gold is None or gold["speech"] is None:
        return ()
    if not gold["speech"]:
        return (NOT_SPEECH,)
    if not gold["sources"]:
        return (NO_SPEAKER,)
    reading = annotated.reading
    within = [
        (2 + at, annotated.mentions[n].head, words)
        for at, n in enumerate(example.mentions)
        for start, end in gold["sources"]
        if _overlap(annotated.mentions[n], start, end) and (words := reading.between(start, end))
    ]
    leading = [at for at, head, words in within if _leads(reading, head, words)]
    right = set(leading or (at for at, _, _ in within))
    # “Petrova, who said”: some annotators mark the one, some the other, and both are.
    heads = [annotated.mentions[n].head for n in example.mentions]
    for pronoun, noun in antecedents(reading, heads).items():
        if not right.isdisjoint((2 + pronoun, 2 + noun)):
            right |= {2 + pronoun, 2 + noun}
    return tuple(sorted(right))


def _overlap(mention: Mention, start: int, end: int) -> bool:
    return mention.span.start < end and start < mention.span.end


def _leads(reading: Reading, head: int, words: range) -> bool:
    """Whether a word is what a source is about, or its name: of Petrova’s spokesman it is not Petrova."""
    while head in words and reading.words[head].deprel in SAME_SOURCE:
        head = reading.heads[head]
    return head not in words or reading.heads[head] not in words


def _gold_for(quoted: Quoted, article: Gold) -> Gold | None:
    """The gold segment that a quotation's first paragraph shares most with, if that is enough."""
    line_end = article["text"].find("\n", quoted.start)
    end = quoted.end if line_end < 0 else min(quoted.end, line_end)

    def shared(gold: Gold) -> float:
        inner = min(end, gold["end"]) - max(quoted.start, gold["start"])
        return max(0, inner) / (max(end, gold["end"]) - min(quoted.start, gold["start"]))

    best = max(article["quotes"], key=shared, default=None)
    return best if best is not None and shared(best) >= SAME else None


def _parses(articles: Sequence[Gold], work: Path) -> dict[str, Parse]:
    """The articles' parses, from the work folder where the same models read the same texts before."""
    texts = json.dumps([(a["id"], a["text"]) for a in articles])
    key = sha256(f"{model_identity()} {texts}".encode()).hexdigest()[:16]
    kept = work / f"parses-{key}.pickle"
    if kept.exists():
        return pickle.loads(kept.read_bytes())
    parser = Parser()
    parses: dict[str, Parse] = {}
    for start in range(0, len(articles), BATCH_ARTICLES):
        batch = articles[start : start + BATCH_ARTICLES]
        requests = [choose_passages(a["text"], find_quoted(a["text"])) for a in batch]
        parses |= zip((a["id"] for a in batch), parser.parse(requests), strict=True)
        print(f"parsed {start + len(batch)} of {len(articles)} articles", flush=True)
    kept.write_bytes(pickle.dumps(parses))
    return parses
