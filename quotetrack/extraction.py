"""From articles to quotations with their speakers: a pure function, articles in, extractions out.

marks → passages → Stanza → mentions and rules → ranker → referents
"""

from __future__ import annotations

import gc
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from itertools import chain, islice
from typing import TYPE_CHECKING

from quotetrack.parts import Part, cut, portions
from quotetrack.quotations.marks import Quoted, find_quoted
from quotetrack.records import Article, Extraction, Quotation, Span
from quotetrack.workers import work_through

if TYPE_CHECKING:
    from quotetrack.language.parse import Parser, Request

# Articles read at once: enough for Stanza to batch sentences of one length, few enough to stream.
BATCH_ARTICLES = 32
# Fewer are not worth a worker process's while: they take as long as sending them does.
LEAST_ARTICLES = 2
# So few articles are read sooner than several worker processes have loaded the models.
FEW_ARTICLES = 64
# So many paragraphs before a stretch that is read, whom its first pronoun means may be named.
BACK = 3
# Longer paragraphs are read in parts: those of newspapers seldom have a tenth of it, but a text may have no
# ends of lines at all.
MAX_PARAGRAPH = 10_000

_PARAGRAPH = re.compile(r"[^\n\r\u2028\u2029]+")
_WORD = re.compile(r"\w[\w’'-]+")
# A word of a name, without the mark of the possessive.
_PART = re.compile(r"\w[\w-]+")
_PRONOUN = re.compile(r"\b(?:[Hh]e|[Ss]he)\b")
# Capitalised words in a row, as names are: Ana Petrova, Ursula von der Leyen, J. R. Biden.
# Looked for from a first capital on, so that the time is linear in a row of capitals.
_NAMES = re.compile(r"(?<![^\W\d_a-z])[^\W\d_a-z][\w’'-]*(?:\.? (?:[a-z]{1,3} ){0,2}[^\W\d_a-z][\w’'-]*)+")
# Where and by which agency a report was filed, before its first sentence: "AMMAN —", "BEDFORD, N.H. (AP) —",
# "London, Jun 30 2022 (IPS) - ". Read with it, the place is taken for the sentence's subject.
_CAPITALS = r"(?:[^\W\d_a-z]|(?<=\w)[.’'])"
_PLACE = rf"[^\W\d_a-z]{_CAPITALS}+(?:[ -]{_CAPITALS}{{2,}}){{0,3}}"
_DATELINE = re.compile(
    rf"[ \t]*(?:{_PLACE}(?: ?,[^\n()—–:;]{{2,30}})?(?: ?\([^()\n]{{2,40}}\))?"
    r"|[A-ZÀ-Þ][^\n()—–:;]{2,40}\((?:[A-Z]{2,}|Reuters|Xinhua|Bloomberg)\))"
    r"(?:\s?[—–]|\s?\.?--?(?=\s)|--)\s?(?=[“\"‘']?[A-ZÀ-Þ])"
)
# With a colon only where an article begins, under its title: further on it is who speaks in a transcript.
_OPENING = re.compile(rf"(?:{_DATELINE.pattern}|[ \t]*{_PLACE}: (?=[“\"‘']?[A-ZÀ-Þ]))")
OPENING = 2
# Surely the end of a sentence: abbreviations have fewer small letters at their end, Prof. and Capt. too.
_SENTENCE_END = re.compile(r"(?<=[a-z]{4})[.!?][”\"’')]*\s+(?=[“\"‘(]?[A-Z])")


def extract(article: Article, models: str = "bundled") -> Extraction:
    """Find the quotations of one article and who says them."""
    return next(extract_many([article], models))


def extract_many(articles: Iterable[Article], models: str = "bundled", jobs: int = 1) -> Iterator[Extraction]:
    """Extract from many articles, lazily, in their order.

    `models` is "bundled", "stanford" or a folder of Stanza models. With `jobs` over 1 as many processes share
    the work of a long input; a script that asks for them needs the usual `if __name__ == "__main__":`.
    Raises `ModelsUnavailableError` where the models cannot be loaded, `WorkerDiedError` where a process is
    killed.
    """
    articles, jobs = _shared(articles, jobs)
    if jobs > 1:
        yield from work_through(partial(_extract_in_worker, models), _batches(articles, jobs), jobs)
        return
    for batch in _batches(articles, jobs):
        yield from _extract_batch(models, batch)


def extract_apart(
    articles: Iterable[Article], models: str = "bundled", jobs: int = 1
) -> Iterator[Extraction]:
    """As `extract_many`, but never in this process, which outlives an article that a process dies of.

    Nor does this process load the models, so one more costs a fifth of a second and no memory.
    """
    articles, jobs = _shared(articles, jobs)
    yield from work_through(partial(_extract_in_worker, models), _batches(articles, jobs), jobs)


def _shared(articles: Iterable[Article], jobs: int) -> tuple[Iterator[Article], int]:
    """The articles, and how many processes are to share them."""
    waiting = iter(articles)
    if jobs == 1:
        return waiting, 1
    first = list(islice(waiting, FEW_ARTICLES + 1))
    return chain(first, waiting), jobs if len(first) > FEW_ARTICLES else 1


def _batches(articles: Iterator[Article], jobs: int) -> Iterator[list[Article]]:
    """What is read at once: the usual number, less towards the end so that all processes end together.

    A batch has its process's share of what is left (guided self-scheduling: Polychronopoulos & Kuck 1987),
    as far as one looks ahead.
    """
    ahead: deque[Article] = deque()
    while True:
        ahead.extend(islice(articles, jobs * BATCH_ARTICLES - len(ahead)))
        if not ahead:
            return
        share = max(len(ahead) // jobs, min(len(ahead), LEAST_ARTICLES))
        yield [ahead.popleft() for _ in range(share)]


@cache
def _parser(models: str) -> Parser:
    from quotetrack.language.parse import Parser

    return Parser(models)


def _extract_in_worker(models: str, articles: Sequence[Article]) -> list[Extraction]:
    import torch

    # Two processes of one thread each do more than one of two, and more threads than cores do less.
    torch.set_num_threads(1)
    return _extract_batch(models, articles)


@contextmanager
def _no_collector() -> Iterator[None]:
    """Look for no cyclic garbage meanwhile: to look through the models each time took a tenth of the job."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_no_collector()
def _extract_batch(models: str, articles: Sequence[Article]) -> list[Extraction]:
    quoted = [find_quoted(article.text) for article in articles]
    parts = (
        part
        for number, (article, found) in enumerate(zip(articles, quoted, strict=True))
        for part in cut(number, article, found, _paragraphs(article.text))
        if part.quoted
    )
    quotations: list[list[Quotation]] = [[] for _ in articles]
    for portion in portions(parts):
        for part, found in zip(portion, _read(models, portion), strict=True):
            quotations[part.number] += part.in_whole(found)
    return [Extraction(article, tuple(q)) for article, q in zip(articles, quotations, strict=True)]


def _read(models: str, parts: Sequence[Part]) -> list[tuple[Quotation, ...]]:
    from quotetrack.quotations.attribution import attribute

    articles, quoted = [part.article for part in parts], [part.quoted for part in parts]
    parses = _parser(models).parse(
        [choose_passages(article.text, found) for article, found in zip(articles, quoted, strict=True)]
    )
    return attribute(articles, quoted, parses)


def choose_passages(text: str, quoted: Sequence[Quoted]) -> list[Request]:
    """The paragraphs to read: with quotations, beside those, and others that may name somebody in full.

    What follows a paragraph tells who spoke there only where that is all quotation.
    """
    from quotetrack.language.parse import NEAR, Request
    from quotetrack.language.passages import make_passage

    if not quoted:
        return []
    paragraphs = [
        (filed.end() if (filed := _dateline(number).match(text, start, end)) else start, end)
        for number, (start, end) in enumerate(_paragraphs(text))
    ]
    spans = [Span(q.start, q.end) for q in quoted]
    within: list[list[Span]] = []
    at = 0
    for start, end in paragraphs:
        while at < len(spans) and spans[at].end <= start:
            at += 1
        within.append([])
        for span in spans[at:]:
            if span.start >= end:
                break
            within[-1].append(span)
    near = [bool(inner) for inner in within]
    for number, inner in enumerate(within):
        if inner:
            tells = _narrates(text, *paragraphs[number], inner)
            after = 0 if tells else NEAR
            for other in range(max(0, number - NEAR), min(len(near), number + after + 1)):
                near[other] = True
    read = " ".join(text[slice(*span)] for span, is_near in zip(paragraphs, near, strict=True) if is_near)
    named = _capitalised(read)
    meant = _meant(text, paragraphs, within, near)
    chosen = (
        paragraph if is_near else _around_names(text, *paragraph, None if number in meant else named, read)
        for number, (paragraph, is_near) in enumerate(zip(paragraphs, near, strict=True))
    )
    return [
        Request(number, make_passage(text, *span, inner))
        for number, (span, inner) in enumerate(zip(chosen, within, strict=True))
        if span is not None
    ]


def _dateline(number: int) -> re.Pattern[str]:
    """The pattern of datelines of a paragraph, by its number."""
    return _OPENING if number < OPENING else _DATELINE


def _meant(
    text: str, paragraphs: Sequence[tuple[int, int]], within: Sequence[Sequence[Span]], near: Sequence[bool]
) -> set[int]:
    """The paragraphs not near a quotation that name whom the first pronoun of those near it may mean."""
    found: set[int] = set()
    begin = named = 0
    for number, is_near in enumerate(near):
        if not is_near:
            begin, named = number + 1, False
            continue
        if named:
            continue
        told = _narration(text, *paragraphs[number], within[number])
        name, pronoun = _NAMES.search(told), _PRONOUN.search(told)
        if pronoun and not (name and name.start() < pronoun.start()):
            before = range(begin - 1, max(-1, begin - 1 - BACK), -1)
            found.update(islice((n for n in before if _NAMES.search(text, *paragraphs[n])), 1))
        named = bool(name or pronoun)
    return found


def _narrates(text: str, start: int, end: int, quoted: Sequence[Span]) -> bool:
    """Whether a paragraph has words of its own beside its quotations, enough to tell who speaks."""
    from quotetrack.language.parse import TELLING_WORDS

    return len(_WORD.findall(_narration(text, start, end, quoted))) >= TELLING_WORDS


def _narration(text: str, start: int, end: int, quoted: Sequence[Span]) -> str:
    """What a paragraph says outside its quotations."""
    return "".join(
        text[a:b]
        for a, b in zip([start, *(q.end for q in quoted)], [*(q.start for q in quoted), end], strict=True)
    )


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each paragraph that is not blank, or of its parts where it is very long."""
    for paragraph in _PARAGRAPH.finditer(text):
        start, end = paragraph.span()
        while end - start > MAX_PARAGRAPH:
            space = text.rfind(" ", start + MAX_PARAGRAPH // 2, start + MAX_PARAGRAPH)
            stop = space + 1 if space >= 0 else start + MAX_PARAGRAPH
            yield start, stop
            start = stop
        if text[start:end].strip():
            yield start, end


def _capitalised(words: str) -> set[str]:
    """The words that are always capitalised."""
    found = set(_PART.findall(words))
    return {word for word in found if not word[0].islower() and word.lower() not in found}


def _around_names(
    text: str, start: int, end: int, named: set[str] | None, read: str
) -> tuple[int, int] | None:
    """The sentences of a paragraph that may name somebody in a longer form than the text `read`, if any do.

    `named` are words of the name or its abbreviation; None for any. From the first of the sentences to the
    last: those beside them tell nothing of who that is.
    """
    longer = [
        name.start()
        for name in _NAMES.finditer(text, start, end)
        if named is None or (name.group() not in read and not named.isdisjoint(_forms(text, name)))
    ]
    if not longer:
        return None
    ends = [start, *(found.end() for found in _SENTENCE_END.finditer(text, start, end)), end]
    return max(at for at in ends if at <= longer[0]), min(at for at in ends if at > longer[-1])


def _forms(text: str, name: re.Match[str]) -> list[str]:
    """The words of a name, its initials, and what stands in brackets after it."""
    from quotetrack.quotations.naming import short_form

    words = _PART.findall(name.group().removeprefix("The "))
    initials = "".join(word[0] for word in words if word[0].isupper())
    return [*words, initials, short_form(text, name.end())]
