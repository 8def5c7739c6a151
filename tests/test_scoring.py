"""The measures of accuracy: on cases worked out by hand, and equal to the scorer that others use."""

from __future__ import annotations

import importlib.util
import json
import random
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from benchmarks.accuracy.calibration import Claim, bins, claims, expected_error, sure
from benchmarks.accuracy.errors import errors_of
from benchmarks.accuracy.rules import rule_worths
from benchmarks.gold import BENCH, GoldArticle, GoldQuote, load_file, load_own
from benchmarks.scoring import Prediction, compare, count, same_name
from quotetrack.records import Span

SCORER = BENCH / "score.py"
TEXT = (
    "“We will win,” said Jane Doe of the “big match”.\n"
    "“I doubt it,” her rival John Roe said. He\n"
    "called it “a joke” and left.\n"
)


def quote(
    words: str, source: str | None = None, names: tuple[str, ...] | None = (), **fields: Any
) -> GoldQuote:
    start = TEXT.index(words)
    at = TEXT.index(source) if source else 0
    sources = (Span(at, at + len(source)),) if source else ()
    given: dict[str, Any] = {"speech": True, "type": "person" if source else None, **fields}
    return GoldQuote(start, start + len(words), sources=sources, names=names, **given)


def predicted(
    words: str, mention: str | None = None, speaker: str | None = None, **fields: Any
) -> Prediction:
    start = TEXT.index(words)
    at = TEXT.index(mention) if mention else 0
    span = Span(at, at + len(mention)) if mention else None
    return Prediction(start, start + len(words), span, speaker, **fields)


GOLD = GoldArticle(
    "a",
    TEXT,
    (
        quote("“We will win,”", "Jane Doe", ("Jane Doe",)),
        quote("“big match”", speech=False),
        quote("“I doubt it,”", "her rival John Roe", ("John Roe",)),
        quote("“a joke”", "He", ("John Roe",)),
    ),
)


def test_figures_by_hand() -> None:
    found = [
        predicted("We will win,", "Jane Doe", "Dr. Jane Doé"),
        predicted("big match", "Jane Doe", "Jane Doe"),
        predicted("I doubt it,", "John Roe", "Roe"),
    ]
    figures = count([compare(GOLD, found)])
    assert figures.detection == (2 / 3, 2 / 3, 2 / 3)
    assert figures.speaker_accuracy == 1
    assert figures.end_to_end == (2 / 3, 2 / 3, 2 / 3)
    assert figures.named == (1 / 3, 1 / 3, 1 / 3)
    assert figures.silent == 0


def test_a_quotation_in_two_paragraphs_counts_in_each() -> None:
    start, end = TEXT.index("I doubt"), TEXT.index(" and left")
    figures = count([compare(GOLD, [Prediction(start, end)])])
    assert (figures.predicted, figures.found) == (2, 0)


def test_segments_that_are_not_scored_are_left_out() -> None:
    gold = replace(GOLD, quotes=(quote("“big match”", speech=None),))
    assert count([compare(gold, [predicted("big match")])]).predicted == 0


def test_a_quotation_without_a_source_in_the_gold_standard_counts_for_detection_alone() -> None:
    gold = replace(GOLD, quotes=(quote("“a joke”"), quote("“I doubt it,”", "John Roe", None)))
    figures = count(
        [compare(gold, [predicted("a joke", "He", "Jane"), predicted("I doubt it,", "John Roe")])]
    )
    assert figures.detection.f1 == figures.end_to_end.f1 == 1


@pytest.mark.parametrize(
    ("name", "wanted", "same"),
    [
        ("President Joe Biden", "Joe Biden", True),
        ("Joe R. Biden", "Joe Biden", True),
        ("Joe Robinette Quincy Biden", "Joe Biden", False),
        ("Biden", "Joe Biden", False),
        ("Émile ZOLA", "Emile Zola", True),
        (None, "Joe Biden", False),
        ("The President", "The President", False),  # nothing but titles
    ],
)
def test_names(name: str | None, wanted: str, same: bool) -> None:
    assert same_name(name, [wanted]) is same


def test_calibration() -> None:
    made = [Claim(0.95, True), Claim(1.0, True), Claim(0.9, False), Claim(0.2, True), Claim(0.4, False)]
    assert sure(made) == (3, 2)
    low, *between, almost, full = bins(made)
    assert (low.count, low.right, almost.count, full.count) == (2, 1, 1, 2)
    assert sum(b.count for b in between) == 0
    # |1 - 0.6| in the lowest bin, |0 - 0.9| and |2 - 1.95| in the highest two, over five claims.
    assert expected_error(made) == pytest.approx((0.4 + 0.9 + 0.05) / 5)


def test_rules_and_claims_count_what_is_no_speech_as_wrong() -> None:
    found = [
        predicted("We will win,", "Jane Doe", "Jane Doe", rule="said", confidence=0.9),
        predicted("big match", "Jane Doe", "Jane Doe", rule="said", confidence=0.6),
    ]
    comparison = compare(GOLD, found)
    (said,) = rule_worths([comparison])
    assert (said.fires, said.right, said.no_speech) == (2, 1, 1)
    assert claims([comparison]) == [Claim(0.9, True), Claim(0.6, False)]


def test_errors_are_sorted_into_kinds() -> None:
    found = [
        predicted("We will win,", "Jane Doe", "Doe", type="person"),
        predicted("big match", "Jane Doe", "Jane Doe"),
        predicted("I doubt it,", "He", "Jane Doe", type="person"),
    ]
    assert {(error.stage, error.kind) for error in errors_of(compare(GOLD, found))} == {
        ("name", "only a part of the name"),
        ("extra", "a scare quote or term of fewer than 4 words"),
        ("speaker", "a pronoun"),
        ("missed", "a fragment of fewer than 4 words"),
    }


def test_a_description_that_keeps_its_own_words_was_not_resolved() -> None:
    gold = replace(GOLD, quotes=(quote("“I doubt it,”", "her rival", ("John Roe",)),))
    found = predicted("I doubt it,", "her rival", "her rival", type="unnamed")
    (error,) = errors_of(compare(gold, [found]))
    assert (error.stage, error.kind) == ("name", "a description not resolved")


@pytest.mark.skipif(not SCORER.is_file(), reason="../shared is not here, with the scorer to compare with")
@pytest.mark.parametrize("standard", ["own", "newswire_dev", "polnear_dev"])
def test_figures_equal_those_of_the_shared_scorer(standard: str, tmp_path: Path) -> None:
    path = BENCH / f"{standard}.jsonl"
    articles = load_own() if standard == "own" else load_file(path)
    if standard == "own":
        path = tmp_path / "own.jsonl"
        path.write_text("\n".join(json.dumps(_record(article)) for article in articles), encoding="utf-8")
    chance = random.Random(standard)
    made = {article.id: _made_up(article, chance) for article in articles}
    theirs, _ = _scorer().score(
        _scorer().load(path), {key: {"quotes": [_plain(p) for p in m]} for key, m in made.items()}
    )
    assert count([compare(article, made[article.id]) for article in articles]).as_dict() == theirs


def _scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_score", SCORER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _made_up(article: GoldArticle, chance: random.Random) -> list[Prediction]:
    """Predictions that are right, nearly right and wrong in every way, some over paragraphs, some twice."""
    made = []
    for gold in article.quotes:
        if chance.random() < 0.2:
            continue
        start = max(0, gold.start + chance.choice([0, 0, 1, -3, -40]))
        end = min(len(article.text), gold.end + chance.choice([0, 0, -1, 5, 60, 400]))
        mention = chance.choice([*gold.sources, None, Span(max(0, start - 9), max(0, start - 9) + 5)])
        names = [None, "He", *(gold.names or ())]
        speaker = chance.choice([*names, *(f"Mr. {name.upper()}" for name in gold.names or ())])
        if start < end:
            made += [Prediction(start, end, mention, speaker)] * chance.choice([1, 1, 1, 2])
    return made


def _plain(prediction: Prediction) -> dict[str, Any]:
    return {
        "start": prediction.start,
        "end": prediction.end,
        "speaker_start": prediction.mention and prediction.mention.start,
        "speaker_end": prediction.mention and prediction.mention.end,
        "speaker": prediction.speaker,
    }


def _record(article: GoldArticle) -> dict[str, Any]:
    quotes = [
        {
            "start": quote.start,
            "end": quote.end,
            "speech": quote.speech,
            "sources": [[source.start, source.end] for source in quote.sources],
            "names": list(quote.names or ()),
            "type": quote.type,
        }
        for quote in article.quotes
    ]
    return {"id": article.id, "text": article.text, "quotes": quotes}
