"""What comparing two names comes to."""

from __future__ import annotations

from dataclasses import dataclass

# Scores of answers that are not yes.
DOUBTFUL = 0.6  # alike, but for one reason
UNSURE = 0.5
FAR = 0.3  # only somewhat alike
DIFFERENT = 0.05


@dataclass(frozen=True, slots=True)
class Comparison:
    """`same`: True, False, or None where a person should look. `score`: 0 to 1, how sure
    it is that they are one. `reasons`: what decided, in words, the weightiest first.
    """

    same: bool | None
    score: float
    reasons: tuple[str, ...]
