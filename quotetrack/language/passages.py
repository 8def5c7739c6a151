"""Passages: the parts of an article that Stanza reads, long quotations shortened, with the way back.

The words inside a quotation tell little about who says them, make the sentence around them hard to parse and
cost most of the time. A long quotation is therefore read as a short clause or as its own first words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from quotetrack.records import Span

# A quotation of up to this many words is read as it stands: short enough to cost little and to be grammar.
KEPT_WORDS = 8
# Of a longer fragment ("vigilance to foil plans …") so many first words stand for the whole.
FRAGMENT_WORDS = 5
# A longer quotation that begins a sentence is read as this clause, whatever it says.
CLAUSE = "It works"

# The models have read English marks only; one character for one, so that offsets hold.
MARKS = str.maketrans("«»„「」『』＂″", '“”““”“”""')

# Few texts have any of them, and to look for them is quicker than to translate.
_FOREIGN_MARKS = re.compile(f"[{''.join(map(chr, MARKS))}]")

_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Passage:
    """`text` as Stanza reads it; `pieces` maps it back: (start in it, start in the article, width there).

    A piece of the same width in both is the article's own words; any other stands for a shortened quotation.
    `quoted` are the quotations' spans in `text`.
    """

    text: str
    pieces: tuple[tuple[int, int, int], ...]
    quoted: tuple[Span, ...] = ()

    def has_quotation(self, start: int, end: int) -> bool:
        """Whether `self.text[start:end]` has some of a quotation."""
        return any(span.start < end and start < span.end for span in self.quoted)

    def narration(self, start: int, end: int) -> str:
        """What of `self.text[start:end]` stands outside quotations."""
        parts = []
        for span in self.quoted:
            if start < span.end and span.start < end:
                parts.append(self.text[start : span.start])
                start = span.end
        return " ".join([*parts, self.text[start:end]])

    def locate(self, start: int, end: int) -> Span:
        """The article's offsets of `self.text[start:end]`."""
        return Span(*self.places([start]), *self.places([end], are_ends=True))

    def places(self, offsets: Iterable[int], *, are_ends: bool = False) -> list[int]:
        """The article's offsets where words begin, or end, in `self.text`."""
        _, origin, width = self.pieces[0]
        if width == len(self.text):
            return [origin + at for at in offsets]
        borders = [begin for begin, _, _ in self.pieces] + [len(self.text)]
        found = []
        for at in offsets:
            # An end at a border belongs to the piece before it.
            number = max(0, bisect_right(borders, at - are_ends, hi=len(self.pieces)) - 1)
            begin, origin, width = self.pieces[number]
            if borders[number + 1] - begin == width:
                found.append(origin + at - begin)
            else:
                found.append(origin + width if are_ends else origin)
        return found


def make_passage(text: str, start: int, end: int, quoted: Sequence[Span]) -> Passage:
    """Make the passage of `text[start:end]`; `quoted` are the quotations' spans in order."""
    parts: list[str] = []
    pieces: list[tuple[int, int, int]] = []
    inner: list[Span] = []
    length = 0

    def add(words: str, origin: int, width: int) -> None:
        nonlocal length
        if words:
            parts.append(words)
            pieces.append((length, origin, width))
            length += len(words)

    at = start
    for span in quoted:
        begin, stop = max(start, span.start), min(end, span.end)
        if begin >= stop:
            continue
        words = text[begin:stop]
        shortened = _shortened(words)
        first = length + begin - at
        inner.append(Span(first, first + len(shortened)))
        if shortened != words:
            add(text[at:begin], at, begin - at)
            add(shortened, begin, stop - begin)
            at = stop
    add(text[at:end], at, end - at)
    read = "".join(parts)
    if _FOREIGN_MARKS.search(read):
        read = _english_marks(read, inner)
    return Passage(read, tuple(pieces), tuple(inner))


def _english_marks(words: str, quoted: Sequence[Span]) -> str:
    """Put English marks for foreign ones; the marks at a quotation's ends tell by their place: »so«, „so“."""
    read = list(words.translate(MARKS))
    for span in quoted:
        if span.start and read[span.start - 1] == "”":
            read[span.start - 1] = "“"
        if span.end < len(read) and read[span.end] == "“":
            read[span.end] = "”"
    return "".join(read)


def _shortened(words: str) -> str:
    found = list(_WORD.finditer(words))
    if len(found) <= KEPT_WORDS:
        return words
    final = words[-1] if words[-1] in ",.?!;:—–-…" else ""
    if words[found[0].start()].isupper():
        return CLAUSE + final
    return words[: found[FRAGMENT_WORDS - 1].end()].rstrip(",.;:?!") + final
