"""The stored articles once more, with a newer program or other models.

Rows keep their ids, what is no longer found is withdrawn, and what people decided stays in force.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from sqlite_utils import Database

from quotetrack.database.connection import open_reader, writing
from quotetrack.database.decisions import effects_in_force
from quotetrack.database.effects import Effects
from quotetrack.database.writer import finish_run, rewrite, start_run
from quotetrack.ingest import BATCH_ITEMS, BATCH_SECONDS
from quotetrack.records import Article, Extraction
from quotetrack.resilience import Broken, Extractor, extract_each


@dataclass(frozen=True, slots=True)
class Difference:
    """What another extraction changed: a quotation is found, withdrawn, or has other speakers now."""

    article: str
    kind: Literal["found", "withdrawn", "speakers"]
    quotation: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(slots=True)
class Reextraction:
    """How many article versions were read again, which could not be, and whether all were reached."""

    articles: int = 0
    failed: int = 0
    interrupted: bool = False


def reextract(
    db: Database,
    extractor: Extractor,
    *,
    models: str,
    settings: dict[str, Any],
    on_difference: Callable[[Difference], None] = lambda difference: None,
    on_failure: Callable[[Broken], None] = lambda broken: None,
    on_read: Callable[[int], None] = lambda number: None,
    stop: Callable[[], bool] = lambda: False,
) -> Reextraction:
    """Extract every stored article version again and bring its rows up to date, a transaction a batch.

    `on_difference` hears of what changed in the versions that are current, once it is written, and `on_read`
    of how many versions more are done. Interrupted or killed, it can be repeated: what was done already does
    not change again.
    """
    result = Reextraction()
    with writing(db):
        run = start_run(db, models=models, settings=settings)
    reader = open_reader(db)
    in_hand: deque[str] = deque()

    def articles() -> Iterator[Article]:
        ids = [row[0] for row in reader.conn.execute("select id from articles order by id")]
        for stored_id in ids:
            if stop():
                result.interrupted = True
                return
            in_hand.append(stored_id)
            yield _article(reader, stored_id)

    batch: list[tuple[str, Extraction]] = []
    effects: Effects | None = None

    def flush() -> None:
        nonlocal effects
        with writing(db):
            effects = effects_in_force(db, effects)
            differences = [d for each in batch for d in _rewrite(db, effects, *each, run)]
        result.articles += len(batch)
        for difference in differences:
            on_difference(difference)
        on_read(len(batch))
        batch.clear()

    started = time.monotonic()
    for extracted in extract_each(extractor, articles()):
        stored_id = in_hand.popleft()
        if isinstance(extracted, Broken):
            result.failed += 1
            on_failure(extracted)
            continue
        batch.append((stored_id, extracted))
        if len(batch) >= BATCH_ITEMS or time.monotonic() - started >= BATCH_SECONDS:
            flush()
            started = time.monotonic()
    flush()
    with writing(db):
        finish_run(db, run)
    reader.close()
    return result


def _article(db: Database, stored_id: str) -> Article:
    row = db.table("articles").get(stored_id)
    return Article(
        id=row["key"],
        text=row["text"],
        title=row["title"],
        url=row["url"],
        outlet=row["outlet"],
        author=row["author"],
        published=row["published"],
    )


def _rewrite(
    db: Database, effects: Effects, stored_id: str, extraction: Extraction, run: int
) -> Iterator[Difference]:
    before = _said(db, stored_id)
    rewrite(db, effects, stored_id, extraction, run=run)
    yield from _differences(extraction.article.id, before, _said(db, stored_id))


_Said = dict[str, tuple[str, tuple[str, ...]]]


def _said(db: Database, article: str) -> _Said:
    """The active quotations of an article version: id → words and speakers."""
    rows = db.query(
        "select quotation_id, quotation, speaker from quotes where article_id = ? order by start, speaker",
        [article],
    )
    said: _Said = {}
    for row in rows:
        words, speakers = said.get(row["quotation_id"], (row["quotation"], ()))
        said[row["quotation_id"]] = words, (*speakers, *filter(None, [row["speaker"]]))
    return said


def _differences(article: str, before: _Said, after: _Said) -> Iterator[Difference]:
    for quotation in before | after:
        if quotation not in after:
            words, speakers = before[quotation]
            yield Difference(article, "withdrawn", words, speakers, ())
        elif quotation not in before:
            words, speakers = after[quotation]
            yield Difference(article, "found", words, (), speakers)
        elif before[quotation] != after[quotation]:
            words, speakers = after[quotation]
            yield Difference(article, "speakers", words, before[quotation][1], speakers)
