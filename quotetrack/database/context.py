"""The words around a quotation, so that a row can be read without its article."""

from __future__ import annotations

import re

# Enough for the sentence that reports; more belongs to the article's own page.
MAX_BEFORE = 300
MAX_AFTER = 300

_SENTENCE_END = re.compile(r"[.!?…][\"”’'»)\]]*\s+(?=[\"“‘«(]?[A-Z0-9])")


def context_of(text: str, start: int, end: int) -> str:
    """The sentence or sentences of `text` in which `text[start:end]` stands, within its paragraphs."""
    # Within bounds also where it looks for the paragraph: a text may be one line of many megabytes.
    left = max(start - MAX_BEFORE, 0)
    left = max(text.rfind("\n", left, start) + 1, left)
    right = min(end + MAX_AFTER, len(text))
    line_end = text.find("\n", end, right)
    right = line_end if line_end >= 0 else right
    for match in _SENTENCE_END.finditer(text, left, start):
        left = match.end()
    # The closing mark may follow the sentence's own full stop, so look on from the quotation's last
    # character.
    closing = _SENTENCE_END.search(text, max(start, end - 1), right)
    if closing:
        right = closing.end()
    return text[left:right].strip()
