"""Extraction that outlives an article which breaks it."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from quotetrack.records import Article, Extraction

log = logging.getLogger(__name__)

Extractor = Callable[[Iterable[Article]], Iterator[Extraction]]

# An extractor that cannot even do this one is itself at fault, not the article that it was given.
_EASY = Article(id="", text="“Yes,” said Jane Doe.")


@dataclass(frozen=True, slots=True)
class Broken:
    """An article that could not be extracted, and why."""

    article: Article
    reason: str


def extract_each(extractor: Extractor, articles: Iterable[Article]) -> Iterator[Extraction | Broken]:
    """What `extractor` finds in each of `articles`, in their order.

    Where it raises an error, the articles that it had in hand are tried one at a time, and the rest goes on.
    Raises what `extractor` raises where it is not the articles' fault, and what `articles` raises.
    """
    waiting = iter(articles)
    in_hand: deque[Article] = deque()
    ended = False
    fault: Exception | None = None

    def take() -> Iterator[Article]:
        nonlocal ended, fault
        while not ended:
            try:
                article = next(waiting)
            except StopIteration:
                ended = True
            except Exception as error:
                # Raised here it would look as if an article had broken the extractor.
                ended, fault = True, error
            else:
                in_hand.append(article)
                yield article

    while not ended or in_hand:
        try:
            for extraction in extractor(take()):
                in_hand.popleft()
                yield extraction
        except Exception as error:
            if not _works(extractor):
                raise
            log.debug("the extractor stopped", exc_info=error)
            while in_hand:
                yield _extract_alone(extractor, in_hand.popleft())
    if fault is not None:
        raise fault


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
        log.debug("%s could not be extracted", article.id, exc_info=error)
        return Broken(article, f"could not be extracted ({type(error).__name__}: {error})")
    return extraction
