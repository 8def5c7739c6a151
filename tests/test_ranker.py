"""What the ranker is given, and that its answers do not hang on what else is weighed with a quotation."""

from __future__ import annotations

import pytest
import torch

from benchmarks.gold import load_own
from quotetrack.extraction import choose_passages
from quotetrack.language.parse import Parser
from quotetrack.quotations.features import PAIR_SIZES, QUOTATION_SIZES, TOKEN_SIZES, Example, describe
from quotetrack.quotations.marks import find_quoted
from quotetrack.quotations.mentions import find_mentions
from quotetrack.quotations.ranker import UNKNOWN, Ranker, Shape, TrainedRanker
from quotetrack.quotations.reading import make_reading
from quotetrack.quotations.rules import propose

ARTICLES = 6


@pytest.fixture(scope="module")
def described() -> list[list[Example]]:
    texts = [article.text for article in load_own()[:ARTICLES]]
    parses = Parser().parse([choose_passages(text, find_quoted(text)) for text in texts])
    found = []
    for text, parse in zip(texts, parses, strict=True):
        reading = make_reading(text, find_quoted(text), parse)
        proposals = [propose(reading, n) for n in range(len(reading.quoted))]
        found.append(describe(reading, find_mentions(reading), proposals))
    return found


def test_every_category_is_within_its_size(described: list[list[Example]]) -> None:
    examples = [example for article in described for example in article]
    assert len(examples) > ARTICLES
    for sizes, rows in (
        (TOKEN_SIZES, [row for e in examples for row in e.tokens]),
        (PAIR_SIZES, [row for e in examples for row in e.pairs]),
        (QUOTATION_SIZES, [e.quotation for e in examples]),
    ):
        for row in rows:
            assert all(0 <= value < size for value, size in zip(row, sizes, strict=True))


def test_an_article_is_weighed_alike_alone_and_among_others(described: list[list[Example]]) -> None:
    torch.manual_seed(0)
    ranker = Ranker(Shape(words=UNKNOWN + 1, vector=8)).eval()
    trained = TrainedRanker(ranker, {}, 1.0)
    together = trained.weigh(described)
    for article, rows in zip(described, together, strict=True):
        assert [len(row) for row in rows] == [2 + len(e.candidates) for e in article]
        (alone,) = trained.weigh([article])
        for row, same in zip(rows, alone, strict=True):
            assert row == pytest.approx(same, abs=1e-5)
            assert sum(row) == pytest.approx(1, abs=1e-5)


def test_neighbours_speak_for_each_other(described: list[list[Example]]) -> None:
    torch.manual_seed(0)
    trained = TrainedRanker(Ranker(Shape(words=UNKNOWN + 1, vector=8)).eval(), {}, 1.0)
    article = max(described, key=len)
    (within,) = trained.weigh([article])
    alone = [trained.weigh([[example]])[0][0] for example in article]
    assert any(row != pytest.approx(single, abs=1e-4) for row, single in zip(within, alone, strict=True))
