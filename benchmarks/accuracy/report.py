"""One gold standard's result: everything that is measured on it, as text and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from benchmarks.accuracy.calibration import bins, calibration_table, claims, expected_error, sure
from benchmarks.accuracy.errors import Error, errors_of, errors_table, show_error
from benchmarks.accuracy.rules import rule_worths, rules_table
from benchmarks.gold import GoldArticle
from benchmarks.scoring import Comparison, Figures, Scores, compare, count, predictions_of
from benchmarks.tables import Cell, table
from quotetrack.extraction import extract_many


@dataclass(frozen=True, slots=True)
class Result:
    """A gold standard held against the extraction."""

    name: str
    comparisons: tuple[Comparison, ...]
    figures: Figures
    errors: tuple[Error, ...]


def measure(name: str, articles: Sequence[GoldArticle], models: str = "bundled") -> Result:
    """Extract from the articles of a gold standard and compare."""
    extractions = extract_many((gold.article() for gold in articles), models)
    comparisons = tuple(
        compare(gold, predictions_of(extraction))
        for gold, extraction in zip(articles, extractions, strict=True)
    )
    errors = tuple(error for comparison in comparisons for error in errors_of(comparison))
    return Result(name, comparisons, count(comparisons), errors)


def summary(results: Sequence[Result]) -> str:
    """The figures of all standards, a column each."""
    figures = [result.figures for result in results]
    rows: list[list[Cell]] = [
        ["articles", *(f.articles for f in figures)],
        ["quotations in the gold standard", *(f.gold for f in figures)],
        ["  with a source there", *(f.gold_with_source for f in figures)],
        ["quotations predicted", *(f.predicted for f in figures)],
        *_score_rows("detection", [f.detection for f in figures]),
        ["speaker accuracy", *(f.speaker_accuracy for f in figures)],
        ["  found without a speaker", *(f.silent for f in figures)],
        *_score_rows("end to end", [f.end_to_end for f in figures]),
        *_score_rows("named", [f.named for f in figures]),
    ]
    return table("Accuracy", ["measure", *(result.name for result in results)], rows)


def details(result: Result, shown: int = 0) -> str:
    """Rules, calibration and kinds of error of one standard, and `shown` errors of each kind in full."""
    parts = [
        f"=== {result.name} ===\n",
        rules_table(rule_worths(result.comparisons)),
        calibration_table(claims(result.comparisons)),
        errors_table(result.errors),
    ]
    seen: Counter[tuple[str, str]] = Counter()
    for error in sorted(result.errors, key=lambda e: (e.stage, e.kind)):
        seen[error.stage, error.kind] += 1
        if seen[error.stage, error.kind] <= shown:
            parts.append(show_error(error))
    return "\n".join(parts)


def as_json(result: Result) -> dict[str, Any]:
    """All figures of one standard."""
    made = claims(result.comparisons)
    sure_count, sure_right = sure(made)
    errors = Counter(f"{error.stage}: {error.kind}" for error in result.errors)
    return {
        **result.figures.as_dict(),
        "rules": [
            asdict(worth) | {"precision": worth.precision} for worth in rule_worths(result.comparisons)
        ],
        "calibration": [asdict(part) | {"accuracy": part.accuracy} for part in bins(made)],
        "expected_calibration_error": expected_error(made),
        "sure": sure_count,
        "sure_right": sure_right,
        "errors": dict(errors.most_common()),
    }


def _score_rows(name: str, scores: Sequence[Scores | None]) -> list[list[Cell]]:
    return [
        [f"{name} {label}", *(None if s is None else s[place] for s in scores)]
        for place, label in enumerate(("precision", "recall", "F1"))
    ]
