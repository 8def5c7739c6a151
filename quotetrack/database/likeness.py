"""Whether two texts can be versions of one article."""

from __future__ import annotations

import re

# Words that follow each other: three together are seldom another article's, as two ("in the") often are.
RUN = 3
# Versions of an article have at least this share of the shorter one's runs in common. Of 300,000 pairs among
# 1,045 newswire articles, 20 have as much: copies and reports of the same event; half of all have nothing. Of
# 1,000 articles with half their sentences taken from others, all but 7 short ones have more, mostly 0.57.
ALIKE = 0.1
# Ten times a long article: as much of it tells enough.
ENOUGH = 200_000


def alike(text: str, other: str) -> bool:
    """Whether `text` and `other` have more words in common than different articles do by chance."""
    runs, others = _runs(text), _runs(other)
    return len(runs & others) >= ALIKE * min(len(runs), len(others))


def _runs(text: str) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text[:ENOUGH].casefold())
    return {tuple(words[start : start + RUN]) for start in range(max(1, len(words) - RUN + 1))}
