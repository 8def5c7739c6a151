"""What each rule is worth: in the extraction, where the ranker has decided, and in the sieve by itself."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from benchmarks.gold import GoldArticle, GoldQuote
from benchmarks.scoring import SAME_SEGMENT, Comparison, overlaps, shared
from benchmarks.tables import Cell, table
from quotetrack.extraction import BATCH_ARTICLES, choose_passages
from quotetrack.language.parse import Parser
from quotetrack.quotations.marks import find_quoted
from quotetrack.quotations.mentions import find_mentions
from quotetrack.quotations.reading import Reading, make_reading
from quotetrack.quotations.rules import ORDER, Proposal, propose
from quotetrack.records import Span

# From so many answers on, a rule's precision tells where it belongs.
ENOUGH = 30


@dataclass(frozen=True, slots=True)
class Worth:
    """How often a rule's answer was taken and how often it was right; `no_speech` counts among the wrong."""

    rule: str
    fires: int
    right: int
    no_speech: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.fires)


@dataclass(frozen=True, slots=True)
class SieveWorth:
    """A rule measured alone: its answers wherever it has one, and where no rule before it has one.

    Counted on quotations of speech whose source the gold standard tells; `no_speech` counts its answers on
    quoted segments that are no speech.
    """

    rule: str
    fires: int
    right: int
    first: int
    first_right: int
    no_speech: int

    @property
    def precision(self) -> float:
        return self.right / max(1, self.fires)


def rule_worths(comparisons: Iterable[Comparison]) -> list[Worth]:
    """The rules that the extraction names, the most frequent first."""
    fires: Counter[str] = Counter()
    right: Counter[str] = Counter()
    no_speech: Counter[str] = Counter()
    for comparison in comparisons:
        for match in comparison.matches:
            if match.mention_right is not None and match.predicted.rule is not None:
                fires[match.predicted.rule] += 1
                right[match.predicted.rule] += match.mention_right
        for prediction in comparison.extra:
            if prediction.rule is not None:
                fires[prediction.rule] += 1
                no_speech[prediction.rule] += 1
    return [Worth(rule, n, right[rule], no_speech[rule]) for rule, n in fires.most_common()]


def rules_table(worths: Sequence[Worth]) -> str:
    """The rules' table for one gold standard."""
    total = sum(w.fires for w in worths)
    rows: list[list[Cell]] = [
        [w.rule, w.fires, w.fires / total, w.right, w.precision, w.no_speech] for w in worths
    ]
    return table(
        "Rules as the extraction names them",
        ["rule", "fires", "share", "right", "precision", "no speech"],
        rows,
    )


def measure_sieve(articles: Iterable[GoldArticle], models: str) -> tuple[list[SieveWorth], int]:
    """Each rule of the sieve, in its order, and the number of quotations that it was measured on."""
    counts = {rule: Counter[str]() for rule in ORDER}
    quotations = 0
    for article, reading in _read(articles, models):
        spans = {mention.head: mention.span for mention in find_mentions(reading)}
        for number, gold in _matched(article, reading):
            proposals = propose(reading, number)
            if not gold.speech:
                for rule in {p.rule for p in proposals}:
                    counts[rule]["no speech"] += 1
            elif gold.sources:
                quotations += 1
                _count(
                    counts, proposals, [overlaps(_span(reading, spans, p), gold.sources) for p in proposals]
                )
    return [
        SieveWorth(rule, c["fires"], c["right"], c["first"], c["first right"], c["no speech"])
        for rule, c in counts.items()
    ], quotations


def sieve_table(worths: Sequence[SieveWorth], quotations: int) -> str:
    """The sieve's table, and the order that its figures ask for where it is another."""
    rows: list[list[Cell]] = [
        [
            w.rule,
            w.fires,
            w.fires / max(1, quotations),
            w.right,
            w.precision,
            w.first,
            w.first_right / max(1, w.first),
            w.no_speech,
        ]
        for w in worths
    ]
    heads = ["rule", "fires", "share", "right", "precision", "decides", "precision so", "no speech"]
    decided, right = sum(w.first for w in worths), sum(w.first_right for w in worths)
    known = [w for w in worths if w.fires >= ENOUGH]
    measured = sorted(known, key=lambda w: -w.precision)
    verdict = (
        "The order is that of the precisions"
        if measured == known
        else f"By precision the order would be {', '.join(w.rule for w in measured)}"
    ) + f" (rules of fewer than {ENOUGH} answers apart)."
    return table(f"The sieve by itself, on {quotations:,} quotations, in its order", heads, rows) + (
        f"The sieve decides {decided:,} of them, {right:,} right ({right / max(1, decided):.3f}).\n"
        f"{verdict}\n"
    )


def _read(articles: Iterable[GoldArticle], models: str) -> Iterator[tuple[GoldArticle, Reading]]:
    parser = Parser(models)
    waiting = iter(articles)
    while batch := list(islice(waiting, BATCH_ARTICLES)):
        quoted = [find_quoted(article.text) for article in batch]
        parses = parser.parse(
            [choose_passages(article.text, found) for article, found in zip(batch, quoted, strict=True)]
        )
        for article, found, parse in zip(batch, quoted, parses, strict=True):
            yield article, make_reading(article.text, found, parse)


def _matched(article: GoldArticle, reading: Reading) -> Iterator[tuple[int, GoldQuote]]:
    """The quotations found, by number, that are a scored gold segment."""
    for number, quoted in enumerate(reading.quoted):
        span = Span(quoted.start, quoted.end)
        gold = max(article.quotes, key=lambda g: shared(span, g), default=None)
        if gold is not None and gold.speech is not None and shared(span, gold) >= SAME_SEGMENT:
            yield number, gold


def _count(counts: dict[str, Counter[str]], proposals: Sequence[Proposal], right: Sequence[bool]) -> None:
    """Count each rule's first answer; the sieve's own is the first of all."""
    seen: set[str] = set()
    for place, (proposal, is_right) in enumerate(zip(proposals, right, strict=True)):
        if proposal.rule in seen:
            continue
        seen.add(proposal.rule)
        counted = counts[proposal.rule]
        counted["fires"] += 1
        counted["right"] += is_right
        if place == 0:
            counted["first"] += 1
            counted["first right"] += is_right


def _span(reading: Reading, spans: dict[int, Span], proposal: Proposal) -> Span:
    word = reading.words[proposal.mention]
    return spans.get(proposal.mention, Span(word.start, word.end))
