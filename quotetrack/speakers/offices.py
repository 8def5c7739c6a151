"""Titles beside a name, read as the offices they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from quotetrack.names import facts
from quotetrack.names.text import fold

# Words that make another office of the same head: a vice president is no president.
_RANKS = frozenset(
    ("vice", "deputy", "assistant", "associate", "under", "acting", "shadow", "junior", "co", "sub", "former")
)
_WORD = re.compile(r"[a-z]+")


@lru_cache(maxsize=1 << 14)
def office(title: str) -> frozenset[str]:
    """The telling words of a title: "Iraq's prime minister" → {"iraq", "prime", "minister"}; "Mr" → none."""
    words = [word for word in _WORD.findall(fold(title)) if word != "s"]
    places = facts.places()
    kept = {places.get(word, word) for word in words} - facts.kinds("parts.txt")["small"]
    kinds = facts.kinds("offices.txt")
    return frozenset(kept) if kinds["heads"] & kept else frozenset()


def same_office(a: frozenset[str], b: frozenset[str]) -> bool:
    """ "prime minister" can be "Iraqi prime minister"; "president" is not "vice president"."""
    return bool(a) and bool(b) and (a <= b or b <= a) and not (a ^ b) & _RANKS


def share_office(titles_a: Iterable[str], titles_b: Iterable[str]) -> str:
    """A title of the first that names the same office as one of the second, or ""."""
    offices_b = [office(title) for title in titles_b]
    return next(
        (title for title in titles_a if any(same_office(office(title), other) for other in offices_b)), ""
    )


def has_office(titles: Iterable[str]) -> bool:
    return any(office(title) for title in titles)
