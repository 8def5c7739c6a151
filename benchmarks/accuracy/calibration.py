"""Confidence held against accuracy: of the attributions that claim 0.9, are 90 in 100 right?

An attribution is right where its mention overlaps a source of the gold segment that it was matched with; on a
segment that is no speech it is wrong; where the gold standard tells no source it is left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from benchmarks.scoring import Comparison
from benchmarks.tables import Cell, table

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 1.0)
# From here on the project promises its users 97 right in 100.
SURE = 0.9


@dataclass(frozen=True, slots=True)
class Claim:
    """One attribution: how sure the program was of it, and whether it was right."""

    confidence: float
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The claims with a confidence from `low` up to `high` (the last bin holds `high` as well)."""

    low: float
    high: float
    count: int
    right: int
    confidence: float

    @property
    def accuracy(self) -> float | None:
        return self.right / self.count if self.count else None


def claims(comparisons: Iterable[Comparison]) -> list[Claim]:
    """The attributions of a gold standard that can be judged."""
    found = []
    for comparison in comparisons:
        for match in comparison.matches:
            if match.mention_right is not None and match.predicted.confidence is not None:
                found.append(Claim(match.predicted.confidence, match.mention_right))
        found += [Claim(p.confidence, False) for p in comparison.extra if p.confidence is not None]
    return found


def bins(made: Sequence[Claim]) -> list[Bin]:
    """The claims by their confidence, in `EDGES`; `confidence` is a bin's mean."""
    found = []
    for low, high in pairwise(EDGES):
        inside = [c for c in made if low <= c.confidence < high or c.confidence == high == EDGES[-1]]
        mean = sum(c.confidence for c in inside) / max(1, len(inside))
        found.append(Bin(low, high, len(inside), sum(c.right for c in inside), mean))
    return found


def expected_error(made: Sequence[Claim]) -> float:
    """Expected calibration error: how far a bin's confidence is from its accuracy, on the average claim."""
    return sum(abs(b.right - b.confidence * b.count) for b in bins(made)) / max(1, len(made))


def sure(made: Iterable[Claim]) -> tuple[int, int]:
    """How many claims have a confidence of `SURE` and over, and how many of them are right."""
    high = [c for c in made if c.confidence >= SURE]
    return len(high), sum(c.right for c in high)


def calibration_table(made: Sequence[Claim]) -> str:
    """The bins, the headline and the expected error in words."""
    rows: list[list[Cell]] = [
        [f"{b.low:g} to {b.high:g}", b.count, b.confidence if b.count else None, b.accuracy]
        for b in bins(made)
    ]
    count, right = sure(made)
    share = f" ({right / count:.3f})" if count else ""
    return table("Confidence and accuracy", ["confidence", "attributions", "mean", "right"], rows) + (
        f"Of confidence {SURE:g} and over: {count:,}, right {right:,}{share}.\n"
        f"Expected calibration error: {expected_error(made):.3f}\n"
    )
