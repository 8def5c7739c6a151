"""Extraction that outlives an article which breaks it."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from quotetrack.records import Article, Extraction
from quotetrack.workers import WorkerDiedError

log = logging.getLogger(__name__)

Extractor = Callable[[Iterable[Article]], Iterator[Extraction]]

# An extractor that cannot even do this one is itself at fault, not the article that it was given.
_EASY = Article(id="", text="“Yes,” said Jane Doe.")
# So many articles in a row do not each kill a worker process: something is wrong with the machine.
MAX_DEATHS = 5


@dataclass(frozen=True, slots=True)
class Broken:
    """An article that could not be extracted, and why."""

    article: Article
    reason: str


def extract_each(extractor: Extractor, articles: Iterable[Article]) -> Iterator[Extraction | Broken]:
    """What `extractor` finds in each of `articles`, in their order.

    Where it raises an error, the articles that it had in hand are tried one at a time, and the rest goes on.
    An article with which a worker process dies is not tried again. Raises what `extractor` raises where it is
    not the articles' fault, and what `articles` raises.
    """
    source = _Source(articles)
    deaths = 0
    while source.has_more:
        try:
            for extraction in extractor(source.take()):
                source.in_hand.popleft()
                deaths = 0
                yield extraction
        except WorkerDiedError as error:
            deaths += 1
            if deaths > MAX_DEATHS or not source.in_hand:
                raise
            # Errors of workers come in the turn of the article that is to blame.
            yield _broken(source.in_hand.popleft(), error)
            source.put_back()
        except Exception as error:
            if not _works(extractor):
                raise
            log.debug("the extractor stopped", exc_info=error)
            while source.in_hand:
                yield _extract_alone(extractor, source.in_hand.popleft())
    if source.fault is not None:
        raise source.fault


class _Source:
    """Articles on their way into an extractor; `in_hand` are those that it has taken and not answered."""

    def __init__(self, articles: Iterable[Article]) -> None:
        self._waiting = iter(articles)
        self._again: deque[Article] = deque()
        self._ended = False
        self.in_hand: deque[Article] = deque()
        self.fault: Exception | None = None

    @property
    def has_more(self) -> bool:
        return bool(self._again or self.in_hand) or not self._ended

    def take(self) -> Iterator[Article]:
        while (article := self._next()) is not None:
            self.in_hand.append(article)
            yield article

    def put_back(self) -> None:
        """What is in hand is to be taken once more."""
        self._again.extendleft(reversed(self.in_hand))
        self.in_hand.clear()

    def _next(self) -> Article | None:
        if self._again:
            return self._again.popleft()
        if self._ended:
            return None
        try:
            article = next(self._waiting, None)
        except Exception as error:
            # Raised in the extractor it would look as if an article had broken it.
            article, self.fault = None, error
        self._ended = article is None
        return article


def _works(extractor: Extractor) -> bool:
    try:
        list(extractor([_EASY]))
    except Exception:
        return False
    return True


def _extract_alone(extractor: Extractor, article: Article) -> Extraction | Broken:
    try:
        (extraction,) = extractor([article])
    except Exception as error:
        return _broken(article, error)
    return extraction


def _broken(article: Article, error: Exception) -> Broken:
    log.debug("%s could not be extracted", article.id, exc_info=error)
    return Broken(article, f"could not be extracted ({type(error).__name__}: {error})")
