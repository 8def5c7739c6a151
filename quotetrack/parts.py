"""Articles read in portions of bounded size, so that memory does not grow with an article's length."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from quotetrack.quotations.marks import Quoted
from quotetrack.records import Article, Quotation, Span

# What is read at once: six times newspapers' longest articles, twice a batch of usual ones. A longer text is
# cut at the end of a paragraph, and whom a pronoun means is looked for in its own part only.
MAX_QUOTATIONS = 1_000
MAX_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of an article, as an article by itself, that begins at the character `start` of the whole.

    `number` is the article's among those read together; the offsets of `quoted` are the part's.
    """

    number: int
    start: int
    article: Article
    quoted: tuple[Quoted, ...]

    def in_whole(self, quotations: Iterable[Quotation]) -> Iterator[Quotation]:
        """The part's quotations with the article's offsets."""
        if not self.start:
            yield from quotations
            return
        for quotation in quotations:
            attributions = tuple(
                replace(one, mention=self._moved(one.mention), cue=self._moved(one.cue))
                for one in quotation.attributions
            )
            yield replace(
                quotation,
                start=quotation.start + self.start,
                end=quotation.end + self.start,
                attributions=attributions,
            )

    def _moved(self, span: Span | None) -> Span | None:
        return span and Span(span.start + self.start, span.end + self.start)


def portions(parts: Iterable[Part]) -> Iterator[list[Part]]:
    """Parts that are read together, in their order."""
    portion: list[Part] = []
    quotations = characters = 0
    for part in parts:
        quotations += len(part.quoted)
        characters += len(part.article.text)
        if portion and (quotations > MAX_QUOTATIONS or characters > MAX_CHARACTERS):
            yield portion
            portion, quotations, characters = [], len(part.quoted), len(part.article.text)
        portion.append(part)
    if portion:
        yield portion


def cut(
    number: int, article: Article, quoted: Sequence[Quoted], paragraphs: Iterable[tuple[int, int]]
) -> Iterator[Part]:
    """The article whole, or in parts that end with one of its `paragraphs` and within no quotation."""
    if len(quoted) <= MAX_QUOTATIONS and len(article.text) <= MAX_CHARACTERS:
        yield Part(number, 0, article, tuple(quoted))
        return
    start = first = at = 0
    for _, end in paragraphs:
        while at < len(quoted) and quoted[at].end <= end:
            at += 1
        long = at - first >= MAX_QUOTATIONS or end - start >= MAX_CHARACTERS
        # The mark stands before the quotation that it opens.
        if long and (at == len(quoted) or quoted[at].start > end):
            yield _part(number, article, quoted[first:at], start, end)
            start, first = end, at
    yield _part(number, article, quoted[first:], start, len(article.text))


def _part(number: int, article: Article, quoted: Sequence[Quoted], start: int, end: int) -> Part:
    moved = tuple(replace(one, start=one.start - start, end=one.end - start) for one in quoted)
    return Part(number, start, replace(article, text=article.text[start:end]), moved)
