"""Short stable ids, the same on every machine: what people cite has to survive re-extraction."""

from __future__ import annotations

from hashlib import blake2b

# 64 bits: among ten million rows the chance of any collision is 3 in a million.
ID_BYTES = 8


def short_hash(*parts: str | int) -> str:
    """16 hexadecimal digits that stand for `parts`."""
    joined = "\x1f".join(str(part) for part in parts)
    return blake2b(joined.encode(), digest_size=ID_BYTES).hexdigest()


def article_id(key: str, text: str) -> str:
    return short_hash("article", key, text)


def quotation_id(article: str, start: int, end: int) -> str:
    return short_hash("quotation", article, start, end)


def attribution_id(quotation: str, name: str) -> str:
    return short_hash("attribution", quotation, name)
